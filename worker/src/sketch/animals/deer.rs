//! A stag, standing.

use super::super::{
    canvas::Ink,
    oklab::Lab,
    painting::Painting,
    shape::{Pose, circle, curve, ribbon},
};

use super::{Coat, eyes, mass};

pub fn deer(p: &mut Painting, pose: Pose, alpha: f32) {
    let fur = Coat::dim(p, p.scene.colours[0].unwrap_or(Lab::lch(0.58, 0.09, 55.0)));
    let (pale, dark) = (fur.lighter(0.20), p.palette.dark.mix(fur, 0.3));
    for (x, back, tone) in [
        (-0.30, -0.03, -0.12),
        (0.17, 0.02, -0.12),
        (-0.36, -0.02, 0.0),
        (0.24, 0.03, 0.0),
    ] {
        let leg = [
            (x - 0.05, -0.42),
            (x + 0.06, -0.42),
            (x + 0.022, -0.20),
            (x + back + 0.026, 0.02),
            (x + back - 0.022, 0.02),
            (x - 0.012, -0.20),
        ];
        mass(p, pose, &leg, fur.lighter(tone), 1.5, alpha);
    }
    let body = [
        (-0.40, -0.62),
        (-0.10, -0.60),
        (0.20, -0.63),
        (0.33, -0.56),
        (0.32, -0.42),
        (0.18, -0.34),
        (-0.10, -0.33),
        (-0.34, -0.36),
        (-0.44, -0.48),
    ];
    mass(p, pose, &body, fur, 0.1, alpha);
    mass(
        p,
        pose,
        &[
            (-0.43, -0.60),
            (-0.50, -0.52),
            (-0.46, -0.46),
            (-0.40, -0.52),
        ],
        pale,
        1.2,
        alpha,
    );
    mass(
        p,
        pose,
        &[
            (0.20, -0.60),
            (0.30, -0.84),
            (0.40, -0.92),
            (0.44, -0.80),
            (0.36, -0.56),
            (0.30, -0.46),
        ],
        fur,
        1.1,
        alpha,
    );
    for x in [0.34, 0.43] {
        mass(
            p,
            pose,
            &[(x - 0.02, -0.96), (x - 0.11, -1.03), (x - 0.02, -1.02)],
            fur.lighter(-0.03),
            0.7,
            alpha,
        );
        for (dx, dy, k) in [(-0.14, -0.34, 0.0), (0.05, -0.40, 0.03)] {
            let horn = curve(
                &pose.points(&[
                    (x - 0.01, -1.0),
                    (x + dx * 0.8, -1.12),
                    (x + dx + k, -1.0 + dy),
                ]),
                10,
            );
            p.shape(
                ribbon(&horn, |t| pose.size * 0.026 * (1.0 - 0.7 * t)),
                |_, _| Ink::flat(dark).alpha(alpha),
            );
        }
    }
    mass(
        p,
        pose,
        &[
            (0.33, -1.0),
            (0.44, -0.99),
            (0.60, -0.86),
            (0.60, -0.81),
            (0.50, -0.80),
            (0.37, -0.83),
        ],
        fur,
        0.5,
        alpha,
    );
    mass(
        p,
        pose,
        &[(0.54, -0.885), (0.61, -0.85), (0.60, -0.81), (0.54, -0.81)],
        dark,
        0.5,
        alpha,
    );
    eyes(p, pose, &[(0.44, -0.92)], 0.021, alpha);
    for (x, y) in [
        (-0.30, -0.54),
        (-0.22, -0.50),
        (-0.14, -0.545),
        (-0.05, -0.51),
        (0.03, -0.55),
        (-0.34, -0.47),
    ] {
        let show = alpha * p.manner.detail() * 0.8;
        p.shape(circle(pose.point((x, y)), pose.size * 0.013), |_, _| {
            Ink::flat(pale).alpha(show)
        });
    }
}
