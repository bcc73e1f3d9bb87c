//! Two bends of the finished scene: folding it onto its mirror image, and melting it.

use super::{
    canvas::Dot,
    math::{length, lerp, sin, smoothstep, turn},
    painting::Painting,
};

/// Symmetrical: textures and light become mirror images too, once layout has made everything
/// else so. Below half a share the layout alone speaks, or two pictures would show through.
pub fn fold(p: &mut Painting) {
    let share = smoothstep(0.55, 0.9, p.layout.mirror);
    if share <= 0.0 {
        return;
    }
    let (width, height) = (p.canvas.width, p.canvas.height);
    for y in 0..height {
        let row = &mut p.canvas.dots[y * width..(y + 1) * width];
        for x in 0..width / 2 {
            let twin = width - 1 - x;
            let (from, to) = if p.layout.side > 0.0 {
                (twin, x)
            } else {
                (x, twin)
            };
            row[to] = Dot {
                lab: row[to].lab.mix(row[from].lab, share),
                flow: lerp(row[to].flow, -row[from].flow, share),
            };
        }
    }
}

/// Surreal: the lower world runs like wax and the upper one swirls about the light.
pub fn melt(p: &mut Painting) {
    let share = p.manner.surreal;
    if share <= 0.0 {
        return;
    }
    let before = p.canvas.dots.clone();
    let (layout, noise) = (p.layout, p.noise.clone());
    let focus = (layout.focus.0, layout.horizon - 0.1);
    let mirror = layout.mirror;
    for y in 0..p.canvas.height {
        for x in 0..p.canvas.width {
            let (u, v) = p.canvas.place(x, y);
            let seen = lerp(u, 0.5 + (u - 0.5).abs(), mirror);
            // Drips: narrow columns pulled down, more of them below the horizon.
            let column = noise.at(seen * 13.0 + 3.0, 0.5) * noise.at(seen * 5.0, 7.5) * 2.0;
            let run = column * smoothstep(layout.horizon - 0.35, 1.0, v) * 0.15;
            let sway = sin(v * 9.0 + noise.at(seen * 3.0, v * 2.0) * 4.0) * 0.030;
            let (dx, dy) = (u - focus.0, v - focus.1);
            let near = smoothstep(0.60, 0.05, length((dx, dy)));
            let swirl = 0.36 * near * share * layout.side * (1.0 - mirror);
            let (tx, ty) = if near > 0.0 {
                turn((dx, dy), swirl)
            } else {
                (dx, dy)
            };
            let place = (
                focus.0 + tx + sway * share * if u < 0.5 && mirror > 0.5 { -1.0 } else { 1.0 },
                focus.1 + ty - run * share,
            );
            p.canvas.dots[y * p.canvas.width + x] = p.canvas.smooth(&before, place);
        }
    }
}
