//! What one looks at out of doors: a tree, a house, a boat, a lighthouse, a castle, a balloon.

mod balloon;
pub mod boat;
mod castle;
mod house;
mod lighthouse;

use super::{figure, math::Point, painting::Painting, scene::Subject, shape::Pose, trees};

/// Stands the subject at a place, and its twin as far as the composition is symmetrical.
pub fn stand(p: &mut Painting, subject: Subject, at: Point, size: f32) {
    // What has a front stands in pairs when the picture is symmetrical: folded, it would be cut.
    let paired = matches!(subject, Subject::Boat | Subject::House | Subject::Figure);
    let (u, size) = if paired {
        p.layout.paired(at.0, size)
    } else {
        (at.0, size)
    };
    let twins: Vec<(f32, f32)> = p.layout.twins(u).collect();
    for (x, share) in twins {
        one(
            p,
            subject,
            Pose::new((x, at.1), size).facing(p.layout.facing(x, u)),
            share,
        );
    }
}

fn one(p: &mut Painting, subject: Subject, pose: Pose, alpha: f32) {
    match subject {
        Subject::Tree | Subject::Peak => {
            let rng = p.rng.fork("tree");
            let leaf = p.scene.colours[0].unwrap_or(p.palette.leaf);
            trees::broad(
                p,
                pose.at,
                pose.size * 1.15,
                pose.facing * (1.0 - p.layout.mirror),
                leaf,
                alpha,
                rng,
            );
        }
        Subject::House => house::house(p, pose, alpha),
        Subject::Boat => boat::boat(p, pose, alpha),
        Subject::Lighthouse => lighthouse::lighthouse(p, pose, alpha),
        Subject::Castle => castle::castle(p, pose, alpha),
        Subject::Balloon => balloon::balloon(p, pose, alpha),
        Subject::Figure => figure::walker(
            p,
            Pose {
                size: pose.size * 0.5,
                ..pose
            },
            alpha,
        ),
    }
}
