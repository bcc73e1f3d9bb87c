//! Surreal: things that cannot be. A second, wrong moon, islands that float, a world upside down
//! overhead, a door in the open, a fish in the air.

use super::{
    canvas::Ink,
    math::{PI, Point, lerp, smoothstep},
    painting::Painting,
    shape::{Pose, Profile, blob, circle, polygon, rect},
    trees, underwater,
};

pub fn dream(p: &mut Painting) {
    let share = p.manner.surreal;
    if share <= 0.0 {
        return;
    }
    overhead(p, smoothstep(0.25, 0.9, share));
    moon(p, smoothstep(0.05, 0.45, share));
    islands(p, smoothstep(0.1, 0.5, share));
}

/// Mountains that hang from the top: gravity has two minds.
fn overhead(p: &mut Painting, shown: f32) {
    let noise = p.noise.clone();
    let layout = p.layout;
    let lab = p.palette.far.mix(p.palette.accent, 0.45);
    let deep = p.palette.mid.mix(p.palette.dark, 0.15);
    let height =
        layout.mirrored(|u| 0.02 + 0.30 * noise.ridged(u * 1.7 + 31.0, 5.0, 3) * shown - 0.08);
    let profile = Profile::new(&p.canvas.bounds(), height);
    let bounds = p.canvas.bounds();
    let mut points: Vec<Point> = (0..=80)
        .map(|i| lerp(bounds.left, bounds.right, i as f32 / 80.0))
        .map(|u| (u, profile.at(u)))
        .collect();
    points.extend([
        (bounds.right, bounds.top - 0.1),
        (bounds.left, bounds.top - 0.1),
    ]);
    let model = p.manner.modelling();
    p.shape(polygon(&points), |u, v| {
        let up = profile.at(u) - v;
        let plane = smoothstep(0.42, 0.58, noise.fbm(u * 9.0 + up * 5.0, up * 8.0, 4));
        Ink::flat(
            lab.mix(deep, smoothstep(0.0, 0.3, up))
                .lighter(0.09 * (plane - 0.5) * model),
        )
        .alpha(shown * 0.95)
        .flow(profile.flow(u))
    });
}

/// Far too large, and with a bite that is a doorway to another sky.
fn moon(p: &mut Painting, shown: f32) {
    let layout = p.layout;
    let at = (
        lerp(
            0.5 - layout.side * 0.24,
            0.5,
            layout.mirror.max(0.5 * p.manner.centered),
        ),
        0.27,
    );
    let radius = 0.17 * shown.max(0.05);
    let face = p.palette.accent.mix(p.palette.light, 0.55);
    let inner = p
        .palette
        .sky_high
        .mix(p.palette.second, 0.35)
        .lighter(-0.12);
    let noise = p.noise.clone();
    let dark = p.palette.dark;
    p.shape(circle(at, radius), |u, v| {
        let (x, y) = ((u - at.0) / radius, (v - at.1) / radius);
        let crater = smoothstep(0.56, 0.64, noise.fbm(x * 3.0 + 8.0, y * 3.0, 3));
        let shade = smoothstep(-0.3, 1.0, (x * layout.side + y) * 0.7);
        let ring = x * x + y * y;
        let lab = face.mix(dark, 0.30 * shade).lighter(-0.06 * crater);
        let hole = smoothstep(0.40, 0.38, ring.sqrt());
        let lab = lab.mix(inner, hole);
        Ink::flat(lab)
            .alpha(shown)
            .flow(libm::atan2f(y, x) + PI / 2.0)
    });
}

/// Rocks with a tree and a waterfall, held up by nothing; or fish that take the air for water.
fn islands(p: &mut Painting, shown: f32) {
    let mut rng = p.rng.fork("islands");
    let shoal = rng.chance(0.4);
    let side = p.layout.side;
    let places = [
        (0.5 + side * 0.30, 0.25),
        (0.5 - side * 0.06, 0.44),
        (0.5 + side * 0.06, 0.15),
    ];
    for (i, (u, v)) in places.into_iter().enumerate() {
        let (dx, dy, size) = (rng.jitter(0.06), rng.jitter(0.04), rng.range(0.11, 0.17));
        let size = size * (1.0 - 0.25 * i as f32) * (0.4 + 0.6 * shown);
        let alpha = shown * if i > 0 { p.manner.keeps(i, 3) } else { 1.0 };
        let twins: Vec<(f32, f32)> = p.layout.twins(u + dx).collect();
        for (u, share) in twins {
            let pose = Pose::new((u, v + dy), size);
            if shoal {
                let lab = [p.palette.accent, p.palette.second.purer(1.4), p.palette.sun][i];
                underwater::fish(
                    p,
                    Pose {
                        size: size * 1.7,
                        ..pose
                    }
                    .facing(if u < 0.5 { 1.0 } else { -1.0 }),
                    lab,
                    alpha * share,
                );
            } else {
                island(p, pose, alpha * share);
            }
        }
    }
}

