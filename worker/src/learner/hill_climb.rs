//! `hill-climb`: change the best mix so far a little; keep the change if it was liked better.

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
    simplex,
    snapshot::{self, Part as _, Reader},
};

/// How far a change reaches, per share.
const REACH: f64 = 0.25;

/// The learner.
#[derive(Clone, Debug)]
pub struct HillClimb {
    style_seed: u64,
    stars: MeanStars,
    /// The best mix so far, in single precision as it is stored.
    best: [f32; SHARES],
    /// What it was given; 0 before the first rating.
    best_stars: u8,
}

impl HillClimb {
    /// Starts from all values in equal parts.
    pub fn fresh(style_seed: u64) -> Self {
        Self {
            style_seed,
            stars: MeanStars::default(),
            best: [0.2; SHARES],
            best_stars: 0,
        }
    }

    pub(super) fn decode(mut reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let style_seed = u64::from_le_bytes(reader.take()?);
        let stars = MeanStars::decode(&mut reader)?;
        let best = reader.singles("the best mix's shares")?;
        let [best_stars] = reader.take()?;
        reader.finish()?;
        let is_whole = |five: &[f32; VALUES]| (five.iter().sum::<f32>() - 1.0).abs() < 1e-3;
        let (dimensions, _) = best.as_chunks::<VALUES>();
        if best.iter().any(|share| *share < 0.0) || !dimensions.iter().all(is_whole) {
            let what = "the best mix's shares";
            return Err(SnapshotError::Unreached { what });
        }
        // 0 before the first rating, and only then.
        if best_stars > 5 || (best_stars == 0) != (stars.count == 0) {
            let what = "the best mix's stars";
            return Err(SnapshotError::Unreached { what });
        }
        Ok(Self {
            style_seed,
            stars,
            best,
            best_stars,
        })
    }

    fn best(&self) -> Mix {
        simplex::mix(&self.best.map(f64::from))
    }
}

impl Learner for HillClimb {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, seed);
        let best = self.best().flat();
        let action = best.map(|share| share + REACH * rng.normal());
        common::proposal(
            self,
            prompt,
            simplex::mix(&action),
            action,
            [0.0; DIMENSIONS],
        )
    }

    fn learn(&mut self, sample: &Sample, _seed: u64) -> Report {
        let stars = sample.stars.get();
        self.stars.add(stars);
        // Equally liked changes are kept too: on a plateau that is the only way across.
        if stars >= self.best_stars {
            self.best = sample.proposal.mix.flat().map(|share| share as f32);
            self.best_stars = stars;
        }
        Report::unforeseen(self.stars.count)
    }

    fn belief(&self, _prompts: &[String]) -> Belief {
        Belief {
            proposed: self.best(),
            sureness: [0.0; DIMENSIONS],
            expected: self.stars.mean(),
        }
    }

    fn snapshot(&self) -> Vec<u8> {
        let mut bytes = snapshot::header(LearnerKind::HillClimb);
        bytes.extend(self.style_seed.to_le_bytes());
        self.stars.encode(&mut bytes);
        bytes.extend(self.best.iter().flat_map(|share| share.to_le_bytes()));
        bytes.push(self.best_stars);
        bytes
    }
}
