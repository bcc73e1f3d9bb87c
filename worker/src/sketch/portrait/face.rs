//! The face: two planes of light, and few lines.

use super::super::{
    canvas::Ink,
    math::{PI, Point, bell, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    shape::{Pose, blob, circle, curve, ribbon},
};
use super::Sitter;

pub fn face(p: &mut Painting, head: Pose, sitter: &Sitter) {
    let outline: [Point; 12] = [
        (0.0, -0.50),
        (0.24, -0.43),
        (0.355, -0.20),
        (0.345, 0.05),
        (0.29, 0.28),
        (0.15, 0.46),
        (0.02, 0.505),
        (-0.13, 0.45),
        (-0.28, 0.27),
        (-0.345, 0.04),
        (-0.35, -0.20),
        (-0.24, -0.43),
    ];
    let light = p.light_from(head.at.0) * head.facing;
    let light = if light.abs() < 0.35 {
        0.35 * if light < 0.0 { -1.0 } else { 1.0 }
    } else {
        light
    };
    let model = 0.35 + 0.65 * p.manner.modelling();
    let (skin, shade, blush) = (sitter.skin, sitter.shade, sitter.blush);
    p.shape(blob(&head.points(&outline)), |u, v| {
        let (x, y) = head.local((u, v));
        // The edge of the shadow follows brow, cheek and jaw.
        let edge = 0.10 * sin(y * 7.5 + 0.6) + 0.05;
        let lit = smoothstep(-0.16, 0.10, (x + 0.0) * light.signum() + 0.14 + edge * 0.6);
        let soft = smoothstep(-0.5, 0.4, x * light);
        let tone = lerp(soft, lit, 0.72);
        let mut lab = shade.mix(skin, 1.0 - model * (1.0 - tone));
        for cheek in [-0.20, 0.20] {
            lab = lab.mix(
                blush,
                0.50 * bell(
                    ((x - cheek) * (x - cheek) + (y - 0.13) * (y - 0.13)).sqrt(),
                    0.11,
                ),
            );
        }
        let brow = smoothstep(-0.32, -0.47, y) * 0.3;
        Ink::flat(lab.mix(shade, brow)).flow(PI / 2.0 - x * 2.2)
    });
}

pub fn features(p: &mut Painting, head: Pose, sitter: &Sitter) {
    let line = sitter.hair.mix(p.palette.dark, 0.6).lighter(-0.03);
    let stroke = |p: &mut Painting, through: &[Point], width: f32, lab: Lab| {
        let path = curve(&head.points(through), 14);
        p.shape(
            ribbon(&path, |t| head.size * width * (0.25 + 0.75 * sin(t * PI))),
            |_, _| Ink::flat(lab).flow(0.0),
        );
    };
    for side in [-1.0, 1.0] {
        let x = 0.155 * side + 0.02;
        let brow = [
            (x - 0.10 * side, -0.115),
            (x, -0.165),
            (x + 0.105 * side, -0.125),
        ];
        stroke(p, &brow, 0.030, line);
        if sitter.open {
            let white = p.palette.light.mix(sitter.skin, 0.25);
            let eye = [
                (x - 0.085, 0.0),
                (x - 0.03, -0.040),
                (x + 0.04, -0.038),
                (x + 0.085, 0.0),
                (x + 0.03, 0.028),
                (x - 0.04, 0.028),
            ];
            p.shape(blob(&head.points(&eye)), |_, _| Ink::flat(white));
            let iris = p.palette.second.mix(p.palette.dark, 0.5);
            p.shape(
                circle(head.point((x + 0.01, -0.008)), head.size * 0.036),
                |_, _| Ink::flat(iris),
            );
            p.shape(
                circle(head.point((x + 0.01, -0.008)), head.size * 0.017),
                |_, _| Ink::flat(line),
            );
            p.shape(
                circle(head.point((x + 0.022, -0.02)), head.size * 0.008),
                |_, _| Ink::flat(white),
            );
            stroke(
                p,
                &[
                    (x - 0.095, 0.004),
                    (x - 0.02, -0.050),
                    (x + 0.05, -0.044),
                    (x + 0.098, 0.004),
                ],
                0.026,
                line,
            );
        } else {
            stroke(
                p,
                &[
                    (x - 0.09, -0.012),
                    (x - 0.03, 0.026),
                    (x + 0.04, 0.026),
                    (x + 0.09, -0.012),
                ],
                0.024,
                line,
            );
            for k in [-0.06, 0.0, 0.06] {
                stroke(
                    p,
                    &[(x + k, 0.018), (x + k * 1.25 + 0.01 * side, 0.050)],
                    0.012,
                    line,
                );
            }
        }
    }
    let shade = sitter.shade;
    stroke(
        p,
        &[
            (0.03, -0.09),
            (0.045, 0.06),
            (0.085, 0.165),
            (0.03, 0.195),
            (-0.01, 0.185),
        ],
        0.022,
        shade.lighter(-0.03),
    );
    let nose = [(0.035, 0.02), (0.09, 0.165), (0.03, 0.20), (-0.02, 0.18)];
    p.shape(blob(&head.points(&nose)), |_, _| {
        Ink::flat(shade).alpha(0.40)
    });
    let lip = sitter.skin.mix(Lab::lch(0.50, 0.15, 20.0), 0.62);
    let upper = [
        (-0.095, 0.312),
        (-0.035, 0.285),
        (0.015, 0.296),
        (0.06, 0.284),
        (0.115, 0.310),
        (0.015, 0.322),
    ];
    let lower = [
        (-0.085, 0.315),
        (0.015, 0.324),
        (0.105, 0.313),
        (0.06, 0.358),
        (-0.03, 0.360),
    ];
    p.shape(blob(&head.points(&upper)), |_, _| {
        Ink::flat(lip.lighter(-0.06))
    });
    p.shape(blob(&head.points(&lower)), |_, _| {
        Ink::flat(lip.lighter(0.02))
    });
}
