//! Whether taste changed, and when: the same ratings explained twice.
//!
//! A changed taste is one whose likings before and after have only a part in common. Each rating is
//! explained without a change and with one at a few places; the better explanation is taken if it
//! is better by far. Nothing is forgotten for good: should the change turn out to have been a mood,
//! the next fit takes everything back in.

use super::evidence::Evidence;

/// What the likings before and after a change have in common: their correlation.
pub const CARRIED: f64 = 0.5;

/// How much likelier, in nats, the ratings must be with a change than without one.
pub const SURPRISE: f64 = 4.0;

/// Ratings since a change that are tried: few of them tell little, and many are soon told anyway.
const AGES: [usize; 5] = [8, 14, 22, 34, 50];

/// Ratings there must be before a change for there to be anything to change.
const LEAST_BEFORE: usize = 20;

/// The places to try, in ratings since the change.
pub fn candidates(ratings: usize) -> impl Iterator<Item = usize> {
    AGES.into_iter()
        .filter(move |age| age + LEAST_BEFORE <= ratings)
}

/// Marks all that was said before the newest `since` ratings as said before the change.
pub fn mark(evidence: &mut [Evidence], since: usize) {
    let mut newer = 0;
    for one in evidence.iter_mut().rev() {
        // A tap stands behind its rating, and belongs to it.
        one.outdated = newer >= since;
        newer += usize::from(one.is_rating());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::{evidence::evidence, history::History, tests::sample};
    use wire::{
        learning::{Comparison, Hint},
        mix::Mix,
        taxonomy::Dimension,
    };

    #[test]
    fn a_change_is_counted_in_ratings_and_a_tap_stays_with_its_own() {
        let mut history = History::default();
        for i in 0..30 {
            let mut rated = sample("a lake", Mix::NEUTRAL, 3);
            rated.hint = (i % 2 == 0).then_some(Hint {
                dimension: Dimension::Color,
                liked: true,
            });
            history.add(&rated);
        }
        history.compare(&Comparison {
            prompt: "a lake".to_owned(),
            preferred: Mix::NEUTRAL,
            other: Mix::pure([0; 4]),
        });
        let mut evidence = evidence(&history);
        mark(&mut evidence, 9);
        let (before, after): (Vec<_>, Vec<_>) = evidence.iter().partition(|one| one.outdated);
        let ratings = |all: &[&Evidence]| all.iter().filter(|one| one.is_rating()).count();
        assert_eq!((ratings(&before), ratings(&after)), (21, 9));
        // Ratings 28, 26, 24 and 22 are among the newest nine and had a tap, eleven older ones too.
        assert_eq!((before.len(), after.len()), (21 + 11 + 1, 9 + 4));
    }

    #[test]
    fn a_change_is_looked_for_where_enough_was_rated_before() {
        assert_eq!(candidates(27).count(), 0);
        assert_eq!(candidates(34).collect::<Vec<_>>(), [8, 14]);
        assert_eq!(candidates(200).count(), AGES.len());
    }
}
