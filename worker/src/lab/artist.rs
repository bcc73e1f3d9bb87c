//! One simulated artist: a hidden taste and the way it turns into ratings (`artist/1`).

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wire::{
    mix::Mix,
    rating::Stars,
    taxonomy::{DIMENSIONS, Dimension, VALUES},
};

use crate::learner::probit;

use super::{
    effect::Effect,
    prompts::CATEGORIES,
    written::{Rows, WrittenMix},
};

/// What this reader reads.
const FORMAT: &str = "artist/1";

/// How far a worked example may be from what this reader finds.
const AGREEMENT: f64 = 5e-4;

/// A simulated artist as its file has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Artist {
    pub(super) format: String,
    /// The file's name without `.json`.
    pub name: String,
    /// A label; it changes no formula.
    pub family: String,
    pub(super) taste: Taste,
    pub(super) thresholds: [f64; 4],
    pub(super) noise: f64,
    pub(super) drift: Option<Drift>,
}

/// What is liked, until it drifts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taste {
    pub(super) main: Main,
    pub(super) overrides: Vec<Override>,
    pub(super) interactions: Vec<Interaction>,
    pub(super) offset: f64,
    pub(super) scale: f64,
    pub(super) best: [f64; CATEGORIES],
    pub(super) random: [f64; CATEGORIES],
    pub(super) best_mix: Vec<WrittenMix>,
    pub(super) checks: Vec<Check>,
}

