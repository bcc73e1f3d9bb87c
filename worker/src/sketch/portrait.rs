//! Portraits, as a poster would have them: few planes, closed or quiet eyes, strong light.

use super::{
    canvas::Ink,
    math::{PI, Point, bell, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    rng::Rng,
    shape::{Pose, add_ellipse, add_ribbon, blob, circle, curve, polygon, ribbon},
};

pub fn portrait(p: &mut Painting) {
    let mut rng = p.rng.fork("portrait");
    backdrop(p, &mut rng);
    let (layout, m) = (p.layout, p.manner);
    let size = 0.47 * (0.66 + 0.34 * layout.scale);
    let u = lerp(0.5, layout.focus.0, 0.78);
    let facing = if rng.chance(0.5) { 1.0 } else { -1.0 };
    let lean = -0.05 * facing - layout.side * 0.16 * m.dynamic;
    let head = Pose::new((u, 0.46 + 0.10 * m.minimalist), size).facing(facing).turned(lean);
    let sitter = Sitter::new(p, &mut rng);
    hair_behind(p, head, &sitter);
    body(p, head, &sitter);
    face(p, head, &sitter);
    features(p, head, &sitter);
    hair_before(p, head, &sitter);
}

struct Sitter {
    skin: Lab,
    shade: Lab,
    hair: Lab,
    cloth: Lab,
    blush: Lab,
    cut: usize,
    open: bool,
    hat: bool,
}

impl Sitter {
    fn new(p: &Painting, rng: &mut Rng) -> Self {
        const SKINS: [(f32, f32, f32); 6] =
            [(0.86, 0.055, 58.0), (0.79, 0.070, 60.0), (0.70, 0.080, 58.0), (0.60, 0.080, 55.0), (0.50, 0.070, 50.0), (0.42, 0.060, 48.0)];
        const HAIRS: [(f32, f32, f32); 6] =
            [(0.22, 0.03, 40.0), (0.30, 0.05, 45.0), (0.42, 0.085, 48.0), (0.52, 0.13, 45.0), (0.72, 0.10, 80.0), (0.25, 0.03, 270.0)];
        let (l, c, h) = SKINS[rng.index(SKINS.len())];
        let dim = 0.30 * p.palette.night;
        let skin = Lab::lch(l, c, h).mix(p.palette.sky_mid, 0.10).mix(p.palette.dark, dim);
        let (l, c, h) = HAIRS[rng.index(HAIRS.len())];
        let hair = Lab::lch(l, c, h).mix(p.palette.dark, dim);
        let shade = skin.mix(p.palette.dark, 0.30).mix(Lab::lch(skin.l * 0.66, 0.085, 22.0), 0.40);
        Self {
            skin,
            shade,
            hair,
            cloth: p.scene.colours[0].unwrap_or(p.palette.accent),
            blush: skin.mix(Lab::lch(0.62, 0.15, 25.0), 0.5),
            cut: rng.index(3),
            open: rng.chance(0.45),
            hat: rng.chance(0.3),
        }
    }
}

/// A wall with a disc of light behind the head, and sprigs of leaves.
fn backdrop(p: &mut Painting, rng: &mut Rng) {
    let (palette, layout, m) = (p.palette, p.layout, p.manner);
    let wall = palette.second.mix(palette.sky_mid, 0.5).mix(palette.sky_low, 0.4 * m.minimalist);
    let noise = p.noise.clone();
    let light = layout.sun.0;
    p.canvas.wash(|u, v| {
        let fall = bell(((u - light) * (u - light) + (v - 0.2) * (v - 0.2)).sqrt(), 0.75);
        let cloudy = (noise.fbm(u * 3.0, v * 3.0, 4) - 0.5) * 0.12 * m.modelling();
        Ink::flat(wall.mix(palette.dark, 0.25 * (1.0 - fall)).mix(palette.sky_low, 0.4 * fall).lighter(cloudy)).flow(0.7 + u)
    });
    let centre = (lerp(0.5, layout.focus.0, 0.6), 0.40);
    let radius = 0.33 + 0.06 * m.centered;
    let halo = palette.sky_low.mix(palette.sun, 0.45);
    p.shape(circle(centre, radius), |_, v| Ink::flat(halo.mix(palette.accent, 0.25 * smoothstep(0.1, 0.75, v))).flow(0.4));
    let leaf = palette.leaf.mix(palette.second, 0.25);
    for i in 0..6 {
        let (at, turn, size) = (rng.range(0.55, 0.95), rng.range(0.25, 0.95), rng.range(0.22, 0.38));
        let side = if i % 2 == 0 { 1.0 } else { -1.0 };
        let alpha = m.keeps(i, 6) * m.detail();
        sprig(p, (0.5 + side * 0.56, at), -side * turn, size, leaf.lighter(0.06 * (i as f32 - 3.0) / 3.0), alpha);
    }
}

/// A stem with paired leaves, growing upward.
pub fn sprig(p: &mut Painting, foot: Point, lean: f32, size: f32, leaf: Lab, alpha: f32) {
    let tip = (foot.0 + sin(lean) * size, foot.1 - size);
    let line = curve(&[foot, ((foot.0 * 2.0 + tip.0) / 3.0, foot.1 - size * 0.4), tip], 10);
    let mut path = tiny_skia::PathBuilder::new();
    add_ribbon(&mut path, &line, |t| size * 0.022 * (1.0 - 0.7 * t));
    for (i, at) in line.iter().enumerate().skip(2) {
        let t = i as f32 / 10.0;
        for side in [-1.0, 1.0] {
            let angle = lean - PI / 2.0 + side * (0.85 - 0.3 * t);
            let reach = size * 0.17 * (1.15 - 0.6 * t);
            let centre = (at.0 + libm::cosf(angle) * reach * 0.8, at.1 + sin(angle) * reach * 0.8);
            add_ellipse(&mut path, centre, reach, reach * 0.34, angle);
        }
    }
    p.shape(path.finish(), |_, _| Ink::flat(leaf).alpha(alpha).flow(lean - PI / 2.0));
}

fn body(p: &mut Painting, head: Pose, sitter: &Sitter) {
    let light = p.light_from(head.at.0);
    let model = p.manner.modelling();
    let upright = head.turned(0.0);
    let neck = [(-0.17, 0.20), (0.15, 0.20), (0.17, 0.62), (0.25, 0.75), (-0.30, 0.75), (-0.19, 0.6)];
    let (skin, shade) = (sitter.skin, sitter.shade);
    p.shape(polygon(&upright.points(&neck)), |u, v| {
        let (_, y) = upright.local((u, v));
        Ink::flat(skin.mix(shade, 0.35 + 0.65 * smoothstep(0.62, 0.42, y))).flow(PI / 2.0)
    });
    let torso: [Point; 9] =
        [(-0.20, 0.60), (-0.45, 0.72), (-0.78, 0.84), (-0.95, 1.2), (-1.0, 2.2), (1.0, 2.2), (0.93, 1.2), (0.75, 0.84), (0.42, 0.71)];
    let mut points = torso.to_vec();
    points.extend([(0.19, 0.60), (0.0, 0.74)]);
    let cloth = sitter.cloth.mix(p.palette.dark, 0.2 * p.palette.night);
    let deep = cloth.mix(p.palette.dark, 0.45);
    let noise = p.noise.clone();
    p.shape(blob(&upright.points(&points)), |u, v| {
        let (x, y) = upright.local((u, v));
        let fold = noise.fbm(x * 3.0 + y, x * 4.0 - y * 1.2, 3) - 0.5;
        let lit = smoothstep(-0.9, 0.7, x * light * upright.facing + fold * 1.6);
        Ink::flat(deep.mix(cloth, 0.35 + 0.65 * lit * model + 0.3 * (1.0 - model))).flow(x * 1.2 + 0.3)
    });
    let collar = curve(&upright.points(&[(-0.24, 0.59), (-0.12, 0.74), (0.0, 0.79), (0.12, 0.74), (0.24, 0.59)]), 16);
    let trim = p.palette.light.mix(cloth, 0.25);
    p.shape(ribbon(&collar, |_| head.size * 0.055), |_, _| Ink::flat(trim));
}

fn face(p: &mut Painting, head: Pose, sitter: &Sitter) {
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
    let light = if light.abs() < 0.35 { 0.35 * if light < 0.0 { -1.0 } else { 1.0 } } else { light };
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
            lab = lab.mix(blush, 0.50 * bell(((x - cheek) * (x - cheek) + (y - 0.13) * (y - 0.13)).sqrt(), 0.11));
        }
        let brow = smoothstep(-0.32, -0.47, y) * 0.3;
        Ink::flat(lab.mix(shade, brow)).flow(PI / 2.0 - x * 2.2)
    });
}

