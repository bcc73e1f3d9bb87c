//! A mix as words with weights, for tools that only take a prompt.

use wire::{mix::Mix, taxonomy::SHARES};

use super::{condition, directions};

/// Weights nearer to 0 than this would not change a picture.
const SILENT: f64 = 0.05;
/// A pure value is said this much louder than a plain word.
const LOUDER: f64 = 0.4;

/// The prompt with the phrases that the mix leans to, loudest first, in the syntax that most tools
/// read: `a lake, (warm golden colors:1.40)`.
pub fn weighted_words(prompt: &str, mix: &Mix) -> String {
    let weights = condition::weights(mix);
    let mut said: Vec<usize> = (0..SHARES).filter(|&i| weights[i] >= SILENT).collect();
    said.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]));
    let phrases = directions::flat();
    let words = said
        .iter()
        .map(|&i| format!("({}:{:.2})", phrases[i], LOUDER.mul_add(weights[i], 1.0)));
    std::iter::once(prompt.to_owned())
        .chain(words)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use wire::taxonomy::Dimension;

    use super::*;

    #[test]
    fn words_say_what_a_mix_leans_to() {
        assert_eq!(weighted_words("a lake", &Mix::NEUTRAL), "a lake");
        let mix = Mix::NEUTRAL.with(Dimension::Color, [0.6, 0.0, 0.4, 0.0, 0.0]);
        assert_eq!(
            weighted_words("a lake", &mix.unwrap()),
            "a lake, (warm golden colors:1.20), (vivid saturated colors:1.10)"
        );
    }
}
