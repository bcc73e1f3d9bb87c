//! Rain, snow, and who walks in them.

use tiny_skia::PathBuilder;

use super::super::{
    canvas::Ink,
    figure,
    math::{Point, lerp, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::{Kind, Weather},
    shape::{Pose, Profile, add_ellipse, add_ribbon},
};
use super::outdoors;

pub fn rain(p: &mut Painting) {
    let named = match p.scene.weather {
        Some(Weather::Rain) => 0.7,
        Some(Weather::Storm) => 0.9,
        _ => 0.0,
    };
    let share =
        (smoothstep(0.2, 0.9, p.manner.melancholic) * (0.45 + 0.55 * outdoors(p)) + named).min(1.0);
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
            let (u, v) = (
                rng.range(bounds.left - 0.1, bounds.right + 0.1),
                rng.range(bounds.top - 0.05, bounds.bottom),
            );
            let long = lerp(0.025, 0.085, near) * rng.range(0.7, 1.3);
            add_ribbon(&mut path, &[(u, v), (u - slant * long, v + long)], |t| {
                lerp(0.0013, 0.0028, near) * (0.35 + t)
            });
        }
        let alpha = smoothstep(rank as f32 / 4.0 - 0.15, rank as f32 / 4.0 + 0.3, share)
            * lerp(0.40, 0.55, near);
        p.shape(path.finish(), |_, _| Ink::flat(lab).alpha(alpha).flow(1.45));
    }
}

pub fn snow(p: &mut Painting) {
    if p.scene.weather != Some(Weather::Snow) {
        return;
    }
    let mut rng = p.rng.fork("snow");
    let bounds = p.canvas.bounds();
    let lab = Lab::new(0.97, 0.0, 0.0).mix(p.palette.sky_low, 0.15);
    for near in [0.0, 0.5, 1.0] {
        let mut path = PathBuilder::new();
        for _ in 0..90 {
            let at: Point = (
                rng.range(bounds.left, bounds.right),
                rng.range(bounds.top, bounds.bottom),
            );
            let size = lerp(0.0018, 0.0062, near) * rng.range(0.7, 1.3);
            add_ellipse(&mut path, at, size, size, 0.0);
        }
        p.shape(path.finish(), |_, _| {
            Ink::flat(lab).alpha(0.85 - 0.25 * near)
        });
    }
}

/// Melancholic: someone alone under an umbrella, looking away from us.
pub fn wanderer(p: &mut Painting) {
    let share = smoothstep(0.22, 0.6, p.manner.melancholic) * outdoors(p);
    if share <= 0.0
        || matches!(
            p.scene.kind,
            Kind::Forest | Kind::Animal | Kind::NightSky | Kind::Flowers
        )
    {
        return;
    }
    let side = p.layout.side;
    let u = lerp(p.layout.focus.0 - side * 0.34, 0.5, p.layout.mirror);
    let noise = p.noise.clone();
    let bank = Profile::new(&p.canvas.bounds(), |x| {
        0.965 + 0.32 * (x - u) * (x - u) - 0.02 * noise.at(x * 6.0, 3.0)
    });
    let lab = p.palette.near.mix(p.palette.dark, 0.35);
    p.shape(bank.below(&p.canvas.bounds(), f32::MAX), |_, v| {
        Ink::flat(lab.lighter(0.05 * smoothstep(1.0, 0.95, v))).alpha(share)
    });
    let pose = Pose::new((u, 0.975), 0.23).facing(side);
    figure::walker(p, pose, share);
    figure::umbrella(p, pose, share);
}
