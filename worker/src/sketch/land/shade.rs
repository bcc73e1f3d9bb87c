//! How a hillside takes light, haze and snow.

use super::super::{
    math::{lerp, smoothstep},
    noise::Noise,
    oklab::Lab,
    painting::Painting,
    shape::Profile,
};
use super::Range;

/// How a hillside takes light, haze and texture.
pub struct Shade {
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
    pub fn new(p: &Painting, range: &Range) -> Self {
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

    pub fn at(&self, noise: &Noise, profile: &Profile, u: f32, v: f32) -> Lab {
        let depth = v - profile.at(u);
        let toward = ((self.sun - u) * 3.0).clamp(-1.0, 1.0);
        // Spurs run down a mountainside, swells lie across a meadow.
        let steep = 1.0 - self.near;
        let pace = lerp(5.0, 9.0, steep);
        let (x, y) = (
            u * pace + depth * 3.0 * self.sharp,
            depth * lerp(13.0, 5.0, steep),
        );
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
        lab = lab.mix(
            self.patch,
            smoothstep(0.50, 0.62, here) * 0.55 * self.near * self.modelling,
        );
        let cap = self.snow
            * smoothstep(
                self.snow_line + 0.015,
                self.snow_line - 0.015,
                v + 0.14 * (here - 0.5),
            );
        let white = Lab::new(0.95, 0.0, 0.01).mix(self.haze, 0.25 + 0.35 * (1.0 - plane));
        lab = lab.mix(white, cap * 0.85);
        lab.mix(
            self.haze,
            (self.mist * smoothstep(0.0, 0.20, depth)).min(0.9),
        )
    }
}
