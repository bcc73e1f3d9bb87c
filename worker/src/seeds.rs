//! Where the learner's seeds come from.
//!
//! A version is a pure function of its parent, the ordered log and these seeds, so a seed depends
//! on nothing but the style and the place in the log. Changing this file changes every replay.

/// Seeds the step that learns from the rating at `place`, counted from 0 without skips.
///
/// The finalizer of `SplitMix64` (Steele, Lea, Flood 2014): neighbouring places share no bits.
pub const fn step_seed(style_seed: u64, place: u32) -> u64 {
    let golden = 0x9e37_79b9_7f4a_7c15_u64;
    let z = style_seed.wrapping_add(golden.wrapping_mul(place as u64 + 1));
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Seeds the step that learns from a comparison, `index` among those of the log: other numbers than
/// those of any rating's step.
pub const fn comparison_seed(style_seed: u64, index: u32) -> u64 {
    step_seed(!style_seed, index)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs of `SplitMix64` seeded with 0 and 1234567, from its reference code.
    #[test]
    fn the_seeds_are_those_of_the_reference() {
        assert_eq!(step_seed(0, 0), 0xe220_a839_7b1d_cdaf);
        assert_eq!(step_seed(1_234_567, 0), 6_457_827_717_110_365_317);
        assert_eq!(step_seed(1_234_567, 1), 3_203_168_211_198_807_973);
    }
}
