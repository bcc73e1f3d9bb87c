//! Animals as simple forms: a few smooth masses with light on one side and a face that reads.

mod bird;
mod deer;
mod owl;
mod rabbit;
mod sitting;

use super::{
    canvas::Ink,
    forest, land,
    math::{Point, lerp, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::Beast,
    shape::{Pose, blob, circle, ellipse},
    sky, underwater,
};

pub fn animal(p: &mut Painting) {
    let mut rng = p.rng.fork("animal");
    let any = [
        Beast::Cat,
        Beast::Fox,
        Beast::Owl,
        Beast::Bird,
        Beast::Deer,
        Beast::Rabbit,
    ];
    let beast = p.scene.beast.unwrap_or(any[rng.index(any.len())]);
    if matches!(beast, Beast::Fish | Beast::Whale) {
        underwater::paint(p, beast);
        return;
    }
    if p.scene.woods {
        forest::woods(p, false);
    } else {
        sky::paint(p);
        for range in land::ranges(p, false).into_iter().skip(1) {
            land::paint(p, &range);
        }
    }
    let size = 0.50 * (0.60 + 0.40 * p.layout.scale);
    let (u, size) = p.layout.paired(lerp(0.5, p.layout.focus.0, 0.85), size);
    let at = (u, 0.90);
    let twins: Vec<(f32, f32)> = p.layout.twins(at.0).collect();
    for (u, share) in twins {
        let facing = p.layout.facing(u, at.0);
        let pose = Pose::new((u, at.1), size)
            .facing(facing)
            .turned(0.04 * p.manner.energetic * facing);
        ground_shadow(p, pose, share);
        match beast {
            Beast::Cat => sitting::sitting(p, pose, share, Coat::cat(p)),
            Beast::Fox => sitting::sitting(p, pose, share, Coat::fox(p)),
            Beast::Rabbit => rabbit::rabbit(p, pose, share),
            Beast::Owl => owl::owl(p, pose, share),
            Beast::Deer => deer::deer(p, pose, share),
            _ => bird::bird(p, pose, share),
        }
    }
    land::cover::grass(p, 0.90);
}

fn ground_shadow(p: &mut Painting, pose: Pose, alpha: f32) {
    let dark = p.palette.dark;
    let (rx, ry) = (pose.size * 0.52, pose.size * 0.08);
    let at = (
        pose.at.0 - p.light_from(pose.at.0) * pose.size * 0.12,
        pose.at.1,
    );
    p.shape(ellipse(at, rx, ry, 0.0), |u, v| {
        let (x, y) = ((u - at.0) / rx, (v - at.1) / ry);
        Ink::flat(dark).alpha(alpha * 0.5 * smoothstep(1.0, 0.2, x * x + y * y))
    });
}

/// The colours of a coat.
#[derive(Clone, Copy)]
struct Coat {
    fur: Lab,
    pale: Lab,
    tail: f32,
    snout: f32,
    ear: f32,
}

impl Coat {
    fn dim(p: &Painting, lab: Lab) -> Lab {
        lab.mix(
            p.palette.dark,
            0.35 * p.palette.night + 0.35 * p.manner.mysterious,
        )
        .mix(p.palette.sky_mid, 0.08)
    }

    fn cat(p: &Painting) -> Self {
        const COATS: [(f32, f32, f32); 4] = [
            (0.30, 0.02, 280.0),
            (0.66, 0.115, 60.0),
            (0.55, 0.02, 250.0),
            (0.88, 0.02, 80.0),
        ];
        let (l, c, h) = COATS[p.rng.fork("coat").index(4)];
        let fur = p.scene.colours[0].unwrap_or(Lab::lch(l, c, h));
        Self {
            fur: Self::dim(p, fur),
            pale: Self::dim(p, fur.lighter(0.16)),
            tail: 0.75,
            snout: 0.0,
            ear: 1.0,
        }
    }

    fn fox(p: &Painting) -> Self {
        let fur = p.scene.colours[0].unwrap_or(Lab::lch(0.64, 0.155, 48.0));
        Self {
            fur: Self::dim(p, fur),
            pale: Self::dim(p, Lab::lch(0.94, 0.02, 80.0)),
            tail: 1.9,
            snout: 1.0,
            ear: 1.15,
        }
    }
}

/// Fills a smooth mass with fur: light from the sun's side, hairs along a direction.
fn mass(p: &mut Painting, pose: Pose, outline: &[Point], lab: Lab, flow: f32, alpha: f32) {
    let light = p.light_from(pose.at.0) * pose.facing;
    let model = p.manner.modelling();
    let (noise, dark, bright) = (p.noise.clone(), p.palette.dark, p.palette.light);
    let left = outline.iter().map(|q| q.0).fold(f32::MAX, f32::min);
    let right = outline.iter().map(|q| q.0).fold(f32::MIN, f32::max);
    let top = outline.iter().map(|q| q.1).fold(f32::MAX, f32::min);
    let bottom = outline.iter().map(|q| q.1).fold(f32::MIN, f32::max);
    p.shape(blob(&pose.points(outline)), |u, v| {
        let (x, y) = pose.local((u, v));
        let (cx, cy) = (
            (x - left) / (right - left) * 2.0 - 1.0,
            (y - top) / (bottom - top) * 2.0 - 1.0,
        );
        let hair = noise.fbm(x * 26.0 + y * 6.0, y * 9.0 - x * 4.0, 3) - 0.5;
        let lit = cx * light * 0.55 - cy * 0.45 + hair * 0.7;
        let tone = lab
            .mix(dark, 0.50 * smoothstep(0.15, -0.85, lit) * model)
            .mix(bright, 0.30 * smoothstep(0.15, 0.95, lit) * model);
        Ink::flat(tone.lighter(hair * 0.05 * model))
            .alpha(alpha)
            .flow(flow + cx * 0.5)
    });
}

fn eyes(p: &mut Painting, pose: Pose, places: &[Point], radius: f32, alpha: f32) {
    let dark = p.palette.dark.lighter(-0.06);
    let iris = Lab::lch(0.80, 0.14, 95.0);
    let glow = 0.45 + 0.5 * p.manner.mysterious;
    for &at in places {
        let centre = pose.point(at);
        p.shape(
            ellipse(centre, pose.size * radius, pose.size * radius * 0.92, 0.0),
            |_, _| Ink::flat(iris.mix(dark, 1.0 - glow)).alpha(alpha),
        );
        p.shape(circle(centre, pose.size * radius * 0.58), |_, _| {
            Ink::flat(dark).alpha(alpha)
        });
        let shine = (
            centre.0 + pose.size * radius * 0.25,
            centre.1 - pose.size * radius * 0.3,
        );
        p.shape(circle(shine, pose.size * radius * 0.22), |_, _| {
            Ink::flat(Lab::new(0.97, 0.0, 0.01)).alpha(alpha)
        });
    }
}
