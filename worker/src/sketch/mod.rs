//! The engine `sketch`: a procedural painter that runs anywhere in milliseconds, without weights.
//!
//! A picture is a pure function of prompt, mix, seed, size and drawing, the same bytes on every machine.
//! The words choose a scene, the seed varies it, and the mix decides how it is coloured, drawn,
//! lit and laid out. Each attribute value is one stage or one number whose strength is its share,
//! so styles blend in the drawing itself; finished pictures are never cross-faded. An artist's own
//! drawing can stand where the scene would.
//!
//! Deliberately not here: tensors, threads, files (but for the contact sheet), clocks, global
//! state. It is not an AI model, and pages that show its pictures say so.

#![expect(
    clippy::many_single_char_names,
    reason = "u and v are a place in the picture, x and y one in a shape, p the painting, m its manner"
)]
#![expect(
    clippy::too_many_lines,
    reason = "a drawing is a list of outlines, one coordinate a line; cutting it up would not shorten it"
)]

mod animals;
mod canvas;
mod city;
pub mod contact_sheet;
mod drawing;
#[cfg(test)]
mod drawing_tests;
mod facets;
mod fields;
mod figure;
mod flowers;
mod forest;
mod grade;
mod grain;
mod interior;
mod land;
mod layout;
mod lettering;
mod manner;
mod math;
mod night;
mod noise;
mod oklab;
mod painting;
mod palette;
mod picture;
mod portrait;
mod rng;
mod scene;
mod shape;
mod shore;
mod sky;
mod still_life;
mod strokes;
mod subject;
mod surreal;
#[cfg(test)]
mod tests;
mod trees;
mod underwater;
mod warp;
mod water;
mod weather;

use wire::mix::Mix;

use self::painting::Painting;
pub use self::picture::{Picture, Size};

/// The engine's name in jobs and records.
pub const NAME: &str = "sketch";

/// Rises whenever the same input paints different bytes, because records name it.
pub const VERSION: u32 = 1;

/// Paints one picture.
pub fn paint(prompt: &str, mix: &Mix, seed: u64, size: Size) -> Picture {
    let mut painting = Painting::new(prompt, mix, seed, size);
    painting.scene();
    style(&mut painting);
    painting.finish()
}

/// Paints over a drawing, of which as much may change as the strength says, from 0 to 1. The picture
/// is as large as the drawing.
pub fn paint_over(start: &Picture, strength: f64, prompt: &str, mix: &Mix, seed: u64) -> Picture {
    if strength <= 0.0 {
        return start.clone();
    }
    let size = Size {
        width: start.width,
        height: start.height,
    };
    let mut painting = Painting::new(prompt, mix, seed, size);
    let under = drawing::lay(&mut painting, mix, start, strength.min(1.0) as f32);
    style(&mut painting);
    drawing::glaze(&mut painting, &under);
    painting.finish()
}

/// Does with what is on the canvas what the mix says.
fn style(painting: &mut Painting) {
    surreal::dream(painting);
    weather::fall(painting);
    warp::melt(painting);
    surreal::door(painting);
    warp::fold(painting);
    facets::cut(painting);
    strokes::lay(painting);
    grade::apply(painting);
    grain::apply(painting);
}
