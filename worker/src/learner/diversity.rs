//! Never the same picture twice: actions that are far enough from what was shown last.

use wire::{mix::Mix, taxonomy::SHARES, variety::Variety};

use super::{rng::Rng, simplex};

/// How many of the mixes shown last must not be shown again.
pub const RECENT: usize = 6;
/// How much wider each further draw is if the last was too near one of them.
const WIDEN: f64 = 1.25;
/// Draws before a near-duplicate is accepted after all; by then the scale has grown a hundredfold.
const DRAWS: usize = 20;

/// What a proposal has to keep away from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'a> {
    /// The mixes shown last, the newest last.
    pub recent: &'a [Mix],
    /// How far away.
    pub variety: Variety,
}

impl Shown<'_> {
    /// Nothing was shown yet, or it does not matter.
    pub const NOTHING: Self = Self {
        recent: &[],
        variety: Variety::Usual,
    };

    fn is_like_one_shown(self, mix: &Mix) -> bool {
        let mut newest = self.recent.iter().rev().take(RECENT);
        newest.any(|shown| shown.distance(mix) < self.variety.least_distance())
    }
}

impl<'a> From<&'a [Mix]> for Shown<'a> {
    /// With the usual distance.
    fn from(recent: &'a [Mix]) -> Self {
        Self {
            recent,
            ..Self::default()
        }
    }
}

impl<'a> From<&'a Vec<Mix>> for Shown<'a> {
    fn from(recent: &'a Vec<Mix>) -> Self {
        recent.as_slice().into()
    }
}

/// An action at this scale, or wider if need be, that is not like one of the mixes shown last; and the
/// scale that it was drawn at.
pub fn draw_anew(
    mean: &[f64; SHARES],
    mut scale: f64,
    shown: Shown<'_>,
    rng: &mut Rng,
) -> ([f64; SHARES], f64) {
    let mut action = draw(mean, scale, &rng.normals());
    for _ in 1..DRAWS {
        if !shown.is_like_one_shown(&simplex::mix(&action)) {
            break;
        }
        scale *= WIDEN;
        action = draw(mean, scale, &rng.normals());
    }
    (action, scale)
}

/// An action at this noise, in single precision: as it is stored, so that its ratio is exact.
pub fn draw(mean: &[f64; SHARES], scale: f64, noise: &[f64; SHARES]) -> [f64; SHARES] {
    std::array::from_fn(|i| f64::from((mean[i] + scale * noise[i]) as f32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::rng::Purpose;

    #[test]
    fn a_draw_keeps_away_from_what_was_shown_and_widens_until_it_does() {
        let mut rng = Rng::new(Purpose::Simulate, 9, 9);
        // Far beyond a corner, where a narrow draw is projected back onto the corner.
        let mut mean = [0.0; SHARES];
        for d in 0..4 {
            mean[5 * d] = 3.0;
        }
        let corner = Mix::pure([0; 4]);
        let (action, scale) = draw_anew(&mean, 0.12, Shown::NOTHING, &mut rng);
        assert!(simplex::mix(&action).distance(&corner) < 1e-12 && scale <= 0.12);
        for variety in Variety::ALL {
            let shown = Shown {
                recent: &[corner],
                variety,
            };
            let (action, scale) = draw_anew(&mean, 0.12, shown, &mut rng);
            let distance = simplex::mix(&action).distance(&corner);
            assert!(
                distance >= variety.least_distance() && scale > 0.12,
                "{variety:?}"
            );
        }
        // What was shown long ago may be shown again.
        let shown = [[corner].as_slice(), &[Mix::NEUTRAL; RECENT]].concat();
        let (action, _) = draw_anew(&mean, 0.12, (&shown).into(), &mut rng);
        assert!(simplex::mix(&action).distance(&corner) < 1e-12);
    }
}
