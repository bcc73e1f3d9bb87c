//! The colours of one picture: a few that belong together, by time of day, mood and season.
//!
//! Palettes are mixed, not chosen: dusk is between sunset and night. What the mix's colour
//! dimension does to them is in `grade`, over the finished picture.

use super::{
    manner::Manner,
    oklab::Lab,
    rng::Rng,
    scene::{Scene, Season, Time, Weather},
};

/// What each thing is mixed from.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    pub sky_high: Lab,
    pub sky_mid: Lab,
    pub sky_low: Lab,
    pub sun: Lab,
    pub cloud: Lab,
    pub cloud_shade: Lab,
    pub far: Lab,
    pub mid: Lab,
    pub near: Lab,
    pub leaf: Lab,
    pub earth: Lab,
    pub water: Lab,
    pub dark: Lab,
    pub light: Lab,
    /// Of the thing one looks at.
    pub accent: Lab,
    /// Beside it.
    pub second: Lab,
    /// How much of a night it is.
    pub night: f32,
    /// How low the light stands: 1 at sunrise and sunset.
    pub low_sun: f32,
    /// How snowed in the ground is.
    pub snow: f32,
}

const FIELDS: usize = 14;
type Tones = [(f32, f32, f32); FIELDS];

/// Lightness, chroma and hue in the order of [`Palette`], sky first.
const DAWN: Tones = [
    (0.63, 0.075, 262.0),
    (0.80, 0.060, 350.0),
    (0.91, 0.075, 72.0),
    (0.975, 0.060, 85.0),
    (0.93, 0.050, 50.0),
    (0.72, 0.055, 320.0),
    (0.73, 0.060, 320.0),
    (0.57, 0.060, 200.0),
    (0.40, 0.060, 165.0),
    (0.50, 0.080, 140.0),
    (0.62, 0.075, 75.0),
    (0.66, 0.055, 255.0),
    (0.25, 0.045, 280.0),
    (0.95, 0.050, 75.0),
];
const NOON: Tones = [
    (0.64, 0.115, 248.0),
    (0.78, 0.085, 235.0),
    (0.92, 0.040, 215.0),
    (0.985, 0.045, 100.0),
    (0.975, 0.012, 90.0),
    (0.80, 0.030, 255.0),
    (0.71, 0.078, 246.0),
    (0.62, 0.085, 160.0),
    (0.47, 0.090, 140.0),
    (0.56, 0.120, 135.0),
    (0.70, 0.095, 95.0),
    (0.60, 0.095, 225.0),
    (0.27, 0.050, 220.0),
    (0.97, 0.030, 95.0),
];
const SUNSET: Tones = [
    (0.44, 0.105, 288.0),
    (0.67, 0.145, 22.0),
    (0.85, 0.130, 72.0),
    (0.96, 0.100, 88.0),
    (0.82, 0.130, 45.0),
    (0.48, 0.100, 340.0),
    (0.58, 0.095, 345.0),
    (0.46, 0.085, 340.0),
    (0.30, 0.065, 320.0),
    (0.40, 0.075, 110.0),
    (0.50, 0.100, 50.0),
    (0.50, 0.095, 320.0),
    (0.18, 0.045, 290.0),
    (0.93, 0.095, 75.0),
];
const NIGHT: Tones = [
    (0.20, 0.060, 272.0),
    (0.29, 0.075, 265.0),
    (0.43, 0.075, 245.0),
    (0.95, 0.030, 95.0),
    (0.50, 0.045, 255.0),
    (0.26, 0.050, 270.0),
    (0.33, 0.060, 258.0),
    (0.25, 0.050, 262.0),
    (0.16, 0.035, 268.0),
    (0.24, 0.045, 190.0),
    (0.24, 0.035, 270.0),
    (0.28, 0.065, 250.0),
    (0.12, 0.030, 272.0),
    (0.86, 0.115, 80.0),
];
const OVERCAST: Tones = [
    (0.55, 0.028, 245.0),
    (0.66, 0.024, 238.0),
    (0.77, 0.020, 225.0),
    (0.88, 0.015, 220.0),
    (0.74, 0.018, 240.0),
    (0.50, 0.028, 250.0),
    (0.62, 0.028, 245.0),
    (0.48, 0.032, 235.0),
    (0.33, 0.030, 240.0),
    (0.40, 0.040, 170.0),
    (0.46, 0.024, 230.0),
    (0.54, 0.034, 235.0),
    (0.22, 0.025, 250.0),
    (0.88, 0.020, 215.0),
];

