//! A table, a vase and fruit in the light of a window.

use super::{
    canvas::Ink,
    math::{PI, Point, TAU, bell, cos, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    portrait::backdrop::sprig,
    rng::Rng,
    shape::{Pose, blob, ellipse, polygon},
};

pub fn still_life(p: &mut Painting) {
    let mut rng = p.rng.fork("still life");
    let edge = lerp(0.62, p.layout.horizon, 0.4);
    wall(p);
    table(p, edge);
    let focus = lerp(0.5, p.layout.focus.0, 0.8);
    let side = p.layout.side;
    let scale = 0.62 + 0.38 * p.layout.scale;
    let foot = edge + 0.13;
    let twins: Vec<(f32, f32)> = p.layout.twins(focus - side * 0.27).collect();
    for (u, share) in twins {
        bottle(
            p,
            Pose::new((u, edge + 0.08), 0.40 * scale),
            share * p.manner.keeps(1, 4),
        );
    }
    vase(p, Pose::new((focus, foot), 0.46 * scale), &mut rng);
    let count = 3 + rng.index(4);
    let mut fruits: Vec<(Point, f32, usize)> = (0..count)
        .map(|i| {
            let spread = (i as f32 + 0.5) / count as f32 - 0.5;
            let u = focus - side * 0.08 + spread * 0.62 + rng.jitter(0.03);
            (
                (u, foot + rng.range(0.02, 0.16)),
                rng.range(0.055, 0.078) * scale,
                rng.index(4),
            )
        })
        .collect();
    fruits.sort_by(|a, b| a.0.1.total_cmp(&b.0.1));
    for (i, (at, size, sort)) in fruits.into_iter().enumerate() {
        let alpha = if i == count - 1 {
            1.0
        } else {
            p.manner.keeps(i, count)
        };
        let twins: Vec<(f32, f32)> = p.layout.twins(at.0).collect();
        for (u, share) in twins {
            fruit(p, (u, at.1), size, sort, alpha * share);
        }
    }
}

fn wall(p: &mut Painting) {
    let (palette, layout, m) = (p.palette, p.layout, p.manner);
    let wall = palette
        .second
        .mix(palette.sky_low, 0.45)
        .mix(palette.dark, 0.22 * palette.night);
    let noise = p.noise.clone();
    let pane_light = palette.light.mix(palette.sun, 0.4);
    let lean = layout.side * 0.35;
    let beam =
        (0.55 + 0.25 * m.joyful + 0.3 * m.energetic - 0.3 * m.melancholic - 0.2 * m.mysterious)
            .max(0.1)
            * (1.0 - 0.6 * m.minimalist);
    p.canvas.wash(|u, v| {
        let plaster = (noise.fbm(u * 5.0, v * 5.0, 5) - 0.5) * 0.10 * m.modelling();
        let fall = smoothstep(0.9, -0.1, (u - 0.5) * -layout.side + 0.5);
        let mut lab = wall
            .mix(palette.dark, 0.26 * fall * (0.4 + 0.6 * m.modelling()))
            .lighter(plaster);
        // The window's light on the wall: two columns of panes, slanted.
        let x = (u - 0.5 + layout.side * 0.14 + (v - 0.3) * lean) / 0.17;
        let y = (v - 0.06) / 0.20;
        let inside = |t: f32| smoothstep(0.04, 0.10, t) * smoothstep(0.96, 0.90, t);
        let pane = inside(x.rem_euclid(1.0)) * inside(y.rem_euclid(1.0));
        if (-1.0..1.0).contains(&x) && (0.0..2.0).contains(&y) {
            lab = lab.mix(pane_light, pane * beam * 0.62);
        }
        Ink::flat(lab).flow(0.9 + 0.5 * sin(u * 4.0))
    });
}

fn table(p: &mut Painting, edge: f32) {
    let bounds = p.canvas.bounds();
    let (palette, m) = (p.palette, p.manner);
    let cloth = palette
        .light
        .mix(palette.second, 0.12)
        .mix(palette.dark, 0.25 * palette.night)
        .lighter(-0.05);
    let wood = Lab::lch(0.46, 0.075, 55.0).mix(palette.dark, 0.3 * palette.night);
    let noise = p.noise.clone();
    let sun = p.layout.sun.0;
    let top = [
        (bounds.left, edge),
        (bounds.right, edge),
        (bounds.right, bounds.bottom),
        (bounds.left, bounds.bottom),
    ];
    p.shape(polygon(&top), |u, v| {
        let board = noise.fbm(u * 2.2, v * 34.0, 4) - 0.5;
        let light = bell(u - sun, 0.9) * 0.12;
        Ink::flat(wood.lighter(board * 0.16 * m.modelling() + light - 0.04))
    });
    let side = p.layout.side * (1.0 - p.layout.mirror);
    let drape: Vec<Point> = vec![
        (0.5 + side * 0.02 - 0.46, edge + 0.04),
        (0.5 + side * 0.10 + 0.42, edge + 0.03),
        (0.5 + side * 0.10 + 0.52, edge + 0.24),
        (0.5 + side * 0.15 + 0.38, 1.3),
        (0.5 - side * 0.08 - 0.30, 1.3),
        (0.5 - side * 0.02 - 0.50, edge + 0.22),
    ];
    p.shape(polygon(&drape), |u, v| {
        let hang = smoothstep(edge + 0.18, edge + 0.32, v);
        let fold = sin(u * 24.0 + noise.fbm(u * 4.0, v * 3.0, 2) * 7.0) * hang
            + (noise.fbm(u * 7.0 + v * 4.0, v * 8.0, 3) - 0.5) * 1.2;
        Ink::flat(
            cloth
                .mix(
                    palette.cloud_shade,
                    (0.30 - 0.28 * fold).clamp(0.0, 0.7) * m.modelling(),
                )
                .lighter(-0.05 * hang),
        )
        .flow(lerp(0.1, 1.5, hang))
    });
}

/// What lies on the table throws its shadow away from the light.
fn shadow(p: &mut Painting, foot: Point, size: f32, alpha: f32) {
    let away = -p.light_from(foot.0);
    let dark = p.palette.dark;
    let centre = (foot.0 + away * size * 0.65, foot.1 + size * 0.03);
    let (rx, ry) = (size * 1.25, size * 0.34);
    p.shape(ellipse(centre, rx, ry, 0.0), |u, v| {
        let (x, y) = ((u - centre.0) / rx, (v - centre.1) / ry);
        Ink::flat(dark).alpha(alpha * 0.55 * smoothstep(1.0, 0.25, x * x + y * y))
    });
}

fn fruit(p: &mut Painting, foot: Point, size: f32, sort: usize, alpha: f32) {
    shadow(p, foot, size, alpha);
    let named = p.scene.colours[0];
    let (lab, tall, wide) = match sort {
        0 => (named.unwrap_or(Lab::lch(0.56, 0.18, 28.0)), 0.94, 1.03),
        1 => (Lab::lch(0.74, 0.155, 60.0), 1.0, 1.0),
        2 => (Lab::lch(0.84, 0.15, 98.0), 0.84, 1.15),
        _ => (Lab::lch(0.72, 0.13, 118.0), 1.30, 0.94),
    };
    let lab = lab.mix(p.palette.dark, 0.35 * p.palette.night);
    let centre = (foot.0, foot.1 - size * tall * 0.92);
    let outline: Vec<Point> = (0..16)
        .map(|i| {
            let t = i as f32 / 16.0 * TAU;
            let (x, y) = (cos(t), sin(t));
            let pear = if sort == 3 {
                1.0 - 0.42 * smoothstep(0.1, -1.0, y)
            } else {
                1.0
            };
            let dent = if sort == 0 {
                0.10 * bell(x, 0.25) * smoothstep(0.0, -1.0, y)
            } else {
                0.0
            };
            (
                centre.0 + x * size * wide * pear,
                centre.1 + (y + dent) * size * tall,
            )
        })
        .collect();
    let view = Lit::new(p);
    let noise = p.noise.clone();
    p.shape(blob(&outline), |u, v| {
        let (x, y) = (
            (u - centre.0) / (size * wide),
            (v - centre.1) / (size * tall),
        );
        let lit = view.round(x, y, foot.0);
        let blush = noise.fbm(u * 22.0, v * 10.0, 3) - 0.5;
        view.tones(lab.lighter(blush * 0.08), lit, alpha)
            .flow(PI / 2.0 - x * 1.2)
    });
    let stem = [
        (centre.0, centre.1 - size * tall * 0.86),
        (centre.0 + size * 0.14, centre.1 - size * tall * 1.2),
    ];
    let wood = p.palette.dark;
    p.shape(super::shape::ribbon(&stem, |_| size * 0.09), |_, _| {
        Ink::flat(wood).alpha(alpha * if sort == 2 { 0.0 } else { 1.0 })
    });
}

/// The light of this picture, copied out so that inks may use it while the canvas is painted.
#[derive(Clone, Copy)]
pub struct Lit {
    sun: f32,
    model: f32,
    dark: Lab,
    light: Lab,
}

impl Lit {
    pub fn new(p: &Painting) -> Self {
        Self {
            sun: p.layout.sun.0,
            model: p.manner.modelling(),
            dark: p.palette.dark,
            light: p.palette.light,
        }
    }

    /// How lit a ball is at a place of its face, both coordinates in −1 to 1.
    pub fn round(&self, x: f32, y: f32, at: f32) -> f32 {
        let from = ((self.sun - at) * 5.0).clamp(-1.0, 1.0);
        let z = (1.0 - x * x - y * y).max(0.0).sqrt();
        (0.55 * x * from - 0.52 * y + 0.65 * z).clamp(0.0, 1.0)
    }

    /// A colour in shade, in light and in its highlight.
    pub fn tones(&self, lab: Lab, lit: f32, alpha: f32) -> Ink {
        let deep = lab
            .mix(self.dark, 0.55)
            .mix(Lab::lch(lab.l * 0.5, 0.06, 300.0), 0.15);
        let body = deep
            .mix(lab, smoothstep(0.05, 0.5, lit))
            .mix(lab.mix(self.light, 0.42), smoothstep(0.62, 0.98, lit) * 0.8);
        Ink::flat(lab.mix(body, self.model)).alpha(alpha)
    }
}

/// A turned vessel from its half outline, top to bottom.
pub fn vessel(p: &mut Painting, pose: Pose, half: &[Point], lab: Lab, alpha: f32) {
    let mut outline: Vec<Point> = half.to_vec();
    outline.extend(half.iter().rev().map(|&(x, y)| (-x, y)));
    let view = Lit::new(p);
    let half = half.to_vec();
    p.shape(polygon(&pose.points(&outline)), |u, v| {
        let (x, y) = pose.local((u, v));
        let next = half
            .iter()
            .position(|point| point.1 > y)
            .unwrap_or(half.len() - 1)
            .max(1);
        let (a, b) = (half[next - 1], half[next]);
        let width = lerp(
            a.0,
            b.0,
            ((y - a.1) / (b.1 - a.1).max(1e-4)).clamp(0.0, 1.0),
        )
        .max(0.02);
        let lit = view.round((x / width).clamp(-1.0, 1.0) * 0.96, 0.25, pose.at.0);
        view.tones(lab, lit, alpha).flow(PI / 2.0)
    });
}

fn vase(p: &mut Painting, pose: Pose, rng: &mut Rng) {
    let lab = p.scene.colours[1]
        .unwrap_or(p.palette.accent)
        .mix(p.palette.dark, 0.2 * p.palette.night);
    shadow(p, pose.at, pose.size * 0.30, 1.0);
    let mouth = pose.point((0.0, -0.62));
    let leaf = p.palette.leaf.mix(p.palette.mid, 0.25);
    for i in 0..7 {
        let (lean, tall) = (rng.jitter(0.75), rng.range(0.55, 0.95) * pose.size);
        let alpha = if i == 0 { 1.0 } else { p.manner.keeps(i, 7) };
        sprig(p, mouth, lean, tall, leaf.lighter(rng.jitter(0.07)), alpha);
    }
    let half = curve_half(&[
        (0.12, -0.66),
        (0.09, -0.58),
        (0.11, -0.50),
        (0.24, -0.34),
        (0.27, -0.20),
        (0.20, -0.06),
        (0.14, 0.0),
        (0.13, 0.02),
    ]);
    vessel(p, pose, &half, lab, 1.0);
}

fn bottle(p: &mut Painting, pose: Pose, alpha: f32) {
    let lab = p.palette.leaf.mix(p.palette.dark, 0.35);
    shadow(p, pose.at, pose.size * 0.18, alpha);
    let half = curve_half(&[
        (0.055, -0.98),
        (0.055, -0.92),
        (0.042, -0.88),
        (0.048, -0.66),
        (0.13, -0.52),
        (0.145, -0.40),
        (0.145, -0.05),
        (0.13, 0.01),
    ]);
    vessel(p, pose, &half, lab, alpha);
}

fn curve_half(points: &[Point]) -> Vec<Point> {
    super::shape::curve(points, 28)
}
