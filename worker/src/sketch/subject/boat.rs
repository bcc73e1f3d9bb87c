//! A small sailing boat over its own image.

use super::super::{
    canvas::Ink,
    math::{PI, Point, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    shape::{Pose, curve, polygon, ribbon},
};

/// A small sailing boat; `pose.at` is where it floats.
pub fn boat(p: &mut Painting, pose: Pose, alpha: f32) {
    let pose = Pose {
        size: pose.size * 0.62,
        ..pose
    }
    .turned(-0.05 * p.manner.energetic * pose.facing);
    let m = p.manner;
    let hull = p.scene.colours[0].unwrap_or(p.palette.accent);
    let hull = hull.mix(p.palette.dark, 0.25 * p.palette.night);
    let sail = p.scene.colours[1]
        .unwrap_or(p.palette.light)
        .mix(p.palette.cloud_shade, 0.35 * p.palette.night);
    // Mirrored first, so that the boat stands over its own image.
    let still = (0.55 - 0.25 * m.energetic) * alpha;
    for (side, alpha) in [(-1.0, still), (1.0, alpha)] {
        let flip = |outline: &[Point]| -> Vec<Point> {
            outline
                .iter()
                .map(|&(x, y)| pose.point((x, if side < 0.0 { -y * 0.8 + 0.03 } else { y })))
                .collect()
        };
        let water = p.palette.water;
        let tint = |lab: Lab| {
            if side < 0.0 {
                lab.mix(water, 0.45)
            } else {
                lab
            }
        };
        let mast = flip(&[(0.0, 0.0), (0.012, -0.92), (0.026, -0.92), (0.03, 0.0)]);
        let dark = tint(p.palette.earth.mix(p.palette.dark, 0.45));
        p.shape(polygon(&mast), |_, _| {
            Ink::flat(dark).alpha(alpha).flow(PI / 2.0)
        });
        let main = flip(&[
            (0.045, -0.90),
            (0.20, -0.62),
            (0.36, -0.30),
            (0.42, -0.14),
            (0.045, -0.12),
        ]);
        let jib = flip(&[
            (-0.015, -0.82),
            (-0.18, -0.48),
            (-0.34, -0.14),
            (-0.012, -0.13),
        ]);
        let (bright, shade) = (tint(sail), tint(sail.mix(p.palette.cloud_shade, 0.45)));
        let model = m.modelling();
        p.shape(polygon(&main), |u, v| {
            let (x, _) = pose.local((u, v));
            Ink::flat(bright.mix(shade, model * smoothstep(0.30, 0.0, x) * 0.7))
                .alpha(alpha)
                .flow(1.1 * pose.facing)
        });
        p.shape(polygon(&jib), |_, _| {
            Ink::flat(bright.mix(shade, 0.65))
                .alpha(alpha)
                .flow(-1.1 * pose.facing)
        });
        let body = flip(&[
            (-0.46, -0.10),
            (0.50, -0.10),
            (0.38, 0.04),
            (0.10, 0.055),
            (-0.32, 0.04),
        ]);
        let (lit, deep) = (tint(hull), tint(hull.mix(p.palette.dark, 0.5)));
        p.shape(polygon(&body), |u, v| {
            let (_, y) = pose.local((u, v));
            Ink::flat(lit.mix(
                deep,
                0.15 + 0.85 * model * smoothstep(-0.08, 0.05, y.abs() - 0.05),
            ))
            .alpha(alpha)
        });
        let rail = flip(&[
            (-0.48, -0.115),
            (0.52, -0.115),
            (0.50, -0.085),
            (-0.455, -0.085),
        ]);
        p.shape(polygon(&rail), |_, _| Ink::flat(bright).alpha(alpha));
    }
    let (bright, at) = (p.palette.light, pose.at);
    let line = [
        (at.0 - pose.size * 0.6, at.1 + 0.03 * pose.size),
        (at.0, at.1 + 0.05 * pose.size),
        (at.0 + pose.size * 0.6, at.1 + 0.03 * pose.size),
    ];
    p.shape(
        ribbon(&curve(&line, 10), |t| pose.size * 0.02 * sin(t * PI)),
        |_, _| Ink::flat(bright).alpha(0.5 * alpha),
    );
}
