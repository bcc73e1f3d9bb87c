//! `ppo`, the whole algorithm from top to bottom.
//!
//! After each rating: remember it, refit the reward model, and let two policies *practise* on
//! ratings that the model imagines, by proximal policy optimisation (Schulman et al. 2017). `trying`
//! is what is shown while learning and is drawn to what the model is unsure of; `serving` is the
//! recommendation. Both start from the neutral policy every time: a policy that has settled no
//! longer sees what it gave up, and re-planning costs milliseconds.
//!
//! No critic and no learned scale are here; `docs/learners.md` has the reasons and the figures.

use wire::{
    learning::{Belief, Comparison, Insight, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
    taxonomy::{DIMENSIONS, SHARES, VALUES},
};

use super::{
    Learner, Report, SnapshotError,
    advantage::group_advantages,
    common,
    diversity::{RECENT, Shown, draw, draw_anew},
    features::Features,
    history::History,
    kernel::Point,
    lexicon::stock_prompts,
    objective::{Clip, approx_kl, clipped_surrogate_slope, ratio},
    policy::{self, INPUTS, Policy, Weights},
    prior::Prior,
    reward_model::RewardModel,
    rng::{Purpose, Rng},
    simplex,
    snapshot::{self, Part as _, Reader},
};

/// Rounds of practice, each with a fresh batch.
pub(super) const ROUNDS: usize = 20;
/// Prompts per round.
const PROMPTS: usize = 8;
/// Mixes tried per prompt, in pairs mirrored about the mean.
pub(super) const TRIES: usize = 12;
/// Passes over each batch. Fresh batches are free, so two suffice.
const EPOCHS: usize = 2;
/// Step per squared scale: the inverse Fisher information of a Gaussian's mean is its variance.
const STEP: f64 = 1.2;
/// The heads' scale at the first round of practice.
pub(super) const WIDE: f64 = 0.4;
/// Their scale at the last, and when a picture is proposed.
pub(super) const NARROW: f64 = 0.12;
/// Actions drawn for each proposal, of which the most promising is shown.
const CHOICES: usize = 8;

/// Actions drawn for each prompt to see how spread they are.
const LOOKS: usize = 16;

/// The learner.
#[derive(Clone, Debug)]
pub struct Ppo {
    pub(super) style_seed: u64,
    pub(super) prior: Option<Prior>,
    pub(super) history: History,
    pub(super) trying: Policy,
    pub(super) serving: Policy,
    /// Follows from the history; never stored.
    pub(super) model: RewardModel,
}

/// One action to learn from, with what PPO has to know about the moment it was taken.
#[derive(Clone, Debug)]
pub struct Step {
    /// The prompt it was taken for.
    pub prompt: Features,
    /// The unconstrained numbers of all heads.
    pub action: [f64; SHARES],
    /// Log-probability under the policy that took it, one per head.
    pub old_log_prob: [f64; DIMENSIONS],
    /// How much better than its peers it turned out.
    pub advantage: f64,
}

impl Ppo {
    /// Knows nothing but what others like, if that much. It has practised on its ignorance: the
    /// first picture is already one that tells much.
    pub fn fresh(style_seed: u64, prior: Option<Prior>) -> Self {
        let neutral = Policy::neutral();
        let policies = [neutral.clone(), neutral];
        let mut fresh = Self::new(style_seed, prior, History::default(), policies);
        fresh.practise(u64::MAX);
        fresh
    }

    /// Puts the parts together and fits the reward model to the history.
    pub(super) fn new(
        style_seed: u64,
        prior: Option<Prior>,
        history: History,
        [trying, serving]: [Policy; 2],
    ) -> Self {
        Self {
            style_seed,
            model: RewardModel::fit(&history, prior.as_ref()),
            prior,
            history,
            trying,
            serving,
        }
    }

    /// The reward model is not stored: it follows from the history, and fitting it again costs less
    /// than reading it would.
    pub(super) fn decode(mut reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let style_seed = u64::from_le_bytes(reader.take()?);
        let trying = Policy::decode(&mut reader)?;
        let serving = Policy::decode(&mut reader)?;
        let prior = Prior::decode(&mut reader)?;
        let history = History::decode(&mut reader)?;
        reader.finish()?;
        Ok(Self::new(style_seed, prior, history, [trying, serving]))
    }

    /// Plans both policies anew; returns how far the last round moved the shown one.
    fn practise(&mut self, seed: u64) -> f64 {
        let mut rng = Rng::new(Purpose::Practise, self.style_seed, seed);
        let (trying, approx_kl) = plan(&self.model, &self.history, self.model.optimism(), &mut rng);
        let (serving, _) = plan(&self.model, &self.history, 0.0, &mut rng);
        self.trying = trying.rounded();
        self.serving = serving.rounded();
        approx_kl
    }

    /// Which of these actions the model hopes most of, its doubt counted as liking, once the pictures
    /// that wait for their ratings will have got them: what they will tell need not be asked twice.
    fn most_promising(
        &self,
        prompt: &Features,
        drawn: &[([f64; SHARES], f64)],
        recent: &[Mix],
    ) -> usize {
        let newest = recent.iter().rev().take(RECENT);
        let waiting = newest.filter(|mix| !self.history.has_rated(mix));
        let waiting: Vec<Point> = waiting.map(|mix| Point::new(mix.rows())).collect();
        let points: Vec<Point> = drawn
            .iter()
            .map(|(action, _)| Point::new(&simplex::shares(action)))
            .collect();
        let likings = self.model.posteriors_after(prompt, &points, &waiting);
        let hopes = likings
            .iter()
            .map(|l| l.mean + self.model.optimism() * l.variance.sqrt());
        let best = hopes
            .enumerate()
            .reduce(|a, b| if b.1 > a.1 { b } else { a });
        best.map_or(0, |(place, _)| place)
    }

    /// The mean of what it would show for these prompts.
    fn shown_on_average(&self, prompts: &[Features]) -> Mix {
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, u64::MAX);
        let drawn = prompts.iter().flat_map(|prompt| {
            let mean = self.trying.mean(prompt);
            [(); LOOKS].map(|()| simplex::mix(&draw(&mean, NARROW, &rng.normals())))
        });
        common::average(drawn)
    }
}

