//! `dqn`: the talk's second learner. A network instead of a table (Mnih et al. 2015), with one head
//! per dimension on a shared trunk (Tavakoli et al. 2018).
//!
//! The state is the choice of pure values shown last, an action chooses all four anew. Replay and a
//! target network are as in the papers. It knows nothing of prompts or blends.

use wire::{
    learning::{Belief, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
    taxonomy::{DIMENSIONS, SHARES, VALUES},
};

use super::{
    Learner, Report, SnapshotError, categorical,
    common::{self, MeanStars},
    diversity::Shown,
    network::Network,
    rng::{Purpose, Rng},
    snapshot::{self, Part as _, Reader},
};

/// Ratings that are replayed.
const REPLAY: usize = 200;
/// Replayed ratings per real one.
const REPLAYED: usize = 64;
/// Ratings between two copies of the network into the target network.
const TARGET_AGE: u64 = 5;
/// Step per replayed rating.
const STEP: f64 = 0.02;
/// How much of what comes next counts.
const DISCOUNT: f64 = 0.5;
/// How often a head explores at first, and what is left of that after each rating.
const EXPLORE: f64 = 0.9;
const EXPLORE_DECAY: f64 = 0.97;
/// The least chance of exploring.
const EXPLORE_LEAST: f64 = 0.05;
/// A rating that is neither good nor bad.
const MIDDLE: f64 = 3.0;

/// The learner.
#[derive(Clone, Debug)]
pub struct Dqn {
    style_seed: u64,
    stars: MeanStars,
    network: Network,
    target: Network,
    /// Oldest first.
    replay: Vec<Transition>,
}

/// What was shown after what, and how it was rated.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Transition {
    before: [u8; DIMENSIONS],
    chosen: [u8; DIMENSIONS],
    stars: u8,
}

impl Dqn {
    /// A network that says nothing yet.
    pub fn fresh(style_seed: u64) -> Self {
        let mut network = Network::fresh(&mut Rng::new(Purpose::Practise, style_seed, 0));
        network.round();
        Self {
            style_seed,
            stars: MeanStars::default(),
            target: network.clone(),
            network,
            replay: Vec::new(),
        }
    }

    pub(super) fn decode(mut reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let style_seed = u64::from_le_bytes(reader.take()?);
        let stars = MeanStars::decode(&mut reader)?;
        let network = Network::decode(&mut reader)?;
        let target = Network::decode(&mut reader)?;
        let count = reader.count("replayed ratings", REPLAY)?;
        let mut replay = Vec::with_capacity(count);
        for position in 0..count {
            let before: [u8; DIMENSIONS] = reader.take()?;
            let chosen: [u8; DIMENSIONS] = reader.take()?;
            let [stars] = reader.take()?;
            let known = before.iter().chain(&chosen);
            if !(1..=5).contains(&stars) || known.into_iter().any(|v| usize::from(*v) >= VALUES) {
                let what = "values or stars that there are not";
                return Err(SnapshotError::Rating { position, what });
            }
            replay.push(Transition {
                before,
                chosen,
                stars,
            });
        }
        reader.finish()?;
        Ok(Self {
            style_seed,
            stars,
            network,
            target,
            replay,
        })
    }

    /// The choice shown last; at first one drawn by chance.
    fn state(&self) -> [u8; DIMENSIONS] {
        let mut rng = Rng::new(Purpose::Practise, self.style_seed, 1);
        let first = std::array::from_fn(|_| rng.below(VALUES) as u8);
        self.replay.last().map_or(first, |newest| newest.chosen)
    }

    fn explore(&self) -> f64 {
        (EXPLORE * libm::pow(EXPLORE_DECAY, self.stars.count as f64)).max(EXPLORE_LEAST)
    }

    fn greedy(&self) -> [usize; DIMENSIONS] {
        categorical::likeliest(&self.network.outputs(&input(self.state())))
    }
}

