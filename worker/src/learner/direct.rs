//! `direct`: the reward model of `ppo`, searched directly instead of trained on.
//!
//! The stricter opponent: whatever `ppo` gains over this one, its policy gains; whatever both gain
//! over the others is the model's.

use wire::{
    learning::{Belief, Comparison, Insight, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
    taxonomy::DIMENSIONS,
};

use super::{
    Learner, Report, SnapshotError, common,
    diversity::Shown,
    features::Features,
    history::History,
    kernel::Point,
    prior::Prior,
    reward_model::RewardModel,
    rng::{Purpose, Rng},
    search,
    snapshot::{self, Part as _, Reader},
};

/// The learner.
#[derive(Clone, Debug)]
pub struct Direct {
    style_seed: u64,
    prior: Option<Prior>,
    history: History,
    /// Follows from the history.
    model: RewardModel,
}

impl Direct {
    /// Knows nothing but what others like, if that much.
    pub fn fresh(style_seed: u64, prior: Option<Prior>) -> Self {
        Self::new(style_seed, prior, History::default())
    }

    fn new(style_seed: u64, prior: Option<Prior>, history: History) -> Self {
        Self {
            style_seed,
            model: RewardModel::fit(&history, prior.as_ref()),
            history,
            prior,
        }
    }

    pub(super) fn decode(mut reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let style_seed = u64::from_le_bytes(reader.take()?);
        let prior = Prior::decode(&mut reader)?;
        let history = History::decode(&mut reader)?;
        reader.finish()?;
        Ok(Self::new(style_seed, prior, history))
    }

    fn best(&self, prompt: &Features, optimism: f64, rng: &mut Rng) -> Mix {
        let scores = |mixes: &[Mix]| {
            let points: Vec<Point> = mixes.iter().map(|mix| Point::new(mix.rows())).collect();
            if optimism > 0.0 {
                let likings = self.model.posteriors(prompt, &points);
                let bounds = likings
                    .iter()
                    .map(|l| l.mean + optimism * l.variance.sqrt());
                bounds.collect()
            } else {
                self.model.means(prompt, &points)
            }
        };
        search::best_mix(scores, rng)
    }
}

impl Learner for Direct {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let features = Features::of(prompt);
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, seed);
        let mix = self.best(&features, self.model.optimism(), &mut rng);
        Proposal {
            predicted: Some(self.model.rating_probabilities(&features, &mix)),
            ..common::proposal(self, prompt, mix, mix.flat(), [0.0; DIMENSIONS])
        }
    }

    fn learn(&mut self, sample: &Sample, _seed: u64) -> Report {
        let prompt = Features::of(&sample.proposal.prompt);
        let predicted = self
            .model
            .rating_probabilities(&prompt, &sample.proposal.mix);
        self.history.add(sample);
        self.model = RewardModel::fit(&self.history, self.prior.as_ref());
        Report {
            predicted: Some(predicted),
            since_change: self.model.since_change(),
            ..Report::unforeseen(self.history.learned)
        }
    }

    fn learn_all(&mut self, log: &[(&Sample, u64)]) {
        if let Some((newest, seed)) = self.history.remember_all_but_last(log) {
            self.learn(newest, seed);
        }
    }

    fn compare(&mut self, comparison: &Comparison, _seed: u64) {
        self.history.compare(comparison);
        self.model = RewardModel::fit(&self.history, self.prior.as_ref());
    }

    fn belief(&self, prompts: &[String]) -> Belief {
        let features = common::features(prompts);
        let mut rng = Rng::new(Purpose::Practise, self.style_seed, self.history.learned);
        let modes = features
            .iter()
            .map(|prompt| self.best(prompt, 0.0, &mut rng));
        let proposed = common::average(modes);
        self.model.belief(&features, proposed)
    }

    fn insight(&self, prompts: &[String]) -> Insight {
        let mut rng = Rng::new(Purpose::Practise, self.style_seed, self.history.learned);
        let features = common::features(prompts).into_iter();
        let found = features.map(|prompt| {
            let (best, try_next) = (
                self.best(&prompt, 0.0, &mut rng),
                self.best(&prompt, self.model.optimism(), &mut rng),
            );
            (prompt, best, try_next)
        });
        let found: Vec<_> = found.collect();
        let shown = found.iter().map(|(_, _, try_next)| *try_next);
        Insight {
            entropy: common::entropy(&common::average(shown)),
            best: common::best_mixes(self, prompts),
            scenes: common::best_of_scenes(|prompt| {
                let prompt = Features::of(prompt);
                let mix = self.best(&prompt, 0.0, &mut rng);
                (mix, self.model.expected_stars(&prompt, &mix))
            }),
            ..self.model.insight(&self.history, &found)
        }
    }

    fn snapshot(&self) -> Vec<u8> {
        let mut bytes = snapshot::header(LearnerKind::Direct);
        bytes.extend(self.style_seed.to_le_bytes());
        Prior::encode(self.prior.as_ref(), &mut bytes);
        self.history.encode(&mut bytes);
        bytes
    }
}
