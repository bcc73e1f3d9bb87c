//! `q-learning`: the talk's first learner. A table of 625 states by 20 actions (Watkins 1989).
//!
//! A state is a choice of one pure value per dimension, an action sets one dimension to one value,
//! the reward is the rating. It knows nothing of prompts or blends, and what it learns of one cell
//! says nothing about the others: that is why it needs so many ratings.

use std::collections::BTreeMap;

use wire::{
    learning::{Belief, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
    taxonomy::{DIMENSIONS, SHARES, VALUES},
};

use super::{
    Learner, Report, SnapshotError,
    common::{self, MeanStars},
    diversity::Shown,
    rng::{Purpose, Rng},
    snapshot::{self, Part as _, Reader},
};

/// How many states there are.
const STATES: usize = VALUES.pow(DIMENSIONS as u32);
/// How far a value moves towards what was just seen.
const RATE: f64 = 0.3;
/// How much of what comes next counts.
const DISCOUNT: f64 = 0.9;
/// How often an action is drawn by chance at first, and what is left of that after each rating.
const EXPLORE: f64 = 0.5;
const EXPLORE_DECAY: f64 = 0.98;
/// The least chance of exploring.
const EXPLORE_LEAST: f64 = 0.05;
/// A rating that is neither good nor bad; the empty table's zeros mean this.
const MIDDLE: f64 = 3.0;

/// The learner.
#[derive(Clone, Debug)]
pub struct QLearning {
    style_seed: u64,
    stars: MeanStars,
    /// The choice shown last.
    state: usize,
    /// The cells that were ever written, by state and action; all others are 0.
    table: BTreeMap<(u16, u8), f32>,
}

impl QLearning {
    /// An empty table and a state drawn by chance.
    pub fn fresh(style_seed: u64) -> Self {
        Self {
            style_seed,
            stars: MeanStars::default(),
            state: Rng::new(Purpose::Practise, style_seed, 0).below(STATES),
            table: BTreeMap::new(),
        }
    }

    pub(super) fn decode(mut reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let style_seed = u64::from_le_bytes(reader.take()?);
        let stars = MeanStars::decode(&mut reader)?;
        let state = reader.count("states", STATES - 1)?;
        let count = reader.count("cells", STATES * SHARES)?;
        let mut table = BTreeMap::new();
        for _ in 0..count {
            let cell_state = reader.count("states", STATES - 1)?;
            let action = reader.count("actions", SHARES - 1)?;
            let [value] = reader.singles("the table's cells")?;
            table.insert((cell_state as u16, action as u8), value);
        }
        reader.finish()?;
        Ok(Self {
            style_seed,
            stars,
            state,
            table,
        })
    }

    fn value(&self, state: usize, action: usize) -> f64 {
        let cell = self.table.get(&(state as u16, action as u8));
        cell.map_or(0.0, |value| f64::from(*value))
    }

    /// The best action, the first of equals.
    fn greedy(&self, state: usize) -> usize {
        (1..SHARES).fold(0, |best, action| {
            if self.value(state, action) > self.value(state, best) {
                action
            } else {
                best
            }
        })
    }

    fn explore(&self) -> f64 {
        (EXPLORE * libm::pow(EXPLORE_DECAY, self.stars.count as f64)).max(EXPLORE_LEAST)
    }
}

impl Learner for QLearning {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, seed);
        let best = self.greedy(self.state);
        let explore = self.explore();
        let action = if rng.uniform() < explore {
            rng.below(SHARES)
        } else {
            best
        };
        let chance = explore / SHARES as f64 + if action == best { 1.0 - explore } else { 0.0 };
        let mix = Mix::pure(values(after(self.state, action)));
        // The first two numbers say where it came from and what was done; a rating may come late.
        let mut numbers = [0.0; SHARES];
        (numbers[0], numbers[1]) = (self.state as f64, action as f64);
        let log_prob = [libm::log(chance), 0.0, 0.0, 0.0];
        common::proposal(self, prompt, mix, numbers, log_prob)
    }

    fn learn(&mut self, sample: &Sample, _seed: u64) -> Report {
        let [state, action, ..] = sample.proposal.action;
        let state = (state.max(0.0) as usize).min(STATES - 1);
        let action = (action.max(0.0) as usize).min(SHARES - 1);
        let next = after(state, action);
        let best_next = self.value(next, self.greedy(next));
        let reward = f64::from(sample.stars.get()) - MIDDLE;
        let updated = update(self.value(state, action), reward, best_next);
        self.table
            .insert((state as u16, action as u8), updated as f32);
        self.state = next;
        self.stars.add(sample.stars.get());
        Report::unforeseen(self.stars.count)
    }

    fn belief(&self, _prompts: &[String]) -> Belief {
        Belief {
            proposed: Mix::pure(values(after(self.state, self.greedy(self.state)))),
            sureness: [1.0 - self.explore() / EXPLORE; DIMENSIONS],
            expected: self.stars.mean(),
        }
    }

    fn snapshot(&self) -> Vec<u8> {
        let mut bytes = snapshot::header(LearnerKind::QLearning);
        bytes.extend(self.style_seed.to_le_bytes());
        self.stars.encode(&mut bytes);
        bytes.extend((self.state as u16).to_le_bytes());
        bytes.extend((self.table.len() as u16).to_le_bytes());
        for ((state, action), value) in &self.table {
            bytes.extend(state.to_le_bytes());
            bytes.extend(u16::from(*action).to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        bytes
    }
}

/// Watkins' rule: a part of the way to the reward and the discounted best of what follows.
pub fn update(value: f64, reward: f64, best_next: f64) -> f64 {
    value + RATE * (reward + DISCOUNT * best_next - value)
}

/// The pure values of a state.
fn values(state: usize) -> [usize; DIMENSIONS] {
    std::array::from_fn(|d| state / VALUES.pow(d as u32) % VALUES)
}

/// The state in which an action ends: one dimension set to one value.
fn after(state: usize, action: usize) -> usize {
    let mut values = values(state);
    values[action / VALUES] = action % VALUES;
    values.iter().rev().fold(0, |sum, v| sum * VALUES + v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_update_equals_the_one_worked_by_hand() {
        // 1 + 0.3 (2 + 0.9 * 0.5 - 1) = 1 + 0.3 * 1.45.
        assert!((update(1.0, 2.0, 0.5) - 1.435).abs() < 1e-12);
    }

    #[test]
    fn an_action_sets_one_dimension_and_keeps_the_others() {
        let state = after(after(after(after(0, 3), 5 + 1), 10 + 4), 15 + 2);
        assert_eq!(values(state), [3, 1, 4, 2]);
        assert_eq!(values(after(state, 10)), [3, 1, 0, 2]);
        assert_eq!(after(state, 3), state);
    }
}
