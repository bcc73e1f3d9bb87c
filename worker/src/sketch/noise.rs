//! Smooth noise: value noise on a small wrapped lattice, which is quick and has no seams in sight.

use std::rc::Rc;

use super::{math::floor, rng::Rng};

const SIDE: usize = 64;

/// A field of smooth chance over the plane.
#[derive(Clone)]
pub struct Noise(Rc<[f32]>);

impl Noise {
    /// A field of its own for each stream.
    pub fn new(mut rng: Rng) -> Self {
        Self((0..SIDE * SIDE).map(|_| rng.unit()).collect())
    }

    /// In [0, 1], one feature per unit.
    #[inline]
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (fx, fy) = (floor(x), floor(y));
        let (tx, ty) = (ease(x - fx), ease(y - fy));
        let wrap = |f: f32| (f as i32) as usize & (SIDE - 1);
        let (x0, y0) = (wrap(fx), wrap(fy) * SIDE);
        let (x1, y1) = ((x0 + 1) & (SIDE - 1), (y0 + SIDE) & (SIDE * SIDE - 1));
        let top = self.0[y0 + x0] + (self.0[y0 + x1] - self.0[y0 + x0]) * tx;
        let bottom = self.0[y1 + x0] + (self.0[y1 + x1] - self.0[y1 + x0]) * tx;
        top + (bottom - top) * ty
    }

    /// In [0, 1], mean ½: octaves of [`Self::at`], each half as strong and twice as fine.
    pub fn fbm(&self, mut x: f32, mut y: f32, octaves: u32) -> f32 {
        let (mut sum, mut weight, mut total) = (0.0, 1.0, 0.0);
        for _ in 0..octaves {
            sum += weight * self.at(x, y);
            total += weight;
            weight *= 0.5;
            // Turned and shifted each time, so that the lattice does not show.
            (x, y) = (1.6 * x - 1.2 * y + 17.3, 1.2 * x + 1.6 * y + 9.7);
        }
        sum / total
    }

    /// In [0, 1] with sharp crests, as mountains and marble have.
    pub fn ridged(&self, mut x: f32, mut y: f32, octaves: u32) -> f32 {
        let (mut sum, mut weight, mut total) = (0.0, 1.0, 0.0);
        for _ in 0..octaves {
            let crest = 1.0 - (2.0 * self.at(x, y) - 1.0).abs();
            sum += weight * crest * crest;
            total += weight;
            weight *= 0.5;
            (x, y) = (1.6 * x - 1.2 * y + 5.1, 1.2 * x + 1.6 * y + 3.9);
        }
        sum / total
    }
}

fn ease(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_stays_in_bounds_and_moves_smoothly() {
        let noise = Noise::new(Rng::new(3));
        let mut last = noise.fbm(-40.0, 3.3, 4);
        for step in 0..20_000 {
            let next = noise.fbm(-40.0 + step as f32 * 0.005, 3.3, 4);
            assert!((0.0..=1.0).contains(&next));
            assert!((next - last).abs() < 0.05, "a seam at step {step}");
            last = next;
        }
    }
}
