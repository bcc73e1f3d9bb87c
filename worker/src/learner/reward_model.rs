//! What this artist likes, with uncertainty: a Gaussian process on (mix, prompt).
//!
//! Refitted from scratch after each rating, so that a version depends on the ratings alone and not
//! on the way they were fitted. The ordinal likelihood has no closed form, hence the Laplace
//! approximation (Rasmussen and Williams 2006, algorithms 3.1 and 3.2, with their names beside
//! ours). Its scales are fixed, up to what is assumed of the artist: see [`super::hypothesis`].
//!
//! Long because fit, prediction and their hand-computed tests are read side by side with the book.

use super::{
    change,
    cholesky::{Cholesky, dot},
    evidence::{Evidence, Query, evidence},
    features::Features,
    history::History,
    hypothesis::Hypothesis,
    kernel::{Kernel, Point},
    prior::Prior,
    probit::{self, Likelihood, NOISE},
};
use wire::mix::Mix;

/// The liking expected of anything before the first rating: random mixes earn about two stars.
pub const MEAN: f64 = 2.2;

/// Newton's method has converged long before this; it is a bound on the time, not a setting.
const NEWTON_ROUNDS: usize = 12;

/// With fewer ratings every kind explains them alike.
const LEAST_TO_NARROW: usize = 3;

/// With fewer ratings thresholds say more about the pictures than about the artist.
const LEAST_FOR_THRESHOLDS: usize = 10;

/// A change of liking this small, in stars, is convergence.
const CONVERGED: f64 = 1e-7;

/// The fitted model.
#[derive(Clone, Debug)]
pub struct RewardModel {
    evidence: Vec<Evidence>,
    /// What is assumed of the artist, because it explains the ratings best.
    assumed: Hypothesis,
    /// K⁻¹ (f - m) at the mode: how hard each piece of evidence pulls.
    pull: Vec<f64>,
    /// W^½: how sure each is.
    root: Vec<f64>,
    /// Cholesky factor of B = I + W^½ K W^½.
    factor: Cholesky,
    /// Laplace's approximation of the logarithm of the evidence's probability.
    log_evidence: f64,
}

/// What the model believes of one mix, in stars.
#[derive(Clone, Copy, Debug)]
pub struct Posterior {
    /// The liking it expects.
    pub mean: f64,
    /// How far it may be wrong, squared.
    pub variance: f64,
}

impl RewardModel {
    /// Finds the likings that explain the ratings, hints and comparisons best, and with them what
    /// must be assumed: one question after the other, the answer to each is kept for the next.
    pub fn fit(history: &History, prior: Option<&Prior>) -> Self {
        let mut best = Self::explain(&evidence(history), &Hypothesis::PLAINEST);
        if best.evidence.len() >= LEAST_TO_NARROW {
            best.try_each(best.assumed.narrower());
        }
        best.try_each(best.assumed.of_groups(prior));
        best.try_each(best.assumed.changed(history.rated.len()));
        if history.rated.len() >= LEAST_FOR_THRESHOLDS {
            best.try_each(best.assumed.with_other_thresholds());
        }
        best
    }

    /// Becomes the best of itself and of what explains the same under these assumptions.
    fn try_each(&mut self, others: impl IntoIterator<Item = Hypothesis>) {
        for assumed in others {
            let other = Self::explain(&self.evidence, &assumed);
            if other.plausibility() > self.plausibility() {
                *self = other;
            }
        }
    }

    fn plausibility(&self) -> f64 {
        self.log_evidence - self.assumed.surprise
    }

    /// Standard deviations of doubt that count as liking while trying.
    pub const fn optimism(&self) -> f64 {
        self.assumed.kind.optimism
    }

    /// How many ratings came after taste changed, if it seems to have.
    pub fn since_change(&self) -> Option<u32> {
        self.assumed.since_change.map(|since| since as u32)
    }

