//! A picture in the making: everything the stages share.

use tiny_skia::Path;
use wire::mix::Mix;

use super::{
    animals,
    canvas::{Canvas, Ink},
    city, fields, flowers, forest, interior, land,
    layout::Layout,
    manner::Manner,
    night,
    noise::Noise,
    oklab::Encoder,
    palette::Palette,
    picture::{Picture, Size},
    portrait,
    rng::Rng,
    scene::{Kind, Scene},
    shore, still_life,
};

pub struct Painting {
    pub canvas: Canvas,
    pub scene: Scene,
    pub manner: Manner,
    pub palette: Palette,
    pub layout: Layout,
    /// Fork it by name; never draw from it.
    pub rng: Rng,
    /// One field for everyone who needs just some texture.
    pub noise: Noise,
}

impl Painting {
    pub fn new(prompt: &str, mix: &Mix, seed: u64, size: Size) -> Self {
        let scene = Scene::read(prompt);
        let manner = Manner::new(mix);
        let rng = Rng::new(seed ^ scene.hash);
        let palette = Palette::new(&scene, &manner, rng.fork("palette"));
        let layout = Layout::new(&manner, &palette, rng.fork("layout"));
        let (width, height) = (size.width.max(1) as usize, size.height.max(1) as usize);
        let canvas = Canvas::new(width, height, layout.tilt);
        let noise = Noise::new(rng.fork("noise"));
        Self {
            canvas,
            scene,
            manner,
            palette,
            layout,
            rng,
            noise,
        }
    }

    /// Paints what the words ask for.
    pub fn scene(&mut self) {
        match self.scene.kind {
            Kind::Landscape => land::landscape(self),
            Kind::Lake => shore::lake(self),
            Kind::Sea => shore::sea(self),
            Kind::City => city::city(self),
            Kind::Forest => forest::forest(self),
            Kind::Portrait => portrait::portrait(self),
            Kind::StillLife => still_life::still_life(self),
            Kind::Flowers => flowers::flowers(self),
            Kind::Animal => animals::animal(self),
            Kind::NightSky => night::night_sky(self),
            Kind::Interior => interior::room(self),
            Kind::Fields => fields::fields(self),
        }
    }

    /// Inks a shape, if it has any extent.
    pub fn shape(&mut self, path: Option<Path>, ink: impl Fn(f32, f32) -> Ink) {
        if let Some(path) = path {
            self.canvas.fill(&path, ink);
        }
    }

    /// From which side light falls on what stands at a place: −1 left, 1 right.
    pub fn light_from(&self, u: f32) -> f32 {
        ((self.layout.sun.0 - u) * 5.0).clamp(-1.0, 1.0)
    }

    pub fn finish(self) -> Picture {
        let Canvas {
            width,
            height,
            dots,
            ..
        } = self.canvas;
        let encoder = Encoder::new();
        let mut rgb = Vec::with_capacity(dots.len() * 3);
        for (i, dot) in dots.iter().enumerate() {
            rgb.extend(encoder.bytes(dot.lab, dither(i % width, i / width)));
        }
        Picture {
            width: width as u32,
            height: height as u32,
            rgb,
        }
    }
}

/// An ordered pattern without visible structure (interleaved gradient noise, Jimenez 2014), so
/// that smooth skies do not band.
fn dither(x: usize, y: usize) -> f32 {
    let t = 0.067_110_56 * x as f32 + 0.005_837_15 * y as f32;
    let t = 52.982_918 * (t - super::math::floor(t));
    0.25 + 0.5 * (t - super::math::floor(t))
}
