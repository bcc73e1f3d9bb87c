//! Hair, before and behind the head, and a hat on it.

use super::super::{
    canvas::Ink,
    math::{PI, Point, bell, smoothstep},
    painting::Painting,
    shape::{Pose, blob, circle},
};
use super::Sitter;

pub fn hair_behind(p: &mut Painting, head: Pose, sitter: &Sitter) {
    let long: &[Point] = match sitter.cut {
        0 => &[
            (0.0, -0.62),
            (0.34, -0.52),
            (0.47, -0.15),
            (0.46, 0.35),
            (0.56, 0.85),
            (0.20, 0.95),
            (-0.20, 0.95),
            (-0.58, 0.85),
            (-0.46, 0.35),
            (-0.47, -0.15),
            (-0.34, -0.52),
        ],
        1 => &[
            (0.0, -0.60),
            (0.33, -0.51),
            (0.47, -0.12),
            (0.46, 0.22),
            (0.36, 0.42),
            (-0.36, 0.42),
            (-0.47, 0.22),
            (-0.47, -0.12),
            (-0.33, -0.51),
        ],
        _ => &[
            (0.05, -0.60),
            (0.36, -0.46),
            (0.42, -0.10),
            (0.36, 0.10),
            (-0.36, 0.10),
            (-0.42, -0.10),
            (-0.34, -0.48),
        ],
    };
    let deep = sitter.hair.mix(p.palette.dark, 0.38);
    p.shape(blob(&head.points(long)), |u, _| {
        Ink::flat(deep).flow(PI / 2.0 + (u - head.at.0) * 0.6)
    });
    if sitter.cut == 2 {
        p.shape(
            circle(head.point((-0.10, -0.66)), head.size * 0.17),
            |u, v| Ink::flat(deep.lighter(0.03)).flow(u * 9.0 + v * 9.0),
        );
    }
}

pub fn hair_before(p: &mut Painting, head: Pose, sitter: &Sitter) {
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
        let shine = bell((y + 0.44 + x * x * 0.5 + strand * 0.10).abs(), 0.05)
            * (0.5 + 0.5 * side * x.signum());
        Ink::flat(
            hair.lighter(strand * 0.14 * model)
                .mix(light, 0.34 * shine * model),
        )
        .flow(x * 2.4)
    });
    if sitter.hat {
        let felt = p.palette.second.mix(p.palette.dark, 0.30);
        let band = sitter.cloth;
        let crown = [
            (-0.36, -0.36),
            (-0.34, -0.70),
            (-0.10, -0.80),
            (0.14, -0.80),
            (0.35, -0.70),
            (0.37, -0.36),
        ];
        let brim = [
            (-0.68, -0.33),
            (-0.40, -0.43),
            (0.0, -0.46),
            (0.42, -0.43),
            (0.68, -0.33),
            (0.36, -0.31),
            (0.0, -0.34),
            (-0.36, -0.31),
        ];
        p.shape(blob(&head.points(&crown)), |u, v| {
            let (x, y) = head.local((u, v));
            let lit = smoothstep(-0.5, 0.6, x * side);
            Ink::flat(if y > -0.50 { band } else { felt }.lighter(0.10 * (lit - 0.5) * model))
                .flow(0.2)
        });
        p.shape(blob(&head.points(&brim)), |u, v| {
            let (x, _) = head.local((u, v));
            Ink::flat(felt.lighter(-0.05 + 0.08 * smoothstep(-0.5, 0.6, x * side)))
        });
    }
}
