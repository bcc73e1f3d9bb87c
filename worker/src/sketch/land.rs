//! Open country: ranges of hills behind each other, each paler than the one before.

use super::{
    canvas::Ink,
    math::{Point, lerp, smoothstep},
    noise::Noise,
    oklab::Lab,
    painting::Painting,
    scene::Subject,
    shape::{Profile, curve, ribbon},
    sky, subject, trees,
};

/// One range of hills.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// Height of its foot.
    pub base: f32,
    /// How far it rises above.
    pub rise: f32,
    /// Hills per picture width.
    pub pace: f32,
    /// 0 rolling, 1 jagged.
    pub sharp: f32,
    /// 0 at the sky's edge, 1 at our feet.
    pub near: f32,
    pub lab: Lab,
}

pub fn landscape(p: &mut Painting) {
    sky::paint(p);
    let mut rng = p.rng.fork("landscape");
    let subject = p.scene.subject.unwrap_or([Subject::Tree, Subject::Tree, Subject::House][rng.index(3)]);
    let ranges = ranges(p, subject == Subject::Peak);
    let ground = ranges.len() - 2;
    for (i, range) in ranges.iter().enumerate() {
        let profile = paint(p, range);
        if i > 0 && i < ground {
            let tall = lerp(0.025, 0.06, range.near);
            let alpha = p.manner.detail() * p.manner.keeps(i, 5);
            let lab = range.lab.mix(p.palette.dark, 0.25).mix(p.palette.sky_low, 0.35 * (1.0 - range.near));
            trees::ridge(p, &profile, tall, 0.45, lab, alpha, p.rng.fork("ridge trees"));
        }
        if i == ground {
            path(p, &profile);
            let u = p.layout.focus.0;
            let size = 0.42 * p.layout.scale * if subject == Subject::Peak { 0.55 } else { 1.0 };
            subject::stand(p, subject, (u, profile.at(u) + 0.02), size);
            companions(p, &profile, subject);
        }
    }
    grass(p, 0.90);
}

/// From the far mountains to the field one stands in.
pub fn ranges(p: &Painting, mountains: bool) -> Vec<Range> {
    let (palette, layout) = (&p.palette, &p.layout);
    let mut rng = p.rng.fork("ranges");
    let wild = rng.unit();
    let sharp = if mountains { 1.0 } else { smoothstep(0.3, 0.9, wild) };
    let rise = lerp(0.12, 0.26, sharp) * rng.range(0.8, 1.15) * if mountains { 1.6 } else { 1.0 };
    let count = 5;
    (0..count)
        .map(|i| {
            let near = i as f32 / (count - 1) as f32;
            let far_to_mid = palette.far.mix(palette.mid, smoothstep(0.0, 0.55, near));
            Range {
                base: layout.horizon + 0.02 + (1.03 - layout.horizon) * near * near * 0.88,
                rise: lerp(rise, 0.06, smoothstep(0.0, 0.75, near)) * rng.range(0.85, 1.15),
                pace: lerp(2.3, 1.2, near) * rng.range(0.8, 1.2),
                sharp: sharp * (1.0 - near) * (1.0 - near),
                near,
                lab: far_to_mid.mix(palette.near, smoothstep(0.6, 1.0, near)),
            }
        })
        .collect()
}

/// The line a range draws against what is behind it.
pub fn profile(p: &Painting, range: &Range) -> Profile {
    let mut rng = p.rng.fork("profile");
    let offset = rng.range(0.0, 30.0) + range.near * 37.0;
    let (noise, layout) = (&p.noise, &p.layout);
    let rough = lerp(0.75, 0.25, p.manner.minimalist) * (1.0 - 0.75 * range.near);
    let peaks = peaks(p, range);
    let height = layout.mirrored(|u| {
        let x = (u - 0.5) * range.pace;
        let soft = noise.fbm(x + offset, 3.7, 2);
        let fine = noise.fbm(x * 4.0 + offset, 8.1, 4) - 0.5;
        let crest = peaks.iter().map(|peak| peak.at(u)).fold(0.12, f32::max) + 0.10 * rough * fine;
        let hill = lerp(soft, crest, range.sharp) + rough * 0.24 * fine;
        range.base - range.rise * (1.6 * hill - 0.35) + layout.lift(u) * lerp(0.5, 1.3, range.near)
    });
    Profile::new(&p.canvas.bounds(), height)
}

