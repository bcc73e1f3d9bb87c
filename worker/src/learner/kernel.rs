//! How much one rated mix says about another: the covariance of the reward model.
//!
//! Each term is an assumption about taste with the variance that it may explain. A set of them is part
//! of a kind of taste (`kind.rs`). The sets were chosen on simulated artists, see `docs/learners.md`.

use std::sync::LazyLock;

use wire::taxonomy::{DIMENSIONS, SHARES, VALUES};

/// One assumption about taste: the variance that each kind of liking may have, in stars squared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kernel {
    /// The liking shared by everything this artist rates.
    pub level: f64,
    /// More of a value is better or worse, whatever the prompt.
    pub linear: f64,
    /// A certain amount of a value is best.
    pub local: f64,
    /// Two dimensions act on each other.
    pub pairs: f64,
    /// Pure or mixed values are liked, over all dimensions together.
    pub purity: f64,
    /// The same, dimension by dimension.
    pub purity_each: f64,
    /// The linear effect as this kind of prompt has it.
    pub prompt_linear: f64,
    /// The local effect as this kind of prompt has it.
    pub prompt_local: f64,
}

impl Kernel {
    /// Anything may be, within reason. What a style starts from.
    pub const OPEN: Self = Self {
        level: 1.0,
        linear: 0.4,
        local: 0.4,
        pairs: 0.05,
        purity: 0.6,
        purity_each: 0.3,
        prompt_linear: 0.12,
        prompt_local: 0.12,
    };
    /// What is liked does not depend on the prompt and has no best amount.
    pub const SIMPLE: Self = Self {
        level: 1.0,
        linear: 0.35,
        local: 0.02,
        pairs: 0.04,
        purity: 0.03,
        purity_each: 0.1,
        prompt_linear: 0.0,
        prompt_local: 0.0,
    };
    /// A certain amount is best, whatever the prompt.
    pub const BLENDED: Self = Self {
        level: 0.1,
        linear: 0.25,
        local: 0.22,
        pairs: 0.0,
        purity: 0.05,
        purity_each: 0.01,
        prompt_linear: 0.0,
        prompt_local: 0.0,
    };
    /// Prompts differ, and are otherwise simple.
    pub const BY_PROMPT: Self = Self {
        level: 1.0,
        linear: 0.25,
        local: 0.05,
        pairs: 0.0,
        purity: 0.1,
        purity_each: 0.3,
        prompt_linear: 0.15,
        prompt_local: 0.1,
    };
}

/// Distance within a dimension's simplex over which the local effect changes.
const LOCAL_REACH: f64 = 0.5;
/// Distance between prompts over which taste changes.
const PROMPT_REACH: f64 = 0.7;

/// Five shares as a random mix typically has them; their five rotations average to equal parts.
const RANDOM_FIVE: [f64; VALUES] = [0.5, 0.25, 0.14, 0.08, 0.03];
/// Their squared distance from the centre: 0.25 + 0.0625 + 0.0196 + 0.0064 + 0.0009 - 0.2.
pub const RANDOM_PURITY: f64 = 0.1394;

/// A mix as the kernel sees it: shares from the centre, and how far each dimension lies from it.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    centred: [[f64; VALUES]; DIMENSIONS],
    purity: [f64; DIMENSIONS],
    purity_sum: f64,
}

impl Point {
    /// The point of these shares.
    pub fn new(shares: &[[f64; VALUES]; DIMENSIONS]) -> Self {
        let centred = shares.map(|five| five.map(|share| share - 1.0 / VALUES as f64));
        let purity = centred.map(|five| five.iter().map(|x| x * x).sum());
        Self {
            centred,
            purity,
            purity_sum: purity.iter().sum(),
        }
    }

    /// How far each dimension's shares lie from equal parts, squared: from 0 to 0.8.
    pub const fn purity(&self) -> &[f64; DIMENSIONS] {
        &self.purity
    }

    /// How much likings of the twenty values make of this mix, dimension by dimension.
    pub fn weighed(&self, likings: &[[f64; VALUES]; DIMENSIONS]) -> [f64; DIMENSIONS] {
        std::array::from_fn(|d| {
            let pairs = self.centred[d].iter().zip(&likings[d]);
            pairs.map(|(x, w)| x * w).sum()
        })
    }

