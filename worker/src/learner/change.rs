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

/// The places to try, in pieces of evidence since the change.
pub fn candidates(count: usize) -> impl Iterator<Item = usize> {
    AGES.into_iter()
        .filter(move |age| age + LEAST_BEFORE <= count)
}

/// Marks all but the newest `since` pieces as said before the change.
pub fn mark(evidence: &mut [Evidence], since: usize) {
    let count = evidence.len();
    for (place, one) in evidence.iter_mut().enumerate() {
        one.outdated = place + since < count;
    }
}