/// One summit with its two flanks.
struct Peak {
    u: f32,
    tall: f32,
    left: f32,
    right: f32,
}

impl Peak {
    fn at(&self, u: f32) -> f32 {
        let away = if u < self.u { (self.u - u) / self.left } else { (u - self.u) / self.right };
        self.tall * (1.0 - away)
    }
}

/// The tallest across from the subject, lesser ones around it.
fn peaks(p: &Painting, range: &Range) -> Vec<Peak> {
    let mut rng = p.rng.fork("peaks").fork(if range.near > 0.1 { "near" } else { "far" });
    let first = lerp(0.5 - p.layout.side * rng.range(0.06, 0.22), 0.5, p.layout.mirror);
    (0..6)
        .map(|i| {
            let away = if i == 0 { 0.0 } else { rng.range(0.18, 0.75) * if i % 2 == 0 { 1.0 } else { -1.0 } };
            let tall = if i == 0 { 1.0 } else { rng.range(0.35, 0.78) };
            let wide = tall * rng.range(0.30, 0.48);
            let skew = rng.range(0.75, 1.3);
            Peak { u: first + away, tall, left: wide * skew, right: wide / skew }
        })
        .collect()
}

pub fn paint(p: &mut Painting, range: &Range) -> Profile {
    let profile = profile(p, range);
    let shade = Shade::new(p, range);
    let noise = p.noise.clone();
    p.shape(profile.below(&p.canvas.bounds()), |u, v| {
        let depth = v - profile.at(u);
        Ink::flat(shade.at(&noise, &profile, u, v)).flow(profile.flow(u) * smoothstep(0.25, 0.0, depth))
    });
    profile
}

/// How a hillside takes light, haze and texture.
struct Shade {
    lab: Lab,
    lit: Lab,
    dim: Lab,
    patch: Lab,
    haze: Lab,
    near: f32,
    sharp: f32,
    modelling: f32,
    mist: f32,
    sun: f32,
    snow: f32,
    snow_line: f32,
}

impl Shade {
    fn new(p: &Painting, range: &Range) -> Self {
        let (palette, m) = (&p.palette, &p.manner);
        let distance = 1.0 - range.near;
        let haze = palette.sky_low.mix(palette.sky_mid, 0.3);
        let lab = range.lab.mix(haze, 0.40 * distance * distance);
        let day = 1.0 - 0.65 * palette.night;
        Self {
            lab,
            lit: lab.mix(palette.light, 0.36 * day).purer(1.2),
            dim: lab.mix(palette.dark, 0.26),
            patch: palette.leaf.mix(palette.earth, 0.5).mix(lab, 0.35),
            haze,
            near: range.near,
            sharp: range.sharp,
            modelling: m.modelling(),
            mist: (0.50 + 0.45 * m.peaceful + 0.5 * m.mysterious - 0.35 * m.energetic) * distance,
            sun: p.layout.sun.0,
            snow: smoothstep(0.4, 1.0, range.sharp) * lerp(0.55, 1.0, palette.snow),
            snow_line: range.base - range.rise * lerp(0.62, 0.05, palette.snow),
        }
    }

    fn at(&self, noise: &Noise, profile: &Profile, u: f32, v: f32) -> Lab {
        let depth = v - profile.at(u);
        let toward = ((self.sun - u) * 3.0).clamp(-1.0, 1.0);
        // Spurs run down a mountainside, swells lie across a meadow.
        let steep = 1.0 - self.near;
        let pace = lerp(5.0, 9.0, steep);
        let (x, y) = (u * pace + depth * 3.0 * self.sharp, depth * lerp(13.0, 5.0, steep));
        let here = noise.fbm(x, y, 4);
        let side = here - noise.fbm(x + 0.30 * toward, y - 0.22, 4);
        let swell = smoothstep(-0.09, 0.11, side);
        // A mountain has two sides, parted by a ridge that wanders down from the summit.
        let wander = (noise.fbm(depth * 11.0 + 3.0, u * 1.5, 3) - 0.5) * (0.02 + depth * 0.9);
        let flank = smoothstep(-0.35, 0.35, profile.flow(u + wander) * toward + side * 1.4);
        let plane = lerp(swell, flank, self.sharp);
        let crest = smoothstep(0.14, 0.0, depth) * (1.0 - 0.85 * self.sharp);
        let light = (0.62 * plane + 0.42 * crest) * self.modelling + 0.42 * (1.0 - self.modelling);
        let lab = self.dim.mix(self.lab, smoothstep(0.0, 0.45, light));
        let mut lab = lab.mix(self.lit, smoothstep(0.4, 1.0, light));
        lab = lab.mix(self.patch, smoothstep(0.50, 0.62, here) * 0.55 * self.near * self.modelling);
        let cap = self.snow * smoothstep(self.snow_line + 0.015, self.snow_line - 0.015, v + 0.14 * (here - 0.5));
        let white = Lab::new(0.95, 0.0, 0.01).mix(self.haze, 0.25 + 0.35 * (1.0 - plane));
        lab = lab.mix(white, cap * 0.85);
        lab.mix(self.haze, (self.mist * smoothstep(0.0, 0.20, depth)).min(0.9))
    }
}