    /// How likely each rating of this mix is.
    pub fn rating_probabilities(&self, prompt: &Features, mix: &Mix) -> [f64; 5] {
        let liking = self.posteriors(prompt, &[Point::new(mix.rows())])[0];
        probit::rating_probabilities(liking.mean, liking.variance, &self.assumed.thresholds)
    }

    fn explain(evidence: &[Evidence], assumed: &Hypothesis) -> Self {
        let mut evidence = evidence.to_vec();
        if let Some(since) = assumed.since_change {
            change::mark(&mut evidence, since);
        }
        let count = evidence.len();
        let covariances = covariances(&assumed.kind.kernel, &evidence);
        let expected: Vec<f64> = evidence.iter().map(|e| e.expected(assumed)).collect();
        let mut model = Self {
            evidence,
            assumed: *assumed,
            pull: vec![0.0; count],
            root: vec![0.0; count],
            factor: Cholesky::identity(count),
            log_evidence: 0.0,
        };
        let mut latent = vec![0.0; count];
        for _ in 0..NEWTON_ROUNDS {
            let local = model.likelihoods(&expected, &latent);
            let root: Vec<f64> = local.iter().map(|l| l.precision.sqrt()).collect();
            let Some(factor) = Cholesky::new(scaled(&covariances, &root)) else {
                break;
            };
            let target: Vec<f64> = local
                .iter()
                .zip(&latent)
                .map(|(l, f)| l.precision * f + l.slope)
                .collect();
            let spread = multiply(&covariances, &target);
            let solved = factor.solve(spread.iter().zip(&root).map(|(s, r)| s * r).collect());
            model.pull = (0..count)
                .map(|i| target[i] - root[i] * solved[i])
                .collect();
            (model.root, model.factor) = (root, factor);

            let next = multiply(&covariances, &model.pull);
            let change = next.iter().zip(&latent).map(|(a, b)| (a - b).abs());
            let largest = change.fold(0.0, f64::max);
            latent = next;
            if largest < CONVERGED {
                break;
            }
        }
        let logs = model.likelihoods(&expected, &latent);
        let logs: f64 = logs.iter().map(|l| l.log).sum();
        model.log_evidence =
            logs - dot(&model.pull, &latent) / 2.0 - model.factor.log_determinant();
        model
    }

    fn likelihoods(&self, expected: &[f64], latent: &[f64]) -> Vec<Likelihood> {
        let values = expected.iter().zip(latent).map(|(m, f)| m + f);
        let pairs = self.evidence.iter().zip(values);
        let thresholds = &self.assumed.thresholds;
        pairs
            .map(|(e, value)| e.likelihood(value, thresholds))
            .collect()
    }

    /// The expected liking of mixes for one prompt.
    pub fn means(&self, prompt: &Features, points: &[Point]) -> Vec<f64> {
        self.weigh(&self.cross(prompt, points), points)
    }

    /// The liking of mixes for one prompt, with its uncertainty.
    pub fn posteriors(&self, prompt: &Features, points: &[Point]) -> Vec<Posterior> {
        let width = points.len();
        let mut cross = self.cross(prompt, points);
        let means = self.weigh(&cross, points);
        for (row, root) in cross.chunks_exact_mut(width.max(1)).zip(&self.root) {
            for k in row {
                *k *= root;
            }
        }
        self.factor.forward_all(&mut cross, width);
        let mut variances: Vec<f64> = points
            .iter()
            .map(|p| self.assumed.kind.kernel.covariance(p, p, 1.0))
            .collect();
        for row in cross.chunks_exact(width.max(1)) {
            for (variance, v) in variances.iter_mut().zip(row) {
                *variance -= v * v;
            }
        }
        means
            .into_iter()
            .zip(variances)
            .map(|(mean, variance)| Posterior {
                mean,
                variance: variance.max(0.0),
            })
            .collect()
    }

