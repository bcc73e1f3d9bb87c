//! Where one star ends and the next begins, as this artist gives them.
//!
//! Some artists give ones and fives for what others give twos and fours for. How high all of an artist's
//! stars are is a matter of the likings' level; how far apart they lie is one of the thresholds.

/// The likings half way between two ratings, in stars, rising: at the first, one and two stars are
/// equally likely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds([f64; 4]);

impl Thresholds {
    /// Half way between the stars. What a style starts from.
    pub const PLAIN: Self = Self([1.5, 2.5, 3.5, 4.5]);
    /// A little more or less liking is soon a one or a five.
    pub const NEAR: Self = Self([1.95, 2.65, 3.35, 4.05]);
    /// Hardly anything but ones and fives.
    pub const NEAREST: Self = Self([2.25, 2.75, 3.25, 3.75]);
    /// It takes more to get a one or a five.
    pub const FAR: Self = Self([0.9, 2.3, 3.7, 5.1]);
    /// Hardly anything but threes.
    pub const FARTHEST: Self = Self([0.0, 2.0, 4.0, 6.0]);

    /// All four.
    pub const fn all(&self) -> [f64; 4] {
        self.0
    }
}
