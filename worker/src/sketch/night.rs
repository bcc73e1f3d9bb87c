//! The night sky: the Milky Way, sometimes an aurora, over a dark and narrow earth.

use super::{
    canvas::Ink,
    land,
    math::{bell, cos, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::Subject,
    sky, subject,
};

pub fn night_sky(p: &mut Painting) {
    sky::paint(p);
    let mut rng = p.rng.fork("night sky");
    let aurora = rng.chance(0.4);
    if aurora {
        curtains(p);
    } else {
        galaxy(p);
    }
    let ranges = land::ranges(p, rng.chance(0.5));
    for range in ranges.iter().skip(1) {
        let base = range.base + 0.14 * (1.0 - range.near);
        land::paint(
            p,
            &land::Range {
                base,
                floor: f32::MAX,
                ..*range
            },
        );
    }
    let at = (p.layout.focus.0, 0.90);
    let chosen = p
        .scene
        .subject
        .unwrap_or([Subject::Tree, Subject::House, Subject::Figure][rng.index(3)]);
    subject::stand(p, chosen, at, 0.30 * p.layout.scale);
}

fn galaxy(p: &mut Painting) {
    let mut rng = p.rng.fork("galaxy");
    let angle = -p.layout.side * (0.75 + rng.jitter(0.25) + 0.3 * p.manner.dynamic);
    let (s, c) = (sin(angle), cos(angle));
    let noise = p.noise.clone();
    let (glow, rose) = (Lab::lch(0.72, 0.06, 280.0), Lab::lch(0.66, 0.10, 335.0));
    let strength = 0.75 * (1.0 - 0.7 * p.manner.minimalist);
    let middle = (p.layout.focus.0, 0.32);
    p.canvas.wash(|u, v| {
        let (x, y) = (u - middle.0, v - middle.1);
        let (along, across) = (x * c + y * s, y * c - x * s);
        let cloud = noise.fbm(along * 4.0 + 9.0, across * 9.0, 5);
        let band = bell(across + (cloud - 0.5) * 0.12, 0.17);
        let rift = smoothstep(0.50, 0.62, noise.fbm(along * 6.0, across * 16.0 + 3.0, 4))
            * bell(across, 0.05);
        let lab = glow.mix(rose, smoothstep(0.45, 0.65, cloud));
        Ink::flat(lab)
            .alpha((strength * band * (0.25 + cloud) * (1.0 - 0.75 * rift)).clamp(0.0, 0.9))
            .flow(angle)
    });
}

fn curtains(p: &mut Painting) {
    let noise = p.noise.clone();
    let side = p.layout.side;
    let strength = 0.85 * (1.0 - 0.5 * p.manner.minimalist);
    let (green, violet) = (Lab::lch(0.80, 0.17, 158.0), Lab::lch(0.55, 0.16, 310.0));
    p.canvas.wash(|u, v| {
        let mut light = 0.0f32;
        let mut high = 0.0f32;
        for (i, base) in [0.30, 0.42, 0.50].into_iter().enumerate() {
            let k = i as f32;
            let foot = base
                + 0.10 * sin(u * (3.0 + k) * side + k * 2.0)
                + 0.06 * (noise.at(u * 5.0 + k * 9.0, 1.0) - 0.5);
            let up = foot - v;
            if up > 0.0 {
                let fold = 0.45 + 0.9 * noise.fbm(u * 16.0 + k * 7.0, v * 0.8, 3);
                let rise = smoothstep(0.0, 0.025, up) * smoothstep(0.36, 0.0, up) * fold;
                light += rise * (0.6 - 0.12 * k);
                high = high.max(up);
            }
        }
        Ink::flat(green.mix(violet, smoothstep(0.06, 0.30, high)))
            .alpha((light * strength).min(0.88))
            .flow(1.57)
    });
}
