//! One learner meets one artist: the loop of the product, without pictures.

use std::collections::VecDeque;

use serde::Serialize;
use wire::{
    ids::RatingId,
    learning::{Insight, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
    taxonomy::SHARES,
};

use super::{
    artist::Artist,
    comparer::Comparer,
    cpu::timed,
    hints::Tapper,
    prompts::{CATEGORIES, prompt, prompts_per_category},
};
use crate::{
    learner::{
        self, Learner,
        prior::Prior,
        rng::{Purpose, Rng},
    },
    seeds::comparison_seed,
};

/// How a run differs from the plain one.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// How likely the artist taps a dimension with a rating.
    pub hints: f64,
    /// How likely the artist is asked, after a rating, which of the last two pictures is better.
    pub comparisons: f64,
    /// How many pictures are painted before they are rated.
    pub ahead: usize,
    /// What a new style knows of others, if anything.
    pub prior: Option<Prior>,
}

/// One rating of a simulated run; its JSON is a line of `simulate`.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// How many ratings came before.
    pub n: usize,
    /// The prompt's category, which the learner is not told.
    pub category: usize,
    /// What was shown.
    pub mix: [f64; SHARES],
    /// How it was rated.
    pub rating: u8,
    /// How the learner foresaw the rating.
    pub predicted: Option<[f64; 5]>,
    /// Regret of what the learner would recommend, before this rating, over all categories.
    pub regret: f64,
    /// Processor time of taking the rating in.
    pub update_cpu_ms: f64,
}

/// A run under way; each call of `next` is one rating.
pub struct Run<'a> {
    artist: &'a Artist,
    learner: Box<dyn Learner>,
    rng: Rng,
    tapper: Tapper,
    comparer: Comparer,
    /// The mix rated last, and how many comparisons there were.
    rated_last: Option<Mix>,
    compared: u32,
    /// Shown so far, the ones not yet rated included.
    shown: Vec<Mix>,
    /// Painted and waiting for a rating, with their categories.
    waiting: VecDeque<(usize, Proposal)>,
    rated: usize,
    ahead: usize,
    seed: u64,
}

impl<'a> Run<'a> {
    /// A fresh learner and an artist who have not met.
    pub fn new(artist: &'a Artist, kind: LearnerKind, seed: u64, conditions: &Conditions) -> Self {
        Self {
            artist,
            learner: learner::fresh_with(kind, seed, conditions.prior.as_ref()),
            rng: Rng::new(Purpose::Simulate, seed, 0),
            tapper: Tapper::new(conditions.hints, seed),
            comparer: Comparer::new(conditions.comparisons, seed),
            rated_last: None,
            compared: 0,
            shown: Vec::new(),
            waiting: VecDeque::new(),
            rated: 0,
            ahead: conditions.ahead,
            seed,
        }
    }

    /// Mean regret of the recommendations for one prompt of each category, as things stand.
    pub fn regret(&mut self) -> f64 {
        let which = self.rng.below(prompts_per_category());
        let regrets = (0..CATEGORIES).map(|category| {
            let belief = self.learner.belief(&[prompt(category, which).to_owned()]);
            self.artist.regret(self.rated, category, &belief.proposed)
        });
        regrets.sum::<f64>() / CATEGORIES as f64
    }

    /// What the learner knows by now, over all kinds of prompts.
    pub fn insight(&self) -> Insight {
        self.learner.insight(&[])
    }

    /// Proposes until as many pictures wait as are painted ahead, and takes the oldest.
    fn next_picture(&mut self) -> Option<(usize, Proposal)> {
        while self.waiting.len() <= self.ahead {
            let category = self.rng.below(CATEGORIES);
            let which = self.rng.below(prompts_per_category());
            let seed = self.step_seed(self.shown.len());
            let proposal =
                self.learner
                    .propose(prompt(category, which), (&self.shown).into(), seed);
            self.shown.push(proposal.mix);
            self.waiting.push_back((category, proposal));
        }
        self.waiting.pop_front()
    }

    /// The seed of a step is its place in the log, as in the product.
    fn step_seed(&self, place: usize) -> u64 {
        self.seed.wrapping_mul(1_000_003).wrapping_add(place as u64)
    }
}

