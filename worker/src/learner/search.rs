//! The best of many mixes by some score: how learners without a policy choose.

use wire::mix::Mix;

use super::{rng::Rng, simplex};

/// Mixes drawn at the start: a half evenly, a half of few values.
const CANDIDATES: usize = 400;
/// Rounds of refinement around the best so far.
const ROUNDS: usize = 8;
/// Neighbours tried per round.
const NEIGHBOURS: usize = 40;
/// How far neighbours are in the first round; each later one has less.
const REACH: f64 = 0.3;
/// What is left of that in the next round.
const SHRINK: f64 = 0.6;

/// Draws candidates, scores them all at once, and refines the best.
pub fn best_mix(mut scores: impl FnMut(&[Mix]) -> Vec<f64>, rng: &mut Rng) -> Mix {
    let candidates: Vec<Mix> = (0..CANDIDATES)
        .map(|i| if i % 2 == 0 { rng.mix() } else { sparse(rng) })
        .collect();
    let mut best = top(&candidates, &scores(&candidates));
    let mut reach = REACH;
    for _ in 0..ROUNDS {
        let Some((mix, _)) = best else { break };
        let mut neighbours = vec![mix];
        neighbours.extend((1..NEIGHBOURS).map(|_| {
            let action = mix.flat().map(|share| share + reach * rng.normal());
            simplex::mix(&action)
        }));
        best = top(&neighbours, &scores(&neighbours));
        reach *= SHRINK;
    }
    best.map_or(Mix::NEUTRAL, |(mix, _)| mix)
}

/// Far from the middle, where the projection leaves one to three values per dimension.
fn sparse(rng: &mut Rng) -> Mix {
    simplex::mix(&rng.normals())
}

fn top(mixes: &[Mix], scores: &[f64]) -> Option<(Mix, f64)> {
    let scored = mixes.iter().copied().zip(scores.iter().copied());
    scored.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::rng::Purpose;

    #[test]
    fn the_best_mix_of_a_simple_score_is_nearly_found() {
        let goal = [0.6, 0.4, 0.0, 0.0, 0.0];
        let score = |mix: &Mix| {
            let rows = mix.rows().iter();
            let offsets = rows.flat_map(|five| five.iter().zip(goal).map(|(m, g)| m - g));
            -offsets.map(|x| x * x).sum::<f64>()
        };
        let mut rng = Rng::new(Purpose::Simulate, 1, 2);
        let found = best_mix(|mixes| mixes.iter().map(score).collect(), &mut rng);
        assert!(score(&found) > -0.08, "{found:?}");
    }
}
