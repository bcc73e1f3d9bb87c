//! Painterly: the picture is painted again with a brush that follows the forms.
//!
//! Four passes, broad to fine, as in Hertzmann's painterly rendering (1998). Each stroke takes
//! its colour from where it starts, its direction from the thing it lies on, and leaves ridges
//! of paint that catch the light.

use super::{
    canvas::Dot,
    math::{cos, lerp, sin, smoothstep},
    noise::Noise,
    oklab::Lab,
    painting::Painting,
    rng::Rng,
};

struct Brush {
    /// In units of the picture.
    length: f32,
    width: f32,
    /// How far apart strokes are: at 1 they would just tile the canvas.
    spacing: f32,
    /// How much contrast a place must have to be worth a stroke.
    picky: f32,
}

const BRUSHES: [Brush; 4] = [
    Brush {
        length: 0.150,
        width: 0.046,
        spacing: 0.45,
        picky: 0.0,
    },
    Brush {
        length: 0.088,
        width: 0.024,
        spacing: 0.36,
        picky: 0.0,
    },
    Brush {
        length: 0.046,
        width: 0.0105,
        spacing: 0.30,
        picky: 0.026,
    },
    Brush {
        length: 0.026,
        width: 0.0060,
        spacing: 0.30,
        picky: 0.055,
    },
];

struct Stroke {
    x: f32,
    y: f32,
    angle: f32,
    length: f32,
    width: f32,
    bend: f32,
    lab: Lab,
    alpha: f32,
    /// Where on the noise its bristles are.
    bristles: f32,
}

pub fn lay(p: &mut Painting) {
    let strength = smoothstep(0.0, 0.55, p.manner.painterly);
    if strength <= 0.0 {
        return;
    }
    let before = p.canvas.dots.clone();
    let mut paint = vec![0.0f32; before.len()];
    let grow = lerp(0.55, 1.0, p.manner.painterly);
    for (pass, brush) in BRUSHES.iter().enumerate() {
        let rng = p
            .rng
            .fork("strokes")
            .fork(["broad", "middle", "fine", "finest"][pass]);
        for stroke in strokes(p, brush, &before, strength, grow, rng) {
            draw(
                &stroke,
                &p.noise,
                &mut p.canvas.dots,
                &mut paint,
                p.canvas.width,
            );
        }
    }
    relief(p, &paint, strength);
}

fn strokes(
    p: &Painting,
    brush: &Brush,
    before: &[Dot],
    strength: f32,
    grow: f32,
    mut rng: Rng,
) -> Vec<Stroke> {
    let (width, height, unit) = (p.canvas.width, p.canvas.height, p.canvas.unit);
    // Sizes in pixels; below about two pixels a brush mark is no longer one.
    let thick = (brush.width * grow * unit).max(2.0);
    let long = (brush.length * grow * unit).max(5.0);
    // The grid does not change with the share: only sizes do, or the strokes would all jump.
    let step = (brush.width * brush.length * unit * unit * brush.spacing)
        .sqrt()
        .max(2.5);
    let (columns, rows) = (
        (width as f32 / step) as usize + 2,
        (height as f32 / step) as usize + 2,
    );
    let mut all = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let x = (column as f32 + rng.unit() - 0.5) * step;
            let y = (row as f32 + rng.unit() - 0.5) * step;
            let (order, turn, tone, hue, bristles) = (
                rng.bits(),
                rng.jitter(0.22),
                rng.jitter(1.0),
                rng.jitter(1.0),
                rng.range(0.0, 60.0),
            );
            let (reach, bend, other) = (rng.range(0.7, 1.2), rng.jitter(0.5), rng.jitter(1.0));
            let at = |x: f32, y: f32| {
                let x = (x.max(0.0) as usize).min(width - 1);
                let y = (y.max(0.0) as usize).min(height - 1);
                before[y * width + x]
            };
            let here = at(x, y);
            let across = at(x - thick, y).lab.distance(at(x + thick, y).lab);
            let contrast = across.max(at(x, y - thick).lab.distance(at(x, y + thick).lab));
            let worth = if brush.picky > 0.0 {
                smoothstep(brush.picky, brush.picky * 3.0, contrast)
            } else {
                1.0
            };
            if worth <= 0.0 {
                continue;
            }
            // Even a level sky is brushed in curves; near an edge the hand is steadier.
            let swirl = p.noise.fbm(x / unit * 2.4 + 7.0, y / unit * 2.4, 2) - 0.5;
            let loose = 1.0 - smoothstep(0.02, 0.16, contrast);
            let angle = here.flow + (turn + swirl * 1.5) * (0.25 + 0.75 * loose);
            let (c, s) = (cos(angle) * long * 0.3, sin(angle) * long * 0.3);
            let (ahead, behind) = (at(x + c, y + s), at(x - c, y - s));
            // Where forms change quickly a stroke is short, so that it does not leave its form.
            let short = 1.0 / (1.0 + 5.0 * contrast);
            let mean = here.lab.mix(ahead.lab.mix(behind.lab, 0.5), 0.3);
            let lab = Lab::new(
                mean.l + 0.034 * tone,
                mean.a * 1.10 + 0.016 * hue,
                mean.b * 1.10 + 0.018 * other,
            );
            all.push((
                order,
                Stroke {
                    x,
                    y,
                    angle,
                    length: long * reach * short.max(0.45),
                    width: thick * (0.8 + 0.2 * reach),
                    bend,
                    lab,
                    alpha: worth * strength,
                    bristles,
                },
            ));
        }
    }
    all.sort_by_key(|(order, _)| *order);
    all.into_iter().map(|(_, stroke)| stroke).collect()
}

