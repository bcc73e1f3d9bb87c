//! What flies: strokes of wind, birds, petals.

use tiny_skia::PathBuilder;

use super::super::{
    canvas::Ink,
    manner::Manner,
    math::{TAU, cos, length, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::Beast,
    shape::{add_blob, add_ellipse, add_ribbon, curve, ribbon},
};
use super::outdoors;

/// Energetic: strokes that sweep across, as wind or speed would draw them.
pub fn motion(p: &mut Painting) {
    let share = smoothstep(0.2, 0.9, p.manner.energetic);
    if share <= 0.0 {
        return;
    }
    let mut rng = p.rng.fork("motion");
    let (palette, layout) = (p.palette, p.layout);
    let colours = [
        palette.light,
        palette.accent,
        palette.sun,
        palette.second,
        palette.light,
    ];
    let count = 18;
    for i in 0..count {
        let (u, v, long, thick) = (
            rng.range(-0.1, 1.1),
            rng.range(0.0, 1.0),
            rng.range(0.22, 0.60),
            rng.range(0.005, 0.024),
        );
        let (bend, tone) = (rng.range(0.02, 0.10), rng.index(5));
        // All of them turn about the point of interest.
        let away = (v - layout.horizon) * 0.55 + 0.42;
        let angle = -layout.side * away + (u - layout.focus.0) * 0.5;
        let (c, s) = (cos(angle) * long / 2.0, sin(angle) * long / 2.0);
        let line = curve(
            &[
                (u - c, v - s),
                (u + s * bend, v - bend * 0.5),
                (u + c, v + s),
            ],
            16,
        );
        let lab = colours[tone];
        // They leave the subject alone.
        let clear = smoothstep(
            0.10,
            0.30,
            length((u - layout.focus.0, v - layout.focus.1 + 0.12)),
        );
        let alpha = share * 0.55 * clear * p.manner.keeps(i, count);
        p.shape(
            ribbon(&line, |t| {
                thick * smoothstep(0.0, 0.7, t) * smoothstep(1.0, 0.9, t)
            }),
            |_, _| Ink::flat(lab).alpha(alpha).flow(angle),
        );
    }
}

/// Joyful: a flight of birds; a few gulls at sea in any mood.
pub fn birds(p: &mut Painting) {
    let share = (smoothstep(0.05, 0.6, p.manner.joyful)
        + 0.25 * Manner::pronounced(p.manner.peaceful))
        * outdoors(p);
    if share <= 0.0
        || p.scene
            .beast
            .is_some_and(|beast| matches!(beast, Beast::Fish | Beast::Whale))
    {
        return;
    }
    let mut rng = p.rng.fork("birds");
    let side = p.layout.side;
    let lab = p.palette.dark.mix(p.palette.sky_high, 0.25);
    let centre = (0.5 - side * 0.16, 0.26);
    for i in 0..9 {
        let (dx, dy, size, beat) = (
            rng.jitter(0.20),
            rng.jitter(0.11),
            rng.range(0.016, 0.034),
            rng.range(0.15, 0.6),
        );
        let at = (centre.0 + dx, centre.1 + dy + dx * side * 0.3);
        let wing = |s: f32| {
            [
                at,
                (at.0 + s * size * 0.5, at.1 - size * beat),
                (at.0 + s * size, at.1 - size * beat * 0.3),
            ]
        };
        let mut path = PathBuilder::new();
        for s in [-1.0, 1.0] {
            add_ribbon(&mut path, &curve(&wing(s), 8), |t| {
                size * 0.16 * (1.0 - t * 0.85)
            });
        }
        let alpha = share.min(1.0) * p.manner.keeps(i, 9);
        p.shape(path.finish(), |_, _| Ink::flat(lab).alpha(alpha));
    }
}

/// Joyful: petals and confetti in the air.
pub fn petals(p: &mut Painting) {
    let share = smoothstep(0.2, 0.8, p.manner.joyful);
    if share <= 0.0 {
        return;
    }
    let mut rng = p.rng.fork("petals");
    let fresh = [
        Lab::lch(0.80, 0.13, 5.0),
        Lab::lch(0.88, 0.13, 95.0),
        Lab::lch(0.78, 0.11, 215.0),
        Lab::lch(0.97, 0.02, 60.0),
        p.palette.accent.lighter(0.12),
    ];
    let bounds = p.canvas.bounds();
    for (k, lab) in fresh.into_iter().enumerate() {
        let mut path = PathBuilder::new();
        for _ in 0..14 {
            let (u, v) = (rng.range(bounds.left, bounds.right), rng.unit());
            let (size, turn) = (rng.range(0.004, 0.0115), rng.range(0.0, TAU));
            let v = v * v * 0.9 + 0.03;
            for (x, _) in p.layout.twins(u) {
                if k % 2 == 0 {
                    add_ellipse(&mut path, (x, v), size * 1.25, size * 0.7, turn);
                } else {
                    let (c, s) = (cos(turn) * size, sin(turn) * size);
                    let petal = [
                        (x - c, v - s),
                        (x + s * 0.7, v - c * 0.7),
                        (x + c, v + s),
                        (x - s * 0.35, v + c * 0.35),
                    ];
                    add_blob(&mut path, &petal);
                }
            }
        }
        let alpha = 0.92 * share * p.manner.keeps(k, 5);
        p.shape(path.finish(), |_, _| Ink::flat(lab).alpha(alpha).flow(0.8));
    }
}
