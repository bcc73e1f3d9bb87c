//! Under water: fish among weeds, or a whale, in light that falls from above.

use super::{
    canvas::Ink,
    math::{PI, Point, bell, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::Beast,
    shape::{Pose, blob, circle, curve, polygon, ribbon},
};

pub fn paint(p: &mut Painting, beast: Beast) {
    depth(p);
    weeds(p);
    let mut rng = p.rng.fork("swimmers");
    let focus = (lerp(0.5, p.layout.focus.0, 0.85), 0.50);
    if beast == Beast::Whale {
        let (x, size) = p.layout.paired(focus.0, 0.62 * p.layout.scale.min(1.2));
        let twins: Vec<(f32, f32)> = p.layout.twins(x).collect();
        for (u, share) in twins {
            // Its head is nearer to the middle of its outline than its tail.
            let facing = p.layout.facing(u, x);
            whale(
                p,
                Pose::new((u + facing * size * 0.18, focus.1), size).facing(facing),
                share,
            );
        }
    } else {
        for i in 0..6 {
            let (dx, dy, size) = (rng.jitter(0.45), rng.jitter(0.32), rng.range(0.10, 0.17));
            let alpha = p.manner.keeps(i, 6) * 0.85;
            let lab = p.palette.second.mix(p.palette.water, 0.45);
            let twins: Vec<(f32, f32)> = p.layout.twins(focus.0 + dx).collect();
            for (u, share) in twins {
                fish(
                    p,
                    Pose::new((u, focus.1 + dy), size).facing(-p.layout.side),
                    lab,
                    alpha * share,
                );
            }
        }
        let lab = p.scene.colours[0].unwrap_or(Lab::lch(0.68, 0.18, 48.0));
        let (x, size) = p.layout.paired(focus.0, 0.40 * p.layout.scale);
        let twins: Vec<(f32, f32)> = p.layout.twins(x).collect();
        for (u, share) in twins {
            let facing = p.layout.facing(u, x);
            fish(
                p,
                Pose::new((u, focus.1), size).facing(facing).turned(0.1),
                lab,
                share,
            );
        }
    }
    for i in 0..16 {
        let (at, size) = ((rng.unit(), rng.unit()), rng.range(0.004, 0.014));
        let alpha = 0.5 * p.manner.keeps(i, 16);
        let lab = p.palette.light;
        p.shape(circle(at, size), |u, v| {
            let d = ((u - at.0) * (u - at.0) + (v - at.1) * (v - at.1)).sqrt() / size;
            Ink::flat(lab).alpha(alpha * smoothstep(0.5, 0.95, d))
        });
    }
}

fn depth(p: &mut Painting) {
    let (palette, m, sun) = (p.palette, p.manner, p.layout.sun);
    let top = Lab::lch(0.80, 0.09, 205.0)
        .mix(palette.sky_low, 0.35)
        .mix(palette.dark, 0.35 * palette.night);
    let deep = Lab::lch(0.30, 0.085, 245.0)
        .mix(palette.water, 0.25)
        .mix(palette.dark, 0.4 * palette.night);
    let noise = p.noise.clone();
    let rays = 0.30
        * (0.5 + m.energetic + 0.5 * m.joyful + 0.5 * m.mysterious)
        * (1.0 - 0.7 * m.minimalist);
    p.canvas.wash(|u, v| {
        let fan = (u - sun.0) / (v + 0.45);
        let ray =
            smoothstep(0.48, 0.75, noise.fbm(fan * 9.0 + 4.0, 2.0, 2)) * smoothstep(0.95, 0.0, v);
        let glow = bell(((u - sun.0) * (u - sun.0) + v * v).sqrt(), 0.5);
        let lab = top
            .mix(deep, smoothstep(-0.1, 0.95, v))
            .mix(top.lighter(0.1), 0.5 * glow + ray * rays);
        Ink::flat(lab).flow(0.2 * sin(u * 5.0 + v * 3.0))
    });
}

fn weeds(p: &mut Painting) {
    let mut rng = p.rng.fork("weeds");
    for i in 0..13 {
        let (place, tall, sway, tone) = (
            rng.unit(),
            rng.range(0.16, 0.46),
            rng.jitter(0.06),
            rng.unit(),
        );
        let u = 0.5 - p.layout.side * (place * 1.1 - 0.52);
        let lab = Lab::lch(0.46, 0.085, 175.0)
            .mix(p.palette.leaf, 0.4)
            .mix(p.palette.water, 0.6 * tone)
            .lighter(-0.08);
        let alpha = p.manner.keeps(i, 13);
        let twins: Vec<(f32, f32)> = p.layout.twins(u).collect();
        for (u, share) in twins {
            let line: Vec<Point> = (0..5)
                .map(|k| {
                    (
                        u + sway * sin(k as f32 * 1.7 + place * 6.0),
                        1.03 - tall * k as f32 / 4.0,
                    )
                })
                .collect();
            p.shape(
                ribbon(&curve(&line, 24), |t| 0.030 * (1.0 - t * t)),
                |_, _| Ink::flat(lab).alpha(alpha * share).flow(PI / 2.0),
            );
        }
    }
}

/// One fish; `pose.size` is its length.
pub fn fish(p: &mut Painting, pose: Pose, lab: Lab, alpha: f32) {
    let deep = lab.mix(p.palette.dark, 0.30);
    let bright = lab.mix(p.palette.light, 0.45);
    let model = p.manner.modelling();
    let tail = [(-0.34, 0.0), (-0.60, -0.22), (-0.53, 0.0), (-0.60, 0.22)];
    p.shape(polygon(&pose.points(&tail)), |_, _| {
        Ink::flat(deep).alpha(alpha).flow(0.2)
    });
    for fin in [
        [(-0.16, -0.16), (0.02, -0.33), (0.16, -0.18)],
        [(-0.10, 0.15), (-0.10, 0.28), (0.08, 0.17)],
    ] {
        p.shape(polygon(&pose.points(&fin)), |_, _| {
            Ink::flat(deep).alpha(alpha)
        });
    }
    let body = [
        (0.50, 0.01),
        (0.36, -0.13),
        (0.12, -0.20),
        (-0.15, -0.14),
        (-0.40, -0.03),
        (-0.40, 0.03),
        (-0.15, 0.14),
        (0.12, 0.19),
        (0.36, 0.13),
    ];
    p.shape(blob(&pose.points(&body)), |u, v| {
        let (x, y) = pose.local((u, v));
        let lit = smoothstep(0.16, -0.18, y);
        let scale = sin(x * 60.0) * sin(y * 60.0 + x * 9.0) * 0.03 * model;
        let band =
            smoothstep(0.035, 0.02, (x - 0.20).abs()) + smoothstep(0.03, 0.015, (x + 0.08).abs());
        let tone = deep
            .mix(bright, lit * model + 0.5 * (1.0 - model))
            .lighter(scale);
        Ink::flat(tone.mix(bright.lighter(0.08), 0.75 * band.min(1.0)))
            .alpha(alpha)
            .flow(0.0)
    });
    let (dark, at) = (p.palette.dark, pose.point((0.34, -0.045)));
    p.shape(circle(at, pose.size * 0.036), |_, _| {
        Ink::flat(bright.lighter(0.1)).alpha(alpha)
    });
    p.shape(circle(at, pose.size * 0.022), |_, _| {
        Ink::flat(dark).alpha(alpha)
    });
}

fn whale(p: &mut Painting, pose: Pose, alpha: f32) {
    let lab = p.scene.colours[0]
        .unwrap_or(Lab::lch(0.42, 0.07, 250.0))
        .mix(p.palette.dark, 0.3 * p.palette.night);
    let (pale, model) = (lab.mix(p.palette.light, 0.55), p.manner.modelling());
    let tail = [
        (-0.50, -0.04),
        (-0.72, -0.30),
        (-0.92, -0.30),
        (-0.76, -0.14),
        (-0.80, 0.04),
        (-0.62, -0.02),
    ];
    p.shape(blob(&pose.points(&tail)), |_, _| {
        Ink::flat(lab.lighter(-0.05)).alpha(alpha).flow(0.4)
    });
    let body = [
        (0.56, 0.03),
        (0.50, -0.13),
        (0.26, -0.22),
        (-0.05, -0.20),
        (-0.38, -0.11),
        (-0.66, -0.10),
        (-0.66, -0.03),
        (-0.36, 0.07),
        (0.0, 0.17),
        (0.32, 0.19),
        (0.52, 0.13),
    ];
    p.shape(blob(&pose.points(&body)), |u, v| {
        let (x, y) = pose.local((u, v));
        let back = smoothstep(0.08, -0.22, y);
        let groove = 0.05 * sin(y * 190.0) * smoothstep(0.06, 0.12, y);
        let belly = smoothstep(0.045, 0.075, y - 0.12 * x * (1.0 - x)) * smoothstep(-0.35, 0.1, x);
        let tone = lab
            .lighter(0.13 * back * model)
            .mix(pale, belly)
            .lighter(groove * model * belly);
        Ink::flat(tone).alpha(alpha).flow(0.05)
    });
    let flipper = [
        (0.16, 0.10),
        (0.06, 0.33),
        (-0.08, 0.40),
        (-0.01, 0.22),
        (0.03, 0.10),
    ];
    p.shape(blob(&pose.points(&flipper)), |_, _| {
        Ink::flat(lab.lighter(-0.04)).alpha(alpha).flow(1.2)
    });
    let dark = p.palette.dark;
    p.shape(
        circle(pose.point((0.38, 0.005)), pose.size * 0.013),
        |_, _| Ink::flat(dark).alpha(alpha),
    );
}
