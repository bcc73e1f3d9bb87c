//! The mood dimension as weather and light: mist, rays, rain, snow, birds, petals, fog, glow.
//!
//! What mood does to hours and colours is in `palette` and `grade`.

use tiny_skia::PathBuilder;

use super::{manner::Manner,
    canvas::Ink,
    figure,
    math::{Point, length, TAU, bell, cos, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::{Kind, Weather},
    shape::{Pose, Profile, add_blob, add_ellipse, add_ribbon, curve, ribbon},
    sky::star,
};

pub fn fall(p: &mut Painting) {
    calm(p);
    beams(p);
    fog(p);
    fireflies(p);
    motion(p);
    birds(p);
    petals(p);
    wanderer(p);
    rain(p);
    snow(p);
    lightning(p);
}

fn outdoors(p: &Painting) -> f32 {
    match p.scene.kind {
        Kind::Portrait | Kind::StillLife | Kind::Interior | Kind::Fields => 0.0,
        _ => 1.0,
    }
}

/// Peaceful: one soft light over everything, and mist that lies in layers.
fn calm(p: &mut Painting) {
    let share = Manner::pronounced(p.manner.peaceful);
    let (palette, layout) = (p.palette, p.layout);
    let noise = p.noise.clone();
    let veil = palette.sky_low.mix(palette.light, 0.35);
    // It lies behind what stands close to us.
    let outside = outdoors(p) * if matches!(p.scene.kind, Kind::Animal | Kind::Flowers) { 0.4 } else { 1.0 };
    p.canvas.wash(|u, v| {
        let (dx, dy) = (u - layout.sun.0, (v - layout.sun.1) * 0.8);
        let bloom = 0.28 * bell((dx * dx + dy * dy).sqrt(), 0.50);
        let layer = smoothstep(0.10, 0.0, (v - layout.horizon - 0.03).abs()) + 0.7 * smoothstep(0.07, 0.0, (v - layout.horizon - 0.20).abs());
        let patches = if layer * outside > 0.0 { noise.fbm(u * 1.6 + 5.0, v * 10.0, 3) } else { 0.0 };
        let mist = outside * layer * smoothstep(0.32, 0.68, patches) * 0.62;
        Ink::flat(veil).alpha(share * (bloom + mist).min(0.85))
    });
}

/// Energetic: hard slanting shafts. Joyful: a wheel of soft rays around the sun.
fn beams(p: &mut Painting) {
    let (m, palette, layout) = (p.manner, p.palette, p.layout);
    let noise = p.noise.clone();
    let lab = palette.sun.mix(palette.light, 0.4);
    let hard = 0.50 * Manner::pronounced(m.energetic);
    let soft = 0.36 * Manner::pronounced(m.joyful) * (1.0 - 0.5 * palette.night);
    if hard + soft <= 0.0 {
        return;
    }
    let source = (layout.sun.0 - layout.side * 0.35 * smoothstep(0.0, 0.5, m.energetic) * (1.0 - layout.mirror), layout.sun.1.min(0.2) - 0.25);
    let outside = outdoors(p);
    p.canvas.wash(|u, v| {
        let (dx, dy) = (u - source.0, v - source.1);
                let reach = if hard > 0.0 { smoothstep(1.35, 0.25, length((dx, dy))) } else { 0.0 };
        let shaft = if reach > 0.0 { reach * smoothstep(0.52, 0.60, noise.fbm(libm::atan2f(dx, dy) * 5.5 + 20.0, 4.0, 2)) } else { 0.0 };
        let (sx, sy) = (u - layout.sun.0, v - layout.sun.1);
        let away = (sx * sx + sy * sy).sqrt();
        let ring = if soft > 0.0 { smoothstep(0.06, 0.12, away) * smoothstep(0.85, 0.10, away) } else { 0.0 };
        let wheel = if ring > 0.0 { ring * (0.5 + 0.5 * sin(libm::atan2f(sy, sx) * 14.0)) } else { 0.0 };
        Ink::flat(lab).alpha((hard * shaft + soft * wheel * (0.4 + 0.6 * outside)).min(0.8))
    });
}

/// Mysterious: fog that swallows the ground, darkness at the edges, a glow in the middle of it.
fn fog(p: &mut Painting) {
    let named = if p.scene.weather == Some(Weather::Fog) { 0.65 } else { 0.0 };
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
        let lab = lab.mix(gloom.lighter((lab.l - 0.5) * 0.5), share * (0.22 + 0.38 * smoothstep(0.15, 0.6, away)));
        let bank = smoothstep(layout.horizon - 0.22, layout.horizon + 0.12, v) * smoothstep(1.15, 0.75, v);
        let drift = if bank > 0.0 { smoothstep(0.34, 0.72, noise.fbm(u * 2.1 + 13.0, v * 6.0, 4)) } else { 0.0 };
        let lab = lab.mix(veil, (share * 0.72 + named) * bank * drift);
        lab.mix(glow, share * 0.52 * bell(away, 0.24))
    });
}

