//! Flowers: a meadow in bloom, or a bunch in a vase when the words ask for one.

use tiny_skia::PathBuilder;

use super::{
    canvas::Ink,
    land,
    math::{PI, Point, TAU, cos, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    rng::Rng,
    scene::Bloom,
    shape::{add_ellipse, add_ribbon, blob, circle, curve, ellipse},
    sky,
};

pub fn flowers(p: &mut Painting) {
    sky::paint(p);
    for range in land::ranges(p, false) {
        land::paint(p, &range);
    }
    let mut rng = p.rng.fork("flowers");
    let blooms = [Bloom::Daisy, Bloom::Poppy, Bloom::Tulip, Bloom::Rose];
    let first = p.scene.bloom.unwrap_or(blooms[rng.index(4)]);
    let second = blooms[rng.index(4)];
    carpet(p, &mut rng);
    for rank in 0..3 {
        let near = rank as f32 / 2.0;
        let count = 13 - rank * 3;
        land::cover::grass(p, lerp(0.72, 0.95, near));
        for i in 0..count {
            let spread = rng.range(-1.0, 1.0);
            // They crowd about the point of interest and thin out away from it.
            let u = p.layout.focus.0 + spread * spread.abs() * lerp(0.75, 0.62, near);
            let tall = lerp(0.16, 0.46, near)
                * rng.range(0.75, 1.15)
                * (0.7 + 0.3 * p.layout.scale)
                * (1.15 - 0.5 * spread.abs());
            let size =
                lerp(0.022, 0.066, near) * rng.range(0.8, 1.2) * (0.6 + 0.4 * p.layout.scale);
            let lean = rng.jitter(0.07)
                + p.layout.side * 0.13 * p.manner.dynamic
                + 0.06 * p.manner.energetic;
            let bloom = if rng.chance(0.65) { first } else { second };
            let colours = [
                p.palette.accent,
                p.palette.light.mix(p.palette.accent, 0.12),
                p.palette.second.purer(1.5),
                p.palette.accent.mix(p.palette.light, 0.4),
            ];
            let lab = colours[[0, 0, 1, 2, 3][rng.index(5)]]
                .mix(p.palette.sky_low, 0.25 * (1.0 - near))
                .lighter(rng.jitter(0.04));
            let turn = rng.range(0.0, TAU);
            let alpha = if rank == 2 && i == 0 {
                1.0
            } else {
                p.manner.keeps((i * 5 + rank) % 13, 13)
            };
            let foot = lerp(0.86, 1.08, near);
            let twins: Vec<(f32, f32)> = p.layout.twins(u).collect();
            for (x, share) in twins {
                let lean = if (x - u).abs() < 1e-6 { lean } else { -lean };
                let head = (x + lean * 1.3, foot - tall);
                stem(p, (x, foot), head, lerp(0.004, 0.010, near), alpha * share);
                flower(p, bloom, head, size, lab, turn, alpha * share);
            }
        }
    }
}

/// Far blossoms are only touches of colour.
fn carpet(p: &mut Painting, rng: &mut Rng) {
    let bounds = p.canvas.bounds();
    for colour in [
        p.palette.accent,
        p.palette.light,
        p.palette.second.purer(1.4),
    ] {
        let mut dabs = PathBuilder::new();
        for _ in 0..120 {
            let t = rng.unit();
            let v = lerp(p.layout.horizon + 0.10, 0.96, t);
            let u = rng.range(bounds.left, bounds.right);
            let size = lerp(0.003, 0.010, t) * rng.range(0.7, 1.3);
            for (x, _) in p.layout.twins(u) {
                add_ellipse(&mut dabs, (x, v), size * 1.4, size * 0.8, 0.0);
            }
        }
        let alpha = 0.85 * p.manner.detail();
        let lab = colour.mix(p.palette.mid, 0.2);
        p.shape(dabs.finish(), |_, _| Ink::flat(lab).alpha(alpha));
    }
}

fn stem(p: &mut Painting, foot: Point, head: Point, width: f32, alpha: f32) {
    let middle = (lerp(foot.0, head.0, 0.30), lerp(foot.1, head.1, 0.5));
    let mut path = PathBuilder::new();
    let line = curve(&[foot, middle, head], 12);
    add_ribbon(&mut path, &line, |t| width * (1.0 - 0.4 * t));
    for (i, side) in [(4, 1.0), (6, -1.0)] {
        let at = line[i];
        let reach = width * 5.0;
        let angle = -PI / 2.0 + side * 0.75;
        add_ellipse(
            &mut path,
            (at.0 + cos(angle) * reach, at.1 + sin(angle) * reach),
            reach,
            reach * 0.24,
            angle,
        );
    }
    let lab = p.palette.leaf.mix(p.palette.light, 0.12);
    p.shape(path.finish(), |_, _| {
        Ink::flat(lab).alpha(alpha).flow(PI / 2.0)
    });
}

fn flower(p: &mut Painting, bloom: Bloom, at: Point, size: f32, lab: Lab, turn: f32, alpha: f32) {
    let model = p.manner.modelling();
    let dark = p.palette.dark;
    let deep = lab.mix(dark, 0.22 + 0.18 * model);
    let bright = lab.mix(p.palette.light, 0.30 * model + 0.05);
    let heart = Lab::lch(0.78, 0.15, 82.0).mix(dark, 0.3 * p.palette.night);
    match bloom {
        Bloom::Daisy => {
            for (ring, tone) in [(1.0, deep), (0.92, lab), (0.86, bright)] {
                let mut petals = PathBuilder::new();
                for i in 0..13 {
                    let t = turn + i as f32 / 13.0 * TAU + ring * 4.0;
                    let reach = size * ring * 0.62;
                    let (x, y) = (cos(t) * reach, sin(t) * reach * 0.85);
                    add_ellipse(
                        &mut petals,
                        (at.0 + x, at.1 + y),
                        size * ring * 0.42,
                        size * 0.115,
                        libm::atan2f(y, x),
                    );
                }
                p.shape(petals.finish(), |u, v| {
                    Ink::flat(tone)
                        .alpha(alpha)
                        .flow(libm::atan2f(v - at.1, u - at.0))
                });
            }
            p.shape(ellipse(at, size * 0.30, size * 0.26, 0.0), |u, v| {
                let (x, y) = ((u - at.0) / size, (v - at.1) / size);
                Ink::flat(heart.mix(dark, 0.5 * smoothstep(-0.15, 0.35, y + x * 0.3))).alpha(alpha)
            });
        }
        Bloom::Poppy => {
            for (i, tone) in [deep, lab, deep.mix(lab, 0.6), bright]
                .into_iter()
                .enumerate()
            {
                let t = turn + i as f32 * 1.75;
                let c = (at.0 + cos(t) * size * 0.36, at.1 + sin(t) * size * 0.28);
                let wavy: Vec<Point> = (0..11)
                    .map(|k| {
                        let a = k as f32 / 11.0 * TAU;
                        let r = size * (0.68 + 0.09 * sin(a * 5.0 + t * 7.0));
                        (c.0 + cos(a) * r, c.1 + sin(a) * r * 0.84)
                    })
                    .collect();
                p.shape(blob(&wavy), |u, v| {
                    let d = ((u - at.0) * (u - at.0) + (v - at.1) * (v - at.1)).sqrt() / size;
                    Ink::flat(tone.mix(deep, smoothstep(0.5, 0.0, d) * 0.7))
                        .alpha(alpha)
                        .flow(libm::atan2f(v - at.1, u - at.0))
                });
            }
            p.shape(circle(at, size * 0.20), |_, _| {
                Ink::flat(dark.mix(lab, 0.12)).alpha(alpha)
            });
        }
        Bloom::Tulip => {
            for (x, tone) in [
                (0.0, deep),
                (-0.34, lab),
                (0.34, bright),
                (0.0, lab.mix(bright, 0.4)),
            ] {
                let wide = if x == 0.0 { 0.36 } else { 0.40 };
                let tip = if x == 0.0 { -1.10 } else { -0.95 };
                let petal = [
                    (x * 1.25, tip),
                    (x + wide, -0.35),
                    (x * 0.5 + wide * 0.55, 0.28),
                    (0.0, 0.42),
                    (x * 0.5 - wide * 0.55, 0.28),
                    (x - wide, -0.35),
                ];
                let points = petal.map(|(x, y)| (at.0 + x * size, at.1 + y * size));
                p.shape(blob(&points), |_, v| {
                    Ink::flat(tone.mix(deep, 0.5 * smoothstep(-0.4, 0.5, (v - at.1) / size)))
                        .alpha(alpha)
                        .flow(PI / 2.0)
                });
            }
        }
        Bloom::Rose => {
            for ring in 0..5 {
                let shrink = 1.0 - ring as f32 * 0.19;
                let petals = 6 - ring.min(3);
                for i in 0..petals {
                    let t = turn + ring as f32 * 0.9 + i as f32 / petals as f32 * TAU;
                    let reach = size * 0.46 * shrink;
                    let c = (
                        at.0 + cos(t) * reach,
                        at.1 + sin(t) * reach * 0.85 - ring as f32 * size * 0.02,
                    );
                    let tone = deep.mix(bright, 0.22 + 0.16 * ring as f32 - 0.30 * sin(t) * 0.5);
                    p.shape(
                        ellipse(c, size * 0.50 * shrink, size * 0.42 * shrink, t),
                        |u, v| {
                            let d = ((u - c.0) * (u - c.0) + (v - c.1) * (v - c.1)).sqrt()
                                / (size * 0.48 * shrink);
                            Ink::flat(tone.mix(bright, 0.45 * smoothstep(0.55, 1.0, d)))
                                .alpha(alpha)
                                .flow(t + PI / 2.0)
                        },
                    );
                }
            }
        }
    }
}
