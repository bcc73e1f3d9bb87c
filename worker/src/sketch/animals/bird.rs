//! A small bird on a branch.

use super::super::{
    canvas::Ink,
    math::lerp,
    oklab::Lab,
    painting::Painting,
    shape::{Pose, curve, polygon, ribbon},
};

use super::{Coat, eyes, mass};

pub fn bird(p: &mut Painting, pose: Pose, alpha: f32) {
    let coat = p.scene.colours[0].unwrap_or(p.palette.second.purer(1.3));
    let coat = Coat::dim(p, coat);
    let breast = Coat::dim(p, p.scene.colours[1].unwrap_or(p.palette.accent));
    let dark = p.palette.dark;
    let pose = Pose {
        at: (pose.at.0, pose.at.1 - pose.size * 0.14),
        ..pose
    };
    let branch = curve(
        &pose.points(&[(-1.1, 0.10), (-0.3, 0.0), (0.4, 0.03), (1.2, -0.10)]),
        20,
    );
    p.shape(
        ribbon(&branch, |t| pose.size * lerp(0.09, 0.035, t)),
        |_, _| Ink::flat(dark.mix(coat, 0.15)).alpha(alpha),
    );
    mass(
        p,
        pose,
        &[(-0.30, -0.20), (-0.72, 0.10), (-0.66, 0.16), (-0.24, -0.06)],
        coat.lighter(-0.08),
        0.5,
        alpha,
    );
    for x in [-0.03, 0.07] {
        let leg = [pose.point((x, -0.08)), pose.point((x + 0.02, 0.03))];
        p.shape(ribbon(&leg, |_| pose.size * 0.022), |_, _| {
            Ink::flat(dark).alpha(alpha)
        });
    }
    let body = [
        (0.16, -0.74),
        (0.32, -0.68),
        (0.37, -0.54),
        (0.34, -0.30),
        (0.18, -0.09),
        (-0.05, -0.05),
        (-0.28, -0.14),
        (-0.30, -0.26),
        (-0.12, -0.42),
        (0.02, -0.62),
    ];
    mass(p, pose, &body, coat, 0.7, alpha);
    let front = [
        (0.30, -0.56),
        (0.36, -0.48),
        (0.33, -0.28),
        (0.17, -0.10),
        (0.0, -0.07),
        (0.10, -0.30),
        (0.20, -0.50),
    ];
    mass(p, pose, &front, breast, 1.2, alpha);
    let wing = [
        (0.08, -0.44),
        (0.10, -0.28),
        (-0.10, -0.12),
        (-0.46, 0.02),
        (-0.28, -0.20),
        (-0.10, -0.42),
    ];
    mass(p, pose, &wing, coat.lighter(-0.09), 0.6, alpha);
    let beak = [
        pose.point((0.34, -0.64)),
        pose.point((0.36, -0.57)),
        pose.point((0.47, -0.595)),
    ];
    p.shape(polygon(&beak), |_, _| {
        Ink::flat(Lab::lch(0.74, 0.14, 72.0)).alpha(alpha)
    });
    eyes(p, pose, &[(0.245, -0.62)], 0.032, alpha);
}