/// Points of light that hover where it is dark.
fn fireflies(p: &mut Painting) {
    let share = smoothstep(0.15, 0.8, p.manner.mysterious);
    let mut rng = p.rng.fork("fireflies");
    for i in 0..26 {
        let (spread, rise, size) = (rng.jitter(0.5), rng.range(-0.16, 0.34), rng.range(0.0016, 0.0042));
        let alpha = share * p.manner.keeps(i, 26) * rng.range(0.5, 1.0);
        if alpha > 0.0 {
            let at = (p.layout.focus.0 + spread, p.layout.horizon + rise);
            star(&mut p.canvas, at, size * 2.2, Lab::lch(0.90, 0.13, 120.0), alpha * 0.5);
            star(&mut p.canvas, at, size, Lab::lch(0.95, 0.10, 105.0), alpha);
        }
    }
}

/// Energetic: strokes that sweep across, as wind or speed would draw them.
fn motion(p: &mut Painting) {
    let share = smoothstep(0.12, 0.9, p.manner.energetic);
    if share <= 0.0 {
        return;
    }
    let mut rng = p.rng.fork("motion");
    let (palette, layout) = (p.palette, p.layout);
    let colours = [palette.light, palette.accent, palette.sun, palette.second, palette.light];
    let count = 18;
    for i in 0..count {
        let (u, v, long, thick) = (rng.range(-0.1, 1.1), rng.range(0.0, 1.0), rng.range(0.22, 0.60), rng.range(0.005, 0.024));
        let (bend, tone) = (rng.range(0.02, 0.10), rng.index(5));
        // All of them turn about the point of interest.
        let away = (v - layout.horizon) * 0.55 + 0.42;
        let angle = -layout.side * away + (u - layout.focus.0) * 0.5;
        let (c, s) = (cos(angle) * long / 2.0, sin(angle) * long / 2.0);
        let line = curve(&[(u - c, v - s), (u + s * bend, v - bend * 0.5), (u + c, v + s)], 16);
        let lab = colours[tone];
        // They leave the subject alone.
        let clear = smoothstep(0.10, 0.30, length((u - layout.focus.0, v - layout.focus.1 + 0.12)));
        let alpha = share * 0.55 * clear * p.manner.keeps(i, count);
        p.shape(ribbon(&line, |t| thick * smoothstep(0.0, 0.7, t) * smoothstep(1.0, 0.9, t)), |_, _| Ink::flat(lab).alpha(alpha).flow(angle));
    }
}

/// Joyful: a flight of birds; a few gulls at sea in any mood.
fn birds(p: &mut Painting) {
    let share = (smoothstep(0.05, 0.6, p.manner.joyful) + 0.25 * Manner::pronounced(p.manner.peaceful)) * outdoors(p);
    if share <= 0.0 || p.scene.beast.is_some_and(|beast| matches!(beast, super::scene::Beast::Fish | super::scene::Beast::Whale)) {
        return;
    }
    let mut rng = p.rng.fork("birds");
    let side = p.layout.side;
    let lab = p.palette.dark.mix(p.palette.sky_high, 0.25);
    let centre = (0.5 - side * 0.16, 0.26);
    for i in 0..9 {
        let (dx, dy, size, beat) = (rng.jitter(0.20), rng.jitter(0.11), rng.range(0.016, 0.034), rng.range(0.15, 0.6));
        let at = (centre.0 + dx, centre.1 + dy + dx * side * 0.3);
        let wing = |s: f32| [at, (at.0 + s * size * 0.5, at.1 - size * beat), (at.0 + s * size, at.1 - size * beat * 0.3)];
        let mut path = PathBuilder::new();
        for s in [-1.0, 1.0] {
            add_ribbon(&mut path, &curve(&wing(s), 8), |t| size * 0.16 * (1.0 - t * 0.85));
        }
        let alpha = share.min(1.0) * p.manner.keeps(i, 9);
        p.shape(path.finish(), |_, _| Ink::flat(lab).alpha(alpha));
    }
}

/// Joyful: petals and confetti in the air.
fn petals(p: &mut Painting) {
    let share = smoothstep(0.15, 0.8, p.manner.joyful);
    if share <= 0.0 {
        return;
    }
    let mut rng = p.rng.fork("petals");
    let fresh = [Lab::lch(0.80, 0.13, 5.0), Lab::lch(0.88, 0.13, 95.0), Lab::lch(0.78, 0.11, 215.0), Lab::lch(0.97, 0.02, 60.0), p.palette.accent.lighter(0.12)];
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
                    let petal = [(x - c, v - s), (x + s * 0.7, v - c * 0.7), (x + c, v + s), (x - s * 0.35, v + c * 0.35)];
                    add_blob(&mut path, &petal);
                }
            }
        }
        let alpha = 0.92 * share * p.manner.keeps(k, 5);
        p.shape(path.finish(), |_, _| Ink::flat(lab).alpha(alpha).flow(0.8));
    }
}