    /// The liking of mixes for one prompt once these other mixes will have been rated, whatever they
    /// get: the mean is as now, the doubt is less where they lie (Desautels et al. 2014).
    pub fn posteriors_after(
        &self,
        prompt: &Features,
        points: &[Point],
        waiting: &[Point],
    ) -> Vec<Posterior> {
        let all: Vec<Point> = waiting.iter().chain(points).copied().collect();
        let known = self.known(prompt, &all);
        let (known_waiting, known_points) = known.split_at(waiting.len());
        let left = |a: &Point, known_a: &[f64], b: &Point, known_b: &[f64]| {
            self.assumed.kind.kernel.covariance(a, b, 1.0) - dot(known_a, known_b)
        };
        let rows = waiting.iter().zip(known_waiting).enumerate();
        let rows = rows.map(|(i, (a, known_a))| {
            let earlier = waiting[..=i].iter().zip(known_waiting);
            let mut row: Vec<f64> = earlier
                .map(|(b, known_b)| left(a, known_a, b, known_b))
                .collect();
            row[i] += NOISE * NOISE;
            row
        });
        // The noise alone makes it positive definite.
        let factor = Cholesky::new(rows.collect());
        let factor = factor.unwrap_or_else(|| Cholesky::identity(waiting.len()));
        let means = self.means(prompt, points);
        let asked = points.iter().zip(known_points).zip(means);
        asked
            .map(|((point, known), mean)| {
                let cross = waiting.iter().zip(known_waiting);
                let cross =
                    cross.map(|(other, known_other)| left(point, known, other, known_other));
                let told = factor.forward(cross.collect());
                let variance = left(point, known, point, known) - dot(&told, &told);
                Posterior {
                    mean,
                    variance: variance.max(0.0),
                }
            })
            .collect()
    }

    /// L⁻¹ W^½ k for each mix: its square is the variance that the evidence has taken away.
    fn known(&self, prompt: &Features, points: &[Point]) -> Vec<Vec<f64>> {
        let one = |point: &Point| {
            let cross = self.cross(prompt, std::slice::from_ref(point));
            let pairs = cross.iter().zip(&self.root);
            self.factor
                .forward(pairs.map(|(k, root)| k * root).collect())
        };
        points.iter().map(one).collect()
    }

    /// Weighted sums of the likings of mixes for one prompt; each sum is a list of places and weights.
    pub fn weighted_sums(
        &self,
        prompt: &Features,
        points: &[Point],
        sums: &[Vec<(usize, f64)>],
    ) -> Vec<Posterior> {
        let cross = self.cross(prompt, points);
        let means = self.weigh(&cross, points);
        let sum_of = |sum: &[(usize, f64)], row: &[f64]| {
            sum.iter()
                .fold(0.0, |total, (place, weight)| total + weight * row[*place])
        };
        let rows = cross.chunks_exact(points.len().max(1)).zip(&self.root);
        let mut known: Vec<f64> = rows
            .flat_map(|(row, root)| sums.iter().map(move |sum| root * sum_of(sum, row)))
            .collect();
        self.factor.forward_all(&mut known, sums.len());
        let prior = |sum: &Vec<(usize, f64)>| {
            let pairs = sum.iter().flat_map(|a| sum.iter().map(move |b| (a, b)));
            pairs.fold(0.0, |total, ((i, w), (j, x))| {
                total
                    + w * x
                        * self
                            .assumed
                            .kind
                            .kernel
                            .covariance(&points[*i], &points[*j], 1.0)
            })
        };
        let mut variances: Vec<f64> = sums.iter().map(prior).collect();
        for row in known.chunks_exact(sums.len().max(1)) {
            for (variance, k) in variances.iter_mut().zip(row) {
                *variance -= k * k;
            }
        }
        let both = sums.iter().zip(variances);
        both.map(|(sum, variance)| Posterior {
            mean: sum_of(sum, &means),
            variance: variance.max(0.0),
        })
        .collect()
    }

    /// Covariances of the evidence (rows) with the liking of mixes for one prompt (columns).
    fn cross(&self, prompt: &Features, points: &[Point]) -> Vec<f64> {
        let mut cross = Vec::with_capacity(self.evidence.len() * points.len());
        let query = Query::new(points, &self.evidence);
        for evidence in &self.evidence {
            evidence.covariances_with(&self.assumed.kind.kernel, prompt, &query, &mut cross);
        }
        cross
    }

