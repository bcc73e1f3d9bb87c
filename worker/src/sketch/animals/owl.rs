//! An owl on a branch.

use super::super::{
    canvas::Ink,
    math::lerp,
    oklab::Lab,
    painting::Painting,
    shape::{Pose, blob, curve, ellipse, ribbon},
};

use super::{Coat, eyes, mass};

pub fn owl(p: &mut Painting, pose: Pose, alpha: f32) {
    let fur = Coat::dim(p, p.scene.colours[0].unwrap_or(Lab::lch(0.52, 0.06, 60.0)));
    let pale = fur.lighter(0.26).purer(0.7);
    let dark = p.palette.dark;
    let branch = curve(
        &pose.points(&[(-0.9, 0.06), (-0.2, -0.01), (0.4, 0.02), (1.0, -0.07)]),
        20,
    );
    p.shape(
        ribbon(&branch, |t| pose.size * lerp(0.10, 0.05, t)),
        |_, _| Ink::flat(dark.mix(fur, 0.25)).alpha(alpha),
    );
    let body = [
        (0.0, -0.86),
        (0.22, -0.78),
        (0.31, -0.50),
        (0.27, -0.18),
        (0.08, 0.02),
        (0.0, 0.12),
        (-0.08, 0.02),
        (-0.27, -0.18),
        (-0.31, -0.50),
        (-0.22, -0.78),
    ];
    mass(p, pose, &body, fur, 1.5, alpha);
    let belly = [
        (0.0, -0.50),
        (0.17, -0.42),
        (0.18, -0.18),
        (0.0, 0.0),
        (-0.18, -0.18),
        (-0.17, -0.42),
    ];
    mass(p, pose, &belly, pale, 1.5, alpha);
    for row in 0..4 {
        for k in -2..=2 {
            let x = k as f32 * 0.075 + if row % 2 == 0 { 0.0 } else { 0.037 };
            let at = pose.point((x * (1.0 - row as f32 * 0.10), -0.38 + row as f32 * 0.085));
            let show = alpha * p.manner.detail();
            p.shape(
                ellipse(at, pose.size * 0.016, pose.size * 0.026, 0.0),
                |_, _| Ink::flat(fur).alpha(show),
            );
        }
    }
    for side in [-1.0, 1.0] {
        let wing = [
            (side * 0.24, -0.60),
            (side * 0.345, -0.40),
            (side * 0.29, -0.12),
            (side * 0.13, 0.07),
            (side * 0.16, -0.25),
        ];
        mass(p, pose, &wing, fur.lighter(-0.06), 1.5, alpha);
        mass(
            p,
            pose,
            &[
                (side * 0.10, -0.80),
                (side * 0.25, -0.98),
                (side * 0.23, -0.74),
            ],
            fur.lighter(-0.04),
            1.4,
            alpha,
        );
        mass(
            p,
            pose,
            &[
                (side * 0.11, -0.79),
                (side * 0.22, -0.68),
                (side * 0.12, -0.54),
                (side * 0.01, -0.60),
                (side * 0.015, -0.74),
            ],
            pale,
            0.8,
            alpha,
        );
    }
    eyes(p, pose, &[(-0.11, -0.67), (0.11, -0.67)], 0.072, alpha);
    let beak = [(-0.03, -0.62), (0.03, -0.62), (0.0, -0.53)];
    p.shape(blob(&pose.points(&beak)), |_, _| {
        Ink::flat(Lab::lch(0.72, 0.13, 70.0)).alpha(alpha)
    });
}
