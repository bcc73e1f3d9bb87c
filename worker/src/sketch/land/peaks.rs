//! Mountains: a few summits with flanks, the tallest where the picture needs it.

use super::super::{math::lerp, painting::Painting};
use super::Range;

/// One summit with its two flanks.
pub struct Peak {
    u: f32,
    tall: f32,
    left: f32,
    right: f32,
}

impl Peak {
    pub fn at(&self, u: f32) -> f32 {
        let away = if u < self.u {
            (self.u - u) / self.left
        } else {
            (u - self.u) / self.right
        };
        self.tall * (1.0 - away)
    }
}

/// The tallest across from the subject, lesser ones around it.
pub fn peaks(p: &Painting, range: &Range) -> Vec<Peak> {
    let mut rng = p
        .rng
        .fork("peaks")
        .fork(if range.near > 0.1 { "near" } else { "far" });
    let first = lerp(
        0.5 - p.layout.side * rng.range(0.06, 0.22),
        0.5,
        p.layout.mirror,
    );
    (0..6)
        .map(|i| {
            let away = if i == 0 {
                0.0
            } else {
                rng.range(0.18, 0.75) * if i % 2 == 0 { 1.0 } else { -1.0 }
            };
            let tall = if i == 0 { 1.0 } else { rng.range(0.35, 0.78) };
            let wide = tall * rng.range(0.30, 0.48);
            let skew = rng.range(0.75, 1.3);
            Peak {
                u: first + away,
                tall,
                left: wide * skew,
                right: wide / skew,
            }
        })
        .collect()
}
