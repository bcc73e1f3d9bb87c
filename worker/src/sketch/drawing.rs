//! An artist's drawing where otherwise a scene would be: laid on the canvas, then painted over.
//!
//! The strength says how much of it may change. Every share of the mix, and every move of the
//! composition, counts by so much; and while there is little of it the paint is thin, so that the
//! drawing shows through. At 0 it is the drawing itself, at 1 the painter holds nothing back.

use wire::mix::Mix;

use super::{
    canvas::{Canvas, Dot},
    manner::Manner,
    math::{Point, TAU, atan2, cos, lerp, sin, smoothstep},
    oklab::Lab,
    painting::Painting,
    picture::Picture,
};

/// From this strength on the paint is opaque.
const OPAQUE: f32 = 0.55;

/// How far to each side forms are looked for that a brush could follow, as a share of the picture.
const HAND: f32 = 0.012;

/// The drawing as it lies under the paint, and how much of it shows through.
pub struct Under {
    dots: Vec<Dot>,
    shows: f32,
}

/// Lays the drawing on the canvas, composed as the mix wants it, and holds the painter back.
pub fn lay(p: &mut Painting, mix: &Mix, drawing: &Picture, strength: f32) -> Under {
    p.manner = Manner::held_back(mix, strength);
    p.layout.mirror *= strength;
    p.layout.tilt *= strength;
    p.canvas = Canvas::new(p.canvas.width, p.canvas.height, p.layout.tilt);
    let paper = Canvas::new(p.canvas.width, p.canvas.height, 0.0);
    let drawn = dots(drawing);
    let look = Look::new(p);
    for y in 0..p.canvas.height {
        for x in 0..p.canvas.width {
            let from = look.at(p.canvas.place(x, y));
            p.canvas.dots[y * p.canvas.width + x] = paper.smooth(&drawn, from);
        }
    }
    follow_forms(&mut p.canvas);
    Under {
        dots: p.canvas.dots.clone(),
        shows: 1.0 - smoothstep(0.0, OPAQUE, strength),
    }
}

/// Lets the drawing show through the paint.
pub fn glaze(p: &mut Painting, under: &Under) {
    for (dot, drawn) in p.canvas.dots.iter_mut().zip(&under.dots) {
        dot.lab = dot.lab.mix(drawn.lab, under.shows);
    }
}

fn dots(drawing: &Picture) -> Vec<Dot> {
    let pixels = drawing.rgb.chunks_exact(3);
    let dot = |pixel: &[u8]| Dot {
        lab: Lab::from_srgb([pixel[0], pixel[1], pixel[2]]),
        flow: 0.0,
    };
    pixels.map(dot).collect()
}

/// Which part of the drawing is seen: composition as a gentle crop.
struct Look {
    /// The middle of what is seen.
    middle: Point,
    /// How much larger it is than drawn.
    zoom: f32,
}

impl Look {
    fn new(p: &Painting) -> Self {
        let m = &p.manner;
        let aside = 0.05 * m.thirds + 0.11 * m.asymmetric + 0.03 * m.dynamic;
        let (width, height) = (p.canvas.width as f32, p.canvas.height as f32);
        let (c, s) = (cos(p.layout.tilt), sin(p.layout.tilt.abs()));
        // As much larger as it takes for the corners of a turned view to lie on the drawing.
        let cover = ((width * c + height * s) / width).max((width * s + height * c) / height);
        let closer = 0.20 * m.centered + 0.06 * m.minimalist;
        Self {
            middle: (0.5 - p.layout.side * aside, 0.5 + 0.03 * m.thirds),
            // And for what was moved aside to be replaced.
            zoom: cover * (1.0 + closer) / (1.0 - 2.0 * aside.max(0.03 * m.thirds)),
        }
    }

    fn at(&self, (u, v): Point) -> Point {
        (
            self.middle.0 + (u - 0.5) / self.zoom,
            self.middle.1 + (v - 0.5) / self.zoom,
        )
    }
}

/// Gives each dot the direction of the lines around it, so that a brush follows them: the direction
/// in which lightness changes least (Kass and Witkin, 1987).
fn follow_forms(canvas: &mut Canvas) {
    let (width, height) = (canvas.width, canvas.height);
    let light = |x: usize, y: usize| canvas.dots[y * width + x].lab.l;
    let mut tensor = vec![[0.0f32; 3]; width * height];
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let (dx, dy) = (
                light(x + 1, y) - light(x - 1, y),
                light(x, y + 1) - light(x, y - 1),
            );
            tensor[y * width + x] = [dx * dx, dx * dy, dy * dy];
        }
    }
    let reach = (HAND * canvas.unit) as usize + 1;
    let across = blurred(&tensor, (height, width), (width, 1), reach);
    let whole = blurred(&across, (width, height), (1, width), reach);
    for (dot, [xx, xy, yy]) in canvas.dots.iter_mut().zip(whole) {
        let steepest = 0.5 * atan2(2.0 * xy, xx - yy);
        // Where nothing changes there is no line, and a brush goes level.
        let sure = smoothstep(0.0, 2e-4, xx + yy);
        dot.flow = lerp(0.0, steepest + TAU / 4.0, sure);
    }
}

/// Means over a window along one direction: `lines` of `length` values, whose steps are given.
fn blurred(
    values: &[[f32; 3]],
    (lines, length): (usize, usize),
    (line_step, step): (usize, usize),
    reach: usize,
) -> Vec<[f32; 3]> {
    let mut means = vec![[0.0; 3]; values.len()];
    for line in 0..lines {
        let at = |i: usize| line * line_step + i * step;
        for i in 0..length {
            let (from, to) = (i.saturating_sub(reach), (i + reach).min(length - 1));
            let mut sum = [0.0f32; 3];
            for j in from..=to {
                for (sum, value) in sum.iter_mut().zip(values[at(j)]) {
                    *sum += value;
                }
            }
            means[at(i)] = sum.map(|sum| sum / (to - from + 1) as f32);
        }
    }
    means
}
