//! Colours in `OKLab`, where equal steps look equal and blends stay clean.
//!
//! Björn Ottosson's matrices (2020). Nothing else in the painter knows about sRGB.

use super::math::{cos, pow, sin};

/// One colour: lightness 0 to 1, and how far to red (`a`) and to yellow (`b`).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lab {
    pub l: f32,
    pub a: f32,
    pub b: f32,
}

impl Lab {
    pub const fn new(l: f32, a: f32, b: f32) -> Self {
        Self { l, a, b }
    }

    /// By lightness, chroma and hue in degrees: 30 red, 60 orange, 100 yellow, 145 green, 200
    /// cyan, 255 blue, 300 violet, 350 pink.
    pub fn lch(lightness: f32, chroma: f32, hue: f32) -> Self {
        let angle = hue.to_radians();
        Self::new(lightness, chroma * cos(angle), chroma * sin(angle))
    }

    /// From here to there.
    pub fn mix(self, other: Self, t: f32) -> Self {
        Self {
            l: self.l + (other.l - self.l) * t,
            a: self.a + (other.a - self.a) * t,
            b: self.b + (other.b - self.b) * t,
        }
    }

    /// The same hue, lighter by a step.
    pub fn lighter(self, step: f32) -> Self {
        Self {
            l: self.l + step,
            ..self
        }
    }

    /// The same lightness, purer or greyer by a factor.
    pub fn purer(self, factor: f32) -> Self {
        Self {
            l: self.l,
            a: self.a * factor,
            b: self.b * factor,
        }
    }

    /// Adds so much of another colour, to sum and to average.
    pub fn plus(self, other: Self, weight: f32) -> Self {
        Self {
            l: self.l + other.l * weight,
            a: self.a + other.a * weight,
            b: self.b + other.b * weight,
        }
    }

    /// Distance from grey.
    pub fn chroma(self) -> f32 {
        (self.a * self.a + self.b * self.b).sqrt()
    }

    /// How different two colours look; 0.02 is about the least one sees.
    pub fn distance(self, other: Self) -> f32 {
        let (l, a, b) = (self.l - other.l, self.a - other.a, self.b - other.b);
        (l * l + a * a + b * b).sqrt()
    }

    /// Linear light, possibly outside of what a screen can show.
    fn linear(self) -> [f32; 3] {
        let Self { l, a, b } = self;
        let cube = |x: f32| x * x * x;
        let long = cube(l + 0.396_337_78 * a + 0.215_803_76 * b);
        let medium = cube(l - 0.105_561_346 * a - 0.063_854_17 * b);
        let short = cube(l - 0.089_484_18 * a - 1.291_485_5 * b);
        [
            4.076_741_7 * long - 3.307_711_6 * medium + 0.230_969_93 * short,
            -1.268_438 * long + 2.609_757_4 * medium - 0.341_319_4 * short,
            -0.004_196_086_3 * long - 0.703_418_6 * medium + 1.707_614_7 * short,
        ]
    }

    /// Linear light a screen can show: too pure a colour is greyed until it fits, which keeps its
    /// hue, where cutting off each channel would not.
    pub fn displayable(self) -> [f32; 3] {
        let fits = |rgb: &[f32; 3]| rgb.iter().all(|c| (-0.002..=1.002).contains(c));
        let whole = Self {
            l: self.l.clamp(0.0, 1.0),
            ..self
        };
        let mut rgb = whole.linear();
        if !fits(&rgb) {
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..5 {
                let middle = f32::midpoint(low, high);
                if fits(&whole.purer(middle).linear()) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            rgb = whole.purer(low).linear();
        }
        rgb.map(|c| c.clamp(0.0, 1.0))
    }

    /// From the bytes of a picture.
    pub fn from_srgb(rgb: [u8; 3]) -> Self {
        let [r, g, b] = rgb.map(|byte| {
            let c = f32::from(byte) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                pow((c + 0.055) / 1.055, 2.4)
            }
        });
        let long = libm::cbrtf(0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b);
        let medium = libm::cbrtf(0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b);
        let short = libm::cbrtf(0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b);
        Self {
            l: 0.210_454_26 * long + 0.793_617_8 * medium - 0.004_072_047 * short,
            a: 1.977_998_5 * long - 2.428_592_2 * medium + 0.450_593_7 * short,
            b: 0.025_904_037 * long + 0.782_771_77 * medium - 0.808_675_77 * short,
        }
    }
}

/// Linear light to bytes, by table.
pub struct Encoder(Vec<f32>);

const STEPS: usize = 4096;

impl Encoder {
    pub fn new() -> Self {
        let encode = |step: usize| {
            // The table is spaced by the square root of light: dark tones need finer steps.
            let root = step as f32 / STEPS as f32;
            let c = root * root;
            255.0
                * if c <= 0.003_130_8 {
                    12.92 * c
                } else {
                    1.055 * pow(c, 1.0 / 2.4) - 0.055
                }
        };
        Self((0..=STEPS).map(encode).collect())
    }

    /// Bytes; `dither` in [0, 1) decides which way a half step rounds.
    pub fn bytes(&self, colour: Lab, dither: f32) -> [u8; 3] {
        colour.displayable().map(|c| {
            let value = self.0[(c.sqrt() * STEPS as f32) as usize];
            (value + dither) as u8
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_colour_survives_the_way_there_and_back() {
        let encoder = Encoder::new();
        for r in (0..=255).step_by(15) {
            for g in (0..=255).step_by(15) {
                for b in (0..=255).step_by(15) {
                    let there = [r as u8, g as u8, b as u8];
                    let back = encoder.bytes(Lab::from_srgb(there), 0.5);
                    for (x, y) in there.iter().zip(back) {
                        assert!(x.abs_diff(y) <= 1, "{there:?} became {back:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_too_pure_for_the_screen_keeps_its_hue() {
        let wished = Lab::lch(0.6, 0.4, 145.0);
        let shown = Lab::from_srgb(Encoder::new().bytes(wished, 0.5));
        let cross = wished.a * shown.b - wished.b * shown.a;
        assert!(
            cross.abs() / (wished.chroma() * shown.chroma()) < 0.03,
            "{shown:?}"
        );
    }
}
