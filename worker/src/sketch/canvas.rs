//! What is painted on: colour and the direction a brush would take, for each pixel.
//!
//! Shapes are vector paths in picture coordinates; the outline is rasterised with anti-aliasing
//! and each pixel inside asks an ink for its colour. So light, texture and haze are functions of
//! place, and every shape can have its own.

use tiny_skia::{FillRule, Mask, Path, Transform};

use super::{
    math::{Point, cos, sin},
    oklab::Lab,
};

/// One pixel.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dot {
    pub lab: Lab,
    /// The direction a brush stroke would follow here, in radians.
    pub flow: f32,
}

/// What an ink leaves at one place.
#[derive(Clone, Copy, Debug)]
pub struct Ink {
    pub lab: Lab,
    pub alpha: f32,
    pub flow: f32,
}

impl Ink {
    /// Opaque, brushed level.
    pub const fn flat(lab: Lab) -> Self {
        Self {
            lab,
            alpha: 1.0,
            flow: 0.0,
        }
    }

    pub fn alpha(self, alpha: f32) -> Self {
        Self { alpha, ..self }
    }

    pub fn flow(self, flow: f32) -> Self {
        Self { flow, ..self }
    }
}

/// The picture in the making.
pub struct Canvas {
    pub width: usize,
    pub height: usize,
    pub dots: Vec<Dot>,
    view: Transform,
    back: Transform,
    /// Pixels per unit of the picture's coordinates.
    pub unit: f32,
    tilt: f32,
}

/// The part of the plane that can be seen, with the corners a tilted view brings in.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
}

impl Canvas {
    /// An empty canvas; `tilt` turns the whole view, in radians.
    pub fn new(width: usize, height: usize, tilt: f32) -> Self {
        let unit = width.min(height) as f32;
        let (w, h) = (width as f32, height as f32);
        let (c, s) = (cos(tilt), sin(tilt));
        // Unit coordinates about (½, ½), turned, scaled to pixels about the middle.
        let view = Transform::from_row(
            unit * c,
            unit * s,
            -unit * s,
            unit * c,
            w / 2.0 - unit * (c - s) / 2.0,
            h / 2.0 - unit * (s + c) / 2.0,
        );
        let back = Transform::from_row(
            c / unit,
            -s / unit,
            s / unit,
            c / unit,
            0.5 - (c * w + s * h) / (2.0 * unit),
            0.5 - (c * h - s * w) / (2.0 * unit),
        );
        Self {
            width,
            height,
            dots: vec![Dot::default(); width * height],
            view,
            back,
            unit,
            tilt,
        }
    }

    pub fn bounds(&self) -> Bounds {
        let (w, h) = (
            self.width as f32 / self.unit,
            self.height as f32 / self.unit,
        );
        let lean = sin(self.tilt).abs();
        let (reach_x, reach_y) = (
            f32::midpoint(w, h * lean) + 0.02,
            f32::midpoint(h, w * lean) + 0.02,
        );
        Bounds {
            left: 0.5 - reach_x,
            right: 0.5 + reach_x,
            top: 0.5 - reach_y,
            bottom: 0.5 + reach_y,
        }
    }

    /// Where a pixel's middle lies in the picture.
    pub fn place(&self, x: usize, y: usize) -> Point {
        let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
        let t = &self.back;
        (t.sx * x + t.kx * y + t.tx, t.ky * x + t.sy * y + t.ty)
    }

    /// Which pixel coordinate a place has; may lie outside.
    pub fn pixel(&self, (u, v): Point) -> Point {
        let t = &self.view;
        (t.sx * u + t.kx * v + t.tx, t.ky * u + t.sy * v + t.ty)
    }

    /// The colour at a place, from the nearest pixel of the canvas.
    pub fn sample(&self, place: Point) -> Dot {
        self.sample_of(&self.dots, place)
    }

    /// The same, from a copy made earlier.
    pub fn sample_of(&self, dots: &[Dot], place: Point) -> Dot {
        let (x, y) = self.pixel(place);
        let x = (x.max(0.0) as usize).min(self.width - 1);
        let y = (y.max(0.0) as usize).min(self.height - 1);
        dots[y * self.width + x]
    }