fn features(p: &mut Painting, head: Pose, sitter: &Sitter) {
    let line = sitter.hair.mix(p.palette.dark, 0.6).lighter(-0.03);
    let stroke = |p: &mut Painting, through: &[Point], width: f32, lab: Lab| {
        let path = curve(&head.points(through), 14);
        p.shape(ribbon(&path, |t| head.size * width * (0.25 + 0.75 * sin(t * PI))), |_, _| Ink::flat(lab).flow(0.0));
    };
    for side in [-1.0, 1.0] {
        let x = 0.155 * side + 0.02;
        let brow = [(x - 0.10 * side, -0.115), (x, -0.165), (x + 0.105 * side, -0.125)];
        stroke(p, &brow, 0.030, line);
        if sitter.open {
            let white = p.palette.light.mix(sitter.skin, 0.25);
            let eye = [(x - 0.085, 0.0), (x - 0.03, -0.040), (x + 0.04, -0.038), (x + 0.085, 0.0), (x + 0.03, 0.028), (x - 0.04, 0.028)];
            p.shape(blob(&head.points(&eye)), |_, _| Ink::flat(white));
            let iris = p.palette.second.mix(p.palette.dark, 0.5);
            p.shape(circle(head.point((x + 0.01, -0.008)), head.size * 0.036), |_, _| Ink::flat(iris));
            p.shape(circle(head.point((x + 0.01, -0.008)), head.size * 0.017), |_, _| Ink::flat(line));
            p.shape(circle(head.point((x + 0.022, -0.02)), head.size * 0.008), |_, _| Ink::flat(white));
            stroke(p, &[(x - 0.095, 0.004), (x - 0.02, -0.050), (x + 0.05, -0.044), (x + 0.098, 0.004)], 0.026, line);
        } else {
            stroke(p, &[(x - 0.09, -0.012), (x - 0.03, 0.026), (x + 0.04, 0.026), (x + 0.09, -0.012)], 0.024, line);
            for k in [-0.06, 0.0, 0.06] {
                stroke(p, &[(x + k, 0.018), (x + k * 1.25 + 0.01 * side, 0.050)], 0.012, line);
            }
        }
    }
    let shade = sitter.shade;
    stroke(p, &[(0.03, -0.09), (0.045, 0.06), (0.085, 0.165), (0.03, 0.195), (-0.01, 0.185)], 0.022, shade.lighter(-0.03));
    let nose = [(0.035, 0.02), (0.09, 0.165), (0.03, 0.20), (-0.02, 0.18)];
    p.shape(blob(&head.points(&nose)), |_, _| Ink::flat(shade).alpha(0.40));
    let lip = sitter.skin.mix(Lab::lch(0.50, 0.15, 20.0), 0.62);
    let upper = [(-0.095, 0.312), (-0.035, 0.285), (0.015, 0.296), (0.06, 0.284), (0.115, 0.310), (0.015, 0.322)];
    let lower = [(-0.085, 0.315), (0.015, 0.324), (0.105, 0.313), (0.06, 0.358), (-0.03, 0.360)];
    p.shape(blob(&head.points(&upper)), |_, _| Ink::flat(lip.lighter(-0.06)));
    p.shape(blob(&head.points(&lower)), |_, _| Ink::flat(lip.lighter(0.02)));
}

