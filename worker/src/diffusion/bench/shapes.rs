//! What is measured.

use std::fmt;

/// One forward of the denoiser, or whole pictures from noise to pixels.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Pixels across.
    pub width: i64,
    /// Pixels down.
    pub height: i64,
    /// Painted together, each guided, which makes two rows.
    pub pictures: i64,
    /// 0 for one forward.
    pub steps: usize,
    /// Measurements per round.
    pub repeats: usize,
    /// Arithmetic, where it was counted.
    pub tflop: Option<f64>,
}

impl Shape {
    /// Rows that the denoiser sees.
    pub const fn rows(self) -> i64 {
        2 * self.pictures
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            width,
            height,
            pictures,
            steps,
            ..
        } = self;
        if *steps == 0 {
            write!(f, "denoiser, {width}x{height}, batch {}", self.rows())
        } else {
            write!(f, "{pictures} pictures, {width}x{height}, {steps} steps")
        }
    }
}

/// For a checkpoint that fits anywhere.
pub fn tiny() -> Vec<Shape> {
    let shape = |side, steps, repeats| Shape {
        width: side,
        height: side,
        pictures: 1,
        steps,
        repeats,
        tflop: None,
    };
    vec![shape(64, 0, 10), shape(128, 0, 5), shape(64, 4, 2)]
}

/// For the full shape: squares of these sides, so many pictures at once.
pub fn full(sides: &[u16], pictures: &[u8]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for &side in sides {
        for &pictures in pictures {
            for steps in [0, 25] {
                shapes.push(Shape {
                    width: side.into(),
                    height: side.into(),
                    pictures: pictures.into(),
                    steps,
                    repeats: if steps == 0 { 5 } else { 1 },
                    tflop: tflop(side, pictures, steps),
                });
            }
        }
    }
    shapes
}

/// Arithmetic per row and per decode, as counted on the reference; see `docs/performance.md`.
fn tflop(side: u16, pictures: u8, steps: usize) -> Option<f64> {
    let (row, decode) = match side {
        512 => (0.980, 2.51),
        1024 => (4.208, 10.47),
        _ => return None,
    };
    let rows = 2.0 * steps.max(1) as f64;
    let decodes = if steps == 0 { 0.0 } else { decode };
    Some(f64::from(pictures) * rows.mul_add(row, decodes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_25_steps_takes_221_tflop() {
        let full = full(&[512, 1024], &[1, 4]);
        let found = full
            .iter()
            .find(|shape| (shape.width, shape.pictures, shape.steps) == (1024, 1, 25));
        let tflop = found.and_then(|shape| shape.tflop).unwrap();
        assert!((tflop - 220.9).abs() < 0.1, "{tflop}");
    }
}
