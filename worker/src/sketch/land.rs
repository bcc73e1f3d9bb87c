//! Open country: ranges of hills behind each other, each paler than the one before.

use super::{
    canvas::Ink,
    math::{lerp, smoothstep},
    noise::Noise,
    oklab::Lab,
    painting::Painting,
    shape::Profile,
    sky,
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
    for range in ranges(p) {
        paint(p, &range);
    }
}

/// From the far mountains to the field one stands in.
fn ranges(p: &Painting) -> Vec<Range> {
    let (palette, layout) = (&p.palette, &p.layout);
    let mut rng = p.rng.fork("ranges");
    let rise = rng.range(0.10, 0.26);
    let sharp = rng.range(0.0, 1.0);
    let count = 5;
    (0..count)
        .map(|i| {
            let near = i as f32 / (count - 1) as f32;
            let far_to_mid = palette.far.mix(palette.mid, smoothstep(0.0, 0.6, near));
            Range {
                base: lerp(layout.horizon + 0.015, 1.0, near * near * 0.85),
                rise: lerp(rise, 0.07, smoothstep(0.0, 0.7, near)) * rng.range(0.85, 1.15),
                pace: lerp(2.6, 1.3, near) * rng.range(0.8, 1.2),
                sharp: sharp * (1.0 - near) * (1.0 - near),
                near,
                lab: far_to_mid.mix(palette.near, smoothstep(0.45, 1.0, near)),
            }
        })
        .collect()
}

/// The line a range draws against what is behind it.
pub fn profile(p: &Painting, range: &Range) -> Profile {
    let mut rng = p.rng.fork("profile");
    let offset = rng.range(0.0, 30.0) + range.near * 37.0;
    let (noise, layout) = (&p.noise, &p.layout);
    let octaves = if p.manner.minimalist > 0.5 { 3 } else { 5 };
    let rough = lerp(0.55, 0.22, p.manner.minimalist);
    let height = layout.mirrored(|u| {
        let x = (u - 0.5) * range.pace;
        let soft = noise.fbm(x + offset, 3.7, 2);
        let fine = noise.fbm(x * 4.0 + offset, 8.1, octaves) - 0.5;
        let crest = noise.ridged(x * 0.8 + offset, 1.3, octaves);
        let hill = lerp(soft + rough * 0.2 * fine, crest + rough * 0.2 * fine, range.sharp);
        range.base - range.rise * (1.6 * hill - 0.35) + layout.lift(u) * lerp(0.5, 1.3, range.near)
    });
    Profile::new(&p.canvas.bounds(), height)
}

pub fn paint(p: &mut Painting, range: &Range) {
    let profile = profile(p, range);
    let bounds = p.canvas.bounds();
    let Some(path) = profile.below(&bounds) else { return };
    let shade = Shade::new(p, range);
    let noise = &p.noise;
    p.canvas.fill(&path, |u, v| {
        let depth = v - profile.at(u);
        Ink::flat(shade.at(noise, u, v, depth)).flow(profile.flow(u) * smoothstep(0.25, 0.0, depth))
    });
}

/// How a hillside takes light, haze and texture.
pub struct Shade {
    lab: Lab,
    lit: Lab,
    haze: Lab,
    near: f32,
    modelling: f32,
    mist: f32,
    toward: f32,
}

impl Shade {
    pub fn new(p: &Painting, range: &Range) -> Self {
        let (palette, m) = (&p.palette, &p.manner);
        let distance = 1.0 - range.near;
        let haze = palette.sky_low.mix(palette.sky_mid, 0.25);
        let lab = range.lab.mix(haze, 0.42 * distance * distance * (1.0 - 0.4 * m.minimalist));
        Self {
            lab,
            lit: lab.mix(palette.light, 0.34 * (1.0 - 0.6 * palette.night)).purer(1.15),
            haze,
            near: range.near,
            modelling: m.modelling(),
            mist: (0.5 + 0.35 * m.peaceful + 0.4 * m.mysterious - 0.3 * m.energetic) * (1.0 - range.near),
            toward: p.layout.sun.0,
        }
    }

    pub fn at(&self, noise: &Noise, u: f32, v: f32, depth: f32) -> Lab {
        let scale = lerp(7.0, 16.0, self.near);
        let (x, y) = (u * scale, v * scale * lerp(1.2, 2.6, self.near));
        let here = noise.fbm(x, y, 4);
        let side = if u < self.toward { 0.35 } else { -0.35 };
        let bump = here - noise.fbm(x + side, y - 0.35, 3);
        let crest = 0.45 * smoothstep(0.10, 0.0, depth);
        let light = (crest + 0.25 + 2.2 * bump) * self.modelling + 0.25 * (1.0 - self.modelling);
        let ground = self.lab.mix(self.lit, light.clamp(-0.25, 1.0));
        let speckle = (here - 0.5) * 0.10 * self.modelling * self.near;
        ground.lighter(speckle).mix(self.haze, self.mist * smoothstep(0.0, 0.22, depth))
    }
}
