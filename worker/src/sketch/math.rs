//! The few curves everything is shaped with, and the transcendental functions.
//!
//! Those come from the `libm` crate, never from the platform: a picture must be the same bytes on
//! every machine. Square roots and the four operations are exact everywhere.

pub use core::f32::consts::{PI, TAU};
pub use libm::{atan2f as atan2, cosf as cos, expf as exp, powf as pow, sinf as sin};

/// A point of the picture: the square in its middle is (0, 0) to (1, 1), y down.
pub type Point = (f32, f32);

/// The whole number at or below; for everything smaller than 2³¹, and much quicker than `libm`'s.
pub fn floor(x: f32) -> f32 {
    let whole = x as i32 as f32;
    if whole > x { whole - 1.0 } else { whole }
}

/// From `a` to `b`.
pub fn lerp(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

/// 0 below `low`, 1 above `high`, smooth between. The bounds may be given falling.
pub fn smoothstep(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// 1 at zero, falling to nothing by about twice the reach.
pub fn bell(x: f32, reach: f32) -> f32 {
    let t = 1.0 / (1.0 + (x / reach) * (x / reach));
    t * t
}

/// A point turned about the origin.
pub fn turn((x, y): Point, angle: f32) -> Point {
    let (s, c) = (sin(angle), cos(angle));
    (x * c - y * s, x * s + y * c)
}

/// How long a vector is.
pub fn length((x, y): Point) -> f32 {
    (x * x + y * y).sqrt()
}
