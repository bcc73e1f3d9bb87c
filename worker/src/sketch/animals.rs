//! Animals as simple forms: a few smooth masses with light on one side and a face that reads.

use super::{
    canvas::Ink,
    land,
    math::{PI, Point, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::Beast,
    shape::{Pose, blob, circle, curve, ellipse, ribbon},
    sky, underwater,
};

pub fn animal(p: &mut Painting) {
    let mut rng = p.rng.fork("animal");
    let any = [Beast::Cat, Beast::Fox, Beast::Owl, Beast::Bird, Beast::Deer, Beast::Rabbit];
    let beast = p.scene.beast.unwrap_or(any[rng.index(any.len())]);
    if matches!(beast, Beast::Fish | Beast::Whale) {
        underwater::paint(p, beast);
        return;
    }
    sky::paint(p);
    for range in land::ranges(p, false).into_iter().skip(1) {
        land::paint(p, &range);
    }
    let size = 0.50 * (0.60 + 0.40 * p.layout.scale);
    let (u, size) = p.layout.paired(lerp(0.5, p.layout.focus.0, 0.85), size);
    let at = (u, 0.90);
    let twins: Vec<(f32, f32)> = p.layout.twins(at.0).collect();
    for (u, share) in twins {
        let facing = p.layout.facing(u, at.0);
        let pose = Pose::new((u, at.1), size).facing(facing).turned(0.04 * p.manner.energetic * facing);
        ground_shadow(p, pose, share);
        match beast {
            Beast::Cat => sitting(p, pose, share, Coat::cat(p)),
            Beast::Fox => sitting(p, pose, share, Coat::fox(p)),
            Beast::Rabbit => rabbit(p, pose, share),
            Beast::Owl => owl(p, pose, share),
            Beast::Deer => deer(p, pose, share),
            _ => bird(p, pose, share),
        }
    }
    land::grass(p, 0.90);
}

fn ground_shadow(p: &mut Painting, pose: Pose, alpha: f32) {
    let dark = p.palette.dark;
    let (rx, ry) = (pose.size * 0.52, pose.size * 0.08);
    let at = (pose.at.0 - p.light_from(pose.at.0) * pose.size * 0.12, pose.at.1);
    p.shape(ellipse(at, rx, ry, 0.0), |u, v| {
        let (x, y) = ((u - at.0) / rx, (v - at.1) / ry);
        Ink::flat(dark).alpha(alpha * 0.5 * smoothstep(1.0, 0.2, x * x + y * y))
    });
}

/// The colours of a coat.
#[derive(Clone, Copy)]
struct Coat {
    fur: Lab,
    pale: Lab,
    tail: f32,
    snout: f32,
    ear: f32,
}

impl Coat {
    fn dim(p: &Painting, lab: Lab) -> Lab {
        lab.mix(p.palette.dark, 0.35 * p.palette.night + 0.35 * p.manner.mysterious).mix(p.palette.sky_mid, 0.08)
    }

    fn cat(p: &Painting) -> Self {
        const COATS: [(f32, f32, f32); 4] = [(0.30, 0.02, 280.0), (0.66, 0.115, 60.0), (0.55, 0.02, 250.0), (0.88, 0.02, 80.0)];
        let (l, c, h) = COATS[p.rng.fork("coat").index(4)];
        let fur = p.scene.colours[0].unwrap_or(Lab::lch(l, c, h));
        Self { fur: Self::dim(p, fur), pale: Self::dim(p, fur.lighter(0.16)), tail: 0.75, snout: 0.0, ear: 1.0 }
    }

    fn fox(p: &Painting) -> Self {
        let fur = p.scene.colours[0].unwrap_or(Lab::lch(0.64, 0.155, 48.0));
        Self { fur: Self::dim(p, fur), pale: Self::dim(p, Lab::lch(0.94, 0.02, 80.0)), tail: 1.9, snout: 1.0, ear: 1.15 }
    }
}

/// Fills a smooth mass with fur: light from the sun's side, hairs along a direction.
fn mass(p: &mut Painting, pose: Pose, outline: &[Point], lab: Lab, flow: f32, alpha: f32) {
    let light = p.light_from(pose.at.0) * pose.facing;
    let model = p.manner.modelling();
    let (noise, dark, bright) = (p.noise.clone(), p.palette.dark, p.palette.light);
    let left = outline.iter().map(|q| q.0).fold(f32::MAX, f32::min);
    let right = outline.iter().map(|q| q.0).fold(f32::MIN, f32::max);
    let top = outline.iter().map(|q| q.1).fold(f32::MAX, f32::min);
    let bottom = outline.iter().map(|q| q.1).fold(f32::MIN, f32::max);
    p.shape(blob(&pose.points(outline)), |u, v| {
        let (x, y) = pose.local((u, v));
        let (cx, cy) = ((x - left) / (right - left) * 2.0 - 1.0, (y - top) / (bottom - top) * 2.0 - 1.0);
        let hair = noise.fbm(x * 26.0 + y * 6.0, y * 9.0 - x * 4.0, 3) - 0.5;
        let lit = cx * light * 0.55 - cy * 0.45 + hair * 0.7;
        let tone = lab.mix(dark, 0.50 * smoothstep(0.15, -0.85, lit) * model).mix(bright, 0.30 * smoothstep(0.15, 0.95, lit) * model);
        Ink::flat(tone.lighter(hair * 0.05 * model)).alpha(alpha).flow(flow + cx * 0.5)
    });
}

fn sitting(p: &mut Painting, pose: Pose, alpha: f32, coat: Coat) {
    let Coat { fur, pale, tail, snout, ear } = coat;
    let dark = p.palette.dark;
    let line = curve(&pose.points(&[(-0.22, -0.08), (-0.50, -0.05), (-0.60, -0.26), (-0.48, -0.46)]), 20);
    p.shape(ribbon(&line, |t| pose.size * 0.085 * lerp(1.0, tail, sin(t * PI * 0.85)) * (1.0 - 0.5 * t * t)), |u, v| {
        let (x, y) = pose.local((u, v));
        let tip = smoothstep(-0.30, -0.44, y - x * 0.1) * snout;
        Ink::flat(fur.lighter(-0.05).mix(pale, tip)).alpha(alpha).flow(1.2)
    });
    let body = [(0.02, -0.66), (0.17, -0.52), (0.20, -0.30), (0.18, 0.0), (-0.05, 0.02), (-0.30, 0.0), (-0.37, -0.14), (-0.31, -0.34), (-0.17, -0.55)];
    mass(p, pose, &body, fur, 1.3, alpha);
    let chest = [(0.06, -0.56), (0.15, -0.44), (0.16, -0.24), (0.09, -0.14), (0.02, -0.34)];
    mass(p, pose, &chest, pale, 1.4, alpha);
    let haunch = [(-0.10, -0.26), (-0.02, -0.12), (-0.04, 0.0), (-0.26, 0.02), (-0.34, -0.10), (-0.26, -0.25)];
    mass(p, pose, &haunch, fur.lighter(0.02), 0.6, alpha);
    for x in [0.02, 0.13] {
        let leg = [(x - 0.04, -0.30), (x + 0.045, -0.30), (x + 0.05, -0.02), (x + 0.075, 0.025), (x - 0.045, 0.025)];
        mass(p, pose, &leg, fur.lighter(if x > 0.1 { 0.0 } else { -0.05 }).mix(dark, 0.5 * snout * 0.6), 1.5, alpha);
    }
    for side in [-1.0, 1.0] {
        let x = 0.07 + side * 0.13;
        let outer = [(x - 0.075, -0.84), (x + side * 0.02, -0.98 - 0.04 * ear), (x + 0.075, -0.83), (x, -0.76)];
        let inner = [(x - 0.035, -0.84), (x + side * 0.015, -0.93 - 0.03 * ear), (x + 0.035, -0.835), (x, -0.80)];
        mass(p, pose, &outer, fur.lighter(-0.03), 1.4, alpha);
        mass(p, pose, &inner, fur.mix(Lab::lch(0.70, 0.09, 20.0), 0.45), 1.4, alpha * 0.9);
    }
    let head = [(0.07, -0.90), (0.22, -0.85), (0.285, -0.72), (0.22, -0.61), (0.07, -0.555 + 0.03 * snout), (-0.08, -0.61), (-0.145, -0.72), (-0.08, -0.85)];
    mass(p, pose, &head, fur, 0.4, alpha);
    let mask = [(0.07, -0.72), (0.19, -0.685), (0.17, -0.60), (0.07, -0.55 + 0.01 * snout), (-0.03, -0.60), (-0.05, -0.685)];
    mass(p, pose, &mask, fur.mix(pale, 0.55 + 0.45 * snout), 0.4, alpha);
    eyes(p, pose, &[(0.0, -0.735), (0.14, -0.735)], 0.036, alpha);
    let nose = [(0.04, -0.655), (0.10, -0.655), (0.07, -0.622)];
    p.shape(blob(&pose.points(&nose)), |_, _| Ink::flat(dark).alpha(alpha));
    for side in [-1.0, 1.0] {
        for k in [0.0, 0.025] {
            let whisker = [pose.point((0.07 + side * 0.06, -0.63 + k)), pose.point((0.07 + side * 0.24, -0.655 + k * 2.4))];
            p.shape(ribbon(&whisker, |_| pose.size * 0.006), |_, _| Ink::flat(pale).alpha(alpha * 0.7 * (1.0 - snout)));
        }
    }
}

fn eyes(p: &mut Painting, pose: Pose, places: &[Point], radius: f32, alpha: f32) {
    let dark = p.palette.dark.lighter(-0.06);
    let iris = Lab::lch(0.80, 0.14, 95.0);
    let glow = 0.45 + 0.5 * p.manner.mysterious;
    for &at in places {
        let centre = pose.point(at);
        p.shape(ellipse(centre, pose.size * radius, pose.size * radius * 0.92, 0.0), |_, _| Ink::flat(iris.mix(dark, 1.0 - glow)).alpha(alpha));
        p.shape(circle(centre, pose.size * radius * 0.58), |_, _| Ink::flat(dark).alpha(alpha));
        let shine = (centre.0 + pose.size * radius * 0.25, centre.1 - pose.size * radius * 0.3);
        p.shape(circle(shine, pose.size * radius * 0.22), |_, _| Ink::flat(Lab::new(0.97, 0.0, 0.01)).alpha(alpha));
    }
}

fn rabbit(p: &mut Painting, pose: Pose, alpha: f32) {
    let fur = Coat::dim(p, p.scene.colours[0].unwrap_or(Lab::lch(0.70, 0.045, 65.0)));
    let pale = fur.lighter(0.18);
    mass(p, pose, &[(-0.40, -0.14), (-0.46, -0.22), (-0.38, -0.27), (-0.31, -0.18)], pale, 0.5, alpha);
    for (x, lean) in [(0.10, -0.10), (0.20, 0.06)] {
        let outer = [(x - 0.055, -0.62), (x + lean - 0.055, -0.90), (x + lean, -1.02), (x + lean + 0.06, -0.90), (x + 0.06, -0.62)];
        let inner = [(x - 0.02, -0.66), (x + lean - 0.02, -0.88), (x + lean + 0.005, -0.95), (x + lean + 0.028, -0.88), (x + 0.03, -0.66)];
        mass(p, pose, &outer, fur.lighter(-0.02), 1.5, alpha);
        mass(p, pose, &inner, fur.mix(Lab::lch(0.74, 0.09, 15.0), 0.5), 1.5, alpha);
    }
    let body = [(0.05, -0.44), (0.22, -0.34), (0.24, -0.08), (0.15, 0.02), (-0.25, 0.02), (-0.40, -0.10), (-0.37, -0.28), (-0.20, -0.42)];
    mass(p, pose, &body, fur, 0.4, alpha);
    mass(p, pose, &[(-0.12, -0.27), (-0.01, -0.14), (-0.02, 0.02), (-0.28, 0.03), (-0.35, -0.10), (-0.28, -0.24)], fur.lighter(0.03), 0.6, alpha);
    mass(p, pose, &[(0.16, -0.26), (0.26, -0.22), (0.27, -0.02), (0.30, 0.02), (0.16, 0.025)], fur.lighter(-0.02), 1.5, alpha);
    mass(p, pose, &[(0.14, -0.66), (0.28, -0.62), (0.36, -0.50), (0.32, -0.40), (0.18, -0.36), (0.04, -0.42), (0.01, -0.56)], fur, 0.4, alpha);
    mass(p, pose, &[(0.28, -0.49), (0.36, -0.47), (0.33, -0.40), (0.24, -0.38), (0.22, -0.44)], pale, 0.4, alpha);
    eyes(p, pose, &[(0.20, -0.53)], 0.034, alpha);
    let nose = p.palette.dark.mix(Lab::lch(0.65, 0.10, 15.0), 0.5);
    p.shape(ellipse(pose.point((0.352, -0.475)), pose.size * 0.018, pose.size * 0.013, 0.0), |_, _| Ink::flat(nose).alpha(alpha));
}

fn owl(p: &mut Painting, pose: Pose, alpha: f32) {
    let fur = Coat::dim(p, p.scene.colours[0].unwrap_or(Lab::lch(0.52, 0.06, 60.0)));
    let pale = fur.lighter(0.26).purer(0.7);
    let dark = p.palette.dark;
    let branch = curve(&pose.points(&[(-0.9, 0.06), (-0.2, -0.01), (0.4, 0.02), (1.0, -0.07)]), 20);
    p.shape(ribbon(&branch, |t| pose.size * lerp(0.10, 0.05, t)), |_, _| Ink::flat(dark.mix(fur, 0.25)).alpha(alpha));
    let body = [(0.0, -0.86), (0.22, -0.78), (0.31, -0.50), (0.27, -0.18), (0.08, 0.02), (0.0, 0.12), (-0.08, 0.02), (-0.27, -0.18), (-0.31, -0.50), (-0.22, -0.78)];
    mass(p, pose, &body, fur, 1.5, alpha);
    let belly = [(0.0, -0.50), (0.17, -0.42), (0.18, -0.18), (0.0, 0.0), (-0.18, -0.18), (-0.17, -0.42)];
    mass(p, pose, &belly, pale, 1.5, alpha);
    for row in 0..4 {
        for k in -2..=2 {
            let x = k as f32 * 0.075 + if row % 2 == 0 { 0.0 } else { 0.037 };
            let at = pose.point((x * (1.0 - row as f32 * 0.10), -0.38 + row as f32 * 0.085));
            let show = alpha * p.manner.detail();
            p.shape(ellipse(at, pose.size * 0.016, pose.size * 0.026, 0.0), |_, _| Ink::flat(fur).alpha(show));
        }
    }
    for side in [-1.0, 1.0] {
        let wing = [(side * 0.24, -0.60), (side * 0.345, -0.40), (side * 0.29, -0.12), (side * 0.13, 0.07), (side * 0.16, -0.25)];
        mass(p, pose, &wing, fur.lighter(-0.06), 1.5, alpha);
        mass(p, pose, &[(side * 0.10, -0.80), (side * 0.25, -0.98), (side * 0.23, -0.74)], fur.lighter(-0.04), 1.4, alpha);
        mass(p, pose, &[(side * 0.11, -0.79), (side * 0.22, -0.68), (side * 0.12, -0.54), (side * 0.01, -0.60), (side * 0.015, -0.74)], pale, 0.8, alpha);
    }
    eyes(p, pose, &[(-0.11, -0.67), (0.11, -0.67)], 0.072, alpha);
    let beak = [(-0.03, -0.62), (0.03, -0.62), (0.0, -0.53)];
    p.shape(blob(&pose.points(&beak)), |_, _| Ink::flat(Lab::lch(0.72, 0.13, 70.0)).alpha(alpha));
}

fn deer(p: &mut Painting, pose: Pose, alpha: f32) {
    let fur = Coat::dim(p, p.scene.colours[0].unwrap_or(Lab::lch(0.58, 0.09, 55.0)));
    let (pale, dark) = (fur.lighter(0.20), p.palette.dark.mix(fur, 0.3));
    for (x, back, tone) in [(-0.30, -0.03, -0.12), (0.17, 0.02, -0.12), (-0.36, -0.02, 0.0), (0.24, 0.03, 0.0)] {
        let leg = [(x - 0.05, -0.42), (x + 0.06, -0.42), (x + 0.022, -0.20), (x + back + 0.026, 0.02), (x + back - 0.022, 0.02), (x - 0.012, -0.20)];
        mass(p, pose, &leg, fur.lighter(tone), 1.5, alpha);
    }
    let body = [(-0.40, -0.62), (-0.10, -0.60), (0.20, -0.63), (0.33, -0.56), (0.32, -0.42), (0.18, -0.34), (-0.10, -0.33), (-0.34, -0.36), (-0.44, -0.48)];
    mass(p, pose, &body, fur, 0.1, alpha);
    mass(p, pose, &[(-0.43, -0.60), (-0.50, -0.52), (-0.46, -0.46), (-0.40, -0.52)], pale, 1.2, alpha);
    mass(p, pose, &[(0.20, -0.60), (0.30, -0.84), (0.40, -0.92), (0.44, -0.80), (0.36, -0.56), (0.30, -0.46)], fur, 1.1, alpha);
    for x in [0.34, 0.43] {
        mass(p, pose, &[(x - 0.02, -0.96), (x - 0.11, -1.03), (x - 0.02, -1.02)], fur.lighter(-0.03), 0.7, alpha);
        for (dx, dy, k) in [(-0.14, -0.34, 0.0), (0.05, -0.40, 0.03)] {
            let horn = curve(&pose.points(&[(x - 0.01, -1.0), (x + dx * 0.8, -1.12), (x + dx + k, -1.0 + dy)]), 10);
            p.shape(ribbon(&horn, |t| pose.size * 0.026 * (1.0 - 0.7 * t)), |_, _| Ink::flat(dark).alpha(alpha));
        }
    }
    mass(p, pose, &[(0.33, -1.0), (0.44, -0.99), (0.60, -0.86), (0.60, -0.81), (0.50, -0.80), (0.37, -0.83)], fur, 0.5, alpha);
    mass(p, pose, &[(0.54, -0.885), (0.61, -0.85), (0.60, -0.81), (0.54, -0.81)], dark, 0.5, alpha);
    eyes(p, pose, &[(0.44, -0.92)], 0.021, alpha);
    for (x, y) in [(-0.30, -0.54), (-0.22, -0.50), (-0.14, -0.545), (-0.05, -0.51), (0.03, -0.55), (-0.34, -0.47)] {
        let show = alpha * p.manner.detail() * 0.8;
        p.shape(circle(pose.point((x, y)), pose.size * 0.013), |_, _| Ink::flat(pale).alpha(show));
    }
}

fn bird(p: &mut Painting, pose: Pose, alpha: f32) {
    let coat = p.scene.colours[0].unwrap_or(p.palette.second.purer(1.3));
    let coat = Coat::dim(p, coat);
    let breast = Coat::dim(p, p.scene.colours[1].unwrap_or(p.palette.accent));
    let dark = p.palette.dark;
    let pose = Pose { at: (pose.at.0, pose.at.1 - pose.size * 0.14), ..pose };
    let branch = curve(&pose.points(&[(-1.1, 0.10), (-0.3, 0.0), (0.4, 0.03), (1.2, -0.10)]), 20);
    p.shape(ribbon(&branch, |t| pose.size * lerp(0.09, 0.035, t)), |_, _| Ink::flat(dark.mix(coat, 0.15)).alpha(alpha));
    mass(p, pose, &[(-0.30, -0.20), (-0.72, 0.10), (-0.66, 0.16), (-0.24, -0.06)], coat.lighter(-0.08), 0.5, alpha);
    for x in [-0.03, 0.07] {
        let leg = [pose.point((x, -0.08)), pose.point((x + 0.02, 0.03))];
        p.shape(ribbon(&leg, |_| pose.size * 0.022), |_, _| Ink::flat(dark).alpha(alpha));
    }
    let body = [(0.16, -0.74), (0.32, -0.68), (0.37, -0.54), (0.34, -0.30), (0.18, -0.09), (-0.05, -0.05), (-0.28, -0.14), (-0.30, -0.26), (-0.12, -0.42), (0.02, -0.62)];
    mass(p, pose, &body, coat, 0.7, alpha);
    let front = [(0.30, -0.56), (0.36, -0.48), (0.33, -0.28), (0.17, -0.10), (0.0, -0.07), (0.10, -0.30), (0.20, -0.50)];
    mass(p, pose, &front, breast, 1.2, alpha);
    let wing = [(0.08, -0.44), (0.10, -0.28), (-0.10, -0.12), (-0.46, 0.02), (-0.28, -0.20), (-0.10, -0.42)];
    mass(p, pose, &wing, coat.lighter(-0.09), 0.6, alpha);
    let beak = [pose.point((0.34, -0.64)), pose.point((0.36, -0.57)), pose.point((0.47, -0.595))];
    p.shape(super::shape::polygon(&beak), |_, _| Ink::flat(Lab::lch(0.74, 0.14, 72.0)).alpha(alpha));
    eyes(p, pose, &[(0.245, -0.62)], 0.032, alpha);
}
