//! New simulated artists, wholly given by a family and a seed.
//!
//! The learners must never see these formulas: they are one guess at how tastes differ, and a
//! learner that knew them would only be good at guessing the guess.

use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, Dimension, VALUES},
};

use super::{
    artist::{Artist, Check, Drift, Interaction, Main, Override, Taste},
    effect::Effect,
    optimum::best_mix,
    prompts::CATEGORIES,
    written::WrittenMix,
};
use crate::learner::rng::{Purpose, Rng};

/// Artists of one school have this share of their likings' variance in common.
const SHARED: f64 = 0.3;
/// How many schools there are.
const SCHOOLS: usize = 6;
/// How often a dimension of the interacting and contextual families has a peak.
const PEAKED: f64 = 0.25;
/// The seed of the schools: the same for all artists ever made.
const SCHOOL_SEED: u64 = 0x5c40;
/// Random mixes that are averaged to say what a random mix is worth.
const RANDOM_MIXES: usize = 4000;
/// Worked examples per taste.
const CHECKS: usize = 4;

/// Likings of all twenty values.
type Likings = [[f64; VALUES]; DIMENSIONS];

/// A kind of taste.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The best mix is one pure value per dimension.
    SeparableVertex,
    /// The best mix blends two or three values, and pure values disappoint.
    SeparableMix,
    /// Dimensions act on each other.
    Interacting,
    /// Some prompts are judged otherwise.
    Contextual,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 4] = [
        Self::SeparableVertex,
        Self::SeparableMix,
        Self::Interacting,
        Self::Contextual,
    ];

    /// Its name in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SeparableVertex => "separable-vertex",
            Self::SeparableMix => "separable-mix",
            Self::Interacting => "interacting",
            Self::Contextual => "contextual",
        }
    }

    /// The family of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }
}

/// Artist number `number` of a seed; with `drift_after`, two of its dimensions change then.
pub fn make(family: Family, seed: u64, number: u64, drift_after: Option<usize>) -> Artist {
    let stream = (family as u64) << 32 | number;
    let mut rng = Rng::new(
        Purpose::Simulate,
        seed ^ SCHOOL_SEED.rotate_left(40),
        stream,
    );
    let rng = &mut rng;
    let character = Character::new(family, rng);
    let mut taste = character.taste(rng);
    let last = 0.67 + 0.2 * rng.uniform();
    let steps: [f64; 3] = std::array::from_fn(|_| 0.22 + 0.2 * rng.uniform());
    let [a, b, c] = steps;
    let mut artist = Artist {
        format: String::from("artist/1"),
        name: format!("{}-{seed}-{number}", family.name()),
        family: String::from(family.name()),
        taste: taste.clone(),
        thresholds: [last - a - b - c, last - b - c, last - c, last],
        noise: 0.5,
        drift: None,
    };
    artist.taste.checks = checks(&artist, &taste, rng);
    if let Some(after) = drift_after {
        let first = rng.below(DIMENSIONS);
        let second = (first + 1 + rng.below(DIMENSIONS - 1)) % DIMENSIONS;
        for d in [first, second] {
            *taste.main.all_mut()[d] = character.effect(d, rng);
            let dimension = Dimension::ALL[d];
            taste.overrides.retain(|o| o.dimension != dimension);
        }
        measure(&mut taste, rng);
        taste.checks = checks(&artist, &taste, rng);
        artist.drift = Some(Drift { after, taste });
    }
    artist
}

/// What an artist keeps when a taste is drawn again.
struct Character {
    family: Family,
    school: Likings,
    weights: [f64; DIMENSIONS],
    peaked: [bool; DIMENSIONS],
}

impl Character {
    fn new(family: Family, rng: &mut Rng) -> Self {
        let school = rng.below(SCHOOLS) as u64;
        let mut of_school = Rng::new(Purpose::Simulate, SCHOOL_SEED, school);
        Self {
            family,
            school: std::array::from_fn(|_| of_school.normals()),
            weights: std::array::from_fn(|_| 0.5 + rng.uniform()),
            peaked: std::array::from_fn(|_| match family {
                Family::SeparableVertex => false,
                Family::SeparableMix => true,
                Family::Interacting | Family::Contextual => rng.uniform() < PEAKED,
            }),
        }
    }

    fn taste(&self, rng: &mut Rng) -> Taste {
        let [color, style, mood, composition] = std::array::from_fn(|d| self.effect(d, rng));
        let mut taste = Taste {
            main: Main {
                color,
                style,
                mood,
                composition,
            },
            overrides: Vec::new(),
            interactions: Vec::new(),
            offset: 0.0,
            scale: 1.0,
            best: [0.0; CATEGORIES],
            random: [0.0; CATEGORIES],
            best_mix: Vec::new(),
            checks: Vec::new(),
        };
        if self.family == Family::Interacting {
            taste.interactions = interactions(rng);
        }
        if self.family == Family::Contextual {
            self.override_some(&mut taste, rng);
        }
        measure(&mut taste, rng);
        taste
    }

    /// A liking of one dimension: partly the school's, partly the artist's own.
    fn effect(&self, d: usize, rng: &mut Rng) -> Effect {
        let own: [f64; VALUES] = rng.normals();
        let likings: [f64; VALUES] = std::array::from_fn(|v| {
            SHARED.sqrt() * self.school[d][v] + (1.0 - SHARED).sqrt() * own[v]
        });
        if self.peaked[d] {
            peak(&likings, 2.2 * self.weights[d], rng)
        } else {
            Effect::Linear {
                weights: likings.map(|liking| self.weights[d] * liking),
            }
        }
    }

