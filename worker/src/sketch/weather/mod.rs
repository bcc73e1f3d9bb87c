//! The mood dimension as weather and light: mist, rays, rain, snow, birds, petals, fog, glow.
//!
//! What mood does to hours and colours is in `palette` and `grade`.

mod air;
mod light;
mod mist;
mod rain;

use super::{painting::Painting, scene::Kind};

pub fn fall(p: &mut Painting) {
    mist::calm(p);
    light::beams(p);
    mist::fog(p);
    mist::fireflies(p);
    air::motion(p);
    air::birds(p);
    air::petals(p);
    rain::wanderer(p);
    rain::rain(p);
    rain::snow(p);
    light::lightning(p);
}

fn outdoors(p: &Painting) -> f32 {
    match p.scene.kind {
        Kind::Portrait | Kind::StillLife | Kind::Interior | Kind::Fields => 0.0,
        _ => 1.0,
    }
}
