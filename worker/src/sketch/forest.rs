//! Inside a forest: trunks in ranks that fade into the light between them.

use tiny_skia::PathBuilder;

use super::{
    canvas::Ink,
    land::{self, Range},
    math::{PI, Point, bell, lerp, smoothstep},
    oklab::Lab,
    painting::Painting,
    rng::Rng,
    scene::Subject,
    shape::{add_ellipse, add_ribbon, curve},
    subject,
};

const RANKS: usize = 4;

pub fn forest(p: &mut Painting) {
    woods(p, true);
}

/// The same, with or without someone in it.
pub fn woods(p: &mut Painting, peopled: bool) {
    clearing(p);
    for rank in 0..RANKS {
        let near = rank as f32 / (RANKS - 1) as f32;
        let name = ["far", "farther", "nearer", "near"][rank];
        floor(p, near);
        if rank == 2 && peopled {
            let at = (p.layout.focus.0, p.layout.horizon + 0.13);
            let size = 0.30 * p.layout.scale;
            subject::stand(
                p,
                p.scene
                    .subject
                    .filter(|s| *s != Subject::Tree)
                    .unwrap_or(Subject::Figure),
                at,
                size,
            );
        }
        trunks(p, near, p.rng.fork("trunks").fork(name));
        leaves(p, near, p.rng.fork("leaves").fork(name));
    }
    land::cover::grass(p, 0.88);
}

/// The bright place the trunks stand against.
fn clearing(p: &mut Painting) {
    let (palette, layout) = (p.palette, p.layout);
    let shade = palette
        .leaf
        .mix(palette.far, 0.45)
        .mix(palette.sky_mid, 0.2);
    let glow = palette.sky_low.mix(palette.sun, 0.55);
    p.canvas.wash(|u, v| {
        let (dx, dy) = (u - layout.focus.0, (v - layout.horizon + 0.12) * 0.75);
        let light = bell((dx * dx + dy * dy).sqrt(), 0.52);
        Ink::flat(shade.mix(glow, light)).flow(PI / 2.0)
    });
}

fn tone(p: &Painting, near: f32) -> Lab {
    let haze = p.palette.sky_low.mix(p.palette.leaf, 0.45);
    haze.mix(
        p.palette.near.mix(p.palette.dark, 0.45),
        0.18 + 0.82 * near * (0.6 + 0.4 * near),
    )
}

fn floor(p: &mut Painting, near: f32) {
    let lab = p
        .palette
        .leaf
        .mix(p.palette.near, near)
        .mix(p.palette.sky_low, 0.42 * (1.0 - near));
    let base = p.layout.horizon + 0.03 + (0.93 - p.layout.horizon) * near * near;
    land::paint(
        p,
        &Range {
            base,
            rise: 0.05,
            pace: 1.6,
            sharp: 0.0,
            near: 0.35 + 0.65 * near,
            lab,
            floor: f32::MAX,
        },
    );
}

fn trunks(p: &mut Painting, near: f32, mut rng: Rng) {
    let (layout, m) = (p.layout, p.manner);
    let count = 15 - (near * 9.0) as usize;
    let bounds = p.canvas.bounds();
    let lab = tone(p, near);
    let (lit, model) = (lab.mix(p.palette.sun, 0.30), m.modelling());
    let noise = p.noise.clone();
    for i in 0..count {
        let place = (i as f32 + rng.range(0.1, 0.9)) / count as f32;
        let (thick, lean, bend) = (rng.range(0.6, 1.3), rng.jitter(0.05), rng.jitter(0.03));
        let u = lerp(bounds.left, bounds.right, place);
        // Nobody stands between us and the subject.
        let clear = smoothstep(
            0.05 + 0.09 * near,
            0.10 + 0.17 * near,
            (u - layout.focus.0).abs(),
        );
        let alpha = clear
            * if near < 0.9 {
                m.keeps((i * 7) % count, count)
            } else {
                1.0
            };
        let width = lerp(0.014, 0.085, near * near) * thick;
        let foot = (
            u,
            layout.horizon + 0.05 + (0.98 - layout.horizon) * near * near,
        );
        let lean = lean + layout.side * 0.10 * m.dynamic;
        let twins: Vec<(f32, f32)> = layout.twins(u).collect();
        for (x, share) in twins {
            let sign = if (x - u).abs() < 1e-6 { 1.0 } else { -1.0 };
            let line = [
                (x, foot.1 + 0.02),
                (x + sign * bend, foot.1 * 0.5),
                (x + sign * lean, bounds.top - 0.05),
            ];
            let mut path = PathBuilder::new();
            add_ribbon(&mut path, &curve(&line, 14), |t| {
                width * (1.0 - 0.35 * t + 0.9 * (1.0 - t * 9.0).max(0.0))
            });
            for (height, reach, side) in [(0.35, 0.16, 1.0), (0.55, 0.13, -1.0)] {
                let from: Point = (x + sign * bend * 0.9, lerp(foot.1, bounds.top, height));
                let tip = (from.0 + side * sign * reach * (0.4 + near), from.1 - 0.12);
                add_ribbon(
                    &mut path,
                    &[from, (f32::midpoint(from.0, tip.0), from.1 - 0.035), tip],
                    |t| width * 0.32 * (1.0 - 0.8 * t),
                );
            }
            let toward = if x < layout.focus.0 { 1.0 } else { -1.0 };
            p.shape(path.finish(), |u, v| {
                let across = (u - x - sign * bend * smoothstep(foot.1, foot.1 * 0.5, v)) / width
                    * 2.0
                    * toward;
                let bark = noise.fbm(u * 70.0, v * 9.0, 3) - 0.5;
                let rim = smoothstep(0.25, 0.95, across + bark * 0.8) * (1.0 - 0.45 * near);
                Ink::flat(lab.lighter(bark * 0.10 * model).mix(lit, rim * model))
                    .alpha(alpha * share)
                    .flow(PI / 2.0)
            });
        }
    }
}

/// Foliage hangs from the top, darkest nearest to us.
fn leaves(p: &mut Painting, near: f32, mut rng: Rng) {
    let (m, layout, bounds) = (p.manner, p.layout, p.canvas.bounds());
    let base = tone(p, near * 0.85);
    let leaf = p.palette.leaf;
    for (lift, count) in [(0.0, 70), (0.10, 55), (0.22, 30)] {
        let mut dabs = PathBuilder::new();
        for _ in 0..count {
            let u = rng.range(bounds.left, bounds.right);
            let away = smoothstep(0.05, 0.55, (u - layout.focus.0).abs());
            let deep = rng.unit();
            let v = bounds.top + deep * deep * (0.14 + 0.34 * away) - lift * 0.15;
            let size = lerp(0.012, 0.026, near) * rng.range(0.7, 1.5);
            let turn = rng.range(0.0, PI);
            for (x, _) in layout.twins(u) {
                add_ellipse(&mut dabs, (x, v), size * 1.6, size * 0.75, turn);
            }
        }
        let lab = base.mix(
            leaf.mix(p.palette.light, lift * 1.6),
            0.30 + lift * 1.4 * (1.0 - 0.6 * near),
        );
        let alpha = 0.92 * (0.25 + 0.75 * m.detail());
        p.shape(dabs.finish(), |u, v| {
            Ink::flat(lab).alpha(alpha).flow(u * 30.0 + v * 50.0)
        });
    }
}
