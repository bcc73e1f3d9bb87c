//! What paints: one trait, and the engines that fill it.

use std::{fmt, num::NonZeroUsize, path::PathBuf, str::FromStr};

use anyhow::Context as _;
use thiserror::Error;
use tokio_util::sync::CancellationToken;
use wire::mix::Mix;

use crate::{
    device::{Device, Precision},
    diffusion::ssd1b::{self, Ssd1b},
    handler::Failure,
    sketch::{self, Picture, Size},
};

/// Sides that every engine can paint; a multiple of 8, since diffusion works on eighths.
const SIDES: std::ops::RangeInclusive<u32> = 64..=2048;
/// What a picture costs goes by its area. This is the largest that models of SDXL's shape were
/// taught, in any of their formats, such as 1152x896 or 1536x640.
const PIXELS_MAX: u32 = 1024 * 1024;

/// Something that paints pictures. It lives on the painter's thread.
pub trait Engine {
    /// Its name and version, as records keep it.
    fn name(&self) -> String;

    /// Paints one picture; the same request gives the same picture. An engine of many steps says
    /// how far it is after each, and looks at the order's token before the next.
    fn paint(&self, order: &Order) -> Result<Painted, Failure>;

    /// How many pictures it is quicker to paint together.
    fn together(&self) -> usize {
        1
    }

    /// Whether two pictures can be painted in one go.
    fn fits(&self, _one: &PaintRequest, _other: &PaintRequest) -> bool {
        false
    }

    /// Paints several pictures, each as it would be alone. One answer per order.
    fn paint_together(&self, orders: &[Order]) -> Vec<Result<Painted, Failure>> {
        orders.iter().map(|order| self.paint(order)).collect()
    }
}

/// A picture that somebody waits for.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// What to paint.
    pub request: &'a PaintRequest,
    /// Told how many steps are done, and of how many.
    pub progress: &'a dyn Fn(u32, u32),
    /// Tripped when nobody waits any more.
    pub cancel: &'a CancellationToken,
}

/// What to paint.
#[derive(Clone, Debug, PartialEq)]
pub struct PaintRequest {
    /// The scene, in words.
    pub prompt: String,
    /// How much of each attribute value.
    pub mix: Mix,
    /// The same seed paints the same picture.
    pub seed: u32,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What may be asked besides.
    pub wishes: Wishes,
}

/// What can be asked of an engine besides. An engine of one step looks at the start alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// How many steps; the engine's own number if not said.
    pub steps: Option<u32>,
    /// How strictly to follow the prompt, 1 for not at all; the engine's own number if not said.
    pub guidance: Option<f64>,
    /// What to lead away from.
    pub negative: Negative,
    /// What to begin with instead of noise, or of an empty canvas.
    pub start: Option<Start>,
}

/// What a picture shall not be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Negative {
    /// What the model's card advises.
    #[default]
    Usual,
    /// No words at all, which is not the same as the empty text.
    Nothing,
    /// These words.
    Words(String),
}

/// A picture to begin with.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// As large as the one to be painted.
    pub picture: Picture,
    /// How much of it may change: 0 for nothing, 1 for everything.
    pub strength: f64,
}

/// A finished picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Painted {
    /// The file.
    pub png: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// The engines that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineKind {
    /// The built-in procedural painter.
    Sketch,
    /// Diffusion. Needs weights.
    Ssd1b,
}

/// What an engine is made ready with.
#[derive(Clone, Debug, Default)]
pub struct EngineSettings {
    /// The folder with the weights, for engines that need some.
    pub model: Option<PathBuf>,
    /// Steps per picture, for engines of many steps; their own number if not said.
    pub steps: Option<NonZeroUsize>,
    /// What to compute in; what suits the device if not said.
    pub precision: Option<Precision>,
}

/// Why there is no such engine.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no engine {0:?}, use \"sketch\" or \"ssd-1b\"")]
pub struct EngineError(String);

/// A picture no engine paints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "a picture has sides of 64 to 2048 pixels in steps of 8, and no more pixels than 1024x1024, not \
     {width}x{height}"
)]
pub struct SizeError {
    width: u32,
    height: u32,
}

/// A start of another size than the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "the picture to start from has {}x{} pixels, but {}x{} are asked for",
    .given.0, .given.1, .asked.0, .asked.1
)]
pub struct StartError {
    given: (u32, u32),
    asked: (u32, u32),
}