/// A path that winds from our feet to the subject; the more dynamic, the clearer.
fn path(p: &mut Painting, ground: &Profile) {
    let (layout, m) = (p.layout, p.manner);
    let end = (layout.focus.0, ground.at(layout.focus.0) + 0.03);
    let start = (0.5 - layout.side * (0.05 + 0.40 * m.dynamic), 1.15);
    let middle = (lerp(start.0, end.0, 0.45) + layout.side * 0.16, lerp(start.1, end.1, 0.55));
    let line = curve(&[start, middle, end], 30);
    let lab = p.palette.earth.mix(p.palette.light, 0.38);
    let alpha = (0.35 + 0.6 * m.dynamic) * m.detail();
    p.shape(ribbon(&line, |t| lerp(0.15, 0.006, t.sqrt())), |_, v| {
        Ink::flat(lab).alpha(alpha * smoothstep(end.1 - 0.02, end.1 + 0.10, v)).flow(1.2)
    });
}

/// Lesser trees that keep the subject company on the other side.
fn companions(p: &mut Painting, ground: &Profile, subject: Subject) {
    let mut rng = p.rng.fork("companions");
    let firs = rng.chance(0.45) || p.palette.snow > 0.0;
    let count = 5;
    for i in 0..count {
        let (away, tall, tone) = (rng.range(0.16, 0.62), rng.range(0.08, 0.20), rng.jitter(0.05));
        let u = p.layout.focus.0 - p.layout.side * away;
        let alpha = p.manner.keeps(i, count) * p.manner.detail();
        let leaf = p.palette.leaf.mix(p.palette.mid, 0.3).lighter(tone);
        let twins: Vec<(f32, f32)> = p.layout.twins(u).collect();
        for (u, share) in twins {
            let foot: Point = (u, ground.at(u) + 0.015);
            if firs {
                trees::fir(p, foot, tall * 1.5, leaf.mix(p.palette.near, 0.4), alpha * share, p.rng.fork("fir"));
            } else if subject == Subject::House || i % 2 == 0 {
                trees::slender(p, foot, tall * 1.2, leaf.lighter(-0.05), alpha * share);
            } else {
                trees::broad(p, foot, tall, 0.2, leaf, alpha * share, p.rng.fork("companion"));
            }
        }
    }
}

/// Blades of grass at our feet.
pub fn grass(p: &mut Painting, top: f32) {
    let mut rng = p.rng.fork("grass");
    let bounds = p.canvas.bounds();
    let alpha = 0.75 * p.manner.detail() * p.manner.modelling();
    for tone in [-0.06, 0.05, 0.12] {
        let mut blades = tiny_skia::PathBuilder::new();
        for _ in 0..110 {
            let foot = (rng.range(bounds.left, bounds.right), rng.range(top + 0.05, 1.08));
            let tall = rng.range(0.035, 0.085);
            let lean = rng.jitter(0.03) + 0.025 * p.layout.side;
            let line = curve(&[foot, (foot.0 + lean * 0.3, foot.1 - tall * 0.6), (foot.0 + lean, foot.1 - tall)], 5);
            super::shape::add_ribbon(&mut blades, &line, |t| 0.0055 * (1.0 - t));
        }
        let lab = p.palette.leaf.mix(p.palette.near, 0.55).lighter(tone);
        p.shape(blades.finish(), |_, _| Ink::flat(lab).alpha(alpha).flow(1.4));
    }
}