/// Melancholic: someone alone under an umbrella, looking away from us.
fn wanderer(p: &mut Painting) {
    let share = smoothstep(0.22, 0.6, p.manner.melancholic) * outdoors(p);
    if share <= 0.0 || matches!(p.scene.kind, Kind::Forest | Kind::Animal | Kind::NightSky | Kind::Flowers) {
        return;
    }
    let side = p.layout.side;
    let u = lerp(p.layout.focus.0 - side * 0.34, 0.5, p.layout.mirror);
    let noise = p.noise.clone();
    let bank = Profile::new(&p.canvas.bounds(), |x| 0.965 + 0.32 * (x - u) * (x - u) - 0.02 * noise.at(x * 6.0, 3.0));
    let lab = p.palette.near.mix(p.palette.dark, 0.35);
    p.shape(bank.below(&p.canvas.bounds()), |_, v| Ink::flat(lab.lighter(0.05 * smoothstep(1.0, 0.95, v))).alpha(share));
    let pose = Pose::new((u, 0.975), 0.23).facing(side);
    figure::walker(p, pose, share);
    figure::umbrella(p, pose, share);
}

fn rain(p: &mut Painting) {
    let named = match p.scene.weather {
        Some(Weather::Rain) => 0.7,
        Some(Weather::Storm) => 0.9,
        _ => 0.0,
    };
    let share = (smoothstep(0.14, 0.9, p.manner.melancholic) * (0.45 + 0.55 * outdoors(p)) + named).min(1.0);
    if share <= 0.0 {
        return;
    }
    let veil = p.palette.cloud_shade.mix(p.palette.sky_low, 0.4);
    let noise = p.noise.clone();
    let slant = 0.14 * p.layout.side + 0.2 * p.manner.energetic;
    p.canvas.wash(|u, v| {
        let sheet = noise.fbm((u + v * slant) * 7.0 + 2.0, v * 0.8, 3);
        Ink::flat(veil).alpha(share * 0.30 * smoothstep(0.42, 0.68, sheet))
    });
    let mut rng = p.rng.fork("rain");
    let bounds = p.canvas.bounds();
    let lab = p.palette.light.mix(p.palette.sky_mid, 0.35);
    for rank in 0..4 {
        let near = rank as f32 / 3.0;
        let mut path = PathBuilder::new();
        for _ in 0..95 {
            let (u, v) = (rng.range(bounds.left - 0.1, bounds.right + 0.1), rng.range(bounds.top - 0.05, bounds.bottom));
            let long = lerp(0.025, 0.085, near) * rng.range(0.7, 1.3);
            add_ribbon(&mut path, &[(u, v), (u - slant * long, v + long)], |t| lerp(0.0013, 0.0028, near) * (0.35 + t));
        }
        let alpha = smoothstep(rank as f32 / 4.0 - 0.15, rank as f32 / 4.0 + 0.3, share) * lerp(0.40, 0.55, near);
        p.shape(path.finish(), |_, _| Ink::flat(lab).alpha(alpha).flow(1.45));
    }
}

fn snow(p: &mut Painting) {
    if p.scene.weather != Some(Weather::Snow) {
        return;
    }
    let mut rng = p.rng.fork("snow");
    let bounds = p.canvas.bounds();
    let lab = Lab::new(0.97, 0.0, 0.0).mix(p.palette.sky_low, 0.15);
    for near in [0.0, 0.5, 1.0] {
        let mut path = PathBuilder::new();
        for _ in 0..90 {
            let at: Point = (rng.range(bounds.left, bounds.right), rng.range(bounds.top, bounds.bottom));
            let size = lerp(0.0018, 0.0062, near) * rng.range(0.7, 1.3);
            add_ellipse(&mut path, at, size, size, 0.0);
        }
        p.shape(path.finish(), |_, _| Ink::flat(lab).alpha(0.85 - 0.25 * near));
    }
}

fn lightning(p: &mut Painting) {
    if p.scene.weather != Some(Weather::Storm) {
        return;
    }
    let mut rng = p.rng.fork("lightning");
    let start = 0.5 - p.layout.side * rng.range(0.05, 0.25);
    let mut line = vec![(start, -0.05)];
    for i in 1..=8 {
        let last = line[i - 1];
        line.push((last.0 + rng.jitter(0.055), p.layout.horizon * i as f32 / 8.0));
    }
    let lab = Lab::new(0.98, -0.01, -0.02);
    let glow = line[4];
    p.canvas.wash(|u, v| {
        let away = ((u - glow.0) * (u - glow.0) + (v - glow.1) * (v - glow.1) * 0.4).sqrt();
        Ink::flat(lab).alpha(0.42 * bell(away, 0.20))
    });
    p.shape(ribbon(&line, |t| 0.010 * (1.0 - 0.8 * t)), |_, _| Ink::flat(lab));
}
