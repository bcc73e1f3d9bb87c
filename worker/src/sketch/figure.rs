//! Small figures: a walker in a coat, alone or under an umbrella.
//!
//! The large ones, of portraits, are in `portrait`.

use super::{
    canvas::Ink,
    math::{PI, Point},
    painting::Painting,
    shape::{Pose, blob, circle, polygon, ribbon},
};

/// `pose.at` is where it stands and `pose.size` its height.
pub fn walker(p: &mut Painting, pose: Pose, alpha: f32) {
    let coat = p.scene.colours[0].unwrap_or(
        p.palette
            .accent
            .mix(p.palette.dark, 0.25 + 0.5 * p.manner.melancholic),
    );
    let dark = p.palette.dark;
    let skin = p.palette.earth.mix(p.palette.light, 0.4);
    for x in [-0.055, 0.05] {
        let leg = [pose.point((x * 0.6, -0.34)), pose.point((x, 0.0))];
        p.shape(ribbon(&leg, |_| pose.size * 0.055), |_, _| {
            Ink::flat(dark).alpha(alpha).flow(PI / 2.0)
        });
    }
    let body: [Point; 7] = [
        (0.0, -0.82),
        (0.10, -0.76),
        (0.115, -0.5),
        (0.15, -0.20),
        (-0.15, -0.20),
        (-0.115, -0.5),
        (-0.10, -0.76),
    ];
    let shade = coat.mix(dark, 0.45);
    p.shape(polygon(&pose.points(&body)), |u, v| {
        let (x, _) = pose.local((u, v));
        Ink::flat(if x > 0.01 { shade } else { coat })
            .alpha(alpha)
            .flow(PI / 2.0)
    });
    p.shape(
        circle(pose.point((0.0, -0.89)), pose.size * 0.068),
        |_, _| Ink::flat(skin).alpha(alpha),
    );
    let hair = [
        (-0.07, -0.88),
        (-0.06, -0.96),
        (0.0, -0.985),
        (0.065, -0.955),
        (0.075, -0.86),
        (0.02, -0.93),
    ];
    p.shape(blob(&pose.points(&hair)), |_, _| {
        Ink::flat(dark).alpha(alpha)
    });
}

/// An umbrella over a walker of the same pose.
pub fn umbrella(p: &mut Painting, pose: Pose, alpha: f32) {
    let dark = p.palette.dark;
    let silk = p.palette.accent;
    let stick = [pose.point((0.10, -0.55)), pose.point((0.06, -1.22))];
    p.shape(ribbon(&stick, |_| pose.size * 0.014), |_, _| {
        Ink::flat(dark).alpha(alpha)
    });
    let dome: [Point; 9] = [
        (-0.30, -1.00),
        (-0.26, -1.13),
        (-0.12, -1.225),
        (0.06, -1.26),
        (0.23, -1.22),
        (0.37, -1.12),
        (0.41, -1.00),
        (0.2, -1.03),
        (-0.1, -1.03),
    ];
    p.shape(blob(&pose.points(&dome)), |u, v| {
        let (x, _) = pose.local((u, v));
        Ink::flat(if x > 0.06 { silk.mix(dark, 0.4) } else { silk })
            .alpha(alpha)
            .flow(0.3)
    });
}
