//! Where things stand: the composition dimension as a few numbers.

use super::{
    manner::Manner,
    math::{Point, smoothstep},
    palette::Palette,
    rng::Rng,
};

#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The point of interest, where the subject stands.
    pub focus: Point,
    /// Height of the horizon.
    pub horizon: f32,
    /// How large the subject is; 1 is middling.
    pub scale: f32,
    /// Which side the subject leans to, −1 or 1.
    pub side: f32,
    /// How far the ground rises towards the subject's side.
    pub slope: f32,
    /// Turn of the whole view, in radians.
    pub tilt: f32,
    /// How far left and right are each other's mirror image.
    pub mirror: f32,
    /// Where the sun or the moon stands.
    pub sun: Point,
}

impl Layout {
    pub fn new(manner: &Manner, palette: &Palette, mut rng: Rng) -> Self {
        let m = manner;
        let side = rng.sign();
        let sway = rng.jitter(0.03) * (1.0 - m.centered - m.symmetrical);
        let off = 0.175 * m.thirds + 0.34 * m.asymmetric + 0.20 * m.dynamic;
        let focus_x = 0.5 + side * (off + sway);
        let horizon = 0.60 * m.centered
            + 0.665 * m.thirds
            + 0.74 * m.asymmetric
            + 0.56 * m.symmetrical
            + 0.60 * m.dynamic
            + rng.jitter(0.02)
            + 0.07 * m.minimalist;
        let scale = 1.45 * m.centered
            + 1.0 * m.thirds
            + 0.92 * m.asymmetric
            + 1.08 * m.symmetrical
            + 1.15 * m.dynamic;
        // The sun balances the subject from the other side, or stands right behind it.
        let sun_x = 0.5
            - side * (0.9 * off + rng.range(0.02, 0.10) * (m.thirds + m.asymmetric + m.dynamic));
        let high = rng.range(0.14, 0.24);
        let low = horizon - rng.range(0.05, 0.13);
        let sun_y = high + (low - high) * palette.low_sun;
        Self {
            focus: (focus_x, horizon + 0.05),
            horizon,
            scale: scale * (1.0 - 0.42 * m.minimalist),
            side,
            slope: 0.30 * m.asymmetric + 0.16 * m.dynamic,
            tilt: -side * 0.20 * m.dynamic,
            mirror: m.symmetrical,
            sun: (sun_x, sun_y),
        }
    }

    /// How far the ground is lifted at a place; up is negative.
    pub fn lift(&self, u: f32) -> f32 {
        -self.slope * self.side * (u - 0.5) * 0.55
    }

    /// A height line made as symmetrical as the composition wants.
    pub fn mirrored(&self, height: impl Fn(f32) -> f32) -> impl Fn(f32) -> f32 {
        let mirror = self.mirror;
        move |u| {
            let twin = 0.5 + (u - 0.5).abs();
            if mirror > 0.0 {
                height(u) + (height(twin) - height(u)) * mirror
            } else {
                height(u)
            }
        }
    }

    /// Where one of a pair stands, and how large, as far as the composition is symmetrical.
    pub fn paired(&self, u: f32, size: f32) -> (f32, f32) {
        let apart = 0.5 + self.side * 0.21;
        (
            u + (apart - u) * self.mirror,
            size * (1.0 - 0.25 * self.mirror),
        )
    }

    /// Things face the picture's middle; a twin at `u` faces against its original.
    pub fn facing(&self, u: f32, original: f32) -> f32 {
        if (u - original).abs() < 1e-6 {
            -self.side
        } else {
            self.side
        }
    }

    /// The places a thing stands at, with how much of it is there: itself, and its mirror image
    /// as far as the composition is symmetrical.
    pub fn twins(&self, u: f32) -> impl Iterator<Item = (f32, f32)> {
        let shown = smoothstep(0.22, 0.72, self.mirror) * smoothstep(0.01, 0.06, (u - 0.5).abs());
        let twin = (shown > 0.0).then_some((1.0 - u, shown));
        [Some((u, 1.0)), twin].into_iter().flatten()
    }
}
