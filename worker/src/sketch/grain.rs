//! The tooth of the paper: fine grain that keeps flat colours alive.

use super::painting::Painting;

pub fn apply(p: &mut Painting) {
    let strength = 0.012 + 0.010 * p.manner.muted + 0.006 * p.manner.minimalist;
    let (width, noise) = (p.canvas.width, &p.noise);
    for (i, dot) in p.canvas.dots.iter_mut().enumerate() {
        let (x, y) = ((i % width) as f32, (i / width) as f32);
        let tooth = noise.at(x * 0.83 + 0.31 * y, y * 0.91)
            + 0.5 * noise.at(x * 0.21, y * 0.23 + 0.1 * x)
            - 0.75;
        dot.lab.l += strength * tooth;
    }
}
