//! A room: a window, the light it lets in, a chair, a table with a plant, a lamp.
//!
//! Long because it is one picture: everything in the room stands in the same light.

use super::{
    canvas::Ink,
    math::{PI, Point, lerp, smoothstep},
    oklab::Lab,
    painting::Painting,
    portrait::backdrop::sprig,
    shape::{Pose, blob, ellipse, polygon, rect},
    sky::star,
    still_life::vessel,
};

pub fn room(p: &mut Painting) {
    let mut rng = p.rng.fork("room");
    let floor = lerp(0.72, p.layout.horizon + 0.1, 0.4);
    let focus = p.layout.focus.0;
    let half = rng.range(0.13, 0.18) * (0.7 + 0.3 * p.layout.scale);
    let window = Window {
        left: focus - half,
        right: focus + half,
        top: 0.13 + rng.jitter(0.03),
        bottom: 0.50,
    };
    walls(p, floor);
    let twins: Vec<(f32, f32)> = p.layout.twins(focus).collect();
    for (u, share) in &twins {
        let shift = u - focus;
        glazing(
            p,
            &Window {
                left: window.left + shift,
                right: window.right + shift,
                ..window
            },
            *share,
        );
    }
    beam(p, &window, floor);
    rug(p, floor);
    let side = p.layout.side;
    let chair = lerp(0.5 - side * 0.20, 0.5, p.manner.centered);
    let twins: Vec<(f32, f32)> = p.layout.twins(chair).collect();
    for (u, share) in twins {
        armchair(
            p,
            Pose::new((u, floor + 0.14), 0.42 * (0.6 + 0.4 * p.layout.scale))
                .facing(if u < focus { 1.0 } else { -1.0 }),
            share,
        );
    }
    let table = focus + side * 0.05;
    let twins: Vec<(f32, f32)> = p.layout.twins(table + side * 0.18).collect();
    for (u, share) in twins {
        plant(
            p,
            Pose::new((u, floor + 0.10), 0.34),
            share * p.manner.keeps(1, 4),
        );
    }
    pictures(p, &window);
}

