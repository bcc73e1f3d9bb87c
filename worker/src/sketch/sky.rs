//! The sky: a gradient, the glow of its light, the sun or the moon, clouds and stars.

use super::{
    canvas::{Canvas, Ink},
    math::{bell, cos, exp, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::Weather,
    shape::circle,
};

/// Covers the whole canvas.
pub fn paint(p: &mut Painting) {
    gradient(p);
    stars(p);
    disc(p);
    clouds(p);
}

fn gradient(p: &mut Painting) {
    let (palette, layout, manner) = (p.palette, p.layout, p.manner);
    let flat = 0.75 * manner.minimalist;
    let calm = palette.sky_mid.mix(palette.sky_low, 0.45);
    let glow = (0.32 + 0.30 * palette.low_sun + 0.25 * manner.joyful - 0.3 * manner.melancholic)
        .clamp(0.05, 1.0)
        * (1.0 - 0.55 * palette.night);
    p.canvas.wash(|u, v| {
        let height = (v / layout.horizon.max(0.2)).clamp(0.0, 1.0);
        let upper = palette
            .sky_high
            .mix(palette.sky_mid, smoothstep(0.0, 0.62, height));
        let sky = upper.mix(palette.sky_low, smoothstep(0.42, 1.0, height));
        let (dx, dy) = (u - layout.sun.0, v - layout.sun.1);
        // Light spreads along the horizon more than upward.
        let near = (dx * dx * 0.7 + dy * dy * 1.5).sqrt();
        let shine = glow * (0.65 * bell(near, 0.30) + 0.5 * exp(-near * 9.0));
        Ink::flat(sky.mix(calm, flat).mix(palette.sun, shine.min(0.9)))
            .flow(0.35 * sin(u * 3.0 + 1.0) * (1.0 - height))
    });
}

fn disc(p: &mut Painting) {
    let (palette, layout, manner) = (p.palette, p.layout, p.manner);
    let radius = 0.042 + 0.028 * palette.low_sun + 0.05 * manner.minimalist + 0.015 * manner.joyful;
    let shown = (1.0 - 0.85 * manner.melancholic)
        * if p.scene.weather.is_some_and(hides) {
            0.25
        } else {
            1.0
        };
    let face = palette.sun.mix(
        Lab::lch(0.80, 0.15, 60.0),
        0.35 * manner.minimalist * palette.low_sun,
    );
    let Some(path) = circle(layout.sun, radius) else {
        return;
    };
    let night = palette.night;
    p.canvas.fill(&path, |u, v| {
        let (x, y) = ((u - layout.sun.0) / radius, (v - layout.sun.1) / radius);
        // The moon has seas.
        let sea = night
            * 0.10
            * smoothstep(
                0.9,
                0.2,
                ((x + 0.25) * (x + 0.25) + (y - 0.1) * (y - 0.1)) * 3.0,
            );
        Ink::flat(face.lighter(-sea)).alpha(shown)
    });
}

const fn hides(weather: Weather) -> bool {
    matches!(
        weather,
        Weather::Rain | Weather::Fog | Weather::Snow | Weather::Storm | Weather::Cloud
    )
}

fn clouds(p: &mut Painting) {
    let (palette, layout, m) = (p.palette, p.layout, p.manner);
    let mut rng = p.rng.fork("clouds");
    let (at_x, at_y) = (rng.range(0.0, 40.0), rng.range(0.0, 40.0));
    let named = match p.scene.weather {
        Some(Weather::Clear) => -0.14,
        Some(Weather::Cloud | Weather::Rain | Weather::Storm | Weather::Snow) => 0.16,
        Some(Weather::Fog) | None => 0.0,
    };
    let cover = rng.range(-0.05, 0.05) + named + 0.20 * m.melancholic + 0.06 * m.energetic
        - 0.10 * m.peaceful
        - 0.02 * m.joyful
        - 0.12 * m.minimalist
        - 0.10 * palette.night;
    let stretch = 1.0 + 1.6 * m.peaceful + 0.9 * m.energetic;
    let sweep = layout.side * (0.5 * m.energetic + 0.35 * m.dynamic);
    let (s, c) = (sin(sweep), cos(sweep));
    let edge = lerp(0.20, 0.05, m.minimalist.max(0.5 * m.joyful));
    let opacity = 0.92 - 0.35 * m.peaceful - 0.3 * m.minimalist;
    let contrast = (0.7 + 0.5 * m.energetic) * m_modelling(p);
    let (noise, sun) = (&p.noise, layout.sun);
    let density = |u: f32, v: f32| {
        let (x, y) = (u * c + v * s, v * c - u * s);
        noise.fbm(x * 3.4 / stretch + at_x, y * 6.5 + at_y, 5)
    };
    p.canvas.wash(|u, v| {
        if v > layout.horizon + 0.12 {
            return Ink::flat(Lab::default()).alpha(0.0);
        }
        // Thick overhead, thinning to the horizon.
        let height = (v / layout.horizon).clamp(0.0, 1.0);
        let threshold = 0.56 - cover + 0.10 * height;
        let thick = density(u, v);
        let body = smoothstep(threshold, threshold + edge, thick);
        if body <= 0.0 {
            return Ink::flat(Lab::default()).alpha(0.0);
        }
        let toward = (sun.0 - u, sun.1 - v);
        let far = (toward.0 * toward.0 + toward.1 * toward.1).sqrt().max(0.05);
        let lit = thick
            - density(
                u + toward.0 / far * 0.035,
                v + toward.1 / far * 0.035 - 0.012,
            );
        let light = (0.62 + contrast * lit * 5.0 - 0.5 * (thick - threshold)).clamp(0.0, 1.0);
        let warm = 0.45 * bell(far, 0.35) * (1.0 - palette.night);
        let lab = palette
            .cloud_shade
            .mix(palette.cloud, light)
            .mix(palette.sun, warm * light);
        Ink::flat(lab)
            .alpha(body * opacity * (1.0 - 0.45 * height))
            .flow(sweep + lit * 6.0)
    });
}

fn m_modelling(p: &Painting) -> f32 {
    0.25 + 0.75 * p.manner.modelling()
}

/// Stars come out with the night.
fn stars(p: &mut Painting) {
    let shown = smoothstep(0.35, 0.75, p.palette.night);
    if shown <= 0.0 {
        return;
    }
    let mut rng = p.rng.fork("stars");
    let bounds = p.canvas.bounds();
    let count = 260;
    for i in 0..count {
        let at = (
            rng.range(bounds.left, bounds.right),
            rng.range(bounds.top, 0.75),
        );
        let size = rng.unit();
        let size = size * size * size;
        let glow = shown * p.manner.keeps(i, count) * (0.35 + 0.65 * size);
        star(
            &mut p.canvas,
            at,
            0.0011 + 0.0026 * size,
            p.palette.sun,
            glow,
        );
    }
}

/// A point of light with a soft rim.
pub fn star(canvas: &mut Canvas, at: (f32, f32), radius: f32, lab: Lab, alpha: f32) {
    let reach = radius * 3.0;
    let Some(path) = circle(at, reach) else {
        return;
    };
    canvas.fill(&path, |u, v| {
        let d = ((u - at.0) * (u - at.0) + (v - at.1) * (v - at.1)).sqrt();
        let core = smoothstep(radius * 1.3, radius * 0.6, d) + 0.3 * smoothstep(reach, 0.0, d);
        Ink::flat(lab).alpha(alpha * core)
    });
}
