//! How far to trust what a learner says of a taste: what it claims beside what is so.
//!
//! A simulated artist knows what a real one cannot tell: the stars that a mix will get on average,
//! and whether another value would please more.

use wire::{
    learning::{LearnerKind, TasteState},
    mix::Mix,
    taxonomy::{Dimension, VALUES},
};

use crate::learner::belief::{NOTICED, pure};

use super::{
    artist::Artist,
    prompts::{CATEGORIES, prompt},
    run::{Conditions, Run},
};

/// Ratings after which a learner is asked.
const ASKED_AFTER: [usize; 7] = [0, 5, 10, 20, 40, 60, 80];

/// A claim and what is so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// What was said.
    pub said: f64,
    /// What was so.
    pub so: f64,
}

/// All claims of some runs.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// Stars expected for what it recommends, and the artist's mean rating of it.
    pub stars: Vec<Claim>,
    /// How sure it is of a dimension, and 1 if no pure value pleases more.
    pub best: Vec<Claim>,
    /// The same, and 1 if none pleases noticeably more.
    pub nearly_best: Vec<Claim>,
    /// Regret whenever it called a taste settled.
    pub settled: Vec<f64>,
    /// Regret whenever it did not.
    pub not_settled: Vec<f64>,
}

impl Claims {
    /// Lets the deployed learner meet an artist and asks it now and then.
    pub fn gather(&mut self, artist: &Artist, seed: u64, ratings: usize) {
        let mut run = Run::new(artist, LearnerKind::Ppo, seed, &Conditions::default());
        for rated in 0..=ratings {
            if ASKED_AFTER.contains(&rated) {
                self.ask(artist, &mut run, rated);
            }
            if rated < ratings {
                run.step();
            }
        }
    }

    fn ask(&mut self, artist: &Artist, run: &mut Run<'_>, rated: usize) {
        for category in 0..CATEGORIES {
            let belief = run.learner().belief(&[prompt(category, 0).to_owned()]);
            self.stars.push(Claim {
                said: belief.expected,
                so: artist.mean_stars(rated, category, &belief.proposed),
            });
            for dimension in Dimension::ALL {
                let said = belief.sureness[dimension.index()];
                let more = most_to_gain(artist, rated, category, &belief.proposed, dimension);
                let so = |holds: bool| f64::from(u8::from(holds));
                self.best.push(Claim {
                    said,
                    so: so(more <= 0.0),
                });
                self.nearly_best.push(Claim {
                    said,
                    so: so(more <= NOTICED),
                });
            }
        }
        let regrets = if run.insight().state == Some(TasteState::Settled) {
            &mut self.settled
        } else {
            &mut self.not_settled
        };
        regrets.push(run.regret());
    }
}

/// The most that a pure value of a dimension adds to a mix, in stars before they are rounded.
fn most_to_gain(
    artist: &Artist,
    rated: usize,
    category: usize,
    mix: &Mix,
    dimension: Dimension,
) -> f64 {
    let felt = |mix: &Mix| artist.felt(rated, category, mix, 0.0);
    let others = (0..VALUES).filter_map(|value| {
        let mut rows = *mix.rows();
        rows[dimension.index()] = pure(value);
        Mix::new(rows).ok()
    });
    let most = others.map(|other| felt(&other)).fold(f64::MIN, f64::max);
    most - felt(mix)
}

/// Claims that were alike: how many, and the means of what was said and what was so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// How many.
    pub count: usize,
    /// Their mean.
    pub mean: Claim,
}

/// The claims between each two neighbouring `edges`, without those that nobody made.
pub fn alike(claims: &[Claim], edges: &[f64]) -> Vec<Alike> {
    let between = edges.windows(2).map(|pair| {
        let inside = claims
            .iter()
            .filter(|claim| (pair[0]..pair[1]).contains(&claim.said));
        let (count, said, so) = inside.fold((0_usize, 0.0, 0.0), |(count, said, so), claim| {
            (count + 1, said + claim.said, so + claim.so)
        });
        Alike {
            count,
            mean: Claim {
                said: said / count as f64,
                so: so / count as f64,
            },
        }
    });
    between.filter(|alike| alike.count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::taxonomy::DIMENSIONS;

    #[test]
    fn claims_are_put_together_with_their_like() {
        let claim = |said, so| Claim { said, so };
        let claims = [
            claim(0.125, 0.0),
            claim(0.25, 1.0),
            claim(0.875, 1.0),
            claim(0.375, 0.0),
        ];
        let found = alike(&claims, &[0.0, 0.2, 0.4, 0.6, 1.01]);
        let told: Vec<_> = found
            .iter()
            .map(|a| (a.count, a.mean.said, a.mean.so))
            .collect();
        assert_eq!(told, [(1, 0.125, 0.0), (2, 0.3125, 0.5), (1, 0.875, 1.0)]);
    }

    #[test]
    fn the_best_mix_leaves_nothing_to_gain_and_every_claim_is_told() {
        let artist = Artist::read(include_str!("examples/separable-vertex-1.json")).unwrap();
        let best = Mix::new(*artist.taste.best_mix[0].rows()).unwrap();
        let other = Mix::NEUTRAL;
        for dimension in Dimension::ALL {
            assert!(most_to_gain(&artist, 0, 0, &best, dimension) <= 1e-3);
            assert!(most_to_gain(&artist, 0, 0, &other, dimension) > 0.0);
        }
        let mut claims = Claims::default();
        claims.gather(&artist, 1, 5);
        assert_eq!(claims.stars.len(), 2 * CATEGORIES);
        assert_eq!(claims.best.len(), 2 * CATEGORIES * DIMENSIONS);
        // Nothing is settled after five ratings.
        assert_eq!((claims.settled.len(), claims.not_settled.len()), (0, 2));
        let stars = claims.stars.iter();
        assert!(
            stars
                .flat_map(|c| [c.said, c.so])
                .all(|s| (1.0..=5.0).contains(&s))
        );
    }
}
