//! A tap: which dimension made the picture what it is, said before the stars, if at all.
//!
//! One key says everything. Whether the dimension was good or bad follows from the stars: a picture
//! is liked *because of* its color; a second press says *despite* it, a third takes it back.

use wire::{learning::Hint, rating::Stars, taxonomy::Dimension};

/// What was tapped for the picture on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tap {
    /// Which dimension.
    pub dimension: Dimension,
    /// The stars are given despite it, not because of it.
    pub despite: bool,
}

impl Tap {
    /// What is tapped after a press on a dimension.
    pub fn pressed(before: Option<Self>, dimension: Dimension) -> Option<Self> {
        match before {
            Some(tap) if tap.dimension == dimension => (!tap.despite).then_some(Self {
                despite: true,
                ..tap
            }),
            _ => Some(Self {
                dimension,
                despite: false,
            }),
        }
    }

    /// What the tap means beside these stars. Three are what a picture gets that has something: it
    /// has it because of what was tapped.
    pub fn hint(self, stars: Stars) -> Hint {
        let is_liked = stars.get() >= 3;
        Hint {
            dimension: self.dimension,
            liked: is_liked != self.despite,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_press_says_despite_and_a_third_takes_it_back() {
        let tap = |despite| {
            Some(Tap {
                dimension: Dimension::Mood,
                despite,
            })
        };
        let mut tapped = None;
        for expected in [tap(false), tap(true), None, tap(false)] {
            tapped = Tap::pressed(tapped, Dimension::Mood);
            assert_eq!(tapped, expected);
        }
        // There is one reason per picture: another dimension takes its place.
        let other = Tap::pressed(tap(true), Dimension::Color);
        assert_eq!(other.map(|tap| tap.despite), Some(false));
    }

    #[test]
    fn the_stars_say_whether_it_was_good() {
        let liked = |despite| {
            Stars::ALL.map(|stars| {
                let dimension = Dimension::Style;
                Tap { dimension, despite }.hint(stars).liked
            })
        };
        assert_eq!(liked(false), [false, false, true, true, true]);
        assert_eq!(liked(true), [true, true, false, false, false]);
    }
}
