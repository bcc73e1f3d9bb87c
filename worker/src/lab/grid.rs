//! Many runs at once: every artist with every learner and every seed, on all cores.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use wire::learning::LearnerKind;

use super::{
    artist::Artist,
    run::{Conditions, Row, Run},
};

/// What is run.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Every artist meets every learner.
    pub artists: Vec<Artist>,
    /// The learners, in the order of the table.
    pub learners: Vec<LearnerKind>,
    /// Ratings per run.
    pub ratings: usize,
    /// Runs per artist and learner.
    pub seeds: u64,
    /// The same for all runs.
    pub conditions: Conditions,
}

/// One finished run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Position of the learner in the grid.
    pub learner: usize,
    /// Position of the artist.
    pub artist: usize,
    /// The run's seed, from 1.
    pub seed: u64,
    /// One row per rating.
    pub rows: Vec<Row>,
    /// Regret before each rating and after the last: one number more than there are ratings.
    pub regrets: Vec<f64>,
}

impl Grid {
    /// How many runs there are.
    pub fn len(&self) -> usize {
        self.artists.len() * self.learners.len() * self.seeds as usize
    }

    /// Whether there is nothing to run.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Runs everything; `done` is told after each run. The outcomes come in the grid's order,
    /// whichever core was quicker.
    pub fn run(&self, done: impl Fn() + Sync) -> Vec<Outcome> {
        let next = AtomicUsize::new(0);
        let outcomes = Mutex::new(Vec::with_capacity(self.len()));
        let cores = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for _ in 0..cores.min(self.len()) {
                scope.spawn(|| {
                    loop {
                        let place = next.fetch_add(1, Ordering::Relaxed);
                        if place >= self.len() {
                            break;
                        }
                        let outcome = self.run_one(place);
                        let mut outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
                        outcomes.push((place, outcome));
                        done();
                    }
                });
            }
        });
        let mut outcomes = outcomes
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        outcomes.sort_by_key(|(place, _)| *place);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    fn run_one(&self, place: usize) -> Outcome {
        let seed = place as u64 % self.seeds + 1;
        let place = place / self.seeds as usize;
        let (artist, learner) = (place % self.artists.len(), place / self.artists.len());
        let kind = self.learners[learner];
        let mut run = Run::new(&self.artists[artist], kind, seed, &self.conditions);
        let rows: Vec<Row> = run.by_ref().take(self.ratings).collect();
        let mut regrets: Vec<f64> = rows.iter().map(|row| row.regret).collect();
        regrets.push(run.regret());
        Outcome {
            learner,
            artist,
            seed,
            rows,
            regrets,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_artist_meets_every_learner_with_every_seed_in_order() {
        let artist = Artist::read(include_str!("examples/interacting-1.json")).unwrap();
        let grid = Grid {
            artists: vec![artist.clone(), artist],
            learners: vec![LearnerKind::Random, LearnerKind::HillClimb],
            ratings: 3,
            seeds: 2,
            conditions: Conditions::default(),
        };
        let told = AtomicUsize::new(0);
        let outcomes = grid.run(|| {
            told.fetch_add(1, Ordering::Relaxed);
        });
        assert_eq!((outcomes.len(), told.into_inner()), (8, 8));
        let order: Vec<_> = outcomes
            .iter()
            .map(|o| (o.learner, o.artist, o.seed))
            .collect();
        assert!(order.is_sorted());
        assert!(
            outcomes
                .iter()
                .all(|o| o.rows.len() == 3 && o.regrets.len() == 4)
        );
    }
}
