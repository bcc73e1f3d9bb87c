//! A castle: towers with pointed roofs.

use super::super::{
    canvas::Ink,
    math::{PI, smoothstep},
    oklab::Lab,
    painting::Painting,
    shape::{Pose, polygon},
};

pub fn castle(p: &mut Painting, pose: Pose, alpha: f32) {
    let stone = p
        .palette
        .far
        .mix(p.palette.dark, 0.45)
        .mix(p.palette.earth, 0.25);
    let roof = p.palette.accent.mix(p.palette.dark, 0.35);
    let light = p.light_from(pose.at.0);
    let model = p.manner.modelling();
    let glow = Lab::lch(0.85, 0.13, 80.0);
    let lamp = smoothstep(0.1, 0.5, p.palette.night + 0.4 * p.palette.low_sun);
    for (x, half, high, pointed) in [
        (-0.42, 0.085, 0.46, true),
        (0.40, 0.10, 0.52, true),
        (0.0, 0.36, 0.34, false),
        (-0.17, 0.095, 0.66, true),
        (0.14, 0.115, 0.84, true),
    ] {
        let wall = [
            (x - half, 0.03),
            (x - half, -high),
            (x + half, -high),
            (x + half, 0.03),
        ];
        p.shape(polygon(&pose.points(&wall)), |u, v| {
            let (lx, _) = pose.local((u, v));
            let round = smoothstep(-1.4, 1.0, (lx - x) / half * light * pose.facing);
            Ink::flat(stone.lighter(0.14 * (round - 0.6) * model))
                .alpha(alpha)
                .flow(PI / 2.0)
        });
        if pointed {
            let cap = [
                (x - half * 1.25, -high),
                (x, -high - half * 2.9),
                (x + half * 1.25, -high),
            ];
            p.shape(polygon(&pose.points(&cap)), |u, v| {
                let (lx, _) = pose.local((u, v));
                let side = smoothstep(-0.2, 0.2, (lx - x) / half * light * pose.facing);
                Ink::flat(roof.lighter(0.09 * side * model))
                    .alpha(alpha)
                    .flow(1.2)
            });
            let slit = [
                (x - 0.014, -high * 0.72),
                (x + 0.014, -high * 0.72),
                (x + 0.014, -high * 0.72 + 0.07),
                (x - 0.014, -high * 0.72 + 0.07),
            ];
            let pane = p.palette.dark.mix(glow, lamp);
            p.shape(polygon(&pose.points(&slit)), |_, _| {
                Ink::flat(pane).alpha(alpha)
            });
        }
    }
}
