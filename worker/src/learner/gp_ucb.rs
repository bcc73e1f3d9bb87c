//! `gp-ucb`: a textbook Gaussian process with an isotropic kernel and an upper confidence bound
//! (Srinivas et al. 2010). What Bayesian optimisation gives without knowing what a mix is.
//!
//! Fixed scales, Gaussian noise, blind to prompts.

use wire::{
    learning::{Belief, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
    taxonomy::{DIMENSIONS, SHARES},
};

use super::{
    Learner, Report, SnapshotError,
    cholesky::{Cholesky, dot},
    common,
    diversity::Shown,
    history::{History, Rated},
    probit,
    rng::{Purpose, Rng},
    search,
    snapshot::{self, Reader},
    thresholds::Thresholds,
};

/// Liking of anything before the first rating, in stars.
const MIDDLE: f64 = 2.2;
/// Variance of liking, in stars squared.
const VARIANCE: f64 = 1.5;
/// Distance between mixes over which liking changes.
const REACH: f64 = 0.8;
/// Standard deviation of a rating, in stars.
const NOISE: f64 = 0.6;
/// Standard deviations of doubt that count as liking.
const OPTIMISM: f64 = 2.0;

/// The learner.
#[derive(Clone, Debug)]
pub struct GpUcb {
    style_seed: u64,
    history: History,
    /// Follows from the history.
    process: Process,
}

/// The posterior.
#[derive(Clone, Debug)]
struct Process {
    points: Vec<[f64; SHARES]>,
    pull: Vec<f64>,
    factor: Cholesky,
}

impl Process {
    fn fit(rated: &[Rated]) -> Self {
        let points: Vec<_> = rated.iter().map(Rated::shares).collect();
        let rows = points.iter().enumerate().map(|(i, a)| {
            let mut row: Vec<f64> = points[..=i].iter().map(|b| covariance(a, b)).collect();
            row[i] += NOISE * NOISE;
            row
        });
        let factor = Cholesky::new(rows.collect());
        // The noise alone makes it positive definite.
        let factor = factor.unwrap_or_else(|| Cholesky::identity(points.len()));
        let residuals = rated.iter().map(|r| f64::from(r.stars) - MIDDLE);
        let pull = factor.solve(residuals.collect());
        Self {
            points,
            pull,
            factor,
        }
    }

    /// Liking of a mix, and how far it may be wrong, squared.
    fn liking(&self, mix: &Mix) -> (f64, f64) {
        let flat = mix.flat();
        let cross: Vec<f64> = self.points.iter().map(|p| covariance(p, &flat)).collect();
        let mean = MIDDLE + dot(&cross, &self.pull);
        let known = self.factor.forward(cross);
        (mean, (VARIANCE - dot(&known, &known)).max(0.0))
    }
}

impl GpUcb {
    /// Knows nothing.
    pub fn fresh(style_seed: u64) -> Self {
        Self::new(style_seed, History::default())
    }

    fn new(style_seed: u64, history: History) -> Self {
        Self {
            style_seed,
            process: Process::fit(&history.rated),
            history,
        }
    }

    pub(super) fn decode(reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let (style_seed, history) = reader.seed_and()?;
        Ok(Self::new(style_seed, history))
    }

    fn best(&self, optimism: f64, rng: &mut Rng) -> Mix {
        let scores = |mixes: &[Mix]| {
            let likings = mixes.iter().map(|mix| self.process.liking(mix));
            likings.map(|(m, v)| m + optimism * v.sqrt()).collect()
        };
        search::best_mix(scores, rng)
    }

    fn foresee(&self, mix: &Mix) -> [f64; 5] {
        let (mean, variance) = self.process.liking(mix);
        probit::rating_probabilities(mean, variance, &Thresholds::PLAIN)
    }
}

impl Learner for GpUcb {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, seed);
        let mix = self.best(OPTIMISM, &mut rng);
        Proposal {
            predicted: Some(self.foresee(&mix)),
            ..common::proposal(self, prompt, mix, mix.flat(), [0.0; DIMENSIONS])
        }
    }

    fn learn(&mut self, sample: &Sample, _seed: u64) -> Report {
        let predicted = self.foresee(&sample.proposal.mix);
        self.history.add(sample);
        self.process = Process::fit(&self.history.rated);
        Report {
            predicted: Some(predicted),
            ..Report::unforeseen(self.history.learned)
        }
    }

    fn learn_all(&mut self, log: &[(&Sample, u64)]) {
        if let Some((newest, seed)) = self.history.remember_all_but_last(log) {
            self.learn(newest, seed);
        }
    }

    fn belief(&self, _prompts: &[String]) -> Belief {
        let mut rng = Rng::new(Purpose::Practise, self.style_seed, self.history.learned);
        let proposed = self.best(0.0, &mut rng);
        let (_, variance) = self.process.liking(&proposed);
        Belief {
            proposed,
            sureness: [(1.0 - variance / VARIANCE).clamp(0.0, 1.0); DIMENSIONS],
            expected: probit::expected_stars(&self.foresee(&proposed)),
        }
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(LearnerKind::GpUcb, self.style_seed, &[&self.history])
    }
}

/// The squared exponential.
fn covariance(a: &[f64; SHARES], b: &[f64; SHARES]) -> f64 {
    let square: f64 = a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum();
    VARIANCE * libm::exp(-square / (2.0 * REACH * REACH))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::tests::sample;

    #[test]
    fn one_rating_moves_the_liking_as_worked_by_hand() {
        let mut history = History::default();
        history.add(&sample("a lake", Mix::pure([0; 4]), 5));
        let process = Process::fit(&history.rated);
        // 2.2 + 1.5 / (1.5 + 0.36) * 2.8 and 1.5 - 1.5² / 1.86.
        let (mean, variance) = process.liking(&Mix::pure([0; 4]));
        assert!((mean - 4.458_064_5).abs() < 1e-6, "{mean}");
        assert!((variance - 0.290_322_6).abs() < 1e-6, "{variance}");
        // Other values everywhere: squared distance 8, 1.5 exp(-6.25) = 0.0028957.
        let (far, _) = process.liking(&Mix::pure([1; 4]));
        assert!(
            (far - (2.2 + 0.002_895_7 / 1.86 * 2.8)).abs() < 1e-6,
            "{far}"
        );
    }
}
