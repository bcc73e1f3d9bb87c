//! A rabbit at rest.

use super::super::{
    canvas::Ink,
    oklab::Lab,
    painting::Painting,
    shape::{Pose, ellipse},
};

use super::{Coat, eyes, mass};

pub fn rabbit(p: &mut Painting, pose: Pose, alpha: f32) {
    let fur = Coat::dim(p, p.scene.colours[0].unwrap_or(Lab::lch(0.70, 0.045, 65.0)));
    let pale = fur.lighter(0.18);
    mass(
        p,
        pose,
        &[
            (-0.40, -0.14),
            (-0.46, -0.22),
            (-0.38, -0.27),
            (-0.31, -0.18),
        ],
        pale,
        0.5,
        alpha,
    );
    for (x, lean) in [(0.10, -0.10), (0.20, 0.06)] {
        let outer = [
            (x - 0.055, -0.62),
            (x + lean - 0.055, -0.90),
            (x + lean, -1.02),
            (x + lean + 0.06, -0.90),
            (x + 0.06, -0.62),
        ];
        let inner = [
            (x - 0.02, -0.66),
            (x + lean - 0.02, -0.88),
            (x + lean + 0.005, -0.95),
            (x + lean + 0.028, -0.88),
            (x + 0.03, -0.66),
        ];
        mass(p, pose, &outer, fur.lighter(-0.02), 1.5, alpha);
        mass(
            p,
            pose,
            &inner,
            fur.mix(Lab::lch(0.74, 0.09, 15.0), 0.5),
            1.5,
            alpha,
        );
    }
    let body = [
        (0.05, -0.44),
        (0.22, -0.34),
        (0.24, -0.08),
        (0.15, 0.02),
        (-0.25, 0.02),
        (-0.40, -0.10),
        (-0.37, -0.28),
        (-0.20, -0.42),
    ];
    mass(p, pose, &body, fur, 0.4, alpha);
    mass(
        p,
        pose,
        &[
            (-0.12, -0.27),
            (-0.01, -0.14),
            (-0.02, 0.02),
            (-0.28, 0.03),
            (-0.35, -0.10),
            (-0.28, -0.24),
        ],
        fur.lighter(0.03),
        0.6,
        alpha,
    );
    mass(
        p,
        pose,
        &[
            (0.16, -0.26),
            (0.26, -0.22),
            (0.27, -0.02),
            (0.30, 0.02),
            (0.16, 0.025),
        ],
        fur.lighter(-0.02),
        1.5,
        alpha,
    );
    mass(
        p,
        pose,
        &[
            (0.14, -0.66),
            (0.28, -0.62),
            (0.36, -0.50),
            (0.32, -0.40),
            (0.18, -0.36),
            (0.04, -0.42),
            (0.01, -0.56),
        ],
        fur,
        0.4,
        alpha,
    );
    mass(
        p,
        pose,
        &[
            (0.28, -0.49),
            (0.36, -0.47),
            (0.33, -0.40),
            (0.24, -0.38),
            (0.22, -0.44),
        ],
        pale,
        0.4,
        alpha,
    );
    eyes(p, pose, &[(0.20, -0.53)], 0.034, alpha);
    let nose = p.palette.dark.mix(Lab::lch(0.65, 0.10, 15.0), 0.5);
    p.shape(
        ellipse(
            pose.point((0.352, -0.475)),
            pose.size * 0.018,
            pose.size * 0.013,
            0.0,
        ),
        |_, _| Ink::flat(nose).alpha(alpha),
    );
}
