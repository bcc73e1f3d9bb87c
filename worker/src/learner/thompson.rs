//! `thompson`: Bayesian linear regression on the twenty shares, acting on one draw of what may be
//! true (Thompson 1933; Agrawal and Goyal 2013). Forty lines that a sceptic would try first.
//!
//! A linear model's best mix is always pure, so blends are out of its reach; it is blind to prompts.

use wire::{
    learning::{Belief, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
    taxonomy::{DIMENSIONS, SHARES},
};

use super::{
    Learner, Report, SnapshotError, categorical,
    cholesky::Cholesky,
    common,
    diversity::Shown,
    history::{History, Rated},
    probit,
    rng::{Purpose, Rng},
    snapshot::{self, Reader},
    thresholds::Thresholds,
};

/// An intercept and twenty shares.
const INPUTS: usize = SHARES + 1;
/// Standard deviation of a coefficient before the first rating, in stars.
const SPREAD: f64 = 1.0;
/// Standard deviation of a rating about the line, in stars.
const NOISE: f64 = 0.7;
/// Stars of the average mix before the first rating.
const MIDDLE: f64 = 2.2;

/// The learner.
#[derive(Clone, Debug)]
pub struct Thompson {
    style_seed: u64,
    history: History,
    /// Follows from the history.
    line: Line,
}

/// Posterior of the coefficients.
#[derive(Clone, Debug)]
pub struct Line {
    mean: Vec<f64>,
    /// Cholesky factor of the precision.
    factor: Cholesky,
}

impl Line {
    /// The conjugate posterior: precision I / spread² + X Xᵀ / noise².
    pub fn fit(rated: &[Rated]) -> Self {
        let mut precision: Vec<Vec<f64>> = (0..INPUTS)
            .map(|i| {
                let mut row = vec![0.0; i + 1];
                row[i] = 1.0 / (SPREAD * SPREAD);
                row
            })
            .collect();
        let mut pull = vec![0.0; INPUTS];
        for rating in rated {
            let x = inputs(&rating.shares());
            let residual = f64::from(rating.stars) - MIDDLE;
            for (i, row) in precision.iter_mut().enumerate() {
                pull[i] += x[i] * residual / (NOISE * NOISE);
                for (entry, other) in row.iter_mut().zip(&x) {
                    *entry += x[i] * other / (NOISE * NOISE);
                }
            }
        }
        // The prior alone makes it positive definite.
        let factor = Cholesky::new(precision).unwrap_or_else(|| Cholesky::identity(INPUTS));
        let mean = factor.solve(pull);
        Self { mean, factor }
    }

    /// One draw of the coefficients of the shares: the mean plus L⁻ᵀ z.
    fn draw(&self, rng: &mut Rng) -> [f64; SHARES] {
        let noise = self.factor.backward(rng.normals::<INPUTS>().to_vec());
        std::array::from_fn(|i| self.mean[i + 1] + noise[i + 1])
    }

    /// Liking of a mix, and how far it may be wrong, squared.
    fn liking(&self, mix: &Mix) -> (f64, f64) {
        let x = inputs(&mix.flat());
        let mean: f64 = x.iter().zip(&self.mean).map(|(x, w)| x * w).sum();
        let root = self.factor.forward(x.to_vec());
        (MIDDLE + mean, root.iter().map(|r| r * r).sum())
    }
}

impl Thompson {
    /// Knows nothing.
    pub fn fresh(style_seed: u64) -> Self {
        Self::new(style_seed, History::default())
    }

    fn new(style_seed: u64, history: History) -> Self {
        Self {
            style_seed,
            line: Line::fit(&history.rated),
            history,
        }
    }

    pub(super) fn decode(reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let (style_seed, history) = reader.seed_and()?;
        Ok(Self::new(style_seed, history))
    }

    fn foresee(&self, mix: &Mix) -> [f64; 5] {
        let (mean, variance) = self.line.liking(mix);
        probit::rating_probabilities(mean, variance, &Thresholds::PLAIN)
    }

    fn best(&self) -> Mix {
        let coefficients = std::array::from_fn(|i| self.line.mean[i + 1]);
        Mix::pure(categorical::likeliest(&coefficients))
    }
}

impl Learner for Thompson {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, seed);
        let values = categorical::likeliest(&self.line.draw(&mut rng));
        let mix = Mix::pure(values);
        Proposal {
            predicted: Some(self.foresee(&mix)),
            ..common::proposal(self, prompt, mix, mix.flat(), [0.0; DIMENSIONS])
        }
    }

    fn learn(&mut self, sample: &Sample, _seed: u64) -> Report {
        let predicted = self.foresee(&sample.proposal.mix);
        self.history.add(sample);
        self.line = Line::fit(&self.history.rated);
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
        let proposed = self.best();
        let (_, variance) = self.line.liking(&proposed);
        let before = SPREAD * SPREAD * (1.0 + 4.0 * 0.8);
        Belief {
            proposed,
            sureness: [(1.0 - variance / before).clamp(0.0, 1.0); DIMENSIONS],
            expected: probit::expected_stars(&self.foresee(&proposed)),
        }
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(LearnerKind::Thompson, self.style_seed, &[&self.history])
    }
}

/// One, and the shares from the centre.
fn inputs(shares: &[f64; SHARES]) -> [f64; INPUTS] {
    std::array::from_fn(|i| if i == 0 { 1.0 } else { shares[i - 1] - 0.2 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::tests::sample;

    #[test]
    fn one_rating_moves_the_line_as_worked_by_hand() {
        // The average mix has inputs (1, 0, ..): precision 1 + 1 / 0.49 = 3.0408163, pull
        // 2.8 / 0.49 = 5.7142857, so the intercept is 1.8791946 and its variance 0.3288591.
        let mut history = History::default();
        history.add(&sample("a lake", Mix::NEUTRAL, 5));
        let line = Line::fit(&history.rated);
        let (liking, variance) = line.liking(&Mix::NEUTRAL);
        assert!((liking - 4.079_194_6).abs() < 1e-6, "{liking}");
        assert!((variance - 0.328_859_1).abs() < 1e-6, "{variance}");
    }
}
