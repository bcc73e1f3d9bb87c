//! What becomes of a prompt. That it is what the reference makes of it is shown by `check`.

use proptest::prelude::*;

use crate::diffusion::tokenizer::{PLACES, Tokenizer};

fn tokenizer(name: &str) -> Tokenizer {
    Tokenizer::read(&super::folder().parent().unwrap().join("model").join(name)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_prompt_fills_all_places_from_start_to_end(prompt in any::<String>()) {
        for (name, pad_is_end) in [("tokenizer", true), ("tokenizer_2", false)] {
            let tokenizer = tokenizer(name);
            let numbers = tokenizer.encode(&prompt).unwrap();
            let empty = tokenizer.encode("").unwrap();
            let (start, end, pad) = (empty[0], empty[1], empty[2]);
            prop_assert_eq!(numbers.len(), PLACES);
            prop_assert_eq!(numbers[0], start);
            prop_assert_eq!(pad == end, pad_is_end);
            prop_assert!(numbers.contains(&end));
            let padding = numbers.iter().rev().take_while(|number| **number == pad).count();
            if !pad_is_end && padding > 0 {
                prop_assert_eq!(numbers[PLACES - padding - 1], end);
            }
        }
    }
}

#[test]
fn what_does_not_fit_is_cut_and_the_end_stays() {
    let tokenizer = tokenizer("tokenizer");
    let end = tokenizer.encode("").unwrap()[1];
    let long = tokenizer.encode(&"river ".repeat(200)).unwrap();
    assert_eq!(long[PLACES - 1], end);
    assert!(!long[..PLACES - 1].contains(&end));
}

#[test]
fn the_second_tokenizer_takes_an_exclamation_mark_for_padding() {
    let exclaimed = tokenizer("tokenizer_2").encode("river!").unwrap();
    assert!(exclaimed[1..4].contains(&0), "{:?}", &exclaimed[..6]);
    let exclaimed = tokenizer("tokenizer").encode("river!").unwrap();
    assert!(!exclaimed.contains(&0), "{:?}", &exclaimed[..6]);
}
