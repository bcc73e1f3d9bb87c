//! Peace and mystery: mist, fog, and points of light in it.

use super::super::{
    canvas::Ink,
    manner::Manner,
    math::{bell, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::{Kind, Weather},
    sky::star,
};
use super::outdoors;

/// Peaceful: one soft light over everything, and mist that lies in layers.
pub fn calm(p: &mut Painting) {
    let share = Manner::pronounced(p.manner.peaceful);
    let (palette, layout) = (p.palette, p.layout);
    let noise = p.noise.clone();
    let veil = palette.sky_low.mix(palette.light, 0.35);
    // It lies behind what stands close to us.
    let outside = outdoors(p)
        * if matches!(p.scene.kind, Kind::Animal | Kind::Flowers) {
            0.4
        } else {
            1.0
        };
    p.canvas.wash(|u, v| {
        let (dx, dy) = (u - layout.sun.0, (v - layout.sun.1) * 0.8);
        let bloom = 0.28 * bell((dx * dx + dy * dy).sqrt(), 0.50);
        let layer = smoothstep(0.10, 0.0, (v - layout.horizon - 0.03).abs())
            + 0.7 * smoothstep(0.07, 0.0, (v - layout.horizon - 0.20).abs());
        let patches = if layer * outside > 0.0 {
            noise.fbm(u * 1.6 + 5.0, v * 10.0, 3)
        } else {
            0.0
        };
        let mist = outside * layer * smoothstep(0.32, 0.68, patches) * 0.62;
        Ink::flat(veil).alpha(share * (bloom + mist).min(0.85))
    });
}

/// Mysterious: fog that swallows the ground, darkness at the edges, a glow in the middle of it.
pub fn fog(p: &mut Painting) {
    let named = if p.scene.weather == Some(Weather::Fog) {
        0.65
    } else {
        0.0
    };
    let share = Manner::pronounced(p.manner.mysterious);
    if share + named <= 0.0 {
        return;
    }
    let (palette, layout) = (p.palette, p.layout);
    let noise = p.noise.clone();
    let gloom = Lab::lch(0.29, 0.050, 255.0);
    let cold = Lab::lch(0.52, 0.055, 200.0);
    let glow = Lab::lch(0.84, 0.10, 165.0).mix(palette.sun, 0.35);
    let veil = cold.mix(palette.sky_low, 0.35 + 0.4 * named);
    let middle = (layout.focus.0, layout.horizon - 0.06);
    p.canvas.tone(|u, v, lab| {
        let (dx, dy) = (u - middle.0, v - middle.1);
        let away = (dx * dx + dy * dy).sqrt();
        // Forms sink into silhouettes away from the glow.
        let lab = lab.mix(
            gloom.lighter((lab.l - 0.5) * 0.5),
            share * (0.22 + 0.38 * smoothstep(0.15, 0.6, away)),
        );
        let bank =
            smoothstep(layout.horizon - 0.22, layout.horizon + 0.12, v) * smoothstep(1.15, 0.75, v);
        let drift = if bank > 0.0 {
            smoothstep(0.34, 0.72, noise.fbm(u * 2.1 + 13.0, v * 6.0, 4))
        } else {
            0.0
        };
        let lab = lab.mix(veil, (share * 0.72 + named) * bank * drift);
        lab.mix(glow, share * 0.52 * bell(away, 0.24))
    });
}

/// Points of light that hover where it is dark.
pub fn fireflies(p: &mut Painting) {
    let share = smoothstep(0.2, 0.8, p.manner.mysterious);
    let mut rng = p.rng.fork("fireflies");
    for i in 0..26 {
        let (spread, rise, size) = (
            rng.jitter(0.5),
            rng.range(-0.16, 0.34),
            rng.range(0.0016, 0.0042),
        );
        let alpha = share * p.manner.keeps(i, 26) * rng.range(0.5, 1.0);
        if alpha > 0.0 {
            let at = (p.layout.focus.0 + spread, p.layout.horizon + rise);
            star(
                &mut p.canvas,
                at,
                size * 2.2,
                Lab::lch(0.90, 0.13, 120.0),
                alpha * 0.5,
            );
            star(&mut p.canvas, at, size, Lab::lch(0.95, 0.10, 105.0), alpha);
        }
    }
}
