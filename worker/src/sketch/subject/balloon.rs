//! A hot-air balloon.

use super::super::{
    canvas::Ink,
    math::{PI, Point, TAU, cos, floor, sin, smoothstep},
    painting::Painting,
    shape::{Pose, blob, polygon, ribbon},
};

/// A hot-air balloon, well above where it would land.
pub fn balloon(p: &mut Painting, pose: Pose, alpha: f32) {
    let pose = Pose {
        at: (pose.at.0, pose.at.1 - pose.size * 0.55),
        size: pose.size * 0.5,
        ..pose
    };
    let (a, b) = (
        p.palette.accent,
        p.palette.light.mix(p.palette.second, 0.25),
    );
    let (dark, model) = (p.palette.dark, p.manner.modelling());
    let light = p.light_from(pose.at.0);
    let outline: Vec<Point> = (0..18)
        .map(|i| {
            let t = i as f32 / 18.0 * TAU - PI / 2.0;
            let (x, y) = (cos(t) * 0.46, sin(t) * 0.52);
            let waist = 1.0 - 0.55 * smoothstep(0.1, 0.55, y);
            (x * waist, y - 0.55 + 0.12 * smoothstep(0.2, 0.5, y))
        })
        .collect();
    for x in [-0.09, 0.09] {
        let rope = [pose.point((x * 1.2, 0.05)), pose.point((x, 0.28))];
        p.shape(ribbon(&rope, |_| pose.size * 0.012), |_, _| {
            Ink::flat(dark).alpha(alpha)
        });
    }
    p.shape(blob(&pose.points(&outline)), |u, v| {
        let (x, y) = pose.local((u, v));
        let bulge = (0.2116 - 0.16 * (y + 0.55) * (y + 0.55)).max(0.02).sqrt()
            * (1.0 - 0.55 * smoothstep(0.1, 0.55, y + 0.55));
        let around = libm::asinf((x / bulge).clamp(-1.0, 1.0));
        let gore = floor(around / PI * 7.0 + 40.5) as i32;
        let lab = if gore % 2 == 0 { a } else { b };
        let round = smoothstep(
            -1.2,
            1.0,
            x / bulge * light * pose.facing - 0.5 * (y + 0.55),
        );
        Ink::flat(lab.mix(dark, (1.0 - round) * 0.42 * model))
            .alpha(alpha)
            .flow(PI / 2.0 - around * 0.5)
    });
    let basket = [(-0.10, 0.26), (0.10, 0.26), (0.08, 0.40), (-0.08, 0.40)];
    let wicker = p.palette.earth.mix(dark, 0.45);
    p.shape(polygon(&pose.points(&basket)), |_, _| {
        Ink::flat(wicker).alpha(alpha)
    });
}
