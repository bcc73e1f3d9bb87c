//! Abstract: long cuts and arcs divide the picture into facets; each facet gathers its colours
//! into one, folds the light along its edge, and slides a little out of register.

use super::{
    math::{Point, TAU, cos, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
};

/// One cut: a straight line, or a circle when it has a radius.
struct Cut {
    at: Point,
    normal: Point,
    radius: f32,
}

impl Cut {
    /// Signed distance.
    fn side(&self, (u, v): Point) -> f32 {
        let (x, y) = (u - self.at.0, v - self.at.1);
        if self.radius > 0.0 { (x * x + y * y).sqrt() - self.radius } else { x * self.normal.0 + y * self.normal.1 }
    }
}

#[derive(Clone, Copy, Default)]
struct Facet {
    sum: Lab,
    count: f32,
}

impl Facet {
    fn and(self, other: Self) -> Self {
        let sum = Lab { l: self.sum.l + other.sum.l, a: self.sum.a + other.sum.a, b: self.sum.b + other.sum.b };
        Self { sum, count: self.count + other.count }
    }
}

fn mean(facet: &Facet) -> Lab {
    let n = facet.count.max(1.0);
    Lab { l: facet.sum.l / n, a: facet.sum.a / n, b: facet.sum.b / n }
}

pub fn cut(p: &mut Painting) {
    let share = p.manner.abstracted;
    if share <= 0.0 {
        return;
    }
    let cuts = cuts(p);
    let before = p.canvas.dots.clone();
    let (width, height) = (p.canvas.width, p.canvas.height);
    let mut facets = vec![Facet::default(); 1 << cuts.len()];
    let mut codes = vec![0u16; before.len()];
    for y in 0..height {
        for x in 0..width {
            let place = p.canvas.place(x, y);
            let i = y * width + x;
            let code = cuts.iter().enumerate().fold(0usize, |code, (k, cut)| code | usize::from(cut.side(place) > 0.0) << k);
            codes[i] = code as u16;
            let facet = &mut facets[code];
            facet.sum.l += before[i].lab.l;
            facet.sum.a += before[i].lab.a;
            facet.sum.b += before[i].lab.b;
            facet.count += 1.0;
        }
    }
    let flatten = smoothstep(0.0, 0.9, share) * 0.74;
    let whole = mean(&facets.iter().fold(Facet::default(), |all, facet| all.and(*facet)));
    let slide = 0.050 * smoothstep(0.05, 1.0, share);
    for y in 0..height {
        for x in 0..width {
            let place = p.canvas.place(x, y);
            let i = y * width + x;
            let code = codes[i] as usize;
            let facet = facets[code];
            let mean = mean(&facet);
            // The nearest cut folds the facet; which way depends on the facet.
            let (mut near, mut fold) = (f32::MAX, 0.0);
            for (k, cut) in cuts.iter().enumerate() {
                let d = cut.side(place).abs();
                if d < near {
                    near = d;
                    fold = if (code >> k ^ code >> (k + 1) % cuts.len() ^ k) & 1 == 1 { 1.0 } else { -1.0 };
                }
            }
            let t = turn(code);
            let from = p.canvas.sample_of(&before, (place.0 + cos(t) * slide, place.1 + sin(t) * slide));
            let crease = fold * 0.10 * smoothstep(0.11, 0.0, near);
            let spread = (turn(code * 7 + 3) / TAU - 0.5) * 0.10;
            // A mean is dull: what sets this facet apart from the rest is said louder.
            let purer = whole.mix(mean, 1.55).purer(1.45).lighter(spread);
            let lab = from.lab.mix(purer, flatten).lighter(crease * smoothstep(0.0, 0.6, share));
            p.canvas.dots[i] = super::canvas::Dot { lab, flow: lerp(from.flow, t, flatten) };
        }
    }
}

/// An angle that belongs to a facet.
fn turn(code: usize) -> f32 {
    (super::rng::splitmix(code as u64) >> 40) as f32 / 16_777_216.0 * TAU
}

fn cuts(p: &Painting) -> Vec<Cut> {
    let mut rng = p.rng.fork("facets");
    let layout = &p.layout;
    let focus = (layout.focus.0, layout.horizon - 0.12);
    let lines = (0..8).map(|i| {
        let angle = i as f32 / 8.0 * TAU / 2.0 + rng.jitter(0.22) + layout.side * 0.2 * p.manner.dynamic;
        let away = rng.range(0.05, 0.34) * if i % 2 == 0 { 1.0 } else { -1.0 };
        let normal = (cos(angle), sin(angle));
        let at = (lerp(0.5, focus.0, 0.6) + normal.0 * away, lerp(0.5, focus.1, 0.6) + normal.1 * away);
        Cut { at, normal, radius: 0.0 }
    });
    let mut cuts: Vec<Cut> = lines.collect();
    for (reach, radius) in [(0.0, 0.17), (0.30, 0.30), (0.42, 0.42)] {
        let t = rng.range(0.0, TAU);
        let at = (focus.0 + cos(t) * reach, focus.1 + sin(t) * reach);
        cuts.push(Cut { at, normal: (0.0, 0.0), radius: radius * layout.scale * rng.range(0.85, 1.15) });
    }
    cuts
}