fn hair_behind(p: &mut Painting, head: Pose, sitter: &Sitter) {
    let long: &[Point] = match sitter.cut {
        0 => &[(0.0, -0.62), (0.34, -0.52), (0.47, -0.15), (0.46, 0.35), (0.56, 0.85), (0.20, 0.95), (-0.20, 0.95), (-0.58, 0.85), (-0.46, 0.35), (-0.47, -0.15), (-0.34, -0.52)],
        1 => &[(0.0, -0.60), (0.33, -0.51), (0.47, -0.12), (0.46, 0.22), (0.36, 0.42), (-0.36, 0.42), (-0.47, 0.22), (-0.47, -0.12), (-0.33, -0.51)],
        _ => &[(0.05, -0.60), (0.36, -0.46), (0.42, -0.10), (0.36, 0.10), (-0.36, 0.10), (-0.42, -0.10), (-0.34, -0.48)],
    };
    let deep = sitter.hair.mix(p.palette.dark, 0.38);
    p.shape(blob(&head.points(long)), |u, _| Ink::flat(deep).flow(PI / 2.0 + (u - head.at.0) * 0.6));
    if sitter.cut == 2 {
        p.shape(circle(head.point((-0.10, -0.66)), head.size * 0.17), |u, v| Ink::flat(deep.lighter(0.03)).flow(u * 9.0 + v * 9.0));
    }
}

