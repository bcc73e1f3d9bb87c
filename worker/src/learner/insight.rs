//! What the reward model knows of a taste: what matters, what belongs together, what may be left to find.

use wire::{
    learning::{Effects, Insight, PairEffect, TasteState, ValueOf},
    mix::Mix,
    taxonomy::{DIMENSIONS, Dimension, VALUES},
};

use super::{
    belief::{differences, pure, with_pure},
    features::Features,
    history::History,
    kernel::Point,
    monotony::monotony,
    reward_model::RewardModel,
};

/// With fewer ratings than this nothing is settled, whatever they were.
const LEAST_TO_SETTLE: u64 = 10;
/// A taste is settled if what is still to try can hardly add more stars than this. On simulated
/// artists the mean regret is then 0.13, and above 0.3 for one in ten (`docs/learners.md`).
const LITTLE: f64 = 0.2;
/// Standard deviations of doubt that count as hope.
const HOPE: f64 = 2.0;
/// Nor is a taste settled that is pleased by nothing: this many stars are the least.
const PLEASED: f64 = 2.5;
/// Pairs that are told.
const PAIRS: usize = 5;

impl RewardModel {
    /// What follows from the model alone; the proposals are the policy's, who adds them. `found` are
    /// for each prompt the best mix known and one that is worth a try.
    pub(super) fn insight(&self, history: &History, found: &[(Features, Mix, Mix)]) -> Insight {
        let prompts: Vec<Features> = found.iter().map(|(prompt, ..)| *prompt).collect();
        let since_change = self.since_change();
        Insight {
            state: Some(if since_change.is_some() {
                TasteState::Moving
            } else if let Some(monotony) = monotony(&history.rated) {
                monotony
            } else if history.learned >= LEAST_TO_SETTLE && self.is_settled(found) {
                TasteState::Settled
            } else {
                TasteState::StillLearning
            }),
            since_change,
            effects: Some(self.effects(&prompts)),
            pairs: self.pairs(&prompts[0]),
            ..Insight::default()
        }
    }

    /// Whether hope adds little: what it would try next, its doubt counted as liking, is hardly better
    /// than what it would recommend. Nothing is better than five stars.
    fn is_settled(&self, found: &[(Features, Mix, Mix)]) -> bool {
        let (mut hope, mut stars) = (0.0, 0.0);
        for (prompt, best, try_next) in found {
            let points = [best, try_next].map(|mix| Point::new(mix.rows()));
            let more = self.weighted_sums(prompt, &points, &differences(2))[0];
            let expected = self.expected_stars(prompt, best);
            hope += (more.mean + HOPE * more.variance.sqrt()).min(5.0 - expected);
            stars += expected;
        }
        hope <= LITTLE * found.len() as f64 && stars >= PLEASED * found.len() as f64
    }

    /// How much more one pure value is liked than its dimension's five are on average, in an otherwise
    /// neutral mix, and how far that may be wrong. Against each other and not against an even mix, or an
    /// artist who likes blends would be told that every value takes something.
    fn effects(&self, prompts: &[Features]) -> Effects {
        let places = (0..DIMENSIONS).flat_map(|d| (0..VALUES).map(move |v| (d, v)));
        let points: Vec<Point> = places
            .clone()
            .map(|(d, v)| with_pure(&Mix::NEUTRAL, d, v))
            .collect();
        let against_its_five = places.map(|(d, v)| {
            let five = (0..VALUES).map(|other| {
                let own = f64::from(u8::from(other == v));
                (d * VALUES + other, own - 1.0 / VALUES as f64)
            });
            five.collect()
        });
        let against_its_five: Vec<Vec<(usize, f64)>> = against_its_five.collect();
        let mut effects = Effects {
            mean: [[0.0; VALUES]; DIMENSIONS],
            doubt: [[0.0; VALUES]; DIMENSIONS],
        };
        for prompt in prompts {
            let sums = self.weighted_sums(prompt, &points, &against_its_five);
            for (i, effect) in sums.into_iter().enumerate() {
                let (d, v) = (i / VALUES, i % VALUES);
                effects.mean[d][v] += effect.mean / prompts.len() as f64;
                effects.doubt[d][v] += effect.variance.sqrt() / prompts.len() as f64;
            }
        }
        effects
    }

    /// The pairs of pure values that are surely enough more or less than their sum. No kernel lets
    /// them depend on the prompt, so that any will do.
    fn pairs(&self, prompt: &Features) -> Vec<PairEffect> {
        let mut points = vec![Point::new(Mix::NEUTRAL.rows())];
        for d in 0..DIMENSIONS {
            points.extend((0..VALUES).map(|v| with_pure(&Mix::NEUTRAL, d, v)));
        }
        let (mut values, mut sums) = (Vec::new(), Vec::new());
        for (d, e) in (0..DIMENSIONS).flat_map(|e| (0..e).map(move |d| (d, e))) {
            for (v, w) in (0..VALUES).flat_map(|v| (0..VALUES).map(move |w| (v, w))) {
                let alone = [1 + d * VALUES + v, 1 + e * VALUES + w];
                sums.push(vec![
                    (points.len(), 1.0),
                    (alone[0], -1.0),
                    (alone[1], -1.0),
                    (0, 1.0),
                ]);
                let mut rows = *Mix::NEUTRAL.rows();
                rows[d] = pure(v);
                rows[e] = pure(w);
                points.push(Point::new(&rows));
                values.push([(d, v), (e, w)].map(|(d, v)| ValueOf {
                    dimension: Dimension::ALL[d],
                    value: v as u8,
                }));
            }
        }
        let together = self.weighted_sums(prompt, &points, &sums);
        let pairs = values
            .into_iter()
            .zip(together)
            .map(|([first, second], both)| PairEffect {
                first,
                second,
                mean: both.mean,
                doubt: both.variance.sqrt(),
            });
        let mut pairs: Vec<PairEffect> = pairs
            .filter(|pair| pair.mean.abs() > pair.doubt && pair.doubt > 0.0)
            .collect();
        pairs.sort_by(|a, b| b.mean.abs().total_cmp(&a.mean.abs()));
        pairs.truncate(PAIRS);
        pairs
    }
}
