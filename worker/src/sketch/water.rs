//! Water: what stands above it, mirrored, broken by ripples, coloured by its depth.

use super::{
    canvas::Ink,
    math::{lerp, smoothstep},
    painting::Painting,
    shape::ellipse,
};

/// Everything below a level shore. `rough` is 0 for a pond and 1 for the open sea.
pub fn paint(p: &mut Painting, shore: f32, rough: f32) {
    let (palette, m, sun) = (p.palette, p.manner, p.layout.sun);
    let restless = (0.22 + 0.9 * rough)
        * (1.0 - 0.75 * m.peaceful + 0.9 * m.energetic)
        * (1.0 - 0.6 * m.minimalist);
    let glitter = (0.75 - 0.6 * m.melancholic)
        * (0.4 + 0.6 * palette.low_sun.max(palette.night))
        * m.detail();
    let deep = palette.water.mix(palette.dark, 0.30);
    let mirror = p.layout.mirror;
    let (width, height) = (p.canvas.width, p.canvas.height);
    for y in 0..height {
        for x in 0..width {
            let (u, v) = p.canvas.place(x, y);
            let depth = v - shore;
            if depth < 0.0 {
                continue;
            }
            let seen = if mirror > 0.5 {
                0.5 + (u - 0.5).abs()
            } else {
                u
            };
            // Ripples are long and thin far off, broad at our feet.
            let near = depth + 0.05;
            let (across, along) = (seen * 0.55 / near, 7.0 * libm::logf(near));
            let wave = p.noise.fbm(across + 11.0, along, 3) - 0.5;
            let fine = p.noise.at(across * 4.0 + 3.0, along * 4.1) - 0.5;
            let shift = restless * (0.05 + depth * 0.55);
            let place = (
                u + wave * shift * 0.35 + fine * shift * 0.10,
                shore - depth * 0.92 - (wave + 0.5 * fine) * shift * 0.5,
            );
            let above = p.canvas.sample((place.0, place.1.min(shore - 0.003)));
            let glance = lerp(0.86, 0.46 - 0.12 * rough, smoothstep(0.0, 0.42, depth));
            let body = palette
                .water
                .mix(deep, smoothstep(0.05, 0.5, depth))
                .lighter(wave * 0.16 * restless);
            let mut lab = body.mix(above.lab.lighter(-0.02), glance);
            // The sun's road.
            let road = 0.02 + 0.16 * depth;
            let lane = smoothstep(road * 1.9, 0.0, (u - sun.0 + wave * 0.05).abs());
            let spark = smoothstep(0.02, 0.16, fine + 0.35 * wave - 0.10 + 0.22 * lane);
            lab = lab.mix(palette.sun, glitter * lane * spark);
            // Foam, where the sea is rough.
            let crest = smoothstep(0.16, 0.24, wave + 0.3 * fine)
                * smoothstep(0.02, 0.2, depth)
                * rough
                * m.detail();
            lab = lab.mix(
                palette.light,
                crest * (0.25 + 0.5 * m.energetic) * (1.0 - 0.5 * palette.night),
            );
            let edge = smoothstep(0.012, 0.0, depth);
            lab = lab.mix(palette.light.mix(palette.sky_low, 0.5), edge * 0.35);
            let dot = &mut p.canvas.dots[y * width + x];
            dot.lab = lab;
            dot.flow = p.layout.tilt + wave * 0.5;
        }
    }
    mist(p, shore);
}

/// A band of mist over the far shore, thickest in calm and in mystery.
pub fn mist(p: &mut Painting, shore: f32) {
    let m = &p.manner;
    let strength = 0.10 + 0.42 * m.peaceful + 0.45 * m.mysterious;
    let lab = p.palette.sky_low.mix(p.palette.light, 0.15);
    let noise = p.noise.clone();
    p.canvas.wash(|u, v| {
        let band = smoothstep(0.11, 0.0, (v - shore + 0.01).abs());
        Ink::flat(lab).alpha(strength * band * (0.35 + 0.9 * noise.fbm(u * 2.2, v * 9.0, 3)))
    });
}

/// Rings where something touches still water.
pub fn rings(p: &mut Painting, at: (f32, f32), size: f32, alpha: f32) {
    let lab = p.palette.light;
    for (grow, share) in [(1.0, 0.5), (1.5, 0.28), (2.1, 0.14)] {
        let (rx, ry) = (size * grow, size * grow * 0.16);
        p.shape(ellipse(at, rx, ry, 0.0), |u, v| {
            let (x, y) = ((u - at.0) / rx, (v - at.1) / ry);
            let d = x * x + y * y;
            Ink::flat(lab)
                .alpha(alpha * share * smoothstep(0.72, 0.9, d) * smoothstep(1.0, 0.95, d))
        });
    }
}
