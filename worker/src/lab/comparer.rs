//! An artist who is now and then asked "A or B?" of the last two pictures.

use wire::{learning::Comparison, mix::Mix};

use super::artist::Artist;
use crate::learner::rng::{Purpose, Rng};

/// The comparing half of a simulated artist.
#[derive(Clone, Debug)]
pub struct Comparer {
    chance: f64,
    /// A stream of its own: the ratings are the same whether anything is compared or not.
    rng: Rng,
}

impl Comparer {
    /// Compares with this chance.
    pub fn new(chance: f64, seed: u64) -> Self {
        Self {
            chance,
            rng: Rng::new(Purpose::Simulate, seed, 2),
        }
    }

    /// Which of the two mixes is liked better for this prompt, if it is asked at all. Each is judged with
    /// the noise of a rating: nobody compares better than they see.
    pub fn compare(
        &mut self,
        artist: &Artist,
        position: usize,
        (category, prompt): (usize, &str),
        [a, b]: [&Mix; 2],
    ) -> Option<Comparison> {
        if self.chance <= 0.0 || self.rng.uniform() > self.chance {
            return None;
        }
        let mut felt = |mix: &Mix| artist.felt(position, category, mix, self.rng.normal());
        let (preferred, other) = if felt(a) >= felt(b) { (a, b) } else { (b, a) };
        Some(Comparison {
            prompt: prompt.to_owned(),
            preferred: *preferred,
            other: *other,
        })
    }
}

#[cfg(test)]
mod tests {
    use wire::taxonomy::Dimension;

    use super::*;

    #[test]
    fn the_better_of_two_is_mostly_preferred_and_nothing_is_said_without_a_chance() {
        let artist = Artist::read(include_str!("examples/interacting-1.json")).unwrap();
        // Its composition has the widest weights: -1.5 for centered, 2.56 for symmetrical.
        let [worse, better] = [0, 3].map(|value| {
            let mut five = [0.0; 5];
            five[value] = 1.0;
            Mix::NEUTRAL.with(Dimension::Composition, five).unwrap()
        });
        let asked = |comparer: &mut Comparer| {
            comparer.compare(&artist, 0, (1, "a lake"), [&worse, &better])
        };
        let mut always = Comparer::new(1.0, 3);
        let said: Vec<_> = (0..100).filter_map(|_| asked(&mut always)).collect();
        let right = said.iter().filter(|one| one.preferred == better).count();
        assert!(said.len() == 100 && right > 80, "{right} of {}", said.len());
        assert_eq!(asked(&mut Comparer::new(0.0, 3)), None);
    }
}
