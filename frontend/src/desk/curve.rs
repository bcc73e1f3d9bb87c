//! The rating curve: the newest ratings and their running mean, as points of a drawing.

use wire::rating::Stars;

/// How many ratings are drawn at most: more would be a smear at the size of a hand.
pub const SHOWN: usize = 50;
/// How many ratings the running mean looks back on.
pub const WINDOW: usize = 10;

/// A curve in a box of its own: x from 0 (oldest) to 1, y from 0 (one star) to 1 (five).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// One point per rating.
    pub ratings: Vec<(f64, f64)>,
    /// The running mean at each of them.
    pub mean: Vec<(f64, f64)>,
    /// The last running mean, in stars.
    pub latest: Option<f64>,
}

/// Draws the newest ratings of a log that is in order.
pub fn curve(log: &[Stars]) -> Curve {
    let stars: Vec<f64> = log.iter().map(|stars| f64::from(stars.get())).collect();
    let first = stars.len().saturating_sub(SHOWN);
    let last = stars.len().saturating_sub(1);
    let across = |i: usize| match last - first {
        0 => 0.5,
        width => (i - first) as f64 / width as f64,
    };
    let mut curve = Curve::default();
    for (i, &value) in stars.iter().enumerate().skip(first) {
        let mean = running_mean(&stars, i);
        curve.ratings.push((across(i), height(value)));
        curve.mean.push((across(i), height(mean)));
        curve.latest = Some(mean);
    }
    curve
}

/// Mean of the last [`WINDOW`] values up to and with the one at `i`.
fn running_mean(stars: &[f64], i: usize) -> f64 {
    let window = stars
        .get((i + 1).saturating_sub(WINDOW)..=i)
        .unwrap_or_default();
    window.iter().sum::<f64>() / window.len().max(1) as f64
}

fn height(stars: f64) -> f64 {
    (stars - 1.0) / 4.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(stars: &[u8]) -> Vec<Stars> {
        stars.iter().map(|&n| Stars::new(n).unwrap()).collect()
    }

    #[test]
    fn no_rating_is_no_curve() {
        assert_eq!(curve(&[]), Curve::default());
    }

    #[test]
    fn one_rating_stands_in_the_middle() {
        let one = curve(&log(&[5]));
        assert_eq!(one.ratings, [(0.5, 1.0)]);
        assert_eq!(one.latest, Some(5.0));
    }

    #[test]
    fn the_mean_runs_through_the_ratings() {
        let three = curve(&log(&[1, 5, 3]));
        assert_eq!(three.ratings, [(0.0, 0.0), (0.5, 1.0), (1.0, 0.5)]);
        assert_eq!(three.mean, [(0.0, 0.0), (0.5, 0.5), (1.0, 0.5)]);
    }

    #[test]
    fn the_mean_forgets_what_is_longer_ago_than_its_window() {
        let mut stars = vec![1; 40];
        stars.extend([5; WINDOW]);
        assert_eq!(curve(&log(&stars)).latest, Some(5.0));
    }

    #[test]
    fn a_long_log_shows_its_newest_ratings_only() {
        let mut stars = vec![1; 100];
        stars.extend([5; SHOWN]);
        let long = curve(&log(&stars));
        assert_eq!(long.ratings.len(), SHOWN);
        assert!(long.ratings.iter().all(|&(_, y)| y > 0.999));
        assert!(
            long.mean[0].1 < 0.2,
            "the mean still remembers the ones before"
        );
    }
}
