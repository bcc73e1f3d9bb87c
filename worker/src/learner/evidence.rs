//! What an artist can tell: stars for a picture, the dimension that made it so, which of two is better.
//!
//! All of it is evidence about one liking, so all of it goes into one likelihood. A rating is about
//! the liking of a mix, a hint about the part that one dimension has in it, a comparison about the
//! difference of two likings; the kernel says how these vary together.

use wire::{
    learning::Hint,
    taxonomy::{DIMENSIONS, SHARES},
};

use super::{
    change::CARRIED,
    features::Features,
    history::{History, whole_shares},
    hypothesis::Hypothesis,
    kernel::{Kernel, Point, prompt_covariance},
    probit::{self, Likelihood},
    reward_model::MEAN,
    thresholds::Thresholds,
};

/// An effect smaller than this, in stars, is hardly worth a tap.
const TAP_THRESHOLD: f64 = 0.4;
/// Noise of a tap, in stars.
const TAP_NOISE: f64 = 0.4;
/// Noise of a comparison: two ratings' worth of it.
const COMPARISON_NOISE: f64 = probit::NOISE * std::f64::consts::SQRT_2;

/// One thing that was told.
#[derive(Clone, Debug)]
pub struct Evidence {
    about: About,
    prompt: Features,
    /// Said before taste changed.
    pub outdated: bool,
}

/// What it is about and what was said.
#[derive(Clone, Debug)]
enum About {
    /// The liking of a mix: stars.
    Liking(Told, u8),
    /// One dimension's part in it.
    Effect(Effect),
    /// The first was preferred to the second.
    Difference(Box<[Told; 2]>),
}

/// A mix that something was told about.
#[derive(Clone, Copy, Debug)]
struct Told {
    point: Point,
    /// Kept: it meets every hint there is, in every fit.
    likeness_to_random: [f64; DIMENSIONS],
}

#[derive(Clone, Debug)]
struct Effect {
    told: Told,
    dimension: usize,
    liked: bool,
}

/// All that a history tells, oldest first; a hint stands beside its rating.
pub fn evidence(history: &History) -> Vec<Evidence> {
    let compared = history.compared.iter().map(|pair| {
        let both = [&pair.preferred, &pair.other].map(|shares| Told::of(&whole_shares(shares)));
        (pair.prompt, About::Difference(Box::new(both)))
    });
    let rated = history.rated.iter().flat_map(|rated| {
        let told = Told::of(&rated.shares());
        let effect = rated.tap.map(|Hint { dimension, liked }| {
            About::Effect(Effect {
                told,
                dimension: dimension.index(),
                liked,
            })
        });
        let both = [Some(About::Liking(told, rated.stars)), effect];
        both.into_iter()
            .flatten()
            .map(|about| (rated.prompt, about))
    });
    // Comparisons carry no place among the ratings; as the oldest, a change outdates them first.
    compared
        .chain(rated)
        .map(|(prompt, about)| Evidence {
            about,
            prompt,
            outdated: false,
        })
        .collect()
}

/// Mixes to ask about, prepared once for all evidence.
pub struct Query<'a> {
    points: &'a [Point],
    /// Only if there is a hint to compare them with.
    likeness_to_random: Vec<[f64; DIMENSIONS]>,
}

impl<'a> Query<'a> {
    /// Prepares these mixes for this evidence.
    pub fn new(points: &'a [Point], evidence: &[Evidence]) -> Self {
        let hinted = evidence.iter().any(|e| matches!(e.about, About::Effect(_)));
        let asked = if hinted { points } else { &[] };
        Self {
            points,
            likeness_to_random: asked.iter().map(Point::likeness_to_random).collect(),
        }
    }
}

impl Evidence {
    /// How likely this was said if what it is about has this value (for a rating: above the mean).
    pub fn likelihood(&self, value: f64, thresholds: &Thresholds) -> Likelihood {
        match &self.about {
            About::Liking(_, stars) => probit::likelihood(*stars, MEAN + value, thresholds),
            About::Effect(effect) => {
                probit::sign_likelihood(effect.liked, value, TAP_THRESHOLD, TAP_NOISE)
            }
            About::Difference(..) => probit::sign_likelihood(true, value, 0.0, COMPARISON_NOISE),
        }
    }

    /// Whether it is a rating, not a hint or a comparison.
    pub const fn is_rating(&self) -> bool {
        matches!(self.about, About::Liking(..))
    }

    /// What is expected of what this is about before anything was told.
    pub fn expected(&self, assumed: &Hypothesis) -> f64 {
        let whole = |told: &Told| assumed.expected(&told.point).iter().sum::<f64>();
        match &self.about {
            About::Liking(told, _) => whole(told),
            About::Effect(effect) => assumed.expected(&effect.told.point)[effect.dimension],
            About::Difference(pair) => {
                let [preferred, other] = &**pair;
                whole(preferred) - whole(other)
            }
        }
    }

    /// Appends the covariances with the liking of mixes for a prompt, as it is now.
    pub fn covariances_with(
        &self,
        kernel: &Kernel,
        prompt: &Features,
        query: &Query<'_>,
        out: &mut Vec<f64>,
    ) {
        let likeness = prompt_covariance(self.prompt.similarity(prompt));
        let first = out.len();
        match &self.about {
            About::Liking(told, _) => {
                out.extend(
                    query
                        .points
                        .iter()
                        .map(|p| kernel.covariance(&told.point, p, likeness)),
                );
            }
            About::Effect(effect) => {
                let asked = query.points.iter().zip(&query.likeness_to_random);
                out.extend(asked.map(|asked| {
                    kernel.effect_covariance(
                        effect.dimension,
                        effect.told.with_random(),
                        asked,
                        likeness,
                    )
                }));
            }
            About::Difference(pair) => {
                let [preferred, other] = &**pair;
                out.extend(query.points.iter().map(|p| {
                    kernel.covariance(&preferred.point, p, likeness)
                        - kernel.covariance(&other.point, p, likeness)
                }));
            }
        }
        if self.outdated {
            let level = self.level(kernel);
            for k in &mut out[first..] {
                *k = level + CARRIED * (*k - level);
            }
        }
    }