    /// How alike each dimension's shares are to those of a random mix, on average.
    ///
    /// Apart from the rest of a point, because only a point that meets a hint needs it.
    pub fn likeness_to_random(&self) -> [f64; DIMENSIONS] {
        let mut sums = [0.0; DIMENSIONS];
        for turn in 0..VALUES {
            let random: [f64; VALUES] =
                std::array::from_fn(|v| RANDOM_FIVE[(v + turn) % VALUES] - 1.0 / VALUES as f64);
            let exponents = std::array::from_fn(|d| {
                let product: f64 = self.centred[d]
                    .iter()
                    .zip(&random)
                    .map(|(x, r)| x * r)
                    .sum();
                let distance = self.purity[d] + RANDOM_PURITY - 2.0 * product;
                distance / (2.0 * LOCAL_REACH * LOCAL_REACH)
            });
            for (sum, likeness) in sums.iter_mut().zip(exp_of_minus(exponents)) {
                *sum += likeness / VALUES as f64;
            }
        }
        sums
    }

    /// The point of twenty shares, dimension after dimension.
    pub fn flat(shares: &[f64; SHARES]) -> Self {
        Self::new(&std::array::from_fn(|d| {
            std::array::from_fn(|v| shares[d * VALUES + v])
        }))
    }
}

/// How far taste carries from one prompt to another with this cosine between their features.
pub fn prompt_covariance(similarity: f64) -> f64 {
    libm::exp(-(1.0 - similarity) / (PROMPT_REACH * PROMPT_REACH))
}

impl Kernel {
    /// Covariance of the liking of two mixes whose prompts have this [`prompt_covariance`].
    pub fn covariance(&self, a: &Point, b: &Point, prompt: f64) -> f64 {
        let products: [f64; DIMENSIONS] = std::array::from_fn(|d| {
            let pairs = a.centred[d].iter().zip(&b.centred[d]);
            pairs.fold(0.0, |sum, (x, y)| sum + x * y)
        });
        let linear: f64 = products.iter().sum();
        let linear_squares: f64 = products.iter().map(|product| product * product).sum();
        let purity_each: f64 = a.purity.iter().zip(&b.purity).map(|(p, q)| p * q).sum();
        let exponents = std::array::from_fn(|d| {
            let distance = a.purity[d] + b.purity[d] - 2.0 * products[d];
            distance / (2.0 * LOCAL_REACH * LOCAL_REACH)
        });
        let local: f64 = exp_of_minus(exponents).iter().sum();
        self.level
            + self.linear * linear
            + self.local * local
            + self.pairs * (linear * linear - linear_squares)
            + self.purity * a.purity_sum * b.purity_sum
            + self.purity_each * purity_each
            + prompt * (self.prompt_linear * linear + self.prompt_local * local)
    }

    /// Covariance of one dimension's effect in `a`, against what a random mix has there, with the
    /// liking of the whole of `b`. Each comes with its [`Point::likeness_to_random`].
    pub fn effect_covariance(
        &self,
        dimension: usize,
        a: (&Point, &[f64; DIMENSIONS]),
        b: (&Point, &[f64; DIMENSIONS]),
        prompt: f64,
    ) -> f64 {
        let ((a, _), (b, random_b)) = (a, b);
        let linear = product(a, b, dimension);
        let local = likeness(a, b, dimension) - random_b[dimension];
        let purity = a.purity[dimension] - RANDOM_PURITY;
        (self.linear + prompt * self.prompt_linear) * linear
            + (self.local + prompt * self.prompt_local) * local
            + purity * (self.purity * b.purity_sum + self.purity_each * b.purity[dimension])
    }

    /// Covariance of two such effects.
    pub fn effects_covariance(
        &self,
        dimensions: [usize; 2],
        a: (&Point, &[f64; DIMENSIONS]),
        b: (&Point, &[f64; DIMENSIONS]),
        prompt: f64,
    ) -> f64 {
        let ((a, random_a), (b, random_b)) = (a, b);
        let [d, e] = dimensions;
        let purity = (a.purity[d] - RANDOM_PURITY) * (b.purity[e] - RANDOM_PURITY);
        if d != e {
            return self.purity * purity;
        }
        let linear = product(a, b, d);
        let local = likeness(a, b, d) - random_a[d] - random_b[d] + *RANDOM_LIKENESS;
        (self.linear + prompt * self.prompt_linear) * linear
            + (self.local + prompt * self.prompt_local) * local
            + (self.purity + self.purity_each) * purity
    }
}

fn product(a: &Point, b: &Point, d: usize) -> f64 {
    let pairs = a.centred[d].iter().zip(&b.centred[d]);
    pairs.fold(0.0, |sum, (x, y)| sum + x * y)
}

fn likeness(a: &Point, b: &Point, d: usize) -> f64 {
    let distance = a.purity[d] + b.purity[d] - 2.0 * product(a, b, d);
    exp_of_minus([distance / (2.0 * LOCAL_REACH * LOCAL_REACH); DIMENSIONS])[0]
}