impl Palette {
    pub fn new(scene: &Scene, manner: &Manner, mut rng: Rng) -> Self {
        let weights = hours(scene, manner, &mut rng);
        let total: f32 = weights.iter().sum();
        let mut tones = [Lab::default(); FIELDS];
        // The whole sky leans a little, and each colour a little more on its own.
        let lean = rng.jitter(9.0);
        let own: [(f32, f32); FIELDS] =
            std::array::from_fn(|_| (rng.jitter(0.018), rng.jitter(6.0)));
        for (hour, weight) in [DAWN, NOON, SUNSET, NIGHT, OVERCAST].iter().zip(weights) {
            for ((tone, &(l, c, h)), (lift, turn)) in tones.iter_mut().zip(hour).zip(own) {
                let part = Lab::lch(l + lift, c, h + lean + turn);
                *tone = tone.plus(part, weight / total);
            }
        }
        let [
            sky_high,
            sky_mid,
            sky_low,
            sun,
            cloud,
            cloud_shade,
            far,
            mid,
            near,
            leaf,
            earth,
            water,
            dark,
            light,
        ] = tones;
        let night = weights[3] / total;
        let (accent, second) = accents(scene, night, &mut rng);
        let leaf = leaf.mix(
            Lab::lch(
                leaf.l,
                leaf.chroma(),
                [118.0, 135.0, 150.0, 170.0][rng.index(4)],
            ),
            0.55,
        );
        let palette = Self {
            sky_high,
            sky_mid,
            sky_low,
            sun,
            cloud,
            cloud_shade,
            far,
            mid,
            near,
            leaf,
            earth,
            water,
            dark,
            light,
            accent,
            second,
            night,
            low_sun: (weights[0] + weights[2]) / total,
            snow: 0.0,
        };
        palette.in_season(scene, &mut rng)
    }

    fn in_season(mut self, scene: &Scene, rng: &mut Rng) -> Self {
        let bright = 1.0 - 0.55 * self.night;
        let fiery = Lab::lch(0.60 * bright, 0.135, rng.range(42.0, 68.0));
        let fresh = Lab::lch(0.70 * bright, 0.125, 128.0);
        let white = Lab::new(0.95, -0.002, -0.006).mix(self.sky_mid, 0.12 + 0.55 * self.night);
        match scene.season {
            Some(Season::Autumn) => {
                self.leaf = self.leaf.mix(fiery, 0.85);
                self.mid = self.mid.mix(fiery, 0.45);
                self.near = self.near.mix(fiery.lighter(-0.2), 0.4);
            }
            Some(Season::Winter) => {
                self.snow = 1.0;
                self.leaf = self.leaf.mix(white.lighter(-0.12), 0.55);
                self.earth = white;
                self.mid = self.mid.mix(white.lighter(-0.08), 0.6);
                self.near = self.near.mix(white.lighter(-0.03), 0.75);
                self.far = self.far.mix(white.lighter(-0.05), 0.45);
            }
            Some(Season::Spring) => {
                self.leaf = self.leaf.mix(fresh, 0.6);
                self.mid = self.mid.mix(fresh, 0.4);
                self.near = self.near.mix(fresh.lighter(-0.15), 0.35);
            }
            Some(Season::Summer) | None => {}
        }
        self
    }
}

/// How much of dawn, noon, sunset, night and overcast there is: the words first, then the seed,
/// then the mood.
fn hours(scene: &Scene, manner: &Manner, rng: &mut Rng) -> [f32; 5] {
    let mut weights = [0.0; 5];
    let chosen = [0, 1, 1, 2][rng.index(4)];
    match scene.time {
        Some(Time::Dawn) => weights[0] = 2.2,
        Some(Time::Noon) => weights[1] = 2.2,
        Some(Time::Sunset) => weights[2] = 2.2,
        Some(Time::Night) => weights[3] = 2.6,
        None => weights[chosen] = 1.0,
    }
    match scene.weather {
        Some(Weather::Rain | Weather::Cloud | Weather::Fog | Weather::Snow) => weights[4] += 1.1,
        Some(Weather::Storm) => {
            weights[4] += 2.4;
            weights[3] += 1.3;
        }
        Some(Weather::Clear) | None => {}
    }
    weights[2] += 0.5 * strong(manner.warm);
    weights[1] += 0.5 * strong(manner.cool);
    weights[0] += 0.9 * strong(manner.peaceful);
    weights[1] += 1.4 * strong(manner.joyful);
    weights[2] += 0.8 * strong(manner.energetic);
    weights[3] += 1.9 * strong(manner.mysterious);
    weights[4] += 2.6 * strong(manner.melancholic);
    weights
}

/// A mood turns the hour only when there is much of it: a little of every mood is no dusk.
fn strong(share: f32) -> f32 {
    share * share * (0.5 + 0.5 * share)
}

fn accents(scene: &Scene, night: f32, rng: &mut Rng) -> (Lab, Lab) {
    const PAIRS: [(f32, f32); 6] = [
        (28.0, 220.0),
        (45.0, 250.0),
        (85.0, 290.0),
        (15.0, 190.0),
        (60.0, 160.0),
        (350.0, 90.0),
    ];
    let (hue, other) = PAIRS[rng.index(PAIRS.len())];
    let by_seed = (
        Lab::lch(0.62, 0.165, hue + rng.jitter(8.0)),
        Lab::lch(0.64, 0.095, other + rng.jitter(10.0)),
    );
    let dim = |colour: Lab| colour.mix(Lab::lch(colour.l * 0.55, 0.05, 265.0), 0.45 * night);
    (
        dim(scene.colours[0].unwrap_or(by_seed.0)),
        dim(scene.colours[1].unwrap_or(by_seed.1)),
    )
}
