//! Lakes and seas: a level shore, what stands beyond it, and its mirror image.

use super::{
    canvas::Ink,
    land::{self, Range},
    math::{Point, lerp, smoothstep},
    painting::Painting,
    scene::Subject,
    shape::{Pose, Profile, add_ribbon, curve, polygon},
    sky, subject, trees, water,
};

pub fn lake(p: &mut Painting) {
    sky::paint(p);
    let shore = p.layout.horizon + 0.02;
    let mut rng = p.rng.fork("lake");
    let mountains = p.scene.subject == Some(Subject::Peak) || rng.chance(0.55);
    for (i, range) in land::ranges(p, mountains).into_iter().take(3).enumerate() {
        let range = Range {
            base: shore - 0.012 * (2 - i) as f32,
            rise: range.rise * lerp(1.0, 0.55, i as f32 / 2.0),
            floor: shore,
            ..range
        };
        land::paint(p, &range);
    }
    let line = Profile::new(&p.canvas.bounds(), |_| shore);
    let lab = p.palette.mid.mix(p.palette.near, 0.55);
    for (tall, tone) in [(0.075, 0.06), (0.05, -0.02)] {
        let alpha = p.manner.detail();
        trees::ridge(
            p,
            &line,
            tall,
            0.52,
            lab.lighter(tone).mix(p.palette.sky_low, 0.16),
            alpha,
            p.rng.fork("far bank"),
        );
    }
    water::paint(p, shore, 0.12);
    let chosen = p.scene.subject.unwrap_or(Subject::Boat);
    let at = (p.layout.focus.0, p.layout.horizon + 0.17);
    let size = 0.46 * p.layout.scale;
    if chosen == Subject::Boat || chosen == Subject::Peak {
        water::rings(p, at, size * 0.45, 0.5 * p.manner.detail());
        subject::stand(p, Subject::Boat, at, size);
    } else {
        islet(p, at, size);
        subject::stand(p, chosen, (at.0, at.1 - 0.02), size);
    }
    reeds(p);
}

pub fn sea(p: &mut Painting) {
    sky::paint(p);
    let shore = p.layout.horizon;
    headland(p, shore);
    water::paint(p, shore, 0.85);
    let chosen = p.scene.subject.unwrap_or(Subject::Boat);
    let size = 0.48 * p.layout.scale;
    let at = (p.layout.focus.0, shore + 0.14);
    match chosen {
        Subject::Lighthouse | Subject::House | Subject::Castle | Subject::Tree => {
            if chosen != Subject::Lighthouse {
                islet(p, at, size);
            }
            subject::stand(p, chosen, (at.0, at.1 - 0.02), size);
        }
        Subject::Balloon | Subject::Figure => subject::stand(p, chosen, (at.0, at.1 + 0.2), size),
        Subject::Boat | Subject::Peak => subject::stand(p, Subject::Boat, at, size),
    }
    beach(p);
}

/// Far rocks on the side away from the subject.
fn headland(p: &mut Painting, shore: f32) {
    let mut rng = p.rng.fork("headland");
    let (reach, tall) = (rng.range(0.2, 0.42), rng.range(0.05, 0.13));
    let side = p.layout.side;
    let offset = rng.range(0.0, 20.0);
    let noise = p.noise.clone();
    let height = p.layout.mirrored(|u| {
        let out = (0.5 - side * 0.62 - u) * -side;
        let rise =
            smoothstep(reach, 0.0, out) * tall * (0.55 + 0.9 * noise.fbm(u * 7.0 + offset, 1.0, 4));
        shore + 0.004 - rise
    });
    let profile = Profile::new(&p.canvas.bounds(), height);
    let lab = p.palette.far.mix(p.palette.mid, 0.4);
    let (lit, model) = (lab.mix(p.palette.light, 0.3), p.manner.modelling());
    p.shape(profile.below(&p.canvas.bounds(), f32::MAX), |u, v| {
        let depth = v - profile.at(u);
        let plane = noise.fbm(u * 26.0 + depth * 9.0, depth * 14.0, 3);
        Ink::flat(lab.mix(lit, smoothstep(0.42, 0.62, plane) * model)).flow(0.8)
    });
}

