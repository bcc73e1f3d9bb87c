//! What a policy knows of a prompt: sixteen numbers of unit length, from its words alone.
//!
//! No text model is used here: a policy must mean the same on a machine without weights, and
//! sixteen numbers are all that a few dozen ratings can fill. The first eight say which kind of
//! scene it is (see [`super::lexicon`]), the other eight tell prompts of one kind apart.

use sha2::{Digest as _, Sha256};

use super::lexicon::{self, SCENES};

/// How many numbers describe a prompt.
pub const FEATURES: usize = 2 * SCENES;

/// The share of a prompt's squared length that tells it apart from others of the same kind. Small: what is
/// learned with one lake should hold for the next. Three times as much was neither better nor worse.
const DETAIL: f64 = 0.05;

/// How much a word's spelling counts beside the word itself, so that `painter` is close to `painted`.
const SPELLING: f64 = 0.7;

/// A prompt's features, kept as sixteen signed bytes: what is stored is exactly what is used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features {
    bytes: [i8; FEATURES],
    unit: [f64; FEATURES],
}

impl Features {
    /// Reads a prompt.
    pub fn of(prompt: &str) -> Self {
        let words = words(prompt);
        let scene = lexicon::scene(&words);
        let detail = detail(&words);
        let known = scene.iter().any(|share| *share > 0.0);
        let (scene_length, detail_length) = if known {
            ((1.0 - DETAIL).sqrt(), DETAIL.sqrt())
        } else {
            (0.0, 1.0)
        };
        let mut bytes = [0; FEATURES];
        for (i, (s, d)) in scene.iter().zip(detail).enumerate() {
            bytes[i] = byte(scene_length * s);
            bytes[SCENES + i] = byte(detail_length * d);
        }
        Self::from_bytes(bytes).unwrap_or_else(Self::blank)
    }

    /// Takes stored bytes; `None` if they have no direction.
    pub fn from_bytes(bytes: [i8; FEATURES]) -> Option<Self> {
        let numbers = bytes.map(f64::from);
        let length = numbers.iter().map(|x| x * x).sum::<f64>().sqrt();
        (length > 0.0).then(|| Self {
            bytes,
            unit: numbers.map(|x| x / length),
        })
    }

    /// As they are stored.
    pub const fn bytes(&self) -> &[i8; FEATURES] {
        &self.bytes
    }

    /// As they are used: of unit length.
    pub const fn unit(&self) -> &[f64; FEATURES] {
        &self.unit
    }

    /// Cosine of the angle between two prompts: 1 for the same kind and words.
    pub fn similarity(&self, other: &Self) -> f64 {
        self.unit.iter().zip(&other.unit).map(|(a, b)| a * b).sum()
    }

    fn blank() -> Self {
        let mut unit = [0.0; FEATURES];
        unit[SCENES] = 1.0;
        let mut bytes = [0; FEATURES];
        bytes[SCENES] = i8::MAX;
        Self { bytes, unit }
    }
}

/// Lower-case words in the singular, without the small ones that say nothing.
fn words(prompt: &str) -> Vec<String> {
    const SMALL: [&str; 16] = [
        "a", "an", "the", "of", "at", "in", "on", "with", "and", "by", "to", "from", "for", "its",
        "over", "under",
    ];
    prompt
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !SMALL.contains(word))
        .map(|word| lexicon::singular(word).to_owned())
        .collect()
}

/// A random projection of the words and of their letter triples, of unit length.
fn detail(words: &[String]) -> [f64; SCENES] {
    let mut sum = [0.0; SCENES];
    for word in words {
        add(&mut sum, word, 1.0);
        let padded: Vec<char> = format!("^{word}$").chars().collect();
        let triples = padded.windows(3);
        let weight = SPELLING / (triples.len() as f64).sqrt();
        for triple in triples {
            add(&mut sum, &String::from_iter(triple), weight);
        }
    }
    let length = sum.iter().map(|x| x * x).sum::<f64>().sqrt();
    if length > 0.0 {
        sum.map(|x| x / length)
    } else {
        sum
    }
}

/// Adds a token's own direction: eight numbers in [-1, 1] read from its hash.
fn add(sum: &mut [f64; SCENES], token: &str, weight: f64) {
    let digest = Sha256::digest(token.as_bytes());
    for (total, four) in sum.iter_mut().zip(digest.as_chunks::<4>().0) {
        *total += weight * f64::from(i32::from_le_bytes(*four)) / f64::from(i32::MAX);
    }
}

/// The nearest of 255 steps between -1 and 1.
fn byte(x: f64) -> i8 {
    (x * f64::from(i8::MAX)).round() as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similarity(a: &str, b: &str) -> f64 {
        Features::of(a).similarity(&Features::of(b))
    }

    #[test]
    fn every_prompt_has_unit_length() {
        for prompt in [
            "a lake at dawn",
            "",
            "   ",
            "§§",
            "Ein Haus am Wald",
            "zzz",
            "的猫",
        ] {
            let length = similarity(prompt, prompt);
            assert!((length - 1.0).abs() < 1e-12, "{prompt:?} {length}");
        }
    }

    #[test]
    fn similar_prompts_are_close_and_different_scenes_are_apart() {
        let close = similarity("a lake at dawn", "the lakes at dawn");
        let same_kind = similarity("a lake at dawn", "a meadow in spring");
        let other_kind = similarity("a lake at dawn", "a portrait of an old woman");
        assert!(close > 0.95, "{close}");
        assert!((0.6..0.999).contains(&same_kind), "{same_kind}");
        assert!(other_kind < 0.3, "{other_kind}");
    }

    #[test]
    fn prompts_of_no_known_scene_are_told_apart_by_their_words() {
        assert!(similarity("qwertz blarg", "qwertz blarg!") > 0.999);
        assert!(similarity("qwertz blarg", "norf vumpel") < 0.8);
    }

    #[test]
    fn stored_bytes_give_back_the_same_features() {
        let features = Features::of("a harbour in the rain");
        assert_eq!(Features::from_bytes(*features.bytes()), Some(features));
        assert_eq!(Features::from_bytes([0; FEATURES]), None);
    }
}
