//! What grows on the ground and leads over it: a path, lesser trees, grass.

use super::super::trees;
use super::super::{
    canvas::Ink,
    math::{Point, lerp, smoothstep},
    painting::Painting,
    scene::Subject,
    shape::{Profile, add_ribbon, curve, ribbon},
};

/// A path that winds from our feet to the subject; the more dynamic, the clearer.
pub fn path(p: &mut Painting, ground: &Profile) {
    let (layout, m) = (p.layout, p.manner);
    let end = (layout.focus.0, ground.at(layout.focus.0) + 0.03);
    let start = (0.5 - layout.side * (0.05 + 0.40 * m.dynamic), 1.15);
    let middle = (
        lerp(start.0, end.0, 0.45) + layout.side * 0.16,
        lerp(start.1, end.1, 0.55),
    );
    let line = curve(&[start, middle, end], 30);
    let lab = p.palette.earth.mix(p.palette.light, 0.38);
    let alpha = (0.35 + 0.6 * m.dynamic) * m.detail();
    p.shape(ribbon(&line, |t| lerp(0.15, 0.006, t.sqrt())), |_, v| {
        Ink::flat(lab)
            .alpha(alpha * smoothstep(end.1 - 0.02, end.1 + 0.10, v))
            .flow(1.2)
    });
}

/// Lesser trees that keep the subject company on the other side.
pub fn companions(p: &mut Painting, ground: &Profile, subject: Subject) {
    let mut rng = p.rng.fork("companions");
    let firs = rng.chance(0.45) || p.palette.snow > 0.0;
    let count = 5;
    for i in 0..count {
        let (away, tall, tone) = (
            rng.range(0.16, 0.62),
            rng.range(0.08, 0.20),
            rng.jitter(0.05),
        );
        let u = p.layout.focus.0 - p.layout.side * away;
        let alpha = p.manner.keeps(i, count) * p.manner.detail();
        let leaf = p.palette.leaf.mix(p.palette.mid, 0.3).lighter(tone);
        let twins: Vec<(f32, f32)> = p.layout.twins(u).collect();
        for (u, share) in twins {
            let foot: Point = (u, ground.at(u) + 0.015);
            if firs {
                trees::fir(
                    p,
                    foot,
                    tall * 1.5,
                    leaf.mix(p.palette.near, 0.4),
                    alpha * share,
                    p.rng.fork("fir"),
                );
            } else if subject == Subject::House || i % 2 == 0 {
                trees::slender(p, foot, tall * 1.2, leaf.lighter(-0.05), alpha * share);
            } else {
                trees::broad(
                    p,
                    foot,
                    tall,
                    0.2,
                    leaf,
                    alpha * share,
                    p.rng.fork("companion"),
                );
            }
        }
    }
}

/// Blades of grass at our feet.
pub fn grass(p: &mut Painting, top: f32) {
    let mut rng = p.rng.fork("grass");
    let bounds = p.canvas.bounds();
    let alpha = 0.75 * p.manner.detail() * p.manner.modelling();
    for tone in [-0.06, 0.05, 0.12] {
        let mut blades = tiny_skia::PathBuilder::new();
        for _ in 0..110 {
            let foot = (
                rng.range(bounds.left, bounds.right),
                rng.range(top + 0.05, 1.08),
            );
            let tall = rng.range(0.035, 0.085);
            let lean = rng.jitter(0.03) + 0.025 * p.layout.side;
            let line = curve(
                &[
                    foot,
                    (foot.0 + lean * 0.3, foot.1 - tall * 0.6),
                    (foot.0 + lean, foot.1 - tall),
                ],
                5,
            );
            add_ribbon(&mut blades, &line, |t| 0.0055 * (1.0 - t));
        }
        let lab = p.palette.leaf.mix(p.palette.near, 0.55).lighter(tone);
        p.shape(blades.finish(), |_, _| {
            Ink::flat(lab).alpha(alpha).flow(1.4)
        });
    }
}