/// Ground to stand on in the middle of the water.
fn islet(p: &mut Painting, at: Point, size: f32) {
    let lab = p.palette.near.mix(p.palette.earth, 0.25);
    let lit = p.palette.leaf.mix(p.palette.light, 0.2);
    let twins: Vec<(f32, f32)> = p.layout.twins(at.0).collect();
    for (u, share) in twins {
        let bank: [Point; 7] = [
            (-0.85, 0.03),
            (-0.5, -0.06),
            (-0.1, -0.09),
            (0.35, -0.075),
            (0.85, 0.03),
            (0.4, 0.065),
            (-0.4, 0.065),
        ];
        let pose = Pose::new((u, at.1), size);
        p.shape(polygon(&curve(&pose.points(&bank), 40)), |_, v| {
            Ink::flat(lit.mix(lab, smoothstep(-0.09, 0.01, (v - at.1) / size))).alpha(share)
        });
    }
}

/// Reeds in the corner across from the subject.
fn reeds(p: &mut Painting) {
    let mut rng = p.rng.fork("reeds");
    let (detail, side) = (p.manner.detail(), p.layout.side);
    for (tone, count) in [(-0.02, 26), (0.07, 16)] {
        let mut stems = tiny_skia::PathBuilder::new();
        for _ in 0..count {
            let (away, tall, lean) = (rng.unit(), rng.range(0.12, 0.30), rng.jitter(0.05));
            let u = 0.5 - side * (0.56 - 0.34 * away * away);
            for (u, _) in p.layout.twins(u) {
                let foot = (u, 1.04);
                let tall = tall * (1.1 - 0.75 * away);
                let line = curve(
                    &[
                        foot,
                        (u + lean * 0.2, foot.1 - tall * 0.6),
                        (u + lean, foot.1 - tall),
                    ],
                    7,
                );
                add_ribbon(&mut stems, &line, |t| 0.008 * (1.0 - 0.85 * t));
            }
        }
        let lab = p.palette.near.mix(p.palette.leaf, 0.35).lighter(tone);
        p.shape(stems.finish(), |_, _| {
            Ink::flat(lab).alpha(detail).flow(1.45)
        });
    }
}

/// Sand at our feet, with a line of foam.
fn beach(p: &mut Painting) {
    let mut rng = p.rng.fork("beach");
    let (offset, level) = (rng.range(0.0, 30.0), rng.range(0.90, 1.0));
    let noise = p.noise.clone();
    let layout = p.layout;
    let profile = Profile::new(
        &p.canvas.bounds(),
        layout.mirrored(|u| {
            level + 0.07 * (noise.fbm(u * 2.0 + offset, 4.4, 2) - 0.5)
                - layout.side * 0.12 * (0.5 - u) * (1.0 - layout.mirror)
        }),
    );
    let sand = p.palette.earth.mix(p.palette.light, 0.4);
    let (wet, foam) = (
        sand.mix(p.palette.water, 0.45).lighter(-0.05),
        p.palette.light.mix(p.palette.water, 0.1),
    );
    let model = p.manner.modelling();
    p.shape(profile.below(&p.canvas.bounds(), f32::MAX), |u, v| {
        let depth = v - profile.at(u);
        let grit = (noise.fbm(u * 50.0, v * 70.0, 3) - 0.5) * 0.07 * model;
        let lab = wet.mix(sand, smoothstep(0.01, 0.07, depth)).lighter(grit);
        let lace = smoothstep(
            0.016,
            0.004,
            (depth - 0.012 * noise.at(u * 30.0, 5.0)).abs(),
        );
        Ink::flat(lab.mix(foam, lace))
    });
}