impl Learner for Ppo {
    fn propose(&self, prompt: &str, shown: Shown<'_>, seed: u64) -> Proposal {
        let features = Features::of(prompt);
        let mean = self.trying.mean(&features);
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, seed);
        let drawn: [_; CHOICES] =
            std::array::from_fn(|_| draw_anew(&mean, NARROW, shown, &mut rng));
        let (action, scale) = drawn[self.most_promising(&features, &drawn, shown.recent)];
        let mix = simplex::mix(&action);
        Proposal {
            policy: common::hash(self),
            prompt: prompt.to_owned(),
            mix,
            action,
            log_prob: policy::log_prob(&action, &mean, scale),
            predicted: Some(self.model.rating_probabilities(&features, &mix)),
        }
    }

    fn learn(&mut self, sample: &Sample, seed: u64) -> Report {
        let features = Features::of(&sample.proposal.prompt);
        let predicted = self
            .model
            .rating_probabilities(&features, &sample.proposal.mix);
        self.history.add(sample);
        self.model = RewardModel::fit(&self.history, self.prior.as_ref());
        let approx_kl = self.practise(seed);
        Report {
            predicted: Some(predicted),
            ratings: self.history.learned,
            approx_kl,
            since_change: self.model.since_change(),
        }
    }

    fn learn_all(&mut self, log: &[(&Sample, u64)]) {
        if let Some((newest, seed)) = self.history.remember_all_but_last(log) {
            self.learn(newest, seed);
        }
    }

    fn compare(&mut self, comparison: &Comparison, seed: u64) {
        self.history.compare(comparison);
        self.model = RewardModel::fit(&self.history, self.prior.as_ref());
        self.practise(seed);
    }

    fn belief(&self, prompts: &[String]) -> Belief {
        let prompts = common::features(prompts);
        let modes = prompts.iter().map(|prompt| self.serving.mode(prompt));
        self.model.belief(&prompts, common::average(modes))
    }

    fn insight(&self, prompts: &[String]) -> Insight {
        let features = common::features(prompts);
        let found = features.iter().map(|prompt| {
            let (best, try_next) = (self.serving.mode(prompt), self.trying.mode(prompt));
            (*prompt, best, try_next)
        });
        let found: Vec<_> = found.collect();
        Insight {
            entropy: common::entropy(&self.shown_on_average(&features)),
            best: common::best_mixes(self, prompts),
            scenes: common::best_of_scenes(|prompt| {
                let prompt = Features::of(prompt);
                let mix = self.serving.mode(&prompt);
                (mix, self.model.expected_stars(&prompt, &mix))
            }),
            ..self.model.insight(&self.history, &found)
        }
    }

    fn snapshot(&self) -> Vec<u8> {
        let mut bytes = snapshot::header(LearnerKind::Ppo);
        bytes.extend(self.style_seed.to_le_bytes());
        self.trying.encode(&mut bytes);
        self.serving.encode(&mut bytes);
        Prior::encode(self.prior.as_ref(), &mut bytes);
        self.history.encode(&mut bytes);
        bytes
    }
}

/// Trains a policy from neutral on imagined ratings of the model, and on the real ones; returns it
/// and how far its last round moved it.
fn plan(model: &RewardModel, history: &History, optimism: f64, rng: &mut Rng) -> (Policy, f64) {
    let own = history.prompts();
    let stock = stock_prompts().map(Features::of);
    let real = real_steps(history);
    let mut policy = Policy::neutral();
    let mut moved = 0.0;
    for round in 0..ROUNDS {
        let scale = scale(round);
        let prompts: [Features; PROMPTS] = std::array::from_fn(|i| {
            if i % 2 == 0 && !own.is_empty() {
                own[rng.below(own.len())]
            } else {
                stock[(round * PROMPTS / 2 + i / 2) % stock.len()]
            }
        });
        let mut steps = imagined_steps(model, &policy, &prompts, scale, optimism, rng);
        let imagined = steps.len();
        steps.extend_from_slice(&real);
        climb(&mut policy, &steps, EPOCHS, scale, STEP);
        // Only the imagined ones were taken by the policy that this round began with.
        moved = mean_kl(&policy, &steps[..imagined], scale);
    }
    (policy, moved)
}

