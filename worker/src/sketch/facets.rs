//! Abstract: long cuts and arcs divide the picture into facets; each facet gathers its colours
//! into one, folds the light along its edges, and slides a little out of register.

use super::{
    canvas::{Canvas, Dot},
    math::{Point, TAU, cos, length, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    rng::splitmix,
};

pub fn cut(p: &mut Painting) {
    let share = p.manner.abstracted;
    if share <= 0.0 {
        return;
    }
    let cuts = cuts(p);
    let before = p.canvas.dots.clone();
    let facets = facets(&cuts, &p.canvas, share);
    let flatten = smoothstep(0.0, 0.9, share) * 0.74;
    let crease = 0.10 * smoothstep(0.0, 0.6, share);
    let mut sides = [0.0; CUTS];
    for y in 0..p.canvas.height {
        for x in 0..p.canvas.width {
            let place = p.canvas.place(x, y);
            for (side, cut) in sides.iter_mut().zip(&cuts) {
                *side = cut.side(place);
            }
            let code = code(&sides);
            let (nearest, away) = nearest(&sides);
            let seen = |code: usize| {
                let facet = &facets[code];
                let from = p
                    .canvas
                    .sample_of(&before, (place.0 + facet.slide.0, place.1 + facet.slide.1));
                // Along each cut a fold, bright on one side and dark on the other.
                let fold: f32 = sides
                    .iter()
                    .enumerate()
                    .map(|(k, d)| {
                        let side = if ((code >> k) ^ facet.salt) & 1 == 1 {
                            1.0
                        } else {
                            -1.0
                        };
                        side * smoothstep(0.11, 0.0, d.abs())
                    })
                    .sum();
                let lab = from
                    .lab
                    .mix(facet.colour, flatten)
                    .lighter(crease * fold.clamp(-1.4, 1.4));
                Dot {
                    lab,
                    flow: lerp(from.flow, facet.flow, flatten),
                }
            };
            let mut dot = seen(code);
            // Within a pixel of the edge both sides show, or edges would be jagged.
            let cover = 0.5 - away * p.canvas.unit;
            let other = code ^ (1 << nearest);
            if cover > 0.0 && facets[other].count > 0.0 {
                dot.lab = dot.lab.mix(seen(other).lab, cover);
            }
            p.canvas.dots[y * p.canvas.width + x] = dot;
        }
    }
}

const LINES: usize = 8;
const CIRCLES: [(f32, f32); 3] = [(0.0, 0.17), (0.30, 0.30), (0.42, 0.42)];
const CUTS: usize = LINES + CIRCLES.len();

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
        if self.radius > 0.0 {
            length((x, y)) - self.radius
        } else {
            x * self.normal.0 + y * self.normal.1
        }
    }
}

/// Which side of each cut a place is on, a bit per cut: the name of its facet.
fn code(sides: &[f32]) -> usize {
    sides
        .iter()
        .enumerate()
        .fold(0, |code, (k, side)| code | (usize::from(*side > 0.0) << k))
}

fn nearest(sides: &[f32]) -> (usize, f32) {
    let distances = sides.iter().map(|side| side.abs()).enumerate();
    distances.fold(
        (0, f32::MAX),
        |best, next| if next.1 < best.1 { next } else { best },
    )
}

fn cuts(p: &Painting) -> Vec<Cut> {
    let mut rng = p.rng.fork("facets");
    let layout = &p.layout;
    let focus = (layout.focus.0, layout.horizon - 0.12);
    let mut cuts = Vec::with_capacity(CUTS);
    for i in 0..LINES {
        let even = i as f32 / LINES as f32 * TAU / 2.0;
        let angle = even + rng.jitter(0.22) + layout.side * 0.2 * p.manner.dynamic;
        let away = rng.range(0.05, 0.34) * if i % 2 == 0 { 1.0 } else { -1.0 };
        let normal = (cos(angle), sin(angle));
        let at = (
            lerp(0.5, focus.0, 0.6) + normal.0 * away,
            lerp(0.5, focus.1, 0.6) + normal.1 * away,
        );
        cuts.push(Cut {
            at,
            normal,
            radius: 0.0,
        });
    }
    for (reach, radius) in CIRCLES {
        let t = rng.range(0.0, TAU);
        let at = (focus.0 + cos(t) * reach, focus.1 + sin(t) * reach);
        let radius = radius * layout.scale * rng.range(0.85, 1.15);
        cuts.push(Cut {
            at,
            normal: (0.0, 0.0),
            radius,
        });
    }
    cuts
}

/// What all places of one facet share.
#[derive(Clone, Copy, Default)]
struct Facet {
    count: f32,
    /// The sum of what lies in it, then what it shows.
    colour: Lab,
    slide: Point,
    flow: f32,
    salt: usize,
}

fn facets(cuts: &[Cut], canvas: &Canvas, share: f32) -> Vec<Facet> {
    let mut facets = vec![Facet::default(); 1 << cuts.len()];
    let mut all = Lab::default();
    let mut sides = [0.0; CUTS];
    for y in 0..canvas.height {
        for x in 0..canvas.width {
            let lab = canvas.dots[y * canvas.width + x].lab;
            let place = canvas.place(x, y);
            for (side, cut) in sides.iter_mut().zip(cuts) {
                *side = cut.side(place);
            }
            let facet = &mut facets[code(&sides)];
            facet.colour = facet.colour.plus(lab, 1.0);
            facet.count += 1.0;
        }
    }
    let total = canvas.dots.len() as f32;
    for facet in &facets {
        all = all.plus(facet.colour, 1.0 / total);
    }
    let slide = 0.050 * smoothstep(0.05, 1.0, share);
    for (code, facet) in facets.iter_mut().enumerate() {
        let chance = splitmix(code as u64);
        let unit = |shift: u32| ((chance >> shift) & 0xffff) as f32 / 65_536.0;
        let angle = unit(0) * TAU;
        let mean = Lab::default().plus(facet.colour, 1.0 / facet.count.max(1.0));
        // A mean is dull: what sets this facet apart from the rest is said louder.
        facet.colour = all
            .mix(mean, 1.55)
            .purer(1.45)
            .lighter((unit(16) - 0.5) * 0.10);
        facet.slide = (cos(angle) * slide, sin(angle) * slide);
        facet.flow = angle;
        facet.salt = ((chance >> 40) & 1) as usize;
    }
    facets
}
