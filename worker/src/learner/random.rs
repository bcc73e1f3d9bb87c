//! `random`: every mix is as likely as any other, whatever was said. The line that others must cross.

use wire::{
    learning::{Belief, LearnerKind, Sample},
    proposal::Proposal,
    taxonomy::DIMENSIONS,
};

use super::{
    Learner, Report, SnapshotError,
    common::{self, MeanStars},
    diversity::Shown,
    rng::{Purpose, Rng},
    snapshot::{self, Reader},
};

/// ln 4!: the density of five shares that are drawn evenly.
const LOG_DENSITY: f64 = 3.178_053_830_347_946;

/// The learner that is none.
#[derive(Clone, Debug)]
pub struct Random {
    style_seed: u64,
    stars: MeanStars,
}

impl Random {
    /// Knows nothing and never will.
    pub fn fresh(style_seed: u64) -> Self {
        Self {
            style_seed,
            stars: MeanStars::default(),
        }
    }

    pub(super) fn decode(reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let (style_seed, stars) = reader.seed_and()?;
        Ok(Self { style_seed, stars })
    }
}

impl Learner for Random {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let mix = Rng::new(Purpose::Propose, self.style_seed, seed).mix();
        common::proposal(self, prompt, mix, mix.flat(), [LOG_DENSITY; DIMENSIONS])
    }

    fn learn(&mut self, sample: &Sample, _seed: u64) -> Report {
        self.stars.add(sample.stars.get());
        Report::unforeseen(self.stars.count)
    }

    fn belief(&self, _prompts: &[String]) -> Belief {
        // It would recommend what it shows: some mix, another after every rating.
        let mut rng = Rng::new(Purpose::Practise, self.style_seed, self.stars.count);
        Belief {
            proposed: rng.mix(),
            sureness: [0.0; DIMENSIONS],
            expected: self.stars.mean(),
        }
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(LearnerKind::Random, self.style_seed, &[&self.stars])
    }
}
