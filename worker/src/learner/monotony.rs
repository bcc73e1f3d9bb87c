//! Ratings from which no taste can be read, told from the ratings alone: nothing makes a difference, or
//! nothing pleases. Whoever rates so is told, since other prompts may help and more of the same will not.

use wire::learning::TasteState;

use super::history::Rated;

/// Fewer equal ratings are chance.
const EQUAL: usize = 12;
/// Of so many, one may be another by one star: a hand slips.
const SLIPS: usize = 10;
/// So many low ratings in a row. Simulated artists who love only blends give up to twenty of them before
/// one is found (`docs/learners.md`).
const LOW: usize = 25;
/// The most stars that are low.
const LOW_STARS: u8 = 2;
/// The most stars there are: whoever always gives these is pleased.
const MOST_STARS: u8 = 5;

/// What is odd about these ratings, if anything is.
pub fn monotony(rated: &[Rated]) -> Option<TasteState> {
    let newest = &rated[rated.len().saturating_sub(LOW)..];
    if newest.len() == LOW && newest.iter().all(|r| r.stars <= LOW_STARS) {
        return Some(TasteState::Displeased);
    }
    is_equal(rated).then_some(TasteState::Indifferent)
}

/// Whether nearly all have the same stars, which are neither low nor the most.
fn is_equal(rated: &[Rated]) -> bool {
    let among = |stars: u8| rated.iter().filter(move |r| r.stars == stars).count();
    let near = |stars: u8| rated.iter().all(|r| r.stars.abs_diff(stars) <= 1);
    let usual = (LOW_STARS + 1..MOST_STARS).max_by_key(|stars| among(*stars));
    rated.len() >= EQUAL
        && usual
            .is_some_and(|stars| near(stars) && (rated.len() - among(stars)) * SLIPS <= rated.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::{history::History, tests::sample};
    use wire::mix::Mix;

    fn of(stars: impl IntoIterator<Item = u8>) -> Option<TasteState> {
        let mut history = History::default();
        for stars in stars {
            history.add(&sample("a lake", Mix::NEUTRAL, stars));
        }
        monotony(&history.rated)
    }

    #[test]
    fn a_dozen_equal_ratings_are_none_that_tell_a_taste() {
        assert_eq!(of([3; 11]), None);
        assert_eq!(of([3; 12]), Some(TasteState::Indifferent));
        assert_eq!(of([4; 40]), Some(TasteState::Indifferent));
        // One slip in ten, by one star.
        let slipped =
            |stars: u8, count: usize| of([3_u8; 18].into_iter().chain(vec![stars; count]));
        assert_eq!(slipped(4, 2), Some(TasteState::Indifferent));
        assert_eq!(slipped(4, 3), None);
        assert_eq!(slipped(5, 1), None);
        // Always pleased is not indifferent.
        assert_eq!(of([5; 40]), None);
    }

    #[test]
    fn low_stars_for_long_displease_and_one_good_picture_ends_it() {
        assert_eq!(of([1; 24]), None);
        assert_eq!(of([1, 2].repeat(13)), Some(TasteState::Displeased));
        assert_eq!(
            of([5].into_iter().chain([1; 25])),
            Some(TasteState::Displeased)
        );
        assert_eq!(of([1; 25].into_iter().chain([3])), None);
    }
}