fn draw(stroke: &Stroke, noise: &Noise, dots: &mut [Dot], paint: &mut [f32], width: usize) {
    let height = dots.len() / width;
    let (c, s) = (cos(stroke.angle), sin(stroke.angle));
    let (half_l, half_w) = (stroke.length / 2.0, stroke.width / 2.0);
    let (reach_x, reach_y) = (
        (c.abs() * half_l + s.abs() * half_w) * 1.1 + half_w,
        (s.abs() * half_l + c.abs() * half_w) * 1.1 + half_w,
    );
    let span = |middle: f32, reach: f32, size: usize| {
        ((middle - reach).max(0.0) as usize)..((middle + reach).max(0.0) as usize + 1).min(size)
    };
    let reach_across = half_w * (1.0 + 0.7 * stroke.bend.abs());
    for y in span(stroke.y, reach_y, height) {
        let dy = y as f32 + 0.5 - stroke.y;
        // Of each row only what lies between the stroke's ends and its sides.
        let (from, to) = between(dy * s, c, half_l);
        let (left, right) = between(dy * c, -s, reach_across);
        let (from, to) = (from.max(left).max(-reach_x), to.min(right).min(reach_x));
        if from >= to {
            continue;
        }
        for x in span(stroke.x + f32::midpoint(from, to), (to - from) / 2.0, width) {
            let dx = x as f32 + 0.5 - stroke.x;
            let along = (dx * c + dy * s) / half_l;
            let across = (dy * c - dx * s) / half_w + stroke.bend * (along * along - 0.3);
            let (ends, sides) = (along.abs(), across.abs());
            if ends >= 1.0 || sides >= 1.0 {
                continue;
            }
            let hair = noise.at(
                across * 2.6 + stroke.bristles,
                along * 0.9 + stroke.bristles * 1.7,
            );
            // Dry at the end, wet at the start.
            let dry = 0.55 * smoothstep(0.1, 1.0, along) * smoothstep(0.5, 0.2, hair);
            let alpha = smoothstep(1.0, 0.72, sides)
                * smoothstep(1.0, 0.80, ends)
                * (1.0 - dry)
                * stroke.alpha;
            let dot = &mut dots[y * width + x];
            dot.lab = dot
                .lab
                .mix(stroke.lab.lighter((hair - 0.5) * 0.05), alpha * 0.95);
            let thickness = &mut paint[y * width + x];
            *thickness += (hair + 0.35 * (1.0 - sides) - *thickness) * alpha;
        }
    }
}

/// For which `x` the value `offset + slope · x` lies within ± `bound`.
fn between(offset: f32, slope: f32, bound: f32) -> (f32, f32) {
    if slope.abs() < 1e-3 {
        return (f32::MIN, f32::MAX);
    }
    let (a, b) = ((-bound - offset) / slope, (bound - offset) / slope);
    (a.min(b), a.max(b))
}

/// Light from the upper left over the ridges of paint.
fn relief(p: &mut Painting, paint: &[f32], strength: f32) {
    let (width, height) = (p.canvas.width, p.canvas.height);
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let i = y * width + x;
            let rise = paint[i + width + 1] - paint[i - width - 1];
            p.canvas.dots[i].lab.l += strength * (rise * 0.085).clamp(-0.05, 0.06);
        }
    }
}
