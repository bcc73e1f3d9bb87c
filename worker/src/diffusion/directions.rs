//! The phrases that say what each attribute value means to the text encoders.
//!
//! A value's direction is what its phrase changes in the embedding of a few plain subjects, on
//! average, against the other values of its dimension. All phrases have three words, so that the
//! same places of the embeddings stand for the same things; what is in the words and not in the
//! value cancels out in the average.

use wire::taxonomy::{DIMENSIONS, SHARES, VALUES};

/// One word each, as different as pictures are.
pub const SUBJECTS: [&str; 4] = ["landscape", "portrait", "street", "flowers"];

/// One phrase per value, in the order of the taxonomy.
pub const PHRASES: [[&str; VALUES]; DIMENSIONS] = [
    [
        "warm golden colors",
        "cool blue colors",
        "vivid saturated colors",
        "soft muted colors",
        "black white monochrome",
    ],
    [
        "realistic detailed photograph",
        "loose oil painting",
        "abstract shapes painting",
        "simple minimalist drawing",
        "surreal dream painting",
    ],
    [
        "calm peaceful mood",
        "wild energetic mood",
        "dark mysterious mood",
        "happy joyful mood",
        "sad melancholy mood",
    ],
    [
        "centered single subject",
        "off center subject",
        "uneven asymmetric balance",
        "mirror symmetrical balance",
        "dynamic diagonal lines",
    ],
];

/// The prompt that shows what a phrase does to a subject.
pub fn example(subject: &str, phrase: &str) -> String {
    format!("{subject}, {phrase}")
}

/// The phrase of each value, dimension after dimension.
pub fn flat() -> [&'static str; SHARES] {
    std::array::from_fn(|i| PHRASES[i / VALUES][i % VALUES])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn phrases_are_as_long_as_each_other_and_all_different() {
        let phrases = flat();
        let lengths = phrases.map(|phrase| phrase.split(' ').count());
        assert_eq!(lengths, [3; SHARES]);
        assert_eq!(BTreeSet::from(phrases).len(), SHARES);
    }
}
