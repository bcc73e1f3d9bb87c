//! A picture in the making: everything the stages share.

use wire::mix::Mix;

use super::{
    canvas::Canvas,
    land,
    layout::Layout,
    manner::Manner,
    noise::Noise,
    oklab::Encoder,
    palette::Palette,
    picture::{Picture, Size},
    rng::Rng,
    scene::Scene,
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
        Self { canvas, scene, manner, palette, layout, rng, noise }
    }

    /// Paints what the words ask for.
    pub fn scene(&mut self) {
        land::landscape(self);
    }

    pub fn finish(self) -> Picture {
        let Canvas { width, height, dots, .. } = self.canvas;
        let encoder = Encoder::new();
        let mut rgb = Vec::with_capacity(dots.len() * 3);
        for (i, dot) in dots.iter().enumerate() {
            rgb.extend(encoder.bytes(dot.lab, dither(i % width, i / width)));
        }
        Picture { width: width as u32, height: height as u32, rgb }
    }
}

/// An ordered pattern without visible structure (interleaved gradient noise, Jimenez 2014), so
/// that smooth skies do not band.
fn dither(x: usize, y: usize) -> f32 {
    let t = 0.067_110_56 * x as f32 + 0.005_837_15 * y as f32;
    let t = 52.982_918 * (t - libm::floorf(t));
    0.25 + 0.5 * (t - libm::floorf(t))
}