/// One effect for each dimension.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Main {
    pub(super) color: Effect,
    pub(super) style: Effect,
    pub(super) mood: Effect,
    pub(super) composition: Effect,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Override {
    pub(super) category: usize,
    pub(super) dimension: Dimension,
    pub(super) effect: Effect,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Interaction {
    pub(super) dimensions: [Dimension; 2],
    pub(super) matrix: [[f64; VALUES]; VALUES],
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drift {
    pub(super) after: usize,
    pub(super) taste: Taste,
}

/// A worked example of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    pub(super) category: usize,
    pub(super) mix: WrittenMix,
    pub(super) utility: f64,
    pub(super) level: f64,
    pub(super) probabilities: [f64; 5],
    pub(super) regret: f64,
}

/// Why a file is not an artist.
#[derive(Debug, Error)]
pub enum ArtistError {
    /// Not the JSON of an artist.
    #[error("the file does not read as an artist")]
    Json(#[from] serde_json::Error),
    /// Numbers outside the format's rules.
    #[error("the artist has {0}")]
    Fault(&'static str),
}

impl Artist {
    /// Reads a file's text and refuses what the format does not allow.
    pub fn read(json: &str) -> Result<Self, ArtistError> {
        let artist: Self = serde_json::from_str(json)?;
        artist
            .fault()
            .map_or(Ok(artist), |fault| Err(ArtistError::Fault(fault)))
    }

    /// The rating number `position` (from 0), at this standard normal draw of noise.
    pub fn rate(&self, position: usize, category: usize, mix: &Mix, noise: f64) -> Stars {
        let felt = self.felt(position, category, mix, noise);
        let rounded = (felt + 0.5).floor().clamp(1.0, 5.0);
        Stars::new(rounded as u8).unwrap_or(Stars::ALL[0])
    }

    /// The level that is felt at this draw of noise, before it becomes stars.
    pub fn felt(&self, position: usize, category: usize, mix: &Mix, noise: f64) -> f64 {
        let level = self.level(self.taste_at(position).utility(category, mix.rows()));
        level + self.noise * noise
    }

    /// The rating it gets on average.
    pub fn mean_stars(&self, position: usize, category: usize, mix: &Mix) -> f64 {
        let probabilities = self.probabilities(self.felt(position, category, mix, 0.0));
        probit::expected_stars(&probabilities)
    }

    /// How much is lost with this mix: 0 for the best, 1 for what random mixes give.
    pub fn regret(&self, position: usize, category: usize, mix: &Mix) -> f64 {
        self.taste_at(position).regret(category, mix.rows())
    }

    /// The raw effect of one dimension of a mix in a category.
    pub fn effect(&self, position: usize, category: usize, dimension: Dimension, mix: &Mix) -> f64 {
        let taste = self.taste_at(position);
        taste.effect(category, dimension).of(mix.shares(dimension))
    }

    fn taste_at(&self, position: usize) -> &Taste {
        match &self.drift {
            Some(drift) if position >= drift.after => &drift.taste,
            _ => &self.taste,
        }
    }

    /// Piecewise linear through (threshold k, k + 0.5), continued beyond both ends.
    pub(super) fn level(&self, utility: f64) -> f64 {
        let t = &self.thresholds;
        let piece = t[1..3]
            .iter()
            .filter(|threshold| utility >= **threshold)
            .count();
        piece as f64 + 1.5 + (utility - t[piece]) / (t[piece + 1] - t[piece])
    }

    fn fault(&self) -> Option<&'static str> {
        let rising = self.thresholds.windows(2).all(|pair| pair[0] < pair[1]);
        if self.format != FORMAT {
            Some("a format other than artist/1")
        } else if !(rising && self.thresholds.iter().all(|t| t.is_finite())) {
            Some("thresholds that do not rise")
        } else if !(self.noise.is_finite() && self.noise > 0.0) {
            Some("a noise that is not above 0")
        } else {
            let drifted = self.drift.as_ref().map(|drift| &drift.taste);
            let mut tastes = [&self.taste].into_iter().chain(drifted);
            tastes.find_map(|taste| taste.fault().or_else(|| self.broken_check(taste)))
        }
    }

    /// The worked examples of a file tell whether its writer and this reader mean the same.
    fn broken_check(&self, taste: &Taste) -> Option<&'static str> {
        let holds = |check: &Check| {
            let utility = taste.utility(check.category, check.mix.rows());
            let level = self.level(utility);
            let found = self.probabilities(level).into_iter().chain([
                utility,
                level,
                taste.regret(check.category, check.mix.rows()),
            ]);
            let written =
                check
                    .probabilities
                    .into_iter()
                    .chain([check.utility, check.level, check.regret]);
            found.zip(written).all(|(a, b)| (a - b).abs() <= AGREEMENT)
        };
        (!taste.checks.iter().all(holds)).then_some("a worked example that does not follow from it")
    }

    /// Probability of each rating 1..=5 at a level.
    pub(super) fn probabilities(&self, level: f64) -> [f64; 5] {
        let up_to = |k: usize| {
            let z = (k as f64 + 0.5 - level) / self.noise;
            0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
        };
        std::array::from_fn(|i| match i {
            0 => up_to(1),
            4 => 1.0 - up_to(4),
            _ => up_to(i + 1) - up_to(i),
        })
    }
}

impl Taste {
    pub(super) fn utility(&self, category: usize, mix: &Rows) -> f64 {
        let effects: f64 = Dimension::ALL
            .iter()
            .map(|d| self.effect(category, *d).of(&mix[d.index()]))
            .sum();
        let interactions: f64 = self.interactions.iter().map(|i| i.of(mix)).sum();
        (effects + interactions - self.offset) / self.scale
    }

    pub(super) fn regret(&self, category: usize, mix: &Rows) -> f64 {
        let best = self.best[category];
        (best - self.utility(category, mix)) / (best - self.random[category])
    }

    fn effect(&self, category: usize, dimension: Dimension) -> &Effect {
        let stands_in = |o: &&Override| o.category == category && o.dimension == dimension;
        let main = self.main.all()[dimension.index()];
        self.overrides
            .iter()
            .find(stands_in)
            .map_or(main, |o| &o.effect)
    }

    fn fault(&self) -> Option<&'static str> {
        let numbers = [self.offset, self.scale]
            .into_iter()
            .chain(self.best)
            .chain(self.random);
        let places = self.overrides.iter().map(|o| o.category);
        let mut places = places.chain(self.checks.iter().map(|c| c.category));
        let effects = self
            .main
            .all()
            .into_iter()
            .chain(self.overrides.iter().map(|o| &o.effect));
        let doubled = self.overrides.iter().enumerate().any(|(i, a)| {
            let same = |b: &Override| a.category == b.category && a.dimension == b.dimension;
            self.overrides[..i].iter().any(same)
        });
        let paired_twice = self.interactions.iter().enumerate().any(|(i, a)| {
            let same = |b: &Interaction| a.pair() == b.pair();
            self.interactions[..i].iter().any(same)
        });
        let mut spans = self.best.iter().zip(&self.random);
        if !numbers.into_iter().all(f64::is_finite) || self.scale <= 0.0 {
            Some(
                "an offset, scale, best or random that is not finite, or a scale that is not above 0",
            )
        } else if !spans.all(|(best, random)| best > random) {
            // Regret counts from one to the other.
            Some("a category whose best mix is not above random ones")
        } else if paired_twice {
            Some("two interactions for one pair of dimensions")
        } else if places.any(|category| category >= CATEGORIES) {
            Some("a category beyond 7")
        } else if doubled {
            Some("two overrides for one category and dimension")
        } else if self.best_mix.len() != CATEGORIES {
            Some("best mixes for other than 8 categories")
        } else if self.interactions.iter().any(Interaction::is_faulty) {
            Some("an interaction of a dimension with itself, or one that is not finite")
        } else {
            effects.into_iter().find_map(Effect::fault)
        }
    }
}

impl Main {
    pub(super) fn all_mut(&mut self) -> [&mut Effect; DIMENSIONS] {
        [
            &mut self.color,
            &mut self.style,
            &mut self.mood,
            &mut self.composition,
        ]
    }

    pub(super) fn all(&self) -> [&Effect; DIMENSIONS] {
        [&self.color, &self.style, &self.mood, &self.composition]
    }
}

impl Interaction {
    fn of(&self, mix: &Rows) -> f64 {
        let [a, b] = self.dimensions.map(|dimension| &mix[dimension.index()]);
        let rows = self.matrix.iter().zip(a);
        rows.map(|(row, m)| m * row.iter().zip(b).map(|(x, n)| x * n).sum::<f64>())
            .sum()
    }

    /// Its dimensions, whichever is named first.
    fn pair(&self) -> [usize; 2] {
        let mut pair = self.dimensions.map(Dimension::index);
        pair.sort_unstable();
        pair
    }

    fn is_faulty(&self) -> bool {
        self.dimensions[0] == self.dimensions[1]
            || !self.matrix.iter().flatten().all(|x| x.is_finite())
    }
}

#[cfg(test)]
mod tests;
