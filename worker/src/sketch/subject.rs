//! What one looks at out of doors: a tree, a house, a boat, a lighthouse, a castle, a balloon.

use super::{
    canvas::Ink,
    figure,
    math::{PI, Point, TAU, cos, floor, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::Subject,
    shape::{Pose, blob, curve, polygon, ribbon},
    sky::star,
    trees,
};

/// Stands the subject at a place, and its twin as far as the composition is symmetrical.
pub fn stand(p: &mut Painting, subject: Subject, at: Point, size: f32) {
    // What has a front stands in pairs when the picture is symmetrical: folded, it would be cut.
    let paired = matches!(subject, Subject::Boat | Subject::House | Subject::Figure);
    let (u, size) = if paired { p.layout.paired(at.0, size) } else { (at.0, size) };
    let twins: Vec<(f32, f32)> = p.layout.twins(u).collect();
    for (x, share) in twins {
        one(p, subject, Pose::new((x, at.1), size).facing(p.layout.facing(x, u)), share);
    }
}

fn one(p: &mut Painting, subject: Subject, pose: Pose, alpha: f32) {
    match subject {
        Subject::Tree | Subject::Peak => {
            let rng = p.rng.fork("tree");
            let leaf = p.scene.colours[0].unwrap_or(p.palette.leaf);
            trees::broad(p, pose.at, pose.size * 1.15, pose.facing * (1.0 - p.layout.mirror), leaf, alpha, rng);
        }
        Subject::House => house(p, pose, alpha),
        Subject::Boat => boat(p, pose, alpha),
        Subject::Lighthouse => lighthouse(p, pose, alpha),
        Subject::Castle => castle(p, pose, alpha),
        Subject::Balloon => balloon(p, pose, alpha),
        Subject::Figure => figure::walker(p, Pose { size: pose.size * 0.5, ..pose }, alpha),
    }
}

fn house(p: &mut Painting, pose: Pose, alpha: f32) {
    let pose = Pose { size: pose.size * 0.62, ..pose };
    let m = p.manner;
    let wall = p.scene.colours[0].unwrap_or_else(|| p.palette.light.mix(p.palette.earth, 0.25).lighter(-0.04));
    let wall = wall.mix(p.palette.dark, 0.30 * p.palette.night);
    let shade = wall.mix(p.palette.dark, 0.34 * m.modelling() + 0.06);
    let roof = p.scene.colours[1].unwrap_or(p.palette.accent).mix(p.palette.dark, 0.18);
    let glow = Lab::lch(0.86, 0.13, 82.0);
    let lamp = smoothstep(0.15, 0.55, p.palette.night + 0.4 * p.palette.low_sun + 0.4 * m.mysterious + 0.3 * m.melancholic);
    let pane = p.palette.dark.mix(p.palette.sky_mid, 0.25).mix(glow, lamp);
    let noise = p.noise.clone();
    let plane = |p: &mut Painting, outline: &[Point], lab: Lab, flow: f32| {
        p.shape(polygon(&pose.points(outline)), |u, v| {
            let grit = (noise.fbm(u * 90.0, v * 90.0, 2) - 0.5) * 0.05 * m.modelling();
            Ink::flat(lab.lighter(grit)).alpha(alpha).flow(flow)
        });
    };
    // Chimney, long side in shade, gable in light, roof over both.
    plane(p, &[(0.18, -0.78), (0.26, -0.78), (0.26, -0.5), (0.18, -0.5)], shade, PI / 2.0);
    plane(p, &[(-0.08, -0.42), (0.48, -0.38), (0.48, 0.0), (-0.08, 0.02)], shade, 0.0);
    plane(p, &[(-0.44, 0.0), (-0.44, -0.38), (-0.26, -0.70), (-0.08, -0.40), (-0.08, 0.02)], wall, PI / 2.0);
    plane(p, &[(-0.28, -0.74), (0.30, -0.68), (0.54, -0.34), (-0.04, -0.37)], roof, 0.9);
    plane(p, &[(-0.28, -0.74), (-0.24, -0.74), (-0.45, -0.33), (-0.50, -0.34)], roof.lighter(-0.08), -0.9);
    plane(p, &[(-0.32, -0.30), (-0.20, -0.30), (-0.20, -0.17), (-0.32, -0.17)], pane, 0.0);
    for x in [0.06, 0.26] {
        plane(p, &[(x, -0.28), (x + 0.10, -0.275), (x + 0.10, -0.15), (x, -0.15)], pane, 0.0);
    }
    plane(p, &[(-0.31, -0.11), (-0.21, -0.11), (-0.21, 0.01), (-0.31, 0.01)], roof.lighter(-0.12), PI / 2.0);
    if lamp > 0.0 {
        for x in [-0.26, 0.11, 0.31] {
            star(&mut p.canvas, pose.point((x, -0.22)), 0.03 * pose.size + 0.01, glow, 0.22 * lamp * alpha);
        }
    }
    smoke(p, pose.point((0.22, -0.80)), pose.size, alpha * 0.5 * m.detail());
}

fn smoke(p: &mut Painting, at: Point, size: f32, alpha: f32) {
    let drift = p.layout.side * size;
    let line = curve(&[at, (at.0 + drift * 0.10, at.1 - size * 0.22), (at.0 + drift * 0.02, at.1 - size * 0.42), (at.0 + drift * 0.22, at.1 - size * 0.72)], 18);
    let lab = p.palette.cloud;
    p.shape(ribbon(&line, |t| size * lerp(0.03, 0.16, t)), |_, v| {
        Ink::flat(lab).alpha(alpha * smoothstep(0.75, 0.0, (at.1 - v) / size)).flow(PI / 2.0)
    });
}

/// A small sailing boat; `pose.at` is where it floats.
pub fn boat(p: &mut Painting, pose: Pose, alpha: f32) {
    let pose = Pose { size: pose.size * 0.62, ..pose }.turned(-0.05 * p.manner.energetic * pose.facing);
    let m = p.manner;
    let hull = p.scene.colours[0].unwrap_or(p.palette.accent);
    let hull = hull.mix(p.palette.dark, 0.25 * p.palette.night);
    let sail = p.scene.colours[1].unwrap_or(p.palette.light).mix(p.palette.cloud_shade, 0.35 * p.palette.night);
    // Mirrored first, so that the boat stands over its own image.
    let still = (0.55 - 0.25 * m.energetic) * alpha;
    for (side, alpha) in [(-1.0, still), (1.0, alpha)] {
        let flip = |outline: &[Point]| -> Vec<Point> {
            outline.iter().map(|&(x, y)| pose.point((x, if side < 0.0 { -y * 0.8 + 0.03 } else { y }))).collect()
        };
        let water = p.palette.water;
        let tint = |lab: Lab| if side < 0.0 { lab.mix(water, 0.45) } else { lab };
        let mast = flip(&[(0.0, 0.0), (0.012, -0.92), (0.026, -0.92), (0.03, 0.0)]);
        let dark = tint(p.palette.earth.mix(p.palette.dark, 0.45));
        p.shape(polygon(&mast), |_, _| Ink::flat(dark).alpha(alpha).flow(PI / 2.0));
        let main = flip(&[(0.045, -0.90), (0.20, -0.62), (0.36, -0.30), (0.42, -0.14), (0.045, -0.12)]);
        let jib = flip(&[(-0.015, -0.82), (-0.18, -0.48), (-0.34, -0.14), (-0.012, -0.13)]);
        let (bright, shade) = (tint(sail), tint(sail.mix(p.palette.cloud_shade, 0.45)));
        let model = m.modelling();
        p.shape(polygon(&main), |u, v| {
            let (x, _) = pose.local((u, v));
            Ink::flat(bright.mix(shade, model * smoothstep(0.30, 0.0, x) * 0.7)).alpha(alpha).flow(1.1 * pose.facing)
        });
        p.shape(polygon(&jib), |_, _| Ink::flat(bright.mix(shade, 0.65)).alpha(alpha).flow(-1.1 * pose.facing));
        let body = flip(&[(-0.46, -0.10), (0.50, -0.10), (0.38, 0.04), (0.10, 0.055), (-0.32, 0.04)]);
        let (lit, deep) = (tint(hull), tint(hull.mix(p.palette.dark, 0.5)));
        p.shape(polygon(&body), |u, v| {
            let (_, y) = pose.local((u, v));
            Ink::flat(lit.mix(deep, 0.15 + 0.85 * model * smoothstep(-0.08, 0.05, y.abs() - 0.05))).alpha(alpha)
        });
        let rail = flip(&[(-0.48, -0.115), (0.52, -0.115), (0.50, -0.085), (-0.455, -0.085)]);
        p.shape(polygon(&rail), |_, _| Ink::flat(bright).alpha(alpha));
    }
    let (bright, at) = (p.palette.light, pose.at);
    let line = [(at.0 - pose.size * 0.6, at.1 + 0.03 * pose.size), (at.0, at.1 + 0.05 * pose.size), (at.0 + pose.size * 0.6, at.1 + 0.03 * pose.size)];
    p.shape(ribbon(&curve(&line, 10), |t| pose.size * 0.02 * sin(t * PI)), |_, _| Ink::flat(bright).alpha(0.5 * alpha));
}

fn lighthouse(p: &mut Painting, pose: Pose, alpha: f32) {
    let m = p.manner;
    let stripe = p.scene.colours[0].unwrap_or(Lab::lch(0.58, 0.18, 28.0));
    let white = p.palette.light.mix(p.palette.cloud_shade, 0.2 + 0.4 * p.palette.night);
    let dark = p.palette.dark;
    let light = p.light_from(pose.at.0);
    let rock = [(-0.75, 0.14), (-0.5, -0.06), (-0.2, -0.12), (0.15, -0.13), (0.45, -0.03), (0.8, 0.15)];
    let noise = p.noise.clone();
    let stone = dark.mix(p.palette.earth, 0.35);
    p.shape(polygon(&pose.points(&rock)), |u, v| {
        let bump = noise.ridged(u * 14.0, v * 18.0, 3) - 0.5;
        Ink::flat(stone.lighter(bump * 0.22 * m.modelling())).alpha(alpha).flow(0.9)
    });
    beam(p, pose.point((0.0, -1.12)), pose.size, alpha);
    let tower = [(-0.13, -0.10), (-0.085, -1.0), (0.085, -1.0), (0.13, -0.10)];
    p.shape(polygon(&pose.points(&tower)), |u, v| {
        let (x, y) = pose.local((u, v));
        let band = floor((-y - 0.1) / 0.9 * 5.0) as i32;
        let lab = if band % 2 == 0 { white } else { stripe };
        let round = smoothstep(-1.3, 1.0, x / 0.12 * light * pose.facing);
        Ink::flat(lab.mix(dark, (1.0 - round) * 0.5 * m.modelling())).alpha(alpha).flow(PI / 2.0)
    });
    let glow = Lab::lch(0.93, 0.12, 92.0);
    for (outline, lab) in [
        ([(-0.12, -1.0), (0.12, -1.0), (0.11, -1.04), (-0.11, -1.04)], dark),
        ([(-0.06, -1.04), (0.06, -1.04), (0.06, -1.18), (-0.06, -1.18)], glow),
        ([(-0.085, -1.18), (0.085, -1.18), (0.01, -1.30), (-0.01, -1.30)], stripe.mix(dark, 0.3)),
    ] {
        p.shape(polygon(&pose.points(&outline)), |_, _| Ink::flat(lab).alpha(alpha));
    }
}

fn beam(p: &mut Painting, at: Point, size: f32, alpha: f32) {
    let strength = alpha * smoothstep(0.1, 0.6, p.palette.night + 0.35 * p.palette.low_sun);
    let lab = Lab::lch(0.95, 0.09, 92.0);
    for side in [-1.0, 1.0] {
        let reach = side * size * 2.2;
        let outline = [at, (at.0 + reach, at.1 - size * 0.42), (at.0 + reach, at.1 + size * 0.05)];
        p.shape(polygon(&outline), |u, _| {
            Ink::flat(lab).alpha(0.5 * strength * smoothstep(1.0, 0.0, (u - at.0).abs() / (size * 2.1)))
        });
    }
    star(&mut p.canvas, at, size * 0.16, lab, strength * 0.8);
}

fn castle(p: &mut Painting, pose: Pose, alpha: f32) {
    let stone = p.palette.far.mix(p.palette.dark, 0.45).mix(p.palette.earth, 0.25);
    let roof = p.palette.accent.mix(p.palette.dark, 0.35);
    let light = p.light_from(pose.at.0);
    let model = p.manner.modelling();
    let glow = Lab::lch(0.85, 0.13, 80.0);
    let lamp = smoothstep(0.1, 0.5, p.palette.night + 0.4 * p.palette.low_sun);
    for (x, half, high, pointed) in [
        (-0.42, 0.085, 0.46, true),
        (0.40, 0.10, 0.52, true),
        (0.0, 0.36, 0.34, false),
        (-0.17, 0.095, 0.66, true),
        (0.14, 0.115, 0.84, true),
    ] {
        let wall = [(x - half, 0.03), (x - half, -high), (x + half, -high), (x + half, 0.03)];
        p.shape(polygon(&pose.points(&wall)), |u, v| {
            let (lx, _) = pose.local((u, v));
            let round = smoothstep(-1.4, 1.0, (lx - x) / half * light * pose.facing);
            Ink::flat(stone.lighter(0.14 * (round - 0.6) * model)).alpha(alpha).flow(PI / 2.0)
        });
        if pointed {
            let cap = [(x - half * 1.25, -high), (x, -high - half * 2.9), (x + half * 1.25, -high)];
            p.shape(polygon(&pose.points(&cap)), |u, v| {
                let (lx, _) = pose.local((u, v));
                let side = smoothstep(-0.2, 0.2, (lx - x) / half * light * pose.facing);
                Ink::flat(roof.lighter(0.09 * side * model)).alpha(alpha).flow(1.2)
            });
            let slit = [(x - 0.014, -high * 0.72), (x + 0.014, -high * 0.72), (x + 0.014, -high * 0.72 + 0.07), (x - 0.014, -high * 0.72 + 0.07)];
            let pane = p.palette.dark.mix(glow, lamp);
            p.shape(polygon(&pose.points(&slit)), |_, _| Ink::flat(pane).alpha(alpha));
        }
    }
}

/// A hot-air balloon, well above where it would land.
pub fn balloon(p: &mut Painting, pose: Pose, alpha: f32) {
    let pose = Pose { at: (pose.at.0, pose.at.1 - pose.size * 0.55), size: pose.size * 0.5, ..pose };
    let (a, b) = (p.palette.accent, p.palette.light.mix(p.palette.second, 0.25));
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
        p.shape(ribbon(&rope, |_| pose.size * 0.012), |_, _| Ink::flat(dark).alpha(alpha));
    }
    p.shape(blob(&pose.points(&outline)), |u, v| {
        let (x, y) = pose.local((u, v));
        let bulge = (0.2116 - 0.16 * (y + 0.55) * (y + 0.55)).max(0.02).sqrt() * (1.0 - 0.55 * smoothstep(0.1, 0.55, y + 0.55));
        let around = libm::asinf((x / bulge).clamp(-1.0, 1.0));
        let gore = floor(around / PI * 7.0 + 40.5) as i32;
        let lab = if gore % 2 == 0 { a } else { b };
        let round = smoothstep(-1.2, 1.0, x / bulge * light * pose.facing - 0.5 * (y + 0.55));
        Ink::flat(lab.mix(dark, (1.0 - round) * 0.42 * model)).alpha(alpha).flow(PI / 2.0 - around * 0.5)
    });
    let basket = [(-0.10, 0.26), (0.10, 0.26), (0.08, 0.40), (-0.08, 0.40)];
    let wicker = p.palette.earth.mix(dark, 0.45);
    p.shape(polygon(&pose.points(&basket)), |_, _| Ink::flat(wicker).alpha(alpha));
}