    fn weigh(&self, cross: &[f64], points: &[Point]) -> Vec<f64> {
        let expected = points.iter().map(|point| {
            let parts = self.assumed.expected(point);
            MEAN + parts.iter().sum::<f64>()
        });
        let mut means: Vec<f64> = expected.collect();
        for (row, pull) in cross.chunks_exact(points.len().max(1)).zip(&self.pull) {
            for (mean, k) in means.iter_mut().zip(row) {
                *mean += pull * k;
            }
        }
        means
    }
}

/// K, in full.
fn covariances(kernel: &Kernel, evidence: &[Evidence]) -> Vec<Vec<f64>> {
    let mut rows = vec![vec![0.0; evidence.len()]; evidence.len()];
    for (i, a) in evidence.iter().enumerate() {
        for (j, b) in evidence[..=i].iter().enumerate() {
            let k = a.covariance_with(kernel, b);
            rows[i][j] = k;
            rows[j][i] = k;
        }
    }
    rows
}

/// The lower triangle of B = I + W^½ K W^½.
fn scaled(covariances: &[Vec<f64>], root: &[f64]) -> Vec<Vec<f64>> {
    let rows = covariances.iter().zip(root).enumerate();
    rows.map(|(i, (row, r))| {
        let lower = row[..=i].iter().zip(root).map(|(k, c)| r * k * c);
        let mut lower: Vec<f64> = lower.collect();
        lower[i] += 1.0;
        lower
    })
    .collect()
}

