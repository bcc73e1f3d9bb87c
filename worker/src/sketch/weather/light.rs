//! Light that comes in beams, and lightning.

use super::super::{
    canvas::Ink,
    manner::Manner,
    math::{bell, length, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::Weather,
    shape::ribbon,
};
use super::outdoors;

/// Energetic: hard slanting shafts. Joyful: a wheel of soft rays around the sun.
pub fn beams(p: &mut Painting) {
    let (m, palette, layout) = (p.manner, p.palette, p.layout);
    let noise = p.noise.clone();
    let lab = palette.sun.mix(palette.light, 0.4);
    let hard = 0.50 * Manner::pronounced(m.energetic);
    let soft = 0.36 * Manner::pronounced(m.joyful) * (1.0 - 0.5 * palette.night);
    if hard + soft <= 0.0 {
        return;
    }
    let source = (
        layout.sun.0
            - layout.side * 0.35 * smoothstep(0.0, 0.5, m.energetic) * (1.0 - layout.mirror),
        layout.sun.1.min(0.2) - 0.25,
    );
    let outside = outdoors(p);
    p.canvas.wash(|u, v| {
        let (dx, dy) = (u - source.0, v - source.1);
        let reach = if hard > 0.0 {
            smoothstep(1.35, 0.25, length((dx, dy)))
        } else {
            0.0
        };
        let shaft = if reach > 0.0 {
            reach
                * smoothstep(
                    0.52,
                    0.60,
                    noise.fbm(libm::atan2f(dx, dy) * 5.5 + 20.0, 4.0, 2),
                )
        } else {
            0.0
        };
        let (sx, sy) = (u - layout.sun.0, v - layout.sun.1);
        let away = (sx * sx + sy * sy).sqrt();
        let ring = if soft > 0.0 {
            smoothstep(0.06, 0.12, away) * smoothstep(0.85, 0.10, away)
        } else {
            0.0
        };
        let wheel = if ring > 0.0 {
            ring * (0.5 + 0.5 * sin(libm::atan2f(sy, sx) * 14.0))
        } else {
            0.0
        };
        Ink::flat(lab).alpha((hard * shaft + soft * wheel * (0.4 + 0.6 * outside)).min(0.8))
    });
}

pub fn lightning(p: &mut Painting) {
    if p.scene.weather != Some(Weather::Storm) {
        return;
    }
    let mut rng = p.rng.fork("lightning");
    let start = 0.5 - p.layout.side * rng.range(0.05, 0.25);
    let mut line = vec![(start, -0.05)];
    for i in 1..=8 {
        let last = line[i - 1];
        line.push((
            last.0 + rng.jitter(0.055),
            p.layout.horizon * i as f32 / 8.0,
        ));
    }
    let lab = Lab::new(0.98, -0.01, -0.02);
    let glow = line[4];
    p.canvas.wash(|u, v| {
        let away = ((u - glow.0) * (u - glow.0) + (v - glow.1) * (v - glow.1) * 0.4).sqrt();
        Ink::flat(lab).alpha(0.42 * bell(away, 0.20))
    });
    p.shape(ribbon(&line, |t| 0.010 * (1.0 - 0.8 * t)), |_, _| {
        Ink::flat(lab)
    });
}
