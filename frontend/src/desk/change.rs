//! What a new version changed, in numbers a person can read.

use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, VALUES},
};

/// The share that moved most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which dimension, in the order of the taxonomy.
    pub dimension: usize,
    /// Which of its values.
    pub value: usize,
    /// By how many hundredths, rounded.
    pub percent: i32,
}

/// The largest change of any share, if one is as large as a rounded hundredth.
pub fn largest(before: &Mix, after: &Mix) -> Option<Change> {
    (0..DIMENSIONS)
        .filter_map(|dimension| largest_in(before, after, dimension))
        .max_by_key(|change| change.percent.abs())
}

/// The largest change in one dimension.
pub fn largest_in(before: &Mix, after: &Mix, dimension: usize) -> Option<Change> {
    let (before, after) = (before.rows().get(dimension)?, after.rows().get(dimension)?);
    before
        .iter()
        .zip(after)
        .enumerate()
        .map(|(value, (before, after))| Change {
            dimension,
            value,
            percent: ((after - before) * 100.0).round() as i32,
        })
        // Of two equal changes the rise is the news: what falls makes room for it.
        .max_by_key(|change| (change.percent.abs(), change.percent))
        .filter(|change| change.percent != 0)
}

/// Position and share of the value that leads in one dimension.
pub fn leading(five: &[f64; VALUES]) -> (usize, f64) {
    let mut best = (0, 0.0);
    for (value, &share) in five.iter().enumerate() {
        if share > best.1 {
            best = (value, share);
        }
    }
    best
}

/// A share as whole percent.
pub fn percent(share: f64) -> i32 {
    (share * 100.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::taxonomy::Dimension;

    #[test]
    fn the_share_that_moved_most_is_named() {
        let after = Mix::NEUTRAL
            .with(Dimension::Mood, [0.28, 0.18, 0.18, 0.18, 0.18])
            .unwrap();
        let change = largest(&Mix::NEUTRAL, &after).unwrap();
        assert_eq!(
            change,
            Change {
                dimension: 2,
                value: 0,
                percent: 8
            }
        );
    }

    #[test]
    fn of_two_equal_changes_the_rise_is_named() {
        let after = Mix::NEUTRAL
            .with(Dimension::Color, [0.1, 0.2, 0.2, 0.2, 0.3])
            .unwrap();
        let change = largest(&Mix::NEUTRAL, &after).unwrap();
        assert_eq!((change.value, change.percent), (4, 10));
    }

    #[test]
    fn what_rounds_to_nothing_is_no_news() {
        let after = Mix::NEUTRAL
            .with(Dimension::Color, [0.204, 0.196, 0.2, 0.2, 0.2])
            .unwrap();
        assert_eq!(largest(&Mix::NEUTRAL, &after), None);
    }

    #[test]
    fn the_first_of_equals_leads() {
        assert_eq!(leading(&[0.2; 5]), (0, 0.2));
        assert_eq!(leading(&[0.1, 0.2, 0.4, 0.2, 0.1]), (2, 0.4));
    }
}
