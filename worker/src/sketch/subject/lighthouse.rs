//! A lighthouse on a rock, with its beam.

use super::super::{
    canvas::Ink,
    math::{PI, Point, floor, smoothstep},
    oklab::Lab,
    painting::Painting,
    shape::{Pose, polygon},
    sky::star,
};

pub fn lighthouse(p: &mut Painting, pose: Pose, alpha: f32) {
    let m = p.manner;
    let stripe = p.scene.colours[0].unwrap_or(Lab::lch(0.58, 0.18, 28.0));
    let white = p
        .palette
        .light
        .mix(p.palette.cloud_shade, 0.2 + 0.4 * p.palette.night);
    let dark = p.palette.dark;
    let light = p.light_from(pose.at.0);
    let rock = [
        (-0.75, 0.14),
        (-0.5, -0.06),
        (-0.2, -0.12),
        (0.15, -0.13),
        (0.45, -0.03),
        (0.8, 0.15),
    ];
    let noise = p.noise.clone();
    let stone = dark.mix(p.palette.earth, 0.35);
    p.shape(polygon(&pose.points(&rock)), |u, v| {
        let bump = noise.ridged(u * 14.0, v * 18.0, 3) - 0.5;
        Ink::flat(stone.lighter(bump * 0.22 * m.modelling()))
            .alpha(alpha)
            .flow(0.9)
    });
    beam(p, pose.point((0.0, -1.12)), pose.size, alpha);
    let tower = [(-0.13, -0.10), (-0.085, -1.0), (0.085, -1.0), (0.13, -0.10)];
    p.shape(polygon(&pose.points(&tower)), |u, v| {
        let (x, y) = pose.local((u, v));
        let band = floor((-y - 0.1) / 0.9 * 5.0) as i32;
        let lab = if band % 2 == 0 { white } else { stripe };
        let round = smoothstep(-1.3, 1.0, x / 0.12 * light * pose.facing);
        Ink::flat(lab.mix(dark, (1.0 - round) * 0.5 * m.modelling()))
            .alpha(alpha)
            .flow(PI / 2.0)
    });
    let glow = Lab::lch(0.93, 0.12, 92.0);
    for (outline, lab) in [
        (
            [(-0.12, -1.0), (0.12, -1.0), (0.11, -1.04), (-0.11, -1.04)],
            dark,
        ),
        (
            [(-0.06, -1.04), (0.06, -1.04), (0.06, -1.18), (-0.06, -1.18)],
            glow,
        ),
        (
            [
                (-0.085, -1.18),
                (0.085, -1.18),
                (0.01, -1.30),
                (-0.01, -1.30),
            ],
            stripe.mix(dark, 0.3),
        ),
    ] {
        p.shape(polygon(&pose.points(&outline)), |_, _| {
            Ink::flat(lab).alpha(alpha)
        });
    }
}

fn beam(p: &mut Painting, at: Point, size: f32, alpha: f32) {
    let strength = alpha * smoothstep(0.1, 0.6, p.palette.night + 0.35 * p.palette.low_sun);
    let lab = Lab::lch(0.95, 0.09, 92.0);
    for side in [-1.0, 1.0] {
        let reach = side * size * 2.2;
        let outline = [
            at,
            (at.0 + reach, at.1 - size * 0.42),
            (at.0 + reach, at.1 + size * 0.05),
        ];
        p.shape(polygon(&outline), |u, _| {
            Ink::flat(lab)
                .alpha(0.5 * strength * smoothstep(1.0, 0.0, (u - at.0).abs() / (size * 2.1)))
        });
    }
    star(&mut p.canvas, at, size * 0.16, lab, strength * 0.8);
}
