//! Outlines: the few kinds of path everything is cut from.

use tiny_skia::{Path, PathBuilder, Rect};

use super::{
    canvas::Bounds,
    math::{PI, Point, TAU, atan2, cos, length, sin, turn},
};

/// Straight-edged, closed. `None` if it has no extent.
pub fn polygon(points: &[Point]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(first.0, first.1);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    path.close();
    path.finish()
}

/// A smooth closed curve through all points (a Catmull-Rom spline).
pub fn blob(points: &[Point]) -> Option<Path> {
    let mut path = PathBuilder::new();
    add_blob(&mut path, points);
    path.finish()
}

/// Adds [`blob`] to a path that holds many.
pub fn add_blob(path: &mut PathBuilder, points: &[Point]) {
    let n = points.len();
    if n < 3 {
        return;
    }
    let at = |i: usize| points[i % n];
    path.move_to(at(0).0, at(0).1);
    for i in 0..n {
        let (before, from, to, after) = (at(i + n - 1), at(i), at(i + 1), at(i + 2));
        path.cubic_to(
            from.0 + (to.0 - before.0) / 6.0,
            from.1 + (to.1 - before.1) / 6.0,
            to.0 - (after.0 - from.0) / 6.0,
            to.1 - (after.1 - from.1) / 6.0,
            to.0,
            to.1,
        );
    }
    path.close();
}

pub fn ellipse(centre: Point, rx: f32, ry: f32, angle: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    add_ellipse(&mut path, centre, rx, ry, angle);
    path.finish()
}

/// Adds [`ellipse`] to a path that holds many.
pub fn add_ellipse(path: &mut PathBuilder, centre: Point, rx: f32, ry: f32, angle: f32) {
    let points: [Point; 10] = std::array::from_fn(|i| {
        let t = i as f32 / 10.0 * TAU;
        let (x, y) = turn((rx * cos(t), ry * sin(t)), angle);
        (centre.0 + x, centre.1 + y)
    });
    add_blob(path, &points);
}

pub fn circle(centre: Point, radius: f32) -> Option<Path> {
    PathBuilder::from_circle(centre.0, centre.1, radius)
}

pub fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Option<Path> {
    Rect::from_ltrb(left, top, right, bottom).map(PathBuilder::from_rect)
}

/// A line with a width that changes along it: stems, trunks, strokes of a pen.
pub fn ribbon(line: &[Point], width: impl Fn(f32) -> f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    add_ribbon(&mut path, line, width);
    path.finish()
}

/// Adds [`ribbon`] to a path that holds many.
pub fn add_ribbon(path: &mut PathBuilder, line: &[Point], width: impl Fn(f32) -> f32) {
    let n = line.len();
    if n < 2 {
        return;
    }
    let edge = |i: usize, side: f32| {
        let (from, to) = (line[i.saturating_sub(1)], line[(i + 1).min(n - 1)]);
        let along = (to.0 - from.0, to.1 - from.1);
        let scale = side * width(i as f32 / (n - 1) as f32) / 2.0 / length(along).max(1e-6);
        (line[i].0 - along.1 * scale, line[i].1 + along.0 * scale)
    };
    let start = edge(0, 1.0);
    path.move_to(start.0, start.1);
    for i in 1..n {
        let p = edge(i, 1.0);
        path.line_to(p.0, p.1);
    }
    for i in (0..n).rev() {
        let p = edge(i, -1.0);
        path.line_to(p.0, p.1);
    }
    path.close();
}

/// Points on a smooth curve through a few (an open Catmull-Rom spline), for [`ribbon`].
pub fn curve(through: &[Point], steps: usize) -> Vec<Point> {
    let n = through.len();
    if n < 2 {
        return through.to_vec();
    }
    let at = |i: usize| through[i.min(n - 1)];
    let one = |step: usize| {
        let t = step as f32 / steps as f32 * (n - 1) as f32;
        let i = (t as usize).min(n - 2);
        let t = t - i as f32;
        let (a, b, c, d) = (at(i.saturating_sub(1)), at(i), at(i + 1), at(i + 2));
        let spline = |a: f32, b: f32, c: f32, d: f32| {
            b + 0.5
                * t
                * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
        };
        (spline(a.0, b.0, c.0, d.0), spline(a.1, b.1, c.1, d.1))
    };
    (0..=steps).map(one).collect()
}

/// Moves, turns, scales and mirrors an outline drawn about the origin.
#[derive(Clone, Copy, Debug)]
pub struct Pose {
    pub at: Point,
    pub size: f32,
    pub angle: f32,
    /// 1, or −1 to face the other way; between, it is narrower.
    pub facing: f32,
}

impl Pose {
    pub const fn new(at: Point, size: f32) -> Self {
        Self {
            at,
            size,
            angle: 0.0,
            facing: 1.0,
        }
    }

    pub const fn facing(self, facing: f32) -> Self {
        Self { facing, ..self }
    }

    pub const fn turned(self, angle: f32) -> Self {
        Self { angle, ..self }
    }

    pub fn point(&self, (x, y): Point) -> Point {
        let (x, y) = turn((x * self.size * self.facing, y * self.size), self.angle);
        (self.at.0 + x, self.at.1 + y)
    }

    pub fn points(&self, outline: &[Point]) -> Vec<Point> {
        outline.iter().map(|&p| self.point(p)).collect()
    }

    /// A place of the picture in the outline's own coordinates.
    pub fn local(&self, (u, v): Point) -> Point {
        let (x, y) = turn((u - self.at.0, v - self.at.1), -self.angle);
        (x / self.size * self.facing, y / self.size)
    }
}

/// A line of heights across the whole picture, as a ridge or a shore.
pub struct Profile {
    left: f32,
    step: f32,
    heights: Vec<f32>,
}

impl Profile {
    pub fn new(bounds: &Bounds, height: impl Fn(f32) -> f32) -> Self {
        const SAMPLES: usize = 320;
        let step = (bounds.right - bounds.left) / (SAMPLES - 1) as f32;
        let heights = (0..SAMPLES)
            .map(|i| height(bounds.left + i as f32 * step))
            .collect();
        Self {
            left: bounds.left,
            step,
            heights,
        }
    }

    pub fn at(&self, u: f32) -> f32 {
        let t = ((u - self.left) / self.step).clamp(0.0, (self.heights.len() - 1) as f32);
        let i = (t as usize).min(self.heights.len() - 2);
        self.heights[i] + (self.heights[i + 1] - self.heights[i]) * (t - i as f32)
    }

    /// The direction of the line at a place, in radians.
    pub fn flow(&self, u: f32) -> f32 {
        let reach = self.step * 4.0;
        let angle = atan2(self.at(u + reach) - self.at(u - reach), 2.0 * reach);
        angle.clamp(-PI / 2.0, PI / 2.0)
    }

    /// Everything below the line, down to a floor or the end of the canvas.
    pub fn below(&self, bounds: &Bounds, floor: f32) -> Option<Path> {
        let ridge = self.heights.iter().enumerate();
        let mut points: Vec<Point> = ridge
            .map(|(i, &height)| (self.left + i as f32 * self.step, height))
            .collect();
        let lowest = self.heights.iter().copied().fold(f32::MIN, f32::max);
        let floor = floor.min(bounds.bottom).max(lowest) + 0.1;
        points.push((bounds.right, floor));
        points.push((bounds.left, floor));
        polygon(&points)
    }
}
