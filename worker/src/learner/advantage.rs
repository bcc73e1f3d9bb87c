//! How much better an action was than its peers: PPO's advantage without a critic.
//!
//! Several actions are tried for the same prompt, so their mean is the baseline, as in GRPO (Shao et
//! al. 2024). No returns and no GAE: a rating ends its episode, so the return *is* the rating.

/// Each rating minus the mean of its group (the same prompt), over the whole batch's standard
/// deviation. A batch in which all ratings agree teaches nothing: all zero.
pub fn group_advantages(ratings: &[f64], group: usize) -> Vec<f64> {
    let mut centred = Vec::with_capacity(ratings.len());
    for peers in ratings.chunks(group.max(1)) {
        let mean = peers.iter().sum::<f64>() / peers.len() as f64;
        centred.extend(peers.iter().map(|rating| rating - mean));
    }
    let square = centred.iter().map(|a| a * a).sum::<f64>() / centred.len().max(1) as f64;
    let deviation = square.sqrt();
    // Below this the differences are rounding, and dividing by them would make a lesson of noise.
    if deviation < 1e-9 {
        return vec![0.0; centred.len()];
    }
    centred.into_iter().map(|a| a / deviation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advantages_equal_those_worked_by_hand() {
        // Groups (1, 3) and (2, 8): means 2 and 5, centred -1, 1, -3, 3.
        // Mean square (1 + 1 + 9 + 9) / 4 = 5, so each is divided by sqrt 5 = 2.2360680.
        let advantages = group_advantages(&[1.0, 3.0, 2.0, 8.0], 2);
        let by_hand = [-0.447_213_595, 0.447_213_595, -1.341_640_786, 1.341_640_786];
        for (a, b) in advantages.iter().zip(by_hand) {
            assert!((a - b).abs() < 1e-8, "{advantages:?}");
        }
    }

    #[test]
    fn ratings_that_all_agree_teach_nothing() {
        assert_eq!(group_advantages(&[4.0; 6], 3), [0.0; 6]);
        assert!(group_advantages(&[], 3).is_empty());
    }
}
