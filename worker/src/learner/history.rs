//! What a learner remembers of the ratings it was given: the newest two hundred, in few bytes.
//!
//! A rating is rounded *before* it is learned from, so that a learner and its restored twin know
//! exactly the same. The full log lives in the database; nothing here is the only copy.

use wire::{
    learning::{Comparison, Hint, Sample},
    mix::Mix,
    taxonomy::{DIMENSIONS, Dimension, SHARES},
};

use super::{common::MeanStars, features::Features, snapshot::LARGEST};

/// How many ratings count. Older ones are dropped: taste drifts, and the cost grows with the cube.
pub const REMEMBERED: usize = 200;

/// How many of the newest keep their action, so that PPO can compare policies on it.
pub const ACTIONS: usize = 16;

/// How many comparisons count; each is as long as two ratings.
pub const COMPARED: usize = 40;

/// One whole, as shares are stored.
const WHOLE: u16 = u16::MAX;

/// One rated mix.
#[derive(Clone, Debug, PartialEq)]
pub struct Rated {
    /// Twenty shares in units of 1 / 65535.
    pub shares: [u16; SHARES],
    /// What was asked for.
    pub prompt: Features,
    /// 1..=5.
    pub stars: u8,
    /// The dimension that made it so, if the artist said.
    pub tap: Option<Hint>,
}

/// Two mixes for one prompt, one liked better.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Twenty shares in units of 1 / 65535.
    pub preferred: [u16; SHARES],
    /// Likewise.
    pub other: [u16; SHARES],
    /// What was asked for.
    pub prompt: Features,
}

/// A hint in four bits: 0 for none, else one for each dimension and sign.
#[derive(Clone, Copy, Debug)]
pub struct Tap;

impl Tap {
    /// The number of a hint.
    pub const fn code(hint: Option<Hint>) -> u8 {
        match hint {
            None => 0,
            Some(Hint { dimension, liked }) => 1 + 2 * dimension as u8 + liked as u8,
        }
    }

    /// The hint of a number, if it is one.
    pub fn from_code(code: u8) -> Option<Option<Hint>> {
        let Some(place) = code.checked_sub(1) else {
            return Some(None);
        };
        let dimension = *Dimension::ALL.get(usize::from(place / 2))?;
        Some(Some(Hint {
            dimension,
            liked: place % 2 == 1,
        }))
    }
}

/// The action behind a rated mix, as the policy that took it saw it.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Unconstrained numbers, before projection onto the simplex.
    pub numbers: [f32; SHARES],
    /// Log-probability density at the time, one per head.
    pub log_prob: [f32; DIMENSIONS],
}

/// The newest ratings, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// How many ratings were ever learned, forgotten ones included.
    pub learned: u64,
    /// At most [`REMEMBERED`].
    pub rated: Vec<Rated>,
    /// The actions of the newest of them, at most [`ACTIONS`].
    pub actions: Vec<Action>,
    /// At most [`COMPARED`].
    pub compared: Vec<Compared>,
}

impl Rated {
    /// The shares as numbers between 0 and 1.
    pub fn shares(&self) -> [f64; SHARES] {
        whole_shares(&self.shares)
    }
}

/// Stored shares as numbers between 0 and 1.
pub fn whole_shares(stored: &[u16; SHARES]) -> [f64; SHARES] {
    stored.map(|share| f64::from(share) / f64::from(WHOLE))
}

impl History {
    /// Remembers one rating and forgets what is too old.
    pub fn add(&mut self, sample: &Sample) {
        self.learned += 1;
        self.rated.push(Rated {
            shares: stored_shares(&sample.proposal.mix),
            prompt: Features::of(&sample.proposal.prompt),
            stars: sample.stars.get(),
            tap: sample.hint,
        });
        self.actions.push(Action {
            numbers: sample.proposal.action.map(single),
            log_prob: sample.proposal.log_prob.map(single),
        });
        keep_newest(&mut self.rated, REMEMBERED);
        keep_newest(&mut self.actions, ACTIONS);
    }