fn hair_before(p: &mut Painting, head: Pose, sitter: &Sitter) {
    let fringe: [Point; 12] = [
        (-0.37, 0.02),
        (-0.43, -0.22),
        (-0.33, -0.50),
        (-0.02, -0.625),
        (0.30, -0.53),
        (0.42, -0.26),
        (0.375, 0.02),
        (0.335, -0.17),
        (0.20, -0.33),
        (-0.02, -0.40),
        (-0.20, -0.34),
        (-0.325, -0.17),
    ];
    let (hair, light) = (sitter.hair, p.palette.light);
    let (noise, model) = (p.noise.clone(), p.manner.modelling());
    let side = p.light_from(head.at.0) * head.facing;
    p.shape(blob(&head.points(&fringe)), |u, v| {
        let (x, y) = head.local((u, v));
        let strand = noise.fbm(x * 9.0 + y * 3.0, y * 2.0, 3) - 0.5;
        let shine = bell((y + 0.44 + x * x * 0.5 + strand * 0.10).abs(), 0.05) * (0.5 + 0.5 * side * x.signum());
        Ink::flat(hair.lighter(strand * 0.14 * model).mix(light, 0.34 * shine * model)).flow(x * 2.4)
    });
    if sitter.hat {
        let felt = p.palette.second.mix(p.palette.dark, 0.30);
        let band = sitter.cloth;
        let crown = [(-0.36, -0.36), (-0.34, -0.70), (-0.10, -0.80), (0.14, -0.80), (0.35, -0.70), (0.37, -0.36)];
        let brim = [(-0.68, -0.33), (-0.40, -0.43), (0.0, -0.46), (0.42, -0.43), (0.68, -0.33), (0.36, -0.31), (0.0, -0.34), (-0.36, -0.31)];
        p.shape(blob(&head.points(&crown)), |u, v| {
            let (x, y) = head.local((u, v));
            let lit = smoothstep(-0.5, 0.6, x * side);
            Ink::flat(if y > -0.50 { band } else { felt }.lighter(0.10 * (lit - 0.5) * model)).flow(0.2)
        });
        p.shape(blob(&head.points(&brim)), |u, v| {
            let (x, _) = head.local((u, v));
            Ink::flat(felt.lighter(-0.05 + 0.08 * smoothstep(-0.5, 0.6, x * side)))
        });
    }
}