impl EngineKind {
    /// Makes the engine ready, for which it may need weights that are not there. Call it on the
    /// thread that will own the engine.
    pub fn load(
        self,
        settings: &EngineSettings,
        device: Device,
    ) -> anyhow::Result<Box<dyn Engine>> {
        match self {
            Self::Sketch => Ok(Box::new(Sketch)),
            Self::Ssd1b => {
                let model = settings.model.as_deref().context(
                    "the engine ssd-1b needs weights: fetch them with `cargo xtask weights \
                     ssd-1b`, then give their folder as --model or ATELIER_MODEL",
                )?;
                let kind = settings.precision.map(Precision::kind);
                Ok(Box::new(Ssd1b::load(model, device, kind, settings.steps)?))
            }
        }
    }
}

impl FromStr for EngineKind {
    type Err = EngineError;

    fn from_str(name: &str) -> Result<Self, EngineError> {
        match name {
            sketch::NAME => Ok(Self::Sketch),
            ssd1b::NAME => Ok(Self::Ssd1b),
            _ => Err(EngineError(name.to_owned())),
        }
    }
}

impl fmt::Display for EngineKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sketch => sketch::NAME,
            Self::Ssd1b => ssd1b::NAME,
        })
    }
}

impl fmt::Debug for Order<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Order").field(self.request).finish()
    }
}

impl fmt::Debug for dyn Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

/// Whether an engine can paint a picture of this size.
pub fn check_size(width: u32, height: u32) -> Result<(), SizeError> {
    let paintable = |side| SIDES.contains(&side) && side % 8 == 0;
    if paintable(width) && paintable(height) && width * height <= PIXELS_MAX {
        return Ok(());
    }
    Err(SizeError { width, height })
}

/// Whether the picture to start from is as large as the one that is asked for.
pub fn check_start(request: &PaintRequest) -> Result<(), StartError> {
    let asked = (request.width, request.height);
    let start = request.wishes.start.as_ref();
    let given = start.map(|start| (start.picture.width, start.picture.height));
    match given {
        Some(given) if given != asked => Err(StartError { given, asked }),
        _ => Ok(()),
    }
}

/// The built-in painter. It paints in one step, too quick to be worth interrupting or reporting.
struct Sketch;

impl Engine for Sketch {
    fn name(&self) -> String {
        format!("{} {}", sketch::NAME, sketch::VERSION)
    }

    fn paint(&self, order: &Order) -> Result<Painted, Failure> {
        if order.cancel.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        let &PaintRequest {
            ref prompt,
            ref mix,
            seed,
            width,
            height,
            ref wishes,
        } = order.request;
        check_size(width, height).map_err(|error| Failure::Refuse(error.to_string()))?;
        check_start(order.request).map_err(|error| Failure::Refuse(error.to_string()))?;
        let picture = match &wishes.start {
            None => sketch::paint(prompt, mix, seed.into(), Size { width, height }),
            Some(Start { picture, strength }) => {
                sketch::paint_over(picture, *strength, prompt, mix, seed.into())
            }
        };
        Ok(Painted {
            png: picture.to_png(),
            width,
            height,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_that_is_not_there_is_named() {
        assert_eq!("sketch".parse(), Ok(EngineKind::Sketch));
        assert_eq!("ssd-1b".parse(), Ok(EngineKind::Ssd1b));
        let unknown = "oil".parse::<EngineKind>().unwrap_err().to_string();
        assert_eq!(
            unknown,
            "there is no engine \"oil\", use \"sketch\" or \"ssd-1b\""
        );
    }

    #[test]
    fn diffusion_without_weights_says_how_to_get_them() {
        let cpu = Device(tch::Device::Cpu);
        let refused = EngineKind::Ssd1b.load(&EngineSettings::default(), cpu);
        let reason = refused.unwrap_err().to_string();
        assert!(reason.contains("cargo xtask weights ssd-1b"), "{reason}");
    }

    #[test]
    fn a_size_nobody_can_paint_is_refused_for_good() {
        let request = PaintRequest {
            prompt: "a lake".into(),
            mix: Mix::NEUTRAL,
            seed: 1,
            width: 64,
            height: 12,
            wishes: Wishes::default(),
        };
        let refused = Sketch.paint(&Order {
            request: &request,
            progress: &|_, _| (),
            cancel: &CancellationToken::new(),
        });
        let reason = "a picture has sides of 64 to 2048 pixels in steps of 8, and no more pixels \
                      than 1024x1024, not 64x12";
        assert_eq!(refused, Err(Failure::Refuse(reason.into())));
    }

    #[test]
    fn a_size_is_judged_by_its_area() {
        for (width, height) in [
            (1024, 1024),
            (1152, 896),
            (640, 1536),
            (2048, 512),
            (64, 64),
        ] {
            assert_eq!(check_size(width, height), Ok(()));
        }
        for (width, height) in [
            (1152, 1024),
            (2056, 64),
            (56, 64),
            (u32::MAX - 7, u32::MAX - 7),
        ] {
            assert_eq!(check_size(width, height), Err(SizeError { width, height }));
        }
    }
}
