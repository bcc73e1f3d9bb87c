//! What kind of taste this may be: how likings vary, what is expected at first, how much is hoped.
//!
//! A style starts with the kind that is open to anything. Once its ratings are better explained by a
//! narrower one, that one is taken (`reward_model.rs`). A kind is more than a covariance: whoever
//! loves blends likes pure values less from the start, and who knows that need not be told by a dozen
//! pictures with one star. The kinds were chosen on simulated artists, see `docs/learners.md`.

use super::{
    kernel::{Kernel, Point, RANDOM_PURITY},
    prior::Likings,
};
use wire::taxonomy::DIMENSIONS;

/// A kind of taste.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kind {
    /// How likings vary together.
    pub kernel: Kernel,
    /// Stars by which a dimension is liked more for each unit of its purity.
    pub purity: f64,
    /// Standard deviations of doubt that count as liking while trying. A kind that expects more
    /// exactly has less doubt, and may count more of it.
    pub optimism: f64,
}

impl Kind {
    /// Anything may be.
    pub const OPEN: Self = Self {
        kernel: Kernel::OPEN,
        purity: 0.0,
        optimism: 2.0,
    };
    /// The same for every prompt, and more of a good value is better.
    pub const SIMPLE: Self = Self {
        kernel: Kernel::SIMPLE,
        ..Self::OPEN
    };
    /// Pure values please less than a blend, by a star for four of them.
    pub const BLENDED: Self = Self {
        kernel: Kernel::BLENDED,
        purity: -1.2,
        optimism: 4.0,
    };
    /// Prompts differ.
    pub const BY_PROMPT: Self = Self {
        kernel: Kernel::BY_PROMPT,
        ..Self::OPEN
    };

    /// What is expected of each dimension of a mix, against a random one: the kind's liking of
    /// purity, and what a group's taste makes of it, if there is one.
    pub fn expected(&self, point: &Point, likings: Option<&Likings>) -> [f64; DIMENSIONS] {
        let of_group = likings.map_or([0.0; DIMENSIONS], |likings| point.weighed(likings));
        let purity = point.purity();
        std::array::from_fn(|d| of_group[d] + self.purity * (purity[d] - RANDOM_PURITY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::mix::Mix;

    #[test]
    fn what_is_expected_equals_what_was_worked_by_hand() {
        let pure = Point::new(Mix::pure([0, 1, 2, 3]).rows());
        let open = Kind::OPEN.expected(&pure, None);
        assert!(open.iter().all(|part| part.abs() < 1e-12), "{open:?}");
        // A pure value has purity 0.8, a random mix 0.1394: -1.2 * 0.6606 = -0.79272.
        for part in Kind::BLENDED.expected(&pure, None) {
            assert!((part + 0.792_72).abs() < 1e-9, "{part}");
        }
        // Equal parts have none: 1.2 * 0.1394 = 0.16728; a group that likes the first color
        // value by a star likes a fifth of it no more than another fifth.
        let mut likings = [[0.0; 5]; DIMENSIONS];
        likings[0] = [1.0, -0.25, -0.25, -0.25, -0.25];
        let neutral = Point::new(Mix::NEUTRAL.rows());
        for part in Kind::BLENDED.expected(&neutral, Some(&likings)) {
            assert!((part - 0.167_28).abs() < 1e-9, "{part}");
        }
        // The pure first value: 0.8 * 1 + 4 * (-0.2 * -0.25) = 1.
        let part = Kind::OPEN.expected(&pure, Some(&likings))[0];
        assert!((part - 1.0).abs() < 1e-9, "{part}");
    }
}
