//! One simulated artist: a hidden taste and the way it turns into ratings (`artist/1`).

use serde::Deserialize;
use thiserror::Error;
use wire::{
    mix::Mix,
    rating::Stars,
    taxonomy::{DIMENSIONS, Dimension, VALUES},
};

use super::{effect::Effect, prompts::CATEGORIES};

/// What this reader reads.
const FORMAT: &str = "artist/1";

/// How far a worked example may be from what this reader finds.
const AGREEMENT: f64 = 5e-4;

/// A simulated artist as its file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Artist {
    format: String,
    /// The file's name without `.json`.
    pub name: String,
    /// A label; it changes no formula.
    pub family: String,
    taste: Taste,
    thresholds: [f64; 4],
    noise: f64,
    drift: Option<Drift>,
}

/// What is liked, until it drifts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taste {
    main: Main,
    overrides: Vec<Override>,
    interactions: Vec<Interaction>,
    offset: f64,
    scale: f64,
    best: [f64; CATEGORIES],
    random: [f64; CATEGORIES],
    best_mix: Vec<Mix>,
    checks: Vec<Check>,
}

/// One effect for each dimension.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Main {
    color: Effect,
    style: Effect,
    mood: Effect,
    composition: Effect,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    category: usize,
    dimension: Dimension,
    effect: Effect,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Interaction {
    dimensions: [Dimension; 2],
    matrix: [[f64; VALUES]; VALUES],
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drift {
    after: usize,
    taste: Taste,
}

/// A worked example of a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    category: usize,
    mix: Mix,
    utility: f64,
    level: f64,
    probabilities: [f64; 5],
    regret: f64,
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
        let level = self.level(self.taste_at(position).utility(category, mix));
        let rounded = (level + self.noise * noise + 0.5).floor().clamp(1.0, 5.0);
        Stars::new(rounded as u8).unwrap_or(Stars::ALL[0])
    }

    /// How much is lost with this mix: 0 for the best, 1 for what random mixes give.
    pub fn regret(&self, position: usize, category: usize, mix: &Mix) -> f64 {
        self.taste_at(position).regret(category, mix)
    }

    fn taste_at(&self, position: usize) -> &Taste {
        match &self.drift {
            Some(drift) if position >= drift.after => &drift.taste,
            _ => &self.taste,
        }
    }

    /// Piecewise linear through (threshold k, k + 0.5), continued beyond both ends.
    fn level(&self, utility: f64) -> f64 {
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
            let utility = taste.utility(check.category, &check.mix);
            let level = self.level(utility);
            let found = self.probabilities(level).into_iter().chain([
                utility,
                level,
                taste.regret(check.category, &check.mix),
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
    fn probabilities(&self, level: f64) -> [f64; 5] {
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
    fn utility(&self, category: usize, mix: &Mix) -> f64 {
        let effects: f64 = Dimension::ALL
            .iter()
            .map(|d| self.effect(category, *d).of(mix.shares(*d)))
            .sum();
        let interactions: f64 = self.interactions.iter().map(|i| i.of(mix)).sum();
        (effects + interactions - self.offset) / self.scale
    }

    fn regret(&self, category: usize, mix: &Mix) -> f64 {
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
        if !numbers.into_iter().all(f64::is_finite) || self.scale <= 0.0 {
            Some(
                "an offset, scale, best or random that is not finite, or a scale that is not above 0",
            )
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
    fn all(&self) -> [&Effect; DIMENSIONS] {
        [&self.color, &self.style, &self.mood, &self.composition]
    }
}

impl Interaction {
    fn of(&self, mix: &Mix) -> f64 {
        let [a, b] = self.dimensions.map(|dimension| mix.shares(dimension));
        let rows = self.matrix.iter().zip(a);
        rows.map(|(row, m)| m * row.iter().zip(b).map(|(x, n)| x * n).sum::<f64>())
            .sum()
    }

    fn is_faulty(&self) -> bool {
        self.dimensions[0] == self.dimensions[1]
            || !self.matrix.iter().flatten().all(|x| x.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("examples/interacting-1.json");

    fn refusal(from: &str, to: &str) -> String {
        assert!(EXAMPLE.contains(from), "{from}");
        match Artist::read(&EXAMPLE.replacen(from, to, 1)) {
            Ok(_) => String::from("nothing"),
            Err(ArtistError::Json(json)) => json.to_string(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn the_worked_examples_of_a_file_follow_from_its_formulas() {
        let artist = Artist::read(EXAMPLE).unwrap();
        assert!(artist.taste.checks.len() > 3);
        let best = artist.taste.best_mix[2];
        assert!(artist.regret(0, 2, &best).abs() < 1e-3);
    }

    #[test]
    fn files_that_break_the_format_are_refused_by_name() {
        let check = |from, to, expected| {
            let found = refusal(from, to);
            assert!(found.contains(expected), "{found:?} is not {expected:?}");
        };
        check("artist/1", "artist/2", "a format other than artist/1");
        check(
            "\"noise\": 0.5",
            "\"noise\": 0",
            "a noise that is not above 0",
        );
        check("\"noise\": 0.5", "\"noise\": 0.6", "a worked example");
        check("\"main\"", "\"mean\"", "unknown field `mean`");
        check("\"color\"", "\"colour\"", "unknown field `colour`");
    }

    #[test]
    fn noise_moves_a_rating_and_the_scale_ends_at_one_and_five() {
        let artist = Artist::read(EXAMPLE).unwrap();
        let stars = |noise| artist.rate(0, 0, &artist.taste.best_mix[0], noise).get();
        assert_eq!((stars(-20.0), stars(20.0)), (1, 5));
        assert!(stars(0.0) >= 4);
    }
}