fn multiply(rows: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
    rows.iter().map(|row| dot(row, x)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::{
        kind::Kind,
        rng::{Purpose, Rng},
        tests::sample,
    };
    use wire::taxonomy::Dimension;

    fn rated(ratings: &[(Mix, u8)]) -> History {
        let mut history = History::default();
        for (mix, stars) in ratings {
            history.add(&sample("a lake", *mix, *stars));
        }
        history
    }

    fn posterior(model: &RewardModel, mix: Mix) -> Posterior {
        model.posteriors(&Features::of("a lake"), &[Point::new(mix.rows())])[0]
    }

    #[test]
    fn without_ratings_the_model_is_its_prior() {
        let posterior = posterior(
            &RewardModel::fit(&History::default(), None),
            Mix::pure([0; 4]),
        );
        // The variance of four pure values, worked by hand in kernel.rs.
        assert!((posterior.mean - 2.2).abs() < 1e-12);
        assert!((posterior.variance - 12.04).abs() < 1e-9);
    }

    #[test]
    fn the_mode_satisfies_its_equation() {
        // At the mode K⁻¹ (f - m) is the slope of the log-likelihood, whatever the kernel.
        let ratings = rated(&[
            (Mix::pure([0, 1, 2, 3]), 5),
            (Mix::pure([1, 1, 0, 0]), 1),
            (Mix::NEUTRAL, 3),
            (Mix::pure([0, 4, 2, 1]), 4),
        ]);
        let model = RewardModel::fit(&ratings, None);
        for (i, rating) in ratings.rated.iter().enumerate() {
            let point = Point::flat(&rating.shares());
            let liking = model.means(&rating.prompt, &[point])[0];
            let slope = probit::likelihood(rating.stars, liking, &model.assumed.thresholds).slope;
            assert!((model.pull[i] - slope).abs() < 1e-6, "{i}");
        }
    }

    #[test]
    fn a_few_pictures_tell_who_loves_blends_from_who_loves_pure_values() {
        let blend = Mix::blend(&[(1.0, Mix::pure([0; 4])), (1.0, Mix::pure([1; 4]))]).unwrap();
        let told = |pure: u8, mixed: u8| {
            let ratings = rated(&[
                (Mix::pure([0; 4]), pure),
                (Mix::pure([1; 4]), pure),
                (Mix::NEUTRAL, 3),
                (blend, mixed),
            ]);
            RewardModel::fit(&ratings, None).assumed.kind
        };
        assert_eq!(told(1, 4), Kind::BLENDED);
        assert_ne!(told(4, 1), Kind::BLENDED);
    }

    #[test]
    fn thresholds_lie_near_each_other_for_who_gives_ones_and_fives_and_apart_for_who_does_not() {
        let spread = |stars_apart: f64| {
            let mut rng = Rng::new(Purpose::Simulate, 7, 7);
            let mixes = (0..60).map(|_| rng.mix()).collect::<Vec<_>>();
            let ratings = mixes.into_iter().map(|mix| {
                let liking = 3.0 + 6.0 * (mix.shares(Dimension::Color)[0] - 0.25) / stars_apart;
                (mix, liking.round().clamp(1.0, 5.0) as u8)
            });
            let ratings: Vec<(Mix, u8)> = ratings.collect();
            let model = RewardModel::fit(&rated(&ratings), None);
            let [first, .., last] = model.assumed.thresholds.all();
            last - first
        };
        let (ones_and_fives, threes) = (spread(0.3), spread(2.0));
        assert!(ones_and_fives < 2.8, "{ones_and_fives}");
        assert!(threes > 3.1, "{threes}");
    }

    #[test]
    fn what_was_rated_well_is_expected_to_be_liked_and_is_less_in_doubt() {
        let model = RewardModel::fit(
            &rated(&[(Mix::pure([0; 4]), 5), (Mix::pure([1; 4]), 1)]),
            None,
        );
        let (loved, hated) = (
            posterior(&model, Mix::pure([0; 4])),
            posterior(&model, Mix::pure([1; 4])),
        );
        let unseen = posterior(&model, Mix::pure([2; 4]));
        assert!(loved.mean > unseen.mean && unseen.mean > hated.mean);
        assert!(loved.variance < unseen.variance && unseen.variance < 12.04);
    }

    #[test]
    fn a_mix_that_waits_for_its_rating_takes_doubt_away_as_its_rating_would() {
        let ratings = rated(&[(Mix::pure([0; 4]), 4), (Mix::pure([1; 4]), 2)]);
        let model = RewardModel::fit(&ratings, None);
        let prompt = Features::of("a lake");
        let points = [Mix::pure([0; 4]), Mix::pure([2, 2, 3, 3])].map(|m| Point::new(m.rows()));
        let now = model.posteriors(&prompt, &points);
        let none = model.posteriors_after(&prompt, &points, &[]);
        let after = model.posteriors_after(&prompt, &points, &points[1..]);
        for i in 0..2 {
            assert!((now[i].variance - none[i].variance).abs() < 1e-9);
            assert!((now[i].mean - after[i].mean).abs() < 1e-12);
        }
        // A rating with noise 0.6 leaves v r / (v + r) of v, with r = 0.36.
        let v = now[1].variance;
        assert!((after[1].variance - v * 0.36 / (v + 0.36)).abs() < 1e-9);
        assert!(after[0].variance < now[0].variance);
    }

    #[test]
    fn a_difference_between_mixes_is_surer_after_both_were_rated() {
        let prompt = Features::of("a lake");
        let [a, b] = [[0; 4], [1; 4]].map(|values| Point::new(Mix::pure(values).rows()));
        let difference = |history: &History| {
            let model = RewardModel::fit(history, None);
            model.weighted_sums(&prompt, &[a, b], &[vec![(0, 1.0), (1, -1.0)]])[0]
        };
        // 12.04 for each alone and 7.6453050 + 0.12 (-0.8 + 4 * 0.0183156) = 7.5580965 together.
        let prior = difference(&History::default());
        assert!(
            (prior.variance - 2.0 * (12.04 - 7.558_096_5)).abs() < 1e-6,
            "{prior:?}"
        );
        let rated = difference(&rated(&[(Mix::pure([0; 4]), 4), (Mix::pure([1; 4]), 2)]));
        assert!(rated.mean > 0.0);
        let (prior, both) = (prior.variance, rated.variance);
        assert!(both < 0.25 * prior, "{both} of {prior}");
    }
}