    /// Remembers all but the last of these ratings, and returns that one, if there is any: for
    /// learners whose plans follow from the history and the newest seed.
    pub fn remember_all_but_last<'a>(
        &mut self,
        log: &[(&'a Sample, u64)],
    ) -> Option<(&'a Sample, u64)> {
        let (last, before) = log.split_last()?;
        for (sample, _) in before {
            self.add(sample);
        }
        Some(*last)
    }

    /// Remembers one comparison; it is no rating and has no place in their count.
    pub fn compare(&mut self, comparison: &Comparison) {
        self.compared.push(Compared {
            preferred: stored_shares(&comparison.preferred),
            other: stored_shares(&comparison.other),
            prompt: Features::of(&comparison.prompt),
        });
        keep_newest(&mut self.compared, COMPARED);
    }

    /// Whether this mix is among the ratings.
    pub fn has_rated(&self, mix: &Mix) -> bool {
        let shares = stored_shares(mix);
        self.rated.iter().any(|rated| rated.shares == shares)
    }

    /// The mean rating of those remembered, with a first guess weighing as much as one.
    pub fn mean_stars(&self) -> f64 {
        let mut mean = MeanStars::default();
        for rated in &self.rated {
            mean.add(rated.stars);
        }
        mean.mean()
    }

    /// The ratings whose action is still known, with it.
    pub fn taken(&self) -> impl Iterator<Item = (&Rated, &Action)> {
        let known = self.rated.len() - self.actions.len();
        self.rated[known..].iter().zip(&self.actions)
    }

    /// Every prompt once, the newest first.
    pub fn prompts(&self) -> Vec<Features> {
        let mut prompts: Vec<Features> = Vec::new();
        for rated in self.rated.iter().rev() {
            if !prompts.contains(&rated.prompt) {
                prompts.push(rated.prompt);
            }
        }
        prompts
    }
}

fn stored_shares(mix: &Mix) -> [u16; SHARES] {
    mix.flat()
        .map(|share| (share.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u16)
}

fn keep_newest<T>(all: &mut Vec<T>, count: usize) {
    let excess = all.len().saturating_sub(count);
    all.drain(..excess);
}

/// The nearest single-precision number that is one: far beyond a million the ratio is 0 anyway.
fn single(x: f64) -> f32 {
    if x.is_nan() {
        0.0
    } else {
        x.clamp(-f64::from(LARGEST), f64::from(LARGEST)) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::tests::sample;

    #[test]
    fn the_oldest_ratings_are_forgotten_first() {
        let mut history = History::default();
        for i in 0..REMEMBERED + 7 {
            history.add(&sample(&format!("prompt {i}"), Mix::NEUTRAL, 3));
        }
        assert_eq!(history.learned, 207);
        assert_eq!(history.rated.len(), REMEMBERED);
        assert_eq!(history.actions.len(), ACTIONS);
        assert_eq!(history.rated[0].prompt, Features::of("prompt 7"));
        assert_eq!(
            history.taken().last().unwrap().0.prompt,
            Features::of("prompt 206")
        );
    }

    #[test]
    fn every_tap_has_a_number_of_its_own() {
        let all = Dimension::ALL
            .into_iter()
            .flat_map(|dimension| [false, true].map(|liked| Some(Hint { dimension, liked })));
        for (code, hint) in [None].into_iter().chain(all).enumerate() {
            assert_eq!(usize::from(Tap::code(hint)), code);
            assert_eq!(Tap::from_code(code as u8), Some(hint));
        }
        assert_eq!(Tap::from_code(9), None);
    }

    #[test]
    fn each_prompt_is_listed_once_and_the_newest_first() {
        let mut history = History::default();
        for prompt in ["a lake", "a cat", "a lake"] {
            history.add(&sample(prompt, Mix::NEUTRAL, 3));
        }
        assert_eq!(
            history.prompts(),
            [Features::of("a lake"), Features::of("a cat")]
        );
    }

    #[test]
    fn shares_are_remembered_to_a_hundred_thousandth() {
        let mut history = History::default();
        history.add(&sample("a lake", Mix::pure([1; 4]), 3));
        assert_eq!(history.rated[0].shares[..5], [0, WHOLE, 0, 0, 0]);
        history.add(&sample("a lake", Mix::NEUTRAL, 3));
        assert!(
            history.rated[1]
                .shares()
                .iter()
                .all(|s| (s - 0.2).abs() < 1e-5)
        );
    }
}
