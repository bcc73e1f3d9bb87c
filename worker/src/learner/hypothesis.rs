//! What may be assumed of a taste before its ratings are explained: what the reward model chooses from.
//!
//! The plainest assumption comes first; each other costs something, in nats, and must make the
//! ratings likelier by more than that.

use super::{
    change,
    kernel::Point,
    kind::Kind,
    prior::{Likings, Prior},
    thresholds::Thresholds,
};
use wire::taxonomy::DIMENSIONS;

/// How much likelier, in nats, a style is to share a group's taste than to share none.
const OF_A_GROUP: f64 = 1.0;

/// Narrower kinds of taste, and how much likelier, in nats, each must make the ratings.
const NARROWER: [(Kind, f64); 3] = [
    (Kind::SIMPLE, 1.0),
    (Kind::BLENDED, 1.0),
    (Kind::BY_PROMPT, 1.0),
];

/// Other thresholds than the plain ones, and how much likelier, in nats, each must make the ratings.
const NEARER_AND_FARTHER: [(Thresholds, f64); 4] = [
    (Thresholds::NEAREST, 2.0),
    (Thresholds::NEAR, 1.0),
    (Thresholds::FAR, 1.0),
    (Thresholds::FARTHEST, 2.0),
];

/// One set of assumptions.
#[derive(Clone, Copy, Debug)]
pub struct Hypothesis {
    /// What kind of taste this is.
    pub kind: Kind,
    /// What the prior's group likes to which the artist belongs, if to any.
    pub likings: Option<Likings>,
    /// Where one star ends and the next begins.
    pub thresholds: Thresholds,
    /// How many ratings came after taste changed, if it did.
    pub since_change: Option<usize>,
    /// How much likelier, in nats, it must make the ratings than the plainest does.
    pub surprise: f64,
}

impl Hypothesis {
    /// Anything may be liked, nobody else likes the same, and it stays so.
    pub const PLAINEST: Self = Self {
        kind: Kind::OPEN,
        likings: None,
        thresholds: Thresholds::PLAIN,
        since_change: None,
        surprise: 0.0,
    };

    /// What is expected of each dimension of a mix, against a random one.
    pub fn expected(&self, point: &Point) -> [f64; DIMENSIONS] {
        self.kind.expected(point, self.likings.as_ref())
    }

    /// The same with each narrower kind of taste.
    pub fn narrower(self) -> impl Iterator<Item = Self> {
        NARROWER.into_iter().map(move |(kind, surprise)| {
            let mut narrower = self.costing(surprise);
            narrower.kind = kind;
            narrower
        })
    }

    /// The same with the taste of each of the prior's groups.
    pub fn of_groups(self, prior: Option<&Prior>) -> impl Iterator<Item = Self> {
        let groups = prior.into_iter().flat_map(|prior| &prior.groups);
        groups.map(move |group| {
            let mut shared = self.costing(-libm::log(group.weight) - OF_A_GROUP);
            shared.likings = Some(group.likings);
            shared
        })
    }

    /// The same with stars that lie nearer to each other, or farther apart.
    pub fn with_other_thresholds(self) -> impl Iterator<Item = Self> {
        NEARER_AND_FARTHER
            .into_iter()
            .map(move |(thresholds, surprise)| {
                let mut other = self.costing(surprise);
                other.thresholds = thresholds;
                other
            })
    }

    /// The same with a change of taste at each place worth trying among so many ratings.
    pub fn changed(self, ratings: usize) -> impl Iterator<Item = Self> {
        change::candidates(ratings).map(move |since| {
            let mut changed = self.costing(change::SURPRISE);
            changed.since_change = Some(since);
            changed
        })
    }

    /// The same, believed only if it makes the ratings so many nats likelier still.
    fn costing(mut self, nats: f64) -> Self {
        self.surprise += nats;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::prior::Group;

    #[test]
    fn each_further_assumption_costs_what_it_costs_alone() {
        let group = Group {
            weight: 0.25,
            likings: [[0.0; 5]; DIMENSIONS],
        };
        let prior = Prior::new("spring", 40, vec![group]).unwrap();
        let narrow = Hypothesis::PLAINEST.narrower().next().unwrap();
        assert!((narrow.surprise - 1.0).abs() < 1e-12);
        // A quarter of all is in the group: ln 4 = 1.3862944, less one for being in any.
        let shared = narrow.of_groups(Some(&prior)).next().unwrap();
        assert!((shared.surprise - 1.386_294_4).abs() < 1e-6);
        let changed = shared.changed(40).last().unwrap();
        assert!((changed.surprise - 5.386_294_4).abs() < 1e-6);
        assert_eq!(changed.since_change, Some(14));
        assert_eq!(changed.kind, Kind::SIMPLE);
        assert!(changed.likings.is_some());
        let apart = changed.with_other_thresholds().last().unwrap();
        assert!((apart.surprise - 7.386_294_4).abs() < 1e-6);
        assert_eq!(apart.thresholds, Thresholds::FARTHEST);
    }
}