fn island(p: &mut Painting, pose: Pose, alpha: f32) {
    let noise = p.noise.clone();
    let rock = p.palette.earth.mix(p.palette.dark, 0.45);
    let lit = p.palette.earth.mix(p.palette.light, 0.25);
    let light = p.light_from(pose.at.0);
    let model = p.manner.modelling();
    let fall = p.palette.light.mix(p.palette.water, 0.3);
    let base = [
        (-0.85, 0.0),
        (0.85, 0.0),
        (0.62, 0.28),
        (0.34, 0.44),
        (0.16, 0.92),
        (0.02, 1.15),
        (-0.12, 0.80),
        (-0.36, 0.50),
        (-0.66, 0.26),
    ];
    p.shape(polygon(&pose.points(&base)), |u, v| {
        let (x, y) = pose.local((u, v));
        let crag = noise.ridged(x * 3.0 + 4.0, y * 1.4, 3);
        let side = smoothstep(-0.4, 0.5, x * light + (crag - 0.5));
        Ink::flat(rock.mix(lit, side * model))
            .alpha(alpha)
            .flow(1.2)
    });
    let turf = [
        (-0.92, 0.02),
        (-0.6, -0.10),
        (-0.1, -0.14),
        (0.45, -0.11),
        (0.92, 0.02),
        (0.5, 0.11),
        (0.0, 0.08),
        (-0.5, 0.12),
    ];
    let grass = p.palette.leaf.mix(p.palette.light, 0.15);
    p.shape(blob(&pose.points(&turf)), |_, _| {
        Ink::flat(grass).alpha(alpha)
    });
    let stream = [(0.42, 0.02), (0.52, 0.02), (0.56, 1.4), (0.44, 1.4)];
    p.shape(polygon(&pose.points(&stream)), |u, v| {
        let (_, y) = pose.local((u, v));
        Ink::flat(fall)
            .alpha(alpha * 0.8 * smoothstep(1.4, 0.2, y))
            .flow(PI / 2.0)
    });
    let leaf = p.palette.accent.mix(p.palette.leaf, 0.4);
    trees::broad(
        p,
        pose.point((-0.2, -0.08)),
        pose.size * 1.1,
        0.3,
        leaf,
        alpha,
        p.rng.fork("island tree"),
    );
}

/// A door in the open, ajar, with light behind it. It comes after the melting: it alone is straight.
pub fn door(p: &mut Painting) {
    let wanted = if p.rng.fork("door").chance(0.6) {
        1.0
    } else {
        0.0
    };
    let shown = wanted * smoothstep(0.2, 0.6, p.manner.surreal);
    if shown <= 0.0 {
        return;
    }
    let layout = p.layout;
    let at = (
        lerp(layout.focus.0 - layout.side * 0.30, 0.5, layout.mirror),
        layout.horizon + 0.15,
    );
    let (w, h) = (0.042 * shown.max(0.1), 0.19 * shown.max(0.1));
    let (frame, glow, leaf) = (
        p.palette.dark,
        p.palette.sun.mix(p.palette.accent, 0.25),
        p.palette.second.mix(p.palette.dark, 0.2),
    );
    p.shape(
        rect(at.0 - w * 1.18, at.1 - h * 1.04, at.0 + w * 1.18, at.1),
        |_, _| Ink::flat(frame).alpha(shown),
    );
    p.shape(rect(at.0 - w, at.1 - h, at.0 + w, at.1), |_, v| {
        Ink::flat(glow.mix(leaf.lighter(0.2), smoothstep(at.1 - h, at.1, v) * 0.2)).alpha(shown)
    });
    let open = [
        (at.0 - w, at.1 - h),
        (at.0 - w * 0.1, at.1 - h * 0.92),
        (at.0 - w * 0.1, at.1 + h * 0.08),
        (at.0 - w, at.1),
    ];
    p.shape(polygon(&open), |_, _| Ink::flat(leaf).alpha(shown));
    let spill = [
        (at.0 - w * 0.1, at.1),
        (at.0 + w, at.1),
        (at.0 + w * 2.6, at.1 + h * 0.6),
        (at.0 + w * 0.2, at.1 + h * 0.6),
    ];
    p.shape(polygon(&spill), |_, v| {
        Ink::flat(glow).alpha(shown * 0.6 * smoothstep(at.1 + h * 0.6, at.1, v))
    });
}
