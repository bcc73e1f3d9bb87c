//! What a sitter sits before: a wall, a disc of light, sprigs of leaves.

use super::super::{
    canvas::Ink,
    math::{PI, Point, bell, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    rng::Rng,
    shape::{add_ellipse, add_ribbon, circle, curve},
};

/// A wall with a disc of light behind the head, and sprigs of leaves.
pub fn backdrop(p: &mut Painting, rng: &mut Rng) {
    let (palette, layout, m) = (p.palette, p.layout, p.manner);
    let wall = palette
        .second
        .mix(palette.sky_mid, 0.5)
        .mix(palette.sky_low, 0.4 * m.minimalist);
    let noise = p.noise.clone();
    let light = layout.sun.0;
    p.canvas.wash(|u, v| {
        let fall = bell(
            ((u - light) * (u - light) + (v - 0.2) * (v - 0.2)).sqrt(),
            0.75,
        );
        let cloudy = (noise.fbm(u * 3.0, v * 3.0, 4) - 0.5) * 0.12 * m.modelling();
        Ink::flat(
            wall.mix(palette.dark, 0.25 * (1.0 - fall))
                .mix(palette.sky_low, 0.4 * fall)
                .lighter(cloudy),
        )
        .flow(0.7 + u)
    });
    let centre = (lerp(0.5, layout.focus.0, 0.6), 0.40);
    let radius = 0.33 + 0.06 * m.centered;
    let halo = palette.sky_low.mix(palette.sun, 0.45);
    p.shape(circle(centre, radius), |_, v| {
        Ink::flat(halo.mix(palette.accent, 0.25 * smoothstep(0.1, 0.75, v))).flow(0.4)
    });
    let leaf = palette.leaf.mix(palette.second, 0.25);
    for i in 0..6 {
        let (at, turn, size) = (
            rng.range(0.55, 0.95),
            rng.range(0.25, 0.95),
            rng.range(0.22, 0.38),
        );
        let side = if i % 2 == 0 { 1.0 } else { -1.0 };
        let alpha = m.keeps(i, 6) * m.detail();
        sprig(
            p,
            (0.5 + side * 0.56, at),
            -side * turn,
            size,
            leaf.lighter(0.06 * (i as f32 - 3.0) / 3.0),
            alpha,
        );
    }
}

/// A stem with paired leaves, growing upward.
pub fn sprig(p: &mut Painting, foot: Point, lean: f32, size: f32, leaf: Lab, alpha: f32) {
    let tip = (foot.0 + sin(lean) * size, foot.1 - size);
    let line = curve(
        &[
            foot,
            ((foot.0 * 2.0 + tip.0) / 3.0, foot.1 - size * 0.4),
            tip,
        ],
        10,
    );
    let mut path = tiny_skia::PathBuilder::new();
    add_ribbon(&mut path, &line, |t| size * 0.022 * (1.0 - 0.7 * t));
    for (i, at) in line.iter().enumerate().skip(2) {
        let t = i as f32 / 10.0;
        for side in [-1.0, 1.0] {
            let angle = lean - PI / 2.0 + side * (0.85 - 0.3 * t);
            let reach = size * 0.17 * (1.15 - 0.6 * t);
            let centre = (
                at.0 + libm::cosf(angle) * reach * 0.8,
                at.1 + sin(angle) * reach * 0.8,
            );
            add_ellipse(&mut path, centre, reach, reach * 0.34, angle);
        }
    }
    p.shape(path.finish(), |_, _| {
        Ink::flat(leaf).alpha(alpha).flow(lean - PI / 2.0)
    });
}
