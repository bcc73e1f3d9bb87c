//! Trees: crowns built from dabs of leaf, dark to light, and conifers for the ridges.

use tiny_skia::PathBuilder;

use super::{
    canvas::Ink,
    math::{PI, Point, TAU, cos, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    rng::Rng,
    shape::{Profile, add_ellipse, add_ribbon, blob, curve, polygon},
};

/// A broad tree; `foot` is where it stands, `size` its height.
pub fn broad(
    p: &mut Painting,
    foot: Point,
    size: f32,
    lean: f32,
    leaf: Lab,
    alpha: f32,
    mut rng: Rng,
) {
    let m = p.manner;
    let light = p.light_from(foot.0);
    let crown = (foot.0 + lean * size * 0.22, foot.1 - size * 0.66);
    trunk(p, foot, crown, size, alpha, &mut rng);
    let lobes: Vec<(Point, f32)> = (0..8)
        .map(|i| {
            let t = (i as f32 + 0.25) / 8.0 * TAU + rng.jitter(0.3);
            let reach = rng.range(0.15, 0.22) * size;
            let at = (
                crown.0 + cos(t) * reach * 1.25,
                crown.1 + sin(t) * reach * 0.85,
            );
            (at, size * rng.range(0.13, 0.20))
        })
        .chain([
            (crown, size * 0.25),
            (
                (crown.0 + lean * size * 0.04, crown.1 - size * 0.17),
                size * 0.17,
            ),
        ])
        .collect();
    let sharp = m.modelling();
    let deep = leaf
        .lighter(-0.15 * sharp)
        .mix(p.palette.dark, 0.18 * sharp);
    let sunny = leaf.mix(p.palette.sun, 0.30).purer(1.2);
    let tones = [
        deep,
        leaf.lighter(-0.03),
        leaf.mix(sunny, 0.55 + 0.2 * m.joyful),
        sunny.lighter(0.03),
    ];
    // The mass first, then dabs that climb towards the light.
    let mut mass = PathBuilder::new();
    for (at, radius) in &lobes {
        add_ellipse(&mut mass, *at, *radius, *radius * 0.9, 0.0);
    }
    let base = tones[0].mix(leaf, 1.0 - sharp);
    p.shape(mass.finish(), |u, v| {
        Ink::flat(base).alpha(alpha).flow(u * 40.0 + v * 23.0)
    });
    for (pass, (tone, count)) in tones.into_iter().zip([170, 170, 110, 50]).enumerate() {
        let climb = pass as f32 * 0.24 - 0.1;
        let mut dabs = PathBuilder::new();
        for _ in 0..count {
            let (at, radius) = lobes[rng.index(lobes.len())];
            let (t, reach) = (
                rng.range(0.0, TAU),
                rng.unit().sqrt() * (1.12 - 0.17 * pass as f32),
            );
            let at = (
                at.0 + (cos(t) * reach + light * climb * 0.7) * radius,
                at.1 + (sin(t) * reach - climb) * radius * 0.9,
            );
            let dab = size * rng.range(0.010, 0.022);
            add_ellipse(&mut dabs, at, dab * 1.5, dab * 0.8, rng.range(0.0, PI));
        }
        let shown = alpha * sharp * (0.6 + 0.4 * m.detail());
        p.shape(dabs.finish(), |u, v| {
            Ink::flat(tone).alpha(shown).flow(u * 60.0 + v * 37.0)
        });
    }
}

fn trunk(p: &mut Painting, foot: Point, crown: Point, size: f32, alpha: f32, rng: &mut Rng) {
    let bark = p.palette.dark.mix(p.palette.earth, 0.22);
    let mut wood = PathBuilder::new();
    let bend = (foot.0 + (crown.0 - foot.0) * 0.2, foot.1 - size * 0.3);
    add_ribbon(&mut wood, &curve(&[foot, bend, crown], 12), |t| {
        size * lerp(0.075, 0.025, t.min(1.0)) * (1.0 + 0.8 * (1.0 - t) * (1.0 - t) * (1.0 - t))
    });
    for side in [-1.0, 1.0, -0.5] {
        let tip = (
            crown.0 + side * size * rng.range(0.14, 0.24),
            crown.1 + size * rng.range(-0.05, 0.10),
        );
        let elbow = (
            f32::midpoint(bend.0, tip.0),
            f32::midpoint(bend.1, tip.1) + size * 0.03,
        );
        add_ribbon(&mut wood, &curve(&[bend, elbow, tip], 8), |t| {
            size * lerp(0.032, 0.010, t)
        });
    }
    p.shape(wood.finish(), |_, _| {
        Ink::flat(bark).alpha(alpha).flow(PI / 2.0)
    });
}

/// A tall narrow tree, as cypresses and poplars are.
pub fn slender(p: &mut Painting, foot: Point, size: f32, leaf: Lab, alpha: f32) {
    let outline: [Point; 8] = [
        (0.0, -1.0),
        (0.06, -0.75),
        (0.10, -0.4),
        (0.085, -0.1),
        (0.0, 0.0),
        (-0.085, -0.1),
        (-0.10, -0.4),
        (-0.06, -0.75),
    ];
    let light = p.light_from(foot.0);
    let points = outline.map(|(x, y)| (foot.0 + x * size, foot.1 + y * size));
    let (sharp, bright, noise) = (p.manner.modelling(), p.palette.light, p.noise.clone());
    p.shape(blob(&points), |u, v| {
        let x = (u - foot.0) / (size * 0.1);
        let rough = noise.fbm(u * 60.0, v * 22.0, 2) - 0.5;
        let lit = smoothstep(-0.9, 1.0, x * light + rough * 1.6);
        Ink::flat(
            leaf.lighter(-0.08 * sharp)
                .mix(leaf.mix(bright, 0.3), lit * sharp),
        )
        .alpha(alpha)
        .flow(PI / 2.0)
    });
}

/// Conifers in a row along a ridge, in the ridge's own colour: they give a hill its scale.
pub fn ridge(
    p: &mut Painting,
    profile: &Profile,
    height: f32,
    density: f32,
    lab: Lab,
    alpha: f32,
    mut rng: Rng,
) {
    let bounds = p.canvas.bounds();
    let mut row = PathBuilder::new();
    let step = height * 0.30;
    let mirror = p.layout.mirror > 0.5;
    let count = (((bounds.right - bounds.left) / step) as usize).min(400);
    for i in 0..count {
        let (jitter, tall, luck) = (rng.jitter(0.4), rng.range(0.45, 1.0), rng.unit());
        let u = bounds.left + (i as f32 + jitter) * step;
        let seen = if mirror { 0.5 + (u - 0.5).abs() } else { u };
        // They stand in groups.
        let group = p.noise.fbm(seen * 5.0 + height * 90.0, 2.5, 2);
        if luck < 1.0 - smoothstep(1.0 - density - 0.1, 1.0 - density + 0.1, group) {
            continue;
        }
        conifer(&mut row, (u, profile.at(u) + height * 0.08), height * tall);
    }
    p.shape(row.finish(), |_, _| {
        Ink::flat(lab).alpha(alpha).flow(PI / 2.0)
    });
}

/// Adds a conifer's outline to a path that holds many.
pub fn conifer(path: &mut PathBuilder, foot: Point, size: f32) {
    let tiers = 4;
    path.move_to(foot.0, foot.1 - size);
    for side in [1.0, -1.0] {
        let order: Vec<usize> = if side > 0.0 {
            (0..tiers).collect()
        } else {
            (0..tiers).rev().collect()
        };
        for i in order {
            let t = (i + 1) as f32 / tiers as f32;
            let tip = (
                foot.0 + side * size * 0.20 * t,
                foot.1 - size * (1.0 - t * 0.94),
            );
            let notch = (
                foot.0 + side * size * 0.10 * t,
                foot.1 - size * (1.02 - t * 0.94),
            );
            let pair = if side > 0.0 {
                [tip, notch]
            } else {
                [notch, tip]
            };
            for (x, y) in pair {
                path.line_to(x, y);
            }
        }
    }
    path.close();
}

/// One large conifer with light on its boughs.
pub fn fir(p: &mut Painting, foot: Point, size: f32, leaf: Lab, alpha: f32, mut rng: Rng) {
    let light = p.light_from(foot.0);
    let sharp = p.manner.modelling();
    let stem = [
        (foot.0 - size * 0.018, foot.1),
        (foot.0, foot.1 - size),
        (foot.0 + size * 0.018, foot.1),
    ];
    let bark = p.palette.dark;
    p.shape(polygon(&stem), |_, _| {
        Ink::flat(bark).alpha(alpha).flow(PI / 2.0)
    });
    let boughs = 13;
    for i in 0..boughs {
        let t = (i as f32 + 0.6) / boughs as f32;
        let (y, reach) = (foot.1 - size * (1.0 - t * 0.90), size * (0.035 + 0.21 * t));
        for side in [-1.0, 1.0] {
            let droop = size * (0.035 + 0.03 * t) * rng.range(0.7, 1.3);
            let reach = reach * rng.range(0.8, 1.12);
            let points = [
                (foot.0 - side * size * 0.02, y - size * 0.05),
                (foot.0 + side * reach * 0.6, y - size * 0.005),
                (foot.0 + side * reach, y + droop),
                (foot.0 + side * reach * 0.5, y + droop * 0.75),
                (foot.0 - side * size * 0.02, y + droop * 0.7),
            ];
            let lit = if side * light > 0.0 { light.abs() } else { 0.0 };
            let tone = leaf
                .lighter(-0.07 * sharp * (1.0 - lit))
                .mix(p.palette.light, 0.16 * lit * sharp);
            p.shape(blob(&points), |_, v| {
                let top = smoothstep(y + droop, y - size * 0.04, v) * 0.06 * sharp;
                Ink::flat(tone.lighter(top)).alpha(alpha).flow(side * 0.5)
            });
        }
    }
}