    /// Covariance of two pieces of evidence.
    pub fn covariance_with(&self, kernel: &Kernel, other: &Self) -> f64 {
        let likeness = prompt_covariance(self.prompt.similarity(&other.prompt));
        let k = about_covariance(kernel, &self.about, &other.about, likeness);
        if self.outdated == other.outdated {
            k
        } else {
            let level = self.level(kernel).min(other.level(kernel));
            level + CARRIED * (k - level)
        }
    }

    /// The part of its covariance that no change of taste touches.
    fn level(&self, kernel: &Kernel) -> f64 {
        match self.about {
            About::Liking(..) => kernel.level,
            About::Effect(_) | About::Difference(..) => 0.0,
        }
    }
}

impl Told {
    fn of(shares: &[f64; SHARES]) -> Self {
        let point = Point::flat(shares);
        Self {
            point,
            likeness_to_random: point.likeness_to_random(),
        }
    }

    const fn with_random(&self) -> (&Point, &[f64; DIMENSIONS]) {
        (&self.point, &self.likeness_to_random)
    }
}

fn about_covariance(kernel: &Kernel, a: &About, b: &About, likeness: f64) -> f64 {
    match (a, b) {
        (About::Liking(a, _), About::Liking(b, _)) => {
            kernel.covariance(&a.point, &b.point, likeness)
        }
        (About::Effect(a), About::Effect(b)) => kernel.effects_covariance(
            [a.dimension, b.dimension],
            a.told.with_random(),
            b.told.with_random(),
            likeness,
        ),
        (About::Effect(effect), About::Liking(told, _))
        | (About::Liking(told, _), About::Effect(effect)) => kernel.effect_covariance(
            effect.dimension,
            effect.told.with_random(),
            told.with_random(),
            likeness,
        ),
        (About::Difference(pair), other) | (other, About::Difference(pair)) => {
            let [p, q] = pair.map(|told| About::Liking(told, 1));
            about_covariance(kernel, &p, other, likeness)
                - about_covariance(kernel, &q, other, likeness)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::{
        cholesky::Cholesky,
        rng::{Purpose, Rng},
        tests::sample,
    };
    use wire::{learning::Comparison, taxonomy::Dimension};

    fn history(hints: bool) -> History {
        let mut rng = Rng::new(Purpose::Simulate, 4, 4);
        let mut history = History::default();
        for i in 0..12 {
            let mut rated = sample(["a lake", "a cat"][i % 2], rng.mix(), 3);
            let dimension = Dimension::ALL[i % 4];
            rated.hint = hints.then_some(Hint {
                dimension,
                liked: i % 3 == 0,
            });
            history.add(&rated);
            history.compare(&Comparison {
                prompt: "the sea".to_owned(),
                preferred: rng.mix(),
                other: rng.mix(),
            });
        }
        history
    }

    #[test]
    fn all_kinds_of_evidence_together_have_a_positive_definite_covariance() {
        let mut evidence = evidence(&history(true));
        assert_eq!(evidence.len(), 36);
        for (i, one) in evidence.iter_mut().enumerate() {
            one.outdated = i < 20;
        }
        let rows = evidence.iter().enumerate().map(|(i, a)| {
            let row = evidence[..=i]
                .iter()
                .map(|b| a.covariance_with(&Kernel::OPEN, b));
            let mut row: Vec<f64> = row.collect();
            row[i] += 1e-8;
            row
        });
        assert!(Cholesky::new(rows.collect()).is_some());
    }

    #[test]
    fn the_covariance_with_a_query_is_that_with_a_rating_of_it() {
        let evidence = evidence(&history(true));
        let asked = evidence
            .iter()
            .find(|e| matches!(e.about, About::Liking(..)));
        let Some(Evidence {
            about: About::Liking(told, _),
            prompt,
            ..
        }) = asked
        else {
            panic!("there is a rating");
        };
        let points = [told.point];
        let query = Query::new(&points, &evidence);
        for one in &evidence {
            let mut found = Vec::new();
            one.covariances_with(&Kernel::OPEN, prompt, &query, &mut found);
            assert!((found[0] - one.covariance_with(&Kernel::OPEN, asked.unwrap())).abs() < 1e-12);
        }
    }

    #[test]
    fn a_tap_counts_the_mean_over_random_mixes_as_nothing() {
        // Averaged over the five rotations of a typical mix, an effect must cancel.
        let point = Point::flat(&whole_shares(&history(false).rated[0].shares));
        let random = point.likeness_to_random();
        let sum: f64 = (0..5)
            .map(|turn| {
                let five = [0.5, 0.25, 0.14, 0.08, 0.03];
                let turned = Point::new(&[std::array::from_fn(|v| five[(v + turn) % 5]); 4]);
                let other = turned.likeness_to_random();
                Kernel::OPEN.effects_covariance([1, 1], (&turned, &other), (&point, &random), 1.0)
            })
            .sum();
        assert!(sum.abs() < 1e-9, "{sum}");
    }
}
