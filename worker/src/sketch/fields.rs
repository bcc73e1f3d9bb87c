//! Prompts without things in them, such as "joy" or "jazz": fields of colour in balance.

use super::{
    canvas::Ink,
    math::{PI, Point, TAU, cos, lerp, sin, smoothstep},
    painting::Painting,
    shape::{circle, curve, polygon, ribbon},
};

pub fn fields(p: &mut Painting) {
    let mut rng = p.rng.fork("fields");
    let (palette, m, layout) = (p.palette, p.manner, p.layout);
    let noise = p.noise.clone();
    let side = layout.side;
    let sweep = side * (0.15 + 0.75 * m.dynamic + 0.3 * m.energetic);
    let paper = palette.sky_low.mix(palette.light, 0.35);
    p.canvas.wash(|u, v| {
        let tooth = (noise.fbm(u * 4.0, v * 4.0, 5) - 0.5) * 0.07 * m.modelling();
        Ink::flat(
            paper
                .mix(palette.sky_mid, smoothstep(0.0, 1.2, v + (u - 0.5) * sweep))
                .lighter(tooth),
        )
        .flow(sweep)
    });
    let colours = [
        palette.sky_high,
        palette.accent,
        palette.second,
        palette.mid,
        palette.sun,
        palette.near,
        palette.leaf,
    ];
    // Broad bands first, then discs about the point of interest, then lines.
    for i in 0..5 {
        let (at, wide, tone) = (rng.range(0.15, 1.0), rng.range(0.06, 0.22), rng.index(7));
        let (bend, wave) = (rng.jitter(0.22), rng.jitter(0.12));
        let y = lerp(at, layout.horizon + (at - 0.5) * 0.6, 0.5);
        let lean = sweep * 0.55;
        let line: Vec<Point> = [
            (-0.5, y - lean),
            (0.2, y + bend - lean * 0.3),
            (0.8, y - bend + wave + lean * 0.3),
            (1.5, y + lean),
        ]
        .to_vec();
        let lab = colours[tone];
        let alpha = m.keeps(i, 5) * 0.88;
        band(p, &line, wide, lab, alpha);
    }
    let focus = (layout.focus.0, lerp(0.5, layout.horizon - 0.12, 0.6));
    let radius = 0.22 * layout.scale;
    for (k, (shrink, tone)) in [(1.0, 1), (0.74, 4), (0.46, 0), (0.20, 1)]
        .into_iter()
        .enumerate()
    {
        let lab = colours[(tone + rng.index(2)) % 7];
        let alpha = if k < 1 { 1.0 } else { 0.25 + 0.75 * m.detail() };
        let shift = side * radius * 0.08 * k as f32 * (1.0 - layout.mirror);
        disc(p, (focus.0 + shift, focus.1), radius * shrink, lab, alpha);
    }
    for i in 0..7 {
        let (t, far, size, tone) = (
            rng.range(0.0, TAU),
            rng.range(0.28, 0.62),
            rng.range(0.016, 0.075),
            rng.index(7),
        );
        let at = (
            focus.0 - side * (0.12 + cos(t).abs() * far * 0.8),
            focus.1 + sin(t) * far * 0.8,
        );
        let alpha = m.keeps(i, 7);
        let twins: Vec<(f32, f32)> = layout.twins(at.0).collect();
        for (u, share) in twins {
            if i % 3 == 2 {
                let tri = [0.0, 1.0, 2.0].map(|k| {
                    (
                        u + cos(t + k * TAU / 3.0) * size * 1.3,
                        at.1 + sin(t + k * TAU / 3.0) * size * 1.3,
                    )
                });
                let lab = colours[tone];
                p.shape(polygon(&tri), |_, _| {
                    Ink::flat(lab).alpha(alpha * share * 0.92).flow(t)
                });
            } else {
                disc(p, (u, at.1), size, colours[tone], alpha * share * 0.92);
            }
        }
    }
    for i in 0..3 {
        let (start, end, bend) = (rng.unit(), rng.unit(), rng.jitter(0.3));
        let line = curve(
            &[
                (-0.1, start),
                (0.5, lerp(start, end, 0.5) + bend),
                (1.1, end + sweep * 0.3),
            ],
            40,
        );
        let alpha = 0.85 * m.keeps(i, 3) * m.detail();
        let dark = palette.dark;
        p.shape(ribbon(&line, |t| 0.003 + 0.006 * sin(t * PI)), |_, _| {
            Ink::flat(dark).alpha(alpha)
        });
    }
}

fn band(p: &mut Painting, line: &[Point], wide: f32, lab: super::oklab::Lab, alpha: f32) {
    let noise = p.noise.clone();
    let model = p.manner.modelling();
    p.shape(
        ribbon(&curve(line, 60), |t| wide * (0.45 + 0.75 * sin(t * PI))),
        |u, v| {
            let dry = noise.fbm(u * 5.0, v * 40.0, 3);
            Ink::flat(lab.lighter((dry - 0.5) * 0.12 * model))
                .alpha(alpha * lerp(1.0, smoothstep(0.25, 0.45, dry), 0.6 * model))
                .flow(0.2)
        },
    );
}

fn disc(p: &mut Painting, at: Point, radius: f32, lab: super::oklab::Lab, alpha: f32) {
    let noise = p.noise.clone();
    let model = p.manner.modelling();
    let (bright, deep) = (
        lab.mix(p.palette.light, 0.28),
        lab.mix(p.palette.dark, 0.22),
    );
    let light = p.light_from(at.0);
    p.shape(circle(at, radius), |u, v| {
        let (x, y) = ((u - at.0) / radius, (v - at.1) / radius);
        let lit = smoothstep(-1.0, 1.0, 0.6 * x * light - 0.8 * y);
        let tooth = (noise.fbm(u * 12.0, v * 12.0, 4) - 0.5) * 0.08;
        Ink::flat(lab.mix(deep.mix(bright, lit), model).lighter(tooth * model))
            .alpha(alpha)
            .flow(libm::atan2f(y, x) + PI / 2.0)
    });
}