impl Learner for Dqn {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, seed);
        let explore = self.explore();
        let greedy = self.greedy();
        let values = greedy.map(|best| {
            if rng.uniform() < explore {
                rng.below(VALUES)
            } else {
                best
            }
        });
        let log_prob = std::array::from_fn(|d| {
            let by_chance = explore / VALUES as f64;
            libm::log(if values[d] == greedy[d] {
                1.0 - explore + by_chance
            } else {
                by_chance
            })
        });
        let action = categorical::action(&values);
        common::proposal(self, prompt, Mix::pure(values), action, log_prob)
    }

    fn learn(&mut self, sample: &Sample, seed: u64) -> Report {
        let chosen = categorical::likeliest(&sample.proposal.mix.flat());
        self.replay.push(Transition {
            before: self.state(),
            chosen: chosen.map(|v| v as u8),
            stars: sample.stars.get(),
        });
        let excess = self.replay.len().saturating_sub(REPLAY);
        self.replay.drain(..excess);
        self.stars.add(sample.stars.get());

        let mut rng = Rng::new(Purpose::Practise, self.style_seed, seed);
        for _ in 0..REPLAYED {
            let transition = self.replay[rng.below(self.replay.len())];
            let input = input(transition.before);
            let next = self.target.outputs(&self::input(transition.chosen));
            let goal = goal(f64::from(transition.stars) - MIDDLE, &next);
            let outputs = self.network.outputs(&input);
            let mut slopes = [0.0; SHARES];
            for (d, value) in transition.chosen.iter().enumerate() {
                let place = d * VALUES + usize::from(*value);
                slopes[place] = outputs[place] - goal;
            }
            self.network.descend(&input, &slopes, STEP);
        }
        self.network.round();
        if self.stars.count.is_multiple_of(TARGET_AGE) {
            self.target = self.network.clone();
        }
        Report::unforeseen(self.stars.count)
    }

    fn belief(&self, _prompts: &[String]) -> Belief {
        Belief {
            proposed: Mix::pure(self.greedy()),
            sureness: [1.0 - self.explore() / EXPLORE; DIMENSIONS],
            expected: self.stars.mean(),
        }
    }

    fn snapshot(&self) -> Vec<u8> {
        let mut bytes = snapshot::header(LearnerKind::Dqn);
        bytes.extend(self.style_seed.to_le_bytes());
        self.stars.encode(&mut bytes);
        self.network.encode(&mut bytes);
        self.target.encode(&mut bytes);
        bytes.extend((self.replay.len() as u16).to_le_bytes());
        for transition in &self.replay {
            bytes.extend(transition.before);
            bytes.extend(transition.chosen);
            bytes.push(transition.stars);
        }
        bytes
    }
}

/// What each chosen head should say: the reward and the discounted mean of the heads' best next.
pub fn goal(reward: f64, next: &[f64; SHARES]) -> f64 {
    let best = next
        .chunks(VALUES)
        .map(|head| head.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    reward + DISCOUNT * best.sum::<f64>() / DIMENSIONS as f64
}

/// A state as the network sees it.
fn input(values: [u8; DIMENSIONS]) -> [f64; SHARES] {
    Mix::pure(values.map(usize::from)).flat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::tests::sample;

    #[test]
    fn the_goal_equals_the_one_worked_by_hand() {
        let mut next = [0.0; SHARES];
        (next[1], next[7], next[19]) = (1.0, 3.0, -2.0);
        // Best per head: 1, 3, 0, 0, mean 1; 2 + 0.5 * 1.
        assert!((goal(2.0, &next) - 2.5).abs() < 1e-12);
    }

    #[test]
    fn replaying_one_rating_brings_its_heads_to_what_it_said() {
        let mut learner = Dqn::fresh(4);
        for seed in 0..4 {
            learner.learn(&sample("a lake", Mix::pure([1, 2, 3, 4]), 5), seed);
        }
        // The target network still says 0 everywhere, so the goal is the reward, 2.
        let outputs = learner.network.outputs(&input([1, 2, 3, 4]));
        for place in [1, 7, 13, 19] {
            assert!((outputs[place] - 2.0).abs() < 0.2, "{outputs:?}");
        }
    }
}