/// PPO's update: some passes over a batch. Returns how far they moved the policy. The step is per
/// squared scale.
pub fn update(policy: &mut Policy, steps: &[Step], epochs: usize, scale: f64, step: f64) -> f64 {
    climb(policy, steps, epochs, scale, step);
    mean_kl(policy, steps, scale)
}

fn climb(policy: &mut Policy, steps: &[Step], epochs: usize, scale: f64, step: f64) {
    for _ in 0..epochs {
        let gradient = surrogate_gradient(policy, steps, scale, Clip::USUAL);
        policy.climb(&gradient, step * scale * scale);
    }
}

/// The heads' scale in a round: falling by the same factor each time.
pub(super) fn scale(round: usize) -> f64 {
    WIDE * libm::pow(NARROW / WIDE, round as f64 / (ROUNDS - 1) as f64)
}

/// Tries mixes for each prompt and asks the model how they would be rated.
pub(super) fn imagined_steps(
    model: &RewardModel,
    policy: &Policy,
    prompts: &[Features],
    scale: f64,
    optimism: f64,
    rng: &mut Rng,
) -> Vec<Step> {
    let mut steps = Vec::with_capacity(prompts.len() * TRIES);
    let mut ratings = Vec::with_capacity(prompts.len() * TRIES);
    for prompt in prompts {
        let mean = policy.mean(prompt);
        let first = steps.len();
        for _ in 0..TRIES / 2 {
            let noise = rng.normals();
            for noise in [noise, noise.map(|n| -n)] {
                let action = draw(&mean, scale, &noise);
                steps.push(Step {
                    prompt: *prompt,
                    action,
                    old_log_prob: policy::log_prob(&action, &mean, scale),
                    advantage: 0.0,
                });
            }
        }
        let tried = steps[first..].iter();
        let points: Vec<Point> = tried
            .map(|s| Point::new(&simplex::shares(&s.action)))
            .collect();
        if optimism > 0.0 {
            let likings = model.posteriors(prompt, &points);
            ratings.extend(
                likings
                    .iter()
                    .map(|l| l.mean + optimism * l.variance.sqrt()),
            );
        } else {
            ratings.extend(model.means(prompt, &points));
        }
    }
    for (step, advantage) in steps.iter_mut().zip(group_advantages(&ratings, TRIES)) {
        step.advantage = advantage;
    }
    steps
}

/// The newest rated proposals with the log-probabilities stored when they were made.
pub(super) fn real_steps(history: &History) -> Vec<Step> {
    let stars: Vec<f64> = history.taken().map(|(r, _)| f64::from(r.stars)).collect();
    history
        .taken()
        .zip(group_advantages(&stars, stars.len()))
        .map(|((rated, action), advantage)| Step {
            prompt: rated.prompt,
            action: action.numbers.map(f64::from),
            old_log_prob: action.log_prob.map(f64::from),
            advantage,
        })
        .collect()
}

/// Gradient of the mean clipped surrogate by the weights, with one ratio per head.
///
/// One joint ratio over twenty coordinates explodes; four ratios over five stay near 1.
pub fn surrogate_gradient(policy: &Policy, steps: &[Step], scale: f64, clip: Clip) -> Weights {
    let mut gradient = [[0.0; INPUTS]; SHARES];
    for step in steps {
        let mean = policy.mean(&step.prompt);
        let new_log_prob = policy::log_prob(&step.action, &mean, scale);
        let by_log_prob: [f64; DIMENSIONS] = std::array::from_fn(|d| {
            let ratio = ratio(new_log_prob[d], step.old_log_prob[d]);
            clipped_surrogate_slope(ratio, step.advantage, clip) / steps.len() as f64
        });
        let by_mean = policy::log_prob_slope(&step.action, &mean, scale);
        let slopes = std::array::from_fn(|i| by_log_prob[i / VALUES] * by_mean[i]);
        policy::accumulate(&mut gradient, &slopes, &step.prompt);
    }
    gradient
}

/// Approximate KL divergence per head from the policy that took the steps to this one.
pub(super) fn mean_kl(policy: &Policy, steps: &[Step], scale: f64) -> f64 {
    let mut sum = 0.0;
    for step in steps {
        let new_log_prob = policy::log_prob(&step.action, &policy.mean(&step.prompt), scale);
        for (new, old) in new_log_prob.iter().zip(&step.old_log_prob) {
            sum += approx_kl(ratio(*new, *old));
        }
    }
    sum / (steps.len() * DIMENSIONS) as f64
}
