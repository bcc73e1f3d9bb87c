//! A city across the water: towers in ranks, paler with distance, windows that light up at night.

use super::{
    canvas::Ink,
    math::{Point, floor, lerp, smoothstep},
    oklab::Lab,
    painting::Painting,
    rng::Rng,
    shape::polygon,
    sky, subject, water,
};

const RANKS: usize = 4;

pub fn city(p: &mut Painting) {
    sky::paint(p);
    let shore = p.layout.horizon + 0.13;
    for rank in 0..RANKS {
        let rng = p
            .rng
            .fork("rank")
            .fork(["far", "farther", "nearer", "near"][rank]);
        towers(p, rank as f32 / (RANKS - 1) as f32, shore, rng);
    }
    water::paint(p, shore, 0.22);
    if p.scene.subject.is_some() {
        let chosen = subject::boat::boat;
        let at = (p.layout.focus.0, shore + 0.12);
        chosen(p, super::shape::Pose::new(at, 0.22 * p.layout.scale), 1.0);
    }
}

/// One tower: where it stands, its width and its top.
struct Tower {
    u: f32,
    half: f32,
    top: f32,
    roof: usize,
    tone: f32,
    salt: f32,
}

fn towers(p: &mut Painting, near: f32, shore: f32, mut rng: Rng) {
    let bounds = p.canvas.bounds();
    let layout = p.layout;
    let fade = lerp(1.0, 0.0, p.manner.minimalist * (1.0 - near) * 0.8);
    let mut u = bounds.left - 0.05;
    let mut all = Vec::new();
    while u < bounds.right + 0.05 && all.len() < 160 {
        let half = rng.range(0.022, 0.052) * lerp(0.8, 1.25, near);
        u += half;
        let (luck, roof, tone, salt) = (
            rng.unit(),
            rng.index(4),
            rng.jitter(0.035),
            rng.range(0.0, 50.0),
        );
        // The skyline climbs towards the point of interest.
        let away = (u - layout.focus.0).abs();
        let away = away + (away.min((1.0 - u - layout.focus.0).abs()) - away) * layout.mirror;
        let climb = smoothstep(0.48, 0.0, away) * layout.scale;
        let tall = lerp(0.13, 0.06, near)
            + luck * lerp(0.16, 0.12, near)
            + climb * lerp(0.30, 0.15, near) * (0.55 + 0.45 * luck);
        all.push(Tower {
            u,
            half,
            top: shore - tall,
            roof,
            tone,
            salt,
        });
        u += half + rng.range(0.0, 0.02) * (1.0 + 2.0 * near);
    }
    for tower in &all {
        for (u, share) in layout.twins(tower.u) {
            raise(p, tower, u, near, shore, fade * share);
        }
    }
}

fn raise(p: &mut Painting, tower: &Tower, u: f32, near: f32, shore: f32, alpha: f32) {
    let (palette, m) = (p.palette, p.manner);
    let haze = palette.sky_low;
    let hues = [palette.far, palette.second, palette.accent, palette.earth];
    let stone = palette
        .far
        .mix(palette.near, 0.75 * near)
        .mix(hues[tower.salt as usize % 4], 0.38 * near)
        .mix(palette.cloud, 0.22 * (1.0 - palette.night));
    let lab = stone
        .mix(haze, 0.55 * (1.0 - near) * (1.0 - near))
        .lighter(tower.tone);
    let light = p.light_from(u);
    let (left, right, top) = (u - tower.half, u + tower.half, tower.top);
    let peak = tower.half * [0.0, 0.9, 1.8, 0.0][tower.roof];
    let mut outline: Vec<Point> = vec![(left, shore), (left, top)];
    match tower.roof {
        1 | 2 => outline.push((u, top - peak)),
        3 => outline.extend([
            (left + tower.half * 0.5, top),
            (left + tower.half * 0.5, top - tower.half * 0.7),
            (right - tower.half * 0.5, top - tower.half * 0.7),
            (right - tower.half * 0.5, top),
        ]),
        _ => {}
    }
    outline.extend([(right, top), (right, shore)]);
    let model = m.modelling();
    let (lit, dim) = (lab.mix(palette.light, 0.30), lab.mix(palette.dark, 0.30));
    let windows = lerp(0.25, 1.0, near) * m.detail();
    let glow = Lab::lch(0.86, 0.125, 80.0);
    let evening = smoothstep(
        0.10,
        0.6,
        palette.night + 0.35 * palette.low_sun + 0.25 * m.melancholic,
    );
    let noise = p.noise.clone();
    let pitch = 0.0165;
    p.shape(polygon(&outline), |x, v| {
        let across = (x - u) / tower.half;
        // Each block shows a side in light and a side in shade.
        let corner = smoothstep(
            -0.03,
            0.03,
            across * if light < 0.0 { -1.0 } else { 1.0 } + 0.25,
        );
        let face = dim.mix(lit, corner * light.abs() + 0.5 * (1.0 - light.abs()));
        let face = lab.mix(face, model);
        let mut colour = face.mix(haze, smoothstep(0.30, 0.0, shore - v) * 0.35 * (1.0 - near));
        let (column, row) = (floor((x - left) / pitch), floor((v - top) / (pitch * 1.35)));
        let (cx, cy) = (
            (x - left) / pitch - column,
            (v - top) / (pitch * 1.35) - row,
        );
        let inside = v > top + 0.008
            && across.abs() < 0.9
            && (0.28..0.78).contains(&cx)
            && (0.25..0.75).contains(&cy);
        if inside {
            let luck = noise.at(column * 7.31 + tower.salt, row * 3.77 + tower.salt * 1.3);
            let burning = smoothstep(0.50, 0.54, luck) * evening;
            let pane = palette.sky_mid.mix(palette.dark, 0.55);
            colour = colour.mix(pane.mix(glow, burning), windows * (0.35 + 0.6 * burning));
        }
        Ink::flat(colour).alpha(alpha).flow(1.57)
    });
}
