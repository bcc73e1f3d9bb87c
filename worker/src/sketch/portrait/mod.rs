//! Portraits, as a poster would have them: few planes, closed or quiet eyes, strong light.

pub mod backdrop;
mod face;
mod hair;

use super::{
    canvas::Ink,
    math::{PI, Point, lerp, smoothstep},
    oklab::Lab,
    painting::Painting,
    rng::Rng,
    shape::{Pose, blob, curve, polygon, ribbon},
};

pub fn portrait(p: &mut Painting) {
    let mut rng = p.rng.fork("portrait");
    backdrop::backdrop(p, &mut rng);
    let (layout, m) = (p.layout, p.manner);
    let size = 0.47 * (0.66 + 0.34 * layout.scale);
    let u = lerp(0.5, layout.focus.0, 0.78);
    let facing = if rng.chance(0.5) { 1.0 } else { -1.0 };
    let lean = -0.05 * facing - layout.side * 0.16 * m.dynamic;
    let head = Pose::new((u, 0.46 + 0.10 * m.minimalist), size)
        .facing(facing)
        .turned(lean);
    let sitter = Sitter::new(p, &mut rng);
    hair::hair_behind(p, head, &sitter);
    body(p, head, &sitter);
    face::face(p, head, &sitter);
    face::features(p, head, &sitter);
    hair::hair_before(p, head, &sitter);
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
        const SKINS: [(f32, f32, f32); 6] = [
            (0.86, 0.055, 58.0),
            (0.79, 0.070, 60.0),
            (0.70, 0.080, 58.0),
            (0.60, 0.080, 55.0),
            (0.55, 0.075, 50.0),
            (0.48, 0.065, 48.0),
        ];
        const HAIRS: [(f32, f32, f32); 6] = [
            (0.22, 0.03, 40.0),
            (0.30, 0.05, 45.0),
            (0.42, 0.085, 48.0),
            (0.52, 0.13, 45.0),
            (0.72, 0.10, 80.0),
            (0.25, 0.03, 270.0),
        ];
        let (l, c, h) = SKINS[rng.index(SKINS.len())];
        let dim = 0.30 * p.palette.night;
        let skin = Lab::lch(l, c, h)
            .mix(p.palette.sky_mid, 0.10)
            .mix(p.palette.dark, dim);
        let (l, c, h) = HAIRS[rng.index(HAIRS.len())];
        let hair = Lab::lch(l, c, h).mix(p.palette.dark, dim);
        let shade = skin
            .mix(p.palette.dark, 0.22)
            .mix(Lab::lch(skin.l * 0.70, 0.085, 22.0), 0.40);
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

fn body(p: &mut Painting, head: Pose, sitter: &Sitter) {
    let light = p.light_from(head.at.0);
    let model = p.manner.modelling();
    let upright = head.turned(0.0);
    let neck = [
        (-0.17, 0.20),
        (0.15, 0.20),
        (0.17, 0.62),
        (0.25, 0.75),
        (-0.30, 0.75),
        (-0.19, 0.6),
    ];
    let (skin, shade) = (sitter.skin, sitter.shade);
    p.shape(polygon(&upright.points(&neck)), |u, v| {
        let (_, y) = upright.local((u, v));
        Ink::flat(skin.mix(shade, 0.35 + 0.65 * smoothstep(0.62, 0.42, y))).flow(PI / 2.0)
    });
    let torso: [Point; 9] = [
        (-0.20, 0.60),
        (-0.45, 0.72),
        (-0.78, 0.84),
        (-0.95, 1.2),
        (-1.0, 2.2),
        (1.0, 2.2),
        (0.93, 1.2),
        (0.75, 0.84),
        (0.42, 0.71),
    ];
    let mut points = torso.to_vec();
    points.extend([(0.19, 0.60), (0.0, 0.74)]);
    let cloth = sitter.cloth.mix(p.palette.dark, 0.2 * p.palette.night);
    let deep = cloth.mix(p.palette.dark, 0.45);
    let noise = p.noise.clone();
    p.shape(blob(&upright.points(&points)), |u, v| {
        let (x, y) = upright.local((u, v));
        let fold = noise.fbm(x * 3.0 + y, x * 4.0 - y * 1.2, 3) - 0.5;
        let lit = smoothstep(-0.9, 0.7, x * light * upright.facing + fold * 1.6);
        Ink::flat(deep.mix(cloth, 0.35 + 0.65 * lit * model + 0.3 * (1.0 - model)))
            .flow(x * 1.2 + 0.3)
    });
    let collar = curve(
        &upright.points(&[
            (-0.24, 0.59),
            (-0.12, 0.74),
            (0.0, 0.79),
            (0.12, 0.74),
            (0.24, 0.59),
        ]),
        16,
    );
    let trim = p.palette.light.mix(cloth, 0.25);
    p.shape(ribbon(&collar, |_| head.size * 0.055), |_, _| {
        Ink::flat(trim)
    });
}