impl Run<'_> {
    /// The learner as it is now.
    pub fn learner(&self) -> &dyn Learner {
        &*self.learner
    }

    /// Shows and rates the next picture and lets the learner take the rating in; what was learned from,
    /// and with which seed.
    pub fn step(&mut self) -> Option<(Sample, u64)> {
        let (category, sample, seed) = self.rate()?;
        self.take_in(category, &sample, seed);
        Some((sample, seed))
    }

    /// The learner hears the rating, and then perhaps how the picture compares with the one before it.
    fn take_in(&mut self, category: usize, sample: &Sample, seed: u64) {
        self.learner.learn(sample, seed);
        let mix = sample.proposal.mix;
        if let Some(before) = self.rated_last.replace(mix) {
            let about = (category, sample.proposal.prompt.as_str());
            let (artist, n) = (self.artist, self.rated);
            let said = self.comparer.compare(artist, n, about, [&before, &mix]);
            if let Some(comparison) = said {
                let seed = comparison_seed(self.seed, self.compared);
                self.learner.compare(&comparison, seed);
                self.compared += 1;
            }
        }
        self.rated += 1;
    }

    /// The next picture's category, its rating, and the seed to learn it with.
    fn rate(&mut self) -> Option<(usize, Sample, u64)> {
        let n = self.rated;
        let (category, proposal) = self.next_picture()?;
        let noise = self.rng.normal();
        let sample = Sample {
            rating: RatingId(uuid::Uuid::from_u128(n as u128)),
            stars: self.artist.rate(n, category, &proposal.mix, noise),
            hint: self.tapper.tap(self.artist, n, category, &proposal.mix),
            proposal,
        };
        Some((category, sample, self.step_seed(n)))
    }
}

impl Iterator for Run<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let n = self.rated;
        let regret = self.regret();
        let (category, sample, seed) = self.rate()?;
        let ((), spent) = timed(|| self.take_in(category, &sample, seed));
        Some(Row {
            n,
            category,
            mix: sample.proposal.mix.flat(),
            rating: sample.stars.get(),
            predicted: sample.proposal.predicted,
            regret,
            update_cpu_ms: spent.as_secs_f64() * 1e3,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("examples/interacting-1.json");

    fn rows(kind: LearnerKind, conditions: &Conditions) -> Vec<Row> {
        let artist = Artist::read(EXAMPLE).unwrap();
        Run::new(&artist, kind, 1, conditions).take(6).collect()
    }

    #[test]
    fn equal_seeds_give_equal_runs_for_every_learner() {
        for kind in LearnerKind::ALL {
            let told = |rows: Vec<Row>| -> Vec<_> {
                let told = rows.into_iter();
                told.map(|r| (r.n, r.category, r.mix, r.rating, r.regret))
                    .collect()
            };
            let plain = Conditions::default();
            let first = told(rows(kind, &plain));
            assert_eq!(first, told(rows(kind, &plain)), "{}", kind.name());
            assert!(first.iter().all(|row| row.4.is_finite()));
        }
    }

    #[test]
    fn what_is_compared_is_learned_from_and_leaves_what_is_rated_first_alone() {
        let with = |comparisons| Conditions {
            comparisons,
            ..Conditions::default()
        };
        let (without, with) = (
            rows(LearnerKind::Ppo, &with(0.0)),
            rows(LearnerKind::Ppo, &with(1.0)),
        );
        let is_the_same =
            |n: usize| without[n].mix.map(f64::to_bits) == with[n].mix.map(f64::to_bits);
        // Two pictures are rated before there is anything to compare.
        assert!(is_the_same(0) && is_the_same(1) && !is_the_same(2));
    }

    #[test]
    fn pictures_painted_ahead_do_not_know_the_ratings_before_them() {
        let ahead = Conditions {
            ahead: 2,
            ..Conditions::default()
        };
        let rows = rows(LearnerKind::HillClimb, &ahead);
        assert_eq!(
            rows.iter().map(|r| r.n).collect::<Vec<_>>(),
            [0, 1, 2, 3, 4, 5]
        );
    }

    #[test]
    fn a_line_has_the_agreed_fields() {
        let rows = rows(LearnerKind::Random, &Conditions::default());
        let json = serde_json::to_value(&rows[0]).unwrap();
        let fields = [
            "n",
            "category",
            "mix",
            "rating",
            "predicted",
            "regret",
            "update_cpu_ms",
        ];
        assert_eq!(json.as_object().unwrap().len(), fields.len());
        assert!(fields.iter().all(|field| json.get(field).is_some()));
        assert_eq!(json["mix"].as_array().unwrap().len(), 20);
        assert!(json["predicted"].is_null());
    }
}