    /// The same, blended between the four pixels around the place.
    pub fn smooth(&self, dots: &[Dot], place: Point) -> Dot {
        let (x, y) = self.pixel(place);
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let (tx, ty) = (x - x0 as f32, y - y0 as f32);
        let lab = |x: usize, y: usize| dots[y * self.width + x].lab;
        let (top, bottom) = (
            lab(x0, y0).mix(lab(x1, y0), tx),
            lab(x0, y1).mix(lab(x1, y1), tx),
        );
        Dot {
            lab: top.mix(bottom, ty),
            flow: dots[y0 * self.width + x0].flow,
        }
    }

    /// Inks the whole canvas.
    pub fn wash(&mut self, ink: impl Fn(f32, f32) -> Ink) {
        for y in 0..self.height {
            for x in 0..self.width {
                let (u, v) = self.place(x, y);
                let ink = ink(u, v);
                if ink.alpha > 0.0 {
                    lay(
                        &mut self.dots[y * self.width + x],
                        ink,
                        ink.alpha,
                        self.tilt,
                    );
                }
            }
        }
    }

    /// Changes colours in place, by place.
    pub fn tone(&mut self, change: impl Fn(f32, f32, Lab) -> Lab) {
        for y in 0..self.height {
            for x in 0..self.width {
                let (u, v) = self.place(x, y);
                let dot = &mut self.dots[y * self.width + x];
                dot.lab = change(u, v, dot.lab);
            }
        }
    }

    /// Inks the inside of a path.
    pub fn fill(&mut self, path: &Path, ink: impl Fn(f32, f32) -> Ink) {
        let Some(path) = path.clone().transform(self.view) else {
            return;
        };
        let bounds = path.bounds();
        let clip = |edge: f32, size: usize| edge.clamp(0.0, size as f32) as usize;
        let (left, top) = (
            clip(bounds.left() - 1.0, self.width),
            clip(bounds.top() - 1.0, self.height),
        );
        let right = clip(bounds.right() + 2.0, self.width);
        let bottom = clip(bounds.bottom() + 2.0, self.height);
        if right <= left || bottom <= top {
            return;
        }
        let Some(mut mask) = Mask::new((right - left) as u32, (bottom - top) as u32) else {
            return;
        };
        let shift = Transform::from_translate(-(left as f32), -(top as f32));
        mask.fill_path(&path, FillRule::Winding, true, shift);
        for (row, y) in mask.data().chunks_exact(right - left).zip(top..) {
            for (&cover, x) in row.iter().zip(left..) {
                if cover > 0 {
                    let (u, v) = self.place(x, y);
                    let ink = ink(u, v);
                    let alpha = ink.alpha * f32::from(cover) / 255.0;
                    lay(&mut self.dots[y * self.width + x], ink, alpha, self.tilt);
                }
            }
        }
    }
}

fn lay(dot: &mut Dot, ink: Ink, alpha: f32, tilt: f32) {
    let alpha = alpha.min(1.0);
    dot.lab = dot.lab.mix(ink.lab, alpha);
    if alpha > 0.4 {
        dot.flow = ink.flow + tilt;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_and_its_pixel_are_each_other_s_inverse_even_tilted() {
        let canvas = Canvas::new(96, 64, 0.2);
        for (x, y) in [(0, 0), (95, 63), (48, 10)] {
            let (px, py) = canvas.pixel(canvas.place(x, y));
            assert!((px - x as f32 - 0.5).abs() < 1e-3 && (py - y as f32 - 0.5).abs() < 1e-3);
        }
    }

    #[test]
    fn the_bounds_hold_every_corner_of_a_tilted_view() {
        let canvas = Canvas::new(96, 64, -0.2);
        let bounds = canvas.bounds();
        for (x, y) in [(0, 0), (95, 0), (0, 63), (95, 63)] {
            let (u, v) = canvas.place(x, y);
            assert!((bounds.left..=bounds.right).contains(&u));
            assert!((bounds.top..=bounds.bottom).contains(&v));
        }
    }
}