#[derive(Clone, Copy)]
struct Window {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

fn walls(p: &mut Painting, floor: f32) {
    let (palette, m, sun) = (p.palette, p.manner, p.layout.sun.0);
    let wall = palette
        .second
        .mix(palette.sky_low, 0.5)
        .mix(palette.dark, 0.35 * palette.night + 0.10);
    let boards = Lab::lch(0.50, 0.075, 58.0).mix(palette.dark, 0.35 * palette.night);
    let noise = p.noise.clone();
    let far = p.layout.focus.0;
    p.canvas.wash(|u, v| {
        let plaster = (noise.fbm(u * 6.0, v * 6.0, 4) - 0.5) * 0.07 * m.modelling();
        let corner =
            0.20 * smoothstep(0.25, 0.75, (u - sun).abs()) + 0.10 * smoothstep(0.35, 0.0, v);
        if v < floor {
            let skirting = smoothstep(floor - 0.032, floor - 0.028, v);
            let lab = wall
                .mix(palette.dark, corner * m.modelling())
                .lighter(plaster);
            Ink::flat(lab.mix(palette.light, 0.5 * skirting)).flow(1.2)
        } else {
            // Boards run towards the point of interest.
            let depth = v - floor + 0.12;
            let across = (u - far) / depth * 1.3 + 20.0;
            let seam = smoothstep(0.06, 0.0, (across - super::math::floor(across + 0.5)).abs())
                * m.detail();
            let grain = noise.fbm(across * 3.0, 3.0 / depth, 3) - 0.5;
            let tone = noise.at(super::math::floor(across + 0.5) * 3.7, 2.0) - 0.5;
            let lab = boards
                .lighter((grain * 0.10 + tone * 0.10) * m.modelling())
                .mix(palette.dark, 0.35 * seam);
            Ink::flat(lab.mix(palette.dark, 0.5 * corner)).flow(libm::atan2f(depth, u - far))
        }
    });
}

fn glazing(p: &mut Painting, w: &Window, alpha: f32) {
    let palette = p.palette;
    let frame = palette.light.mix(palette.dark, 0.12 + 0.3 * palette.night);
    let pad = 0.018;
    p.shape(
        rect(w.left - pad, w.top - pad, w.right + pad, w.bottom + pad),
        |_, _| Ink::flat(frame).alpha(alpha),
    );
    let noise = p.noise.clone();
    let (width, height) = (w.right - w.left, w.bottom - w.top);
    p.shape(rect(w.left, w.top, w.right, w.bottom), |u, v| {
        let t = (v - w.top) / height;
        let mut lab = palette
            .sky_high
            .mix(palette.sky_mid, smoothstep(0.0, 0.5, t))
            .mix(palette.sky_low, smoothstep(0.35, 0.9, t));
        let cloud = smoothstep(0.52, 0.64, noise.fbm(u * 9.0, v * 16.0, 4));
        lab = lab.mix(palette.cloud, 0.75 * cloud * (1.0 - t));
        for (level, tone) in [
            (0.70, palette.far),
            (0.80, palette.mid),
            (0.90, palette.leaf),
        ] {
            let hill = level + 0.16 * (noise.fbm(u * 9.0 + level * 20.0, level, 3) - 0.5);
            lab = lab.mix(
                tone.mix(palette.sky_low, 0.25),
                smoothstep(hill, hill + 0.012, t),
            );
        }
        Ink::flat(lab).alpha(alpha)
    });
    let moon = (lerp(w.left, w.right, 0.68), w.top + height * 0.25);
    p.shape(ellipse(moon, width * 0.09, width * 0.09, 0.0), |_, _| {
        Ink::flat(palette.sun).alpha(alpha)
    });
    let middle = f32::midpoint(w.left, w.right);
    let bar = 0.007;
    for bars in [
        rect(middle - bar, w.top, middle + bar, w.bottom),
        rect(
            w.left,
            w.top + height * 0.42 - bar,
            w.right,
            w.top + height * 0.42 + bar,
        ),
        rect(
            w.left - 0.04,
            w.bottom + pad,
            w.right + 0.04,
            w.bottom + pad + 0.022,
        ),
    ] {
        p.shape(bars, |_, _| Ink::flat(frame.lighter(-0.03)).alpha(alpha));
    }
    let cloth = p.scene.colours[0]
        .unwrap_or(palette.accent)
        .mix(palette.light, 0.12)
        .mix(palette.dark, 0.3 * palette.night);
    for side in [-1.0, 1.0] {
        let (edge, out) = (
            if side < 0.0 {
                w.left + 0.015
            } else {
                w.right - 0.015
            },
            side,
        );
        let drape = [
            (edge, w.top - 0.035),
            (edge + out * 0.085, w.top - 0.035),
            (edge + out * 0.095, w.bottom + 0.13),
            (edge + out * 0.025, w.bottom + 0.14),
            (edge - out * 0.002, w.top + height * 0.5),
        ];
        let model = p.manner.modelling();
        p.shape(polygon(&drape), |u, v| {
            let fold = libm::sinf(u * 190.0 + libm::sinf(v * 7.0)) * 0.5 + 0.5;
            Ink::flat(cloth.lighter(0.05).mix(palette.dark, 0.40 * fold * model))
                .alpha(alpha)
                .flow(PI / 2.0)
        });
    }
    p.shape(
        rect(w.left - 0.09, w.top - 0.05, w.right + 0.09, w.top - 0.036),
        |_, _| Ink::flat(palette.dark).alpha(alpha),
    );
}

/// The window's shape in light on the floor.
fn beam(p: &mut Painting, w: &Window, floor: f32) {
    let m = p.manner;
    let strength =
        (0.50 + 0.3 * m.energetic + 0.25 * m.joyful - 0.35 * m.melancholic - 0.2 * m.mysterious)
            .max(0.08);
    let lab = p.palette.light.mix(p.palette.sun, 0.5);
    let slant = -p.layout.side * 0.20 * (1.0 - p.layout.mirror);
    let width = (w.right - w.left) / 2.0;
    for pane in [0.0, 1.0] {
        let (left, right) = (
            w.left + pane * width + 0.008,
            w.left + (pane + 1.0) * width - 0.008,
        );
        let far = floor + 0.02;
        let spread = |u: f32, k: f32| u + slant * k + (u - p.layout.focus.0) * 0.55 * k;
        let pool = [
            (spread(left, 0.3), far),
            (spread(right, 0.3), far),
            (spread(right, 1.3), far + 0.22),
            (spread(left, 1.3), far + 0.22),
        ];
        p.shape(polygon(&pool), |_, v| {
            Ink::flat(lab)
                .alpha(strength * smoothstep(far + 0.26, far, v) * 0.9)
                .flow(0.3)
        });
    }
    let air = [
        (w.left, w.top),
        (w.right, w.top),
        (w.right + slant + 0.1, floor + 0.2),
        (w.left + slant - 0.1, floor + 0.2),
    ];
    p.shape(polygon(&air), |_, v| {
        Ink::flat(lab)
            .alpha(0.16 * strength * smoothstep(floor + 0.2, w.top, v))
            .flow(1.3)
    });
}

fn rug(p: &mut Painting, floor: f32) {
    let centre = (lerp(0.5, p.layout.focus.0, 0.4), floor + 0.17);
    let (inner, outer) = (
        p.palette.accent.mix(p.palette.dark, 0.25),
        p.palette.light.mix(p.palette.second, 0.4),
    );
    let alpha = 0.75 * p.manner.detail();
    p.shape(ellipse(centre, 0.36, 0.075, 0.0), |u, v| {
        let (x, y) = ((u - centre.0) / 0.36, (v - centre.1) / 0.075);
        let ring = (x * x + y * y).sqrt();
        let lab = if (0.62..0.72).contains(&ring) || ring > 0.92 {
            outer
        } else {
            inner
        };
        Ink::flat(lab).alpha(alpha)
    });
}

fn armchair(p: &mut Painting, pose: Pose, alpha: f32) {
    let lab = p.scene.colours[1]
        .unwrap_or(p.palette.second.purer(1.25).lighter(-0.12))
        .mix(p.palette.dark, 0.3 * p.palette.night);
    let light = p.light_from(pose.at.0) * pose.facing;
    let (dark, bright, model) = (p.palette.dark, p.palette.light, p.manner.modelling());
    let legs: [[Point; 4]; 2] = [
        [(-0.36, -0.10), (-0.30, -0.10), (-0.32, 0.05), (-0.35, 0.05)],
        [(0.34, -0.10), (0.40, -0.10), (0.39, 0.05), (0.36, 0.05)],
    ];
    for leg in legs {
        p.shape(polygon(&pose.points(&leg)), |_, _| {
            Ink::flat(dark).alpha(alpha)
        });
    }
    let parts: [(&[Point], f32); 4] = [
        (
            &[
                (-0.36, -0.34),
                (-0.44, -0.86),
                (-0.28, -1.0),
                (0.08, -0.98),
                (0.18, -0.82),
                (0.18, -0.34),
            ],
            -0.02,
        ),
        (
            &[
                (-0.34, -0.40),
                (0.36, -0.40),
                (0.42, -0.30),
                (0.40, -0.06),
                (-0.36, -0.06),
                (-0.40, -0.24),
            ],
            0.03,
        ),
        (
            &[
                (-0.46, -0.54),
                (-0.34, -0.60),
                (-0.26, -0.50),
                (-0.26, -0.06),
                (-0.44, -0.06),
            ],
            -0.05,
        ),
        (
            &[
                (0.30, -0.56),
                (0.42, -0.58),
                (0.50, -0.48),
                (0.46, -0.06),
                (0.30, -0.06),
            ],
            0.01,
        ),
    ];
    for (outline, tone) in parts {
        p.shape(blob(&pose.points(outline)), |u, v| {
            let (x, y) = pose.local((u, v));
            let lit = smoothstep(-0.6, 0.6, x * light - (y + 0.5) * 0.7);
            Ink::flat(
                lab.lighter(tone)
                    .mix(dark, 0.36 * (1.0 - lit) * model)
                    .mix(bright, 0.22 * lit * model),
            )
            .alpha(alpha)
            .flow(1.3 + x)
        });
    }
    let cushion = [(-0.16, -0.46), (-0.18, -0.72), (0.08, -0.74), (0.10, -0.46)];
    let soft = p.palette.accent.mix(bright, 0.25);
    p.shape(blob(&pose.points(&cushion)), |u, v| {
        let (x, y) = pose.local((u, v));
        Ink::flat(soft.mix(
            dark,
            0.25 * smoothstep(-0.5, 0.4, -x * light + y + 0.6) * model,
        ))
        .alpha(alpha)
    });
}

fn plant(p: &mut Painting, pose: Pose, alpha: f32) {
    let mut rng = p.rng.fork("plant");
    let leaf = p
        .palette
        .leaf
        .mix(p.palette.mid, 0.3)
        .mix(p.palette.dark, 0.2);
    for _ in 0..9 {
        let (lean, tall, tone) = (
            rng.jitter(0.9),
            rng.range(0.55, 1.05) * pose.size,
            rng.jitter(0.06),
        );
        sprig(
            p,
            pose.point((0.0, -0.34)),
            lean,
            tall,
            leaf.lighter(tone),
            alpha,
        );
    }
    let pot = [(0.17, -0.40), (0.185, -0.33), (0.15, -0.12), (0.125, 0.0)];
    let clay = Lab::lch(0.58, 0.11, 45.0).mix(p.palette.dark, 0.3 * p.palette.night);
    vessel(p, pose, &pot, clay, alpha);
    let glow = smoothstep(0.3, 0.8, p.palette.night);
    star(
        &mut p.canvas,
        pose.point((0.0, -1.1)),
        0.05,
        p.palette.light,
        0.12 * glow * alpha,
    );
}

/// Small framed pictures on the empty wall.
fn pictures(p: &mut Painting, w: &Window) {
    let side = p.layout.side;
    let palette = p.palette;
    for (i, (away, top, half, tall)) in [(0.30, 0.20, 0.06, 0.15), (0.44, 0.24, 0.045, 0.10)]
        .into_iter()
        .enumerate()
    {
        let centre = f32::midpoint(w.left, w.right) - side * away;
        let alpha = p.manner.keeps(2 + i, 4);
        let twins: Vec<(f32, f32)> = p.layout.twins(centre).collect();
        for (u, share) in twins {
            let alpha = alpha * share;
            p.shape(rect(u - half, top, u + half, top + tall), |_, _| {
                Ink::flat(palette.dark.mix(palette.earth, 0.3)).alpha(alpha)
            });
            p.shape(
                rect(
                    u - half + 0.009,
                    top + 0.009,
                    u + half - 0.009,
                    top + tall - 0.009,
                ),
                |_, _| Ink::flat(palette.light).alpha(alpha),
            );
            p.shape(
                rect(
                    u - half + 0.02,
                    top + 0.02,
                    u + half - 0.02,
                    top + tall - 0.02,
                ),
                |x, v| {
                    let hill = 0.55 + 0.2 * libm::sinf((x - u) * 60.0 + i as f32 * 2.0);
                    let t = (v - top) / tall;
                    Ink::flat(
                        palette
                            .sky_mid
                            .mix(palette.accent, smoothstep(hill, hill + 0.03, t)),
                    )
                    .alpha(alpha)
                },
            );
        }
    }
}