/// How alike two random mixes are in one dimension: asked for each pair of hints, and always the same.
static RANDOM_LIKENESS: LazyLock<f64> =
    LazyLock::new(|| Point::new(&[RANDOM_FIVE; DIMENSIONS]).likeness_to_random()[0]);

/// e^-t for four t between 0 and 4, to ten digits: the eighth power of Taylor's polynomial at t / 8.
///
/// Two mixes are compared four hundred thousand times per rating, and `libm::exp` with its branches
/// was most of the time an update took; this compiles to arithmetic on all four at once.
fn exp_of_minus(t: [f64; DIMENSIONS]) -> [f64; DIMENSIONS] {
    const INVERSES: [f64; 9] = [
        1.0 / 9.0,
        1.0 / 8.0,
        1.0 / 7.0,
        1.0 / 6.0,
        1.0 / 5.0,
        1.0 / 4.0,
        1.0 / 3.0,
        1.0 / 2.0,
        1.0,
    ];
    t.map(|t| {
        let x = -t / 8.0;
        let mut sum = 1.0;
        for inverse in INVERSES {
            sum = 1.0 + x * inverse * sum;
        }
        let square = sum * sum;
        let fourth = square * square;
        fourth * fourth
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::cholesky::Cholesky;
    use crate::learner::rng::{Purpose, Rng};
    use crate::learner::simplex;

    fn pure(values: [usize; DIMENSIONS]) -> Point {
        Point::new(wire::mix::Mix::pure(values).rows())
    }

    fn check(actual: f64, by_hand: f64) {
        assert!((actual - by_hand).abs() < 1e-8, "{actual} is not {by_hand}");
    }

    #[test]
    fn the_covariance_equals_the_one_worked_by_hand() {
        // A pure value has x.x = 0.8^2 + 4 * 0.2^2 = 0.8, so purity 0.8 and 3.2 in all.
        // Same mix: linear 3.2, squares 4 * 0.64 = 2.56, local 4, purity_each 2.56:
        // 1 + 1.28 + 1.6 + 0.05 (10.24 - 2.56) + 0.6 * 10.24 + 0.3 * 2.56 = 11.176,
        // and for the same prompt 0.12 * 3.2 + 0.12 * 4 = 0.864 more.
        let warm = pure([0, 0, 0, 0]);
        check(Kernel::OPEN.covariance(&warm, &warm, 0.0), 11.176);
        check(Kernel::OPEN.covariance(&warm, &warm, 1.0), 12.04);
        // Another value everywhere: product 2 * (0.8 * -0.2) + 3 * 0.04 = -0.2 per dimension,
        // linear -0.8, squares 0.16, distance 2, local 4 exp(-2 / 0.5) = 4 * 0.0183156389:
        // 1 - 0.32 + 0.0293050222 + 0.05 (0.64 - 0.16) + 6.144 + 0.768 = 7.6453050222.
        check(
            Kernel::OPEN.covariance(&warm, &pure([1, 1, 1, 1]), 0.0),
            7.645_305_022_2,
        );
        // The centre has only the level and the distances of 0.8: 1 + 1.6 exp(-0.8 / 0.5).
        let centre = Point::flat(&[0.2; SHARES]);
        check(
            Kernel::OPEN.covariance(&warm, &centre, 0.0),
            1.0 + 1.6 * 0.201_896_518_0,
        );
    }

    #[test]
    fn the_quick_exponential_agrees_with_the_library() {
        // The farthest two points of a simplex have distance 2, which is t = 2 / 0.5 = 4.
        for step in 0..=400 {
            let t = f64::from(step) / 100.0;
            let [quick, ..] = exp_of_minus([t; DIMENSIONS]);
            assert!((quick - libm::exp(-t)).abs() < 1e-9, "{t}");
        }
    }

    #[test]
    fn prompts_share_taste_by_their_likeness() {
        check(prompt_covariance(1.0), 1.0);
        check(prompt_covariance(0.51), 0.367_879_441_2); // exp(-0.49 / 0.49)
    }

    #[test]
    fn random_mixes_have_a_positive_definite_covariance() {
        let mut rng = Rng::new(Purpose::Simulate, 1, 1);
        let points: Vec<Point> = (0..40)
            .map(|_| Point::new(&simplex::shares(&rng.normals())))
            .collect();
        let rows = points.iter().enumerate().map(|(i, a)| {
            let row = points[..=i]
                .iter()
                .map(|b| Kernel::OPEN.covariance(a, b, 0.5));
            let mut row: Vec<f64> = row.collect();
            row[i] += 1e-8;
            row
        });
        assert!(Cholesky::new(rows.collect()).is_some());
    }
}
