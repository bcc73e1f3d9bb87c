//! The words that give a scene away, and one prompt of each kind to practise on.
//!
//! English only and short on purpose: an unknown word costs nothing but the sharing of what was
//! learned between prompts of its kind.

use wire::learning::Scene;

/// How many kinds of scene are told apart.
pub const SCENES: usize = Scene::ALL.len();

/// For each [`Scene`] a prompt to practise on and the words that give it away.
const KINDS: [(&str, &str); SCENES] = [
    (
        "portrait of a young woman",
        "portrait face woman man girl boy child person people lady king queen dancer musician \
         fisherman sailor farmer soldier self-portrait grandmother grandfather mother father couple \
         figure knight monk smile eyes",
    ),
    (
        "a valley between mountains",
        "landscape lake mountain hill valley meadow field forest wood tree river desert canyon snow \
         waterfall pond autumn spring dawn sunrise sunset path countryside vineyard glacier prairie \
         dune cliff",
    ),
    (
        "waves on the open sea",
        "sea ocean wave beach harbour harbor boat ship coast shore island lighthouse sail sailboat \
         storm tide bay lagoon reef port pier seaside surf",
    ),
    (
        "a street in an old city",
        "city street town building skyscraper skyline bridge market square alley tower rooftop \
         traffic metro subway downtown neon village castle cathedral station plaza cafe",
    ),
    (
        "a fox in the grass",
        "animal cat dog horse bird fox wolf bear lion tiger deer owl fish whale elephant rabbit \
         butterfly eagle cow sheep swan raven frog bee hare heron crane puppy kitten dragon",
    ),
    (
        "a bowl of fruit on a table",
        "still life fruit vase flower bowl bottle bread apple pear lemon rose tulip sunflower \
         bouquet candle skull cup teapot jug grape orange peony book",
    ),
    (
        "a room with a tall window",
        "interior room kitchen bedroom window library studio hall corridor staircase chair sofa \
         bathroom attic fireplace parlour workshop ballroom desk lamp",
    ),
    (
        "an abstract composition of shapes",
        "abstract shape pattern geometric geometry circle line color colour form texture fractal \
         composition gradient rhythm spiral triangle cube symmetry chaos harmony",
    ),
];

/// How strongly a prompt shows each kind of scene, of unit length; zeros if no word is known.
///
/// The first known word is taken for the subject, each later one counts half as much as the one
/// before it: "a cat in a city street" is about the cat.
pub fn scene(words: &[String]) -> [f64; SCENES] {
    let mut scene = [0.0; SCENES];
    let mut weight = 1.0;
    for kind in words.iter().filter_map(|word| kind_of(word)) {
        scene[kind] += weight;
        weight /= 2.0;
    }
    let length = scene.iter().map(|x| x * x).sum::<f64>().sqrt();
    if length > 0.0 {
        scene.map(|x| x / length)
    } else {
        scene
    }
}

/// One prompt of each kind, so that a style is never wholly ignorant of a kind it has not met.
pub fn stock_prompts() -> [&'static str; SCENES] {
    KINDS.map(|(prompt, _)| prompt)
}

/// A word without its plural's s; the same rule for prompts and for the lexicon, so that it need not
/// be right about English, only consistent.
pub fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

fn kind_of(word: &str) -> Option<usize> {
    KINDS.iter().position(|(_, known)| {
        let mut known = known.split_whitespace();
        known.any(|candidate| singular(candidate) == singular(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(prompt: &str) -> Vec<String> {
        prompt.split(' ').map(String::from).collect()
    }

    #[test]
    fn each_stock_prompt_is_of_its_own_kind() {
        for (kind, prompt) in stock_prompts().into_iter().enumerate() {
            let scene = scene(&words(prompt));
            assert!(scene[kind] > 0.8, "{prompt}: {scene:?}");
        }
    }

    #[test]
    fn the_first_known_word_is_the_subject() {
        // Weights 1 and 1/2: lengths 1 / sqrt 1.25 and 0.5 / sqrt 1.25.
        let scene = scene(&words("cats in city streets"));
        assert!((scene[4] - 0.8).abs() < 0.001, "{scene:?}"); // 1 / sqrt(1 + 0.75^2)
        assert!((scene[3] - 0.6).abs() < 0.001, "{scene:?}"); // 0.75 / sqrt(1 + 0.75^2)
    }

    #[test]
    fn no_word_belongs_to_two_kinds() {
        let mut all: Vec<&str> = KINDS
            .iter()
            .flat_map(|(_, known)| known.split_whitespace())
            .collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn unknown_words_show_no_scene() {
        assert!(
            scene(&words("qwertz blarg"))
                .iter()
                .all(|share| *share == 0.0)
        );
    }
}
