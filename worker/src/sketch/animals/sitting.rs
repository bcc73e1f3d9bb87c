//! Cats and foxes sit alike and differ in tail, snout and ears.

use super::super::{
    canvas::Ink,
    math::{PI, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    shape::{Pose, blob, curve, ribbon},
};

use super::{Coat, eyes, mass};

pub fn sitting(p: &mut Painting, pose: Pose, alpha: f32, coat: Coat) {
    let Coat {
        fur,
        pale,
        tail,
        snout,
        ear,
    } = coat;
    let dark = p.palette.dark;
    let line = curve(
        &pose.points(&[
            (-0.22, -0.08),
            (-0.50, -0.05),
            (-0.60, -0.26),
            (-0.48, -0.46),
        ]),
        20,
    );
    p.shape(
        ribbon(&line, |t| {
            pose.size * 0.085 * lerp(1.0, tail, sin(t * PI * 0.85)) * (1.0 - 0.5 * t * t)
        }),
        |u, v| {
            let (x, y) = pose.local((u, v));
            let tip = smoothstep(-0.30, -0.44, y - x * 0.1) * snout;
            Ink::flat(fur.lighter(-0.05).mix(pale, tip))
                .alpha(alpha)
                .flow(1.2)
        },
    );
    let body = [
        (0.02, -0.66),
        (0.17, -0.52),
        (0.20, -0.30),
        (0.18, 0.0),
        (-0.05, 0.02),
        (-0.30, 0.0),
        (-0.37, -0.14),
        (-0.31, -0.34),
        (-0.17, -0.55),
    ];
    mass(p, pose, &body, fur, 1.3, alpha);
    let chest = [
        (0.06, -0.56),
        (0.15, -0.44),
        (0.16, -0.24),
        (0.09, -0.14),
        (0.02, -0.34),
    ];
    mass(p, pose, &chest, pale, 1.4, alpha);
    let haunch = [
        (-0.10, -0.26),
        (-0.02, -0.12),
        (-0.04, 0.0),
        (-0.26, 0.02),
        (-0.34, -0.10),
        (-0.26, -0.25),
    ];
    mass(p, pose, &haunch, fur.lighter(0.02), 0.6, alpha);
    for x in [0.02, 0.13] {
        let leg = [
            (x - 0.04, -0.30),
            (x + 0.045, -0.30),
            (x + 0.05, -0.02),
            (x + 0.075, 0.025),
            (x - 0.045, 0.025),
        ];
        mass(
            p,
            pose,
            &leg,
            fur.lighter(if x > 0.1 { 0.0 } else { -0.05 })
                .mix(dark, 0.5 * snout * 0.6),
            1.5,
            alpha,
        );
    }
    for side in [-1.0, 1.0] {
        let x = 0.07 + side * 0.13;
        let outer = [
            (x - 0.075, -0.84),
            (x + side * 0.02, -0.98 - 0.04 * ear),
            (x + 0.075, -0.83),
            (x, -0.76),
        ];
        let inner = [
            (x - 0.035, -0.84),
            (x + side * 0.015, -0.93 - 0.03 * ear),
            (x + 0.035, -0.835),
            (x, -0.80),
        ];
        mass(p, pose, &outer, fur.lighter(-0.03), 1.4, alpha);
        mass(
            p,
            pose,
            &inner,
            fur.mix(Lab::lch(0.70, 0.09, 20.0), 0.45),
            1.4,
            alpha * 0.9,
        );
    }
    let head = [
        (0.07, -0.90),
        (0.22, -0.85),
        (0.285, -0.72),
        (0.22, -0.61),
        (0.07, -0.555 + 0.03 * snout),
        (-0.08, -0.61),
        (-0.145, -0.72),
        (-0.08, -0.85),
    ];
    mass(p, pose, &head, fur, 0.4, alpha);
    let mask = [
        (0.07, -0.72),
        (0.19, -0.685),
        (0.17, -0.60),
        (0.07, -0.55 + 0.01 * snout),
        (-0.03, -0.60),
        (-0.05, -0.685),
    ];
    mass(
        p,
        pose,
        &mask,
        fur.mix(pale, 0.55 + 0.45 * snout),
        0.4,
        alpha,
    );
    eyes(p, pose, &[(0.0, -0.735), (0.14, -0.735)], 0.036, alpha);
    let nose = [(0.04, -0.655), (0.10, -0.655), (0.07, -0.622)];
    p.shape(blob(&pose.points(&nose)), |_, _| {
        Ink::flat(dark).alpha(alpha)
    });
    for side in [-1.0, 1.0] {
        for k in [0.0, 0.025] {
            let whisker = [
                pose.point((0.07 + side * 0.06, -0.63 + k)),
                pose.point((0.07 + side * 0.24, -0.655 + k * 2.4)),
            ];
            p.shape(ribbon(&whisker, |_| pose.size * 0.006), |_, _| {
                Ink::flat(pale).alpha(alpha * 0.7 * (1.0 - snout))
            });
        }
    }
}