    /// Two or three times, one dimension is liked otherwise in two to four categories.
    fn override_some(&self, taste: &mut Taste, rng: &mut Rng) {
        let mut dimensions = shuffled::<DIMENSIONS>(rng).to_vec();
        dimensions.truncate(2 + rng.below(2));
        for d in dimensions {
            let effect = self.effect(d, rng);
            let count = 2 + rng.below(3);
            let mut categories = shuffled::<CATEGORIES>(rng)[..count].to_vec();
            categories.sort_unstable();
            taste
                .overrides
                .extend(categories.into_iter().map(|category| Override {
                    category,
                    dimension: Dimension::ALL[d],
                    effect: effect.clone(),
                }));
        }
    }
}

/// Likes a blend of the two or three best-liked values.
fn peak(likings: &[f64; VALUES], height: f64, rng: &mut Rng) -> Effect {
    let mut values: [usize; VALUES] = std::array::from_fn(|v| v);
    values.sort_by(|a, b| likings[*b].total_cmp(&likings[*a]));
    let mut ideal = [0.0; VALUES];
    for value in &values[..2 + rng.below(2)] {
        ideal[*value] = 0.5 + rng.uniform();
    }
    let sum: f64 = ideal.iter().sum();
    Effect::Peak {
        ideal: ideal.map(|share| share / sum),
        width: 0.4 + 0.4 * rng.uniform(),
        height,
    }
}

/// Three of the six pairs of dimensions act on each other.
fn interactions(rng: &mut Rng) -> Vec<Interaction> {
    const PAIRS: [[usize; 2]; 6] = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
    let mut places = shuffled::<6>(rng)[..3].to_vec();
    places.sort_unstable();
    let one = |place: usize| Interaction {
        dimensions: PAIRS[place].map(|d| Dimension::ALL[d]),
        matrix: std::array::from_fn(|_| rng.normals()),
    };
    places.into_iter().map(one).collect()
}

/// Finds the best mixes and what random ones give, and brings utility to its scale: averaged over
/// the categories random mixes have 0 and the best ones 1.
fn measure(taste: &mut Taste, rng: &mut Rng) {
    (taste.offset, taste.scale) = (0.0, 1.0);
    let random_mixes: Vec<Mix> = (0..RANDOM_MIXES).map(|_| rng.mix()).collect();
    taste.best_mix = (0..CATEGORIES)
        .map(|category| {
            best_mix(
                |mix| taste.utility(category, mix.rows()),
                &random_mixes[..12],
            )
        })
        .map(WrittenMix::from)
        .collect();
    let best = std::array::from_fn(|c| taste.utility(c, taste.best_mix[c].rows()));
    let random = std::array::from_fn(|c| {
        let utilities = random_mixes.iter().map(|mix| taste.utility(c, mix.rows()));
        utilities.sum::<f64>() / RANDOM_MIXES as f64
    });
    let mean = |of: &[f64; CATEGORIES]| of.iter().sum::<f64>() / CATEGORIES as f64;
    let (offset, scale) = (mean(&random), mean(&best) - mean(&random));
    (taste.offset, taste.scale) = (offset, scale);
    taste.best = best.map(|u| (u - offset) / scale);
    taste.random = random.map(|u| (u - offset) / scale);
}

/// Worked examples that a reader can check itself against.
fn checks(artist: &Artist, taste: &Taste, rng: &mut Rng) -> Vec<Check> {
    let one = |_| {
        let (category, mix) = (rng.below(CATEGORIES), rng.mix());
        let utility = taste.utility(category, mix.rows());
        let level = artist.level(utility);
        Check {
            category,
            mix: mix.into(),
            utility,
            level,
            probabilities: artist.probabilities(level),
            regret: taste.regret(category, mix.rows()),
        }
    };
    (0..CHECKS).map(one).collect()
}

/// The numbers below N in random order (Fisher and Yates).
fn shuffled<const N: usize>(rng: &mut Rng) -> [usize; N] {
    let mut order = std::array::from_fn(|i| i);
    for i in (1..N).rev() {
        order.swap(i, rng.below(i + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_makes_artists_that_the_reader_accepts() {
        for family in Family::ALL {
            for drift in [None, Some(60)] {
                let artist = make(family, 1, 2, drift);
                let json = serde_json::to_string(&artist).unwrap();
                let read = Artist::read(&json).unwrap();
                assert_eq!(read.family, family.name());
                assert_eq!(read.name, artist.name);
                assert_eq!(Family::from_name(&read.family), Some(family));
            }
        }
    }

    #[test]
    fn equal_seeds_make_equal_artists_and_others_do_not() {
        let json = |seed, number| {
            let artist = make(Family::Contextual, seed, number, None);
            serde_json::to_string(&artist).unwrap()
        };
        assert_eq!(json(3, 0), json(3, 0));
        assert_ne!(json(3, 0), json(3, 1));
        assert_ne!(json(3, 0), json(4, 0));
    }

    #[test]
    fn random_mixes_earn_about_two_stars_and_the_best_nearly_five() {
        let mut rng = Rng::new(Purpose::Simulate, 77, 0);
        let (mut random, mut best) = (0.0, 0.0);
        for number in 0..20 {
            let artist = make(Family::SeparableVertex, 5, number, None);
            let mix = Mix::new(*artist.taste.best_mix[0].rows()).unwrap();
            for _ in 0..50 {
                random += f64::from(artist.rate(0, 0, &rng.mix(), rng.normal()).get());
                best += f64::from(artist.rate(0, 0, &mix, rng.normal()).get());
            }
        }
        let (random, best) = (random / 1000.0, best / 1000.0);
        assert!((1.9..2.5).contains(&random), "{random}");
        assert!(best > 4.5, "{best}");
    }
}
