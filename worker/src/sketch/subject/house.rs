//! A house with a chimney that smokes and windows that light up.

use super::super::{
    canvas::Ink,
    math::{PI, Point, lerp, smoothstep},
    oklab::Lab,
    painting::Painting,
    shape::{Pose, curve, polygon, ribbon},
    sky::star,
};

pub fn house(p: &mut Painting, pose: Pose, alpha: f32) {
    let pose = Pose {
        size: pose.size * 0.62,
        ..pose
    };
    let m = p.manner;
    let wall = p.scene.colours[0]
        .unwrap_or_else(|| p.palette.light.mix(p.palette.earth, 0.25).lighter(-0.04));
    let wall = wall.mix(p.palette.dark, 0.30 * p.palette.night);
    let shade = wall.mix(p.palette.dark, 0.34 * m.modelling() + 0.06);
    let roof = p.scene.colours[1]
        .unwrap_or(p.palette.accent)
        .mix(p.palette.dark, 0.18);
    let glow = Lab::lch(0.86, 0.13, 82.0);
    let lamp = smoothstep(
        0.15,
        0.55,
        p.palette.night + 0.4 * p.palette.low_sun + 0.4 * m.mysterious + 0.3 * m.melancholic,
    );
    let pane = p.palette.dark.mix(p.palette.sky_mid, 0.25).mix(glow, lamp);
    let noise = p.noise.clone();
    let plane = |p: &mut Painting, outline: &[Point], lab: Lab, flow: f32| {
        p.shape(polygon(&pose.points(outline)), |u, v| {
            let grit = (noise.fbm(u * 90.0, v * 90.0, 2) - 0.5) * 0.05 * m.modelling();
            Ink::flat(lab.lighter(grit)).alpha(alpha).flow(flow)
        });
    };
    // Chimney, long side in shade, gable in light, roof over both.
    plane(
        p,
        &[(0.18, -0.78), (0.26, -0.78), (0.26, -0.5), (0.18, -0.5)],
        shade,
        PI / 2.0,
    );
    plane(
        p,
        &[(-0.08, -0.42), (0.48, -0.38), (0.48, 0.0), (-0.08, 0.02)],
        shade,
        0.0,
    );
    plane(
        p,
        &[
            (-0.44, 0.0),
            (-0.44, -0.38),
            (-0.26, -0.70),
            (-0.08, -0.40),
            (-0.08, 0.02),
        ],
        wall,
        PI / 2.0,
    );
    plane(
        p,
        &[(-0.28, -0.74), (0.30, -0.68), (0.54, -0.34), (-0.04, -0.37)],
        roof,
        0.9,
    );
    plane(
        p,
        &[
            (-0.28, -0.74),
            (-0.24, -0.74),
            (-0.45, -0.33),
            (-0.50, -0.34),
        ],
        roof.lighter(-0.08),
        -0.9,
    );
    plane(
        p,
        &[
            (-0.32, -0.30),
            (-0.20, -0.30),
            (-0.20, -0.17),
            (-0.32, -0.17),
        ],
        pane,
        0.0,
    );
    for x in [0.06, 0.26] {
        plane(
            p,
            &[
                (x, -0.28),
                (x + 0.10, -0.275),
                (x + 0.10, -0.15),
                (x, -0.15),
            ],
            pane,
            0.0,
        );
    }
    plane(
        p,
        &[(-0.31, -0.11), (-0.21, -0.11), (-0.21, 0.01), (-0.31, 0.01)],
        roof.lighter(-0.12),
        PI / 2.0,
    );
    if lamp > 0.0 {
        for x in [-0.26, 0.11, 0.31] {
            star(
                &mut p.canvas,
                pose.point((x, -0.22)),
                0.03 * pose.size + 0.01,
                glow,
                0.22 * lamp * alpha,
            );
        }
    }
    smoke(
        p,
        pose.point((0.22, -0.80)),
        pose.size,
        alpha * 0.5 * m.detail(),
    );
}

fn smoke(p: &mut Painting, at: Point, size: f32, alpha: f32) {
    let drift = p.layout.side * size;
    let line = curve(
        &[
            at,
            (at.0 + drift * 0.10, at.1 - size * 0.22),
            (at.0 + drift * 0.02, at.1 - size * 0.42),
            (at.0 + drift * 0.22, at.1 - size * 0.72),
        ],
        18,
    );
    let lab = p.palette.cloud;
    p.shape(ribbon(&line, |t| size * lerp(0.03, 0.16, t)), |_, v| {
        Ink::flat(lab)
            .alpha(alpha * smoothstep(0.75, 0.0, (at.1 - v) / size))
            .flow(PI / 2.0)
    });
}
