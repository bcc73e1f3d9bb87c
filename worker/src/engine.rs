//! What paints: one trait, and the engines that fill it.

use std::{fmt, str::FromStr};

use thiserror::Error;
use tokio_util::sync::CancellationToken;
use wire::mix::Mix;

use crate::{
    handler::Failure,
    sketch::{self, Size},
};

/// Sides that every engine can paint; a multiple of 8, since diffusion works on eighths.
const SIDES: std::ops::RangeInclusive<u32> = 64..=1024;

/// Something that paints pictures. It lives on the painter's thread.
pub trait Engine {
    /// Its name and version, as records keep it.
    fn name(&self) -> String;

    /// Paints one picture; the same request gives the same picture. An engine of many steps says
    /// `progress(done, all)` after each, and looks at `cancel` before the next.
    fn paint(
        &self,
        request: &PaintRequest,
        progress: &dyn Fn(u32, u32),
        cancel: &CancellationToken,
    ) -> Result<Painted, Failure>;
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
}

/// Why there is no such engine.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EngineError {
    /// A name that means an engine of a later build.
    #[error("this build has no engine \"ssd-1b\" yet, use \"sketch\"")]
    NotYet,
    /// Any other name.
    #[error("there is no engine {0:?}, use \"sketch\"")]
    Unknown(String),
}

/// A picture no engine paints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a picture has sides of 64 to 1024 pixels in steps of 8, not {width}x{height}")]
pub struct SizeError {
    width: u32,
    height: u32,
}

impl EngineKind {
    /// Makes the engine ready, for which it may need weights that are not there. Call it on the
    /// thread that will own the engine.
    pub fn load(self) -> anyhow::Result<Box<dyn Engine>> {
        match self {
            Self::Sketch => Ok(Box::new(Sketch)),
        }
    }
}

impl FromStr for EngineKind {
    type Err = EngineError;

    fn from_str(name: &str) -> Result<Self, EngineError> {
        match name {
            sketch::NAME => Ok(Self::Sketch),
            "ssd-1b" => Err(EngineError::NotYet),
            _ => Err(EngineError::Unknown(name.to_owned())),
        }
    }
}

impl fmt::Display for EngineKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sketch => f.write_str(sketch::NAME),
        }
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
    if paintable(width) && paintable(height) {
        return Ok(());
    }
    Err(SizeError { width, height })
}

/// The built-in painter. It paints in one step, too quick to be worth interrupting or reporting.
struct Sketch;

impl Engine for Sketch {
    fn name(&self) -> String {
        format!("{} {}", sketch::NAME, sketch::VERSION)
    }

    fn paint(
        &self,
        request: &PaintRequest,
        _progress: &dyn Fn(u32, u32),
        cancel: &CancellationToken,
    ) -> Result<Painted, Failure> {
        if cancel.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        let &PaintRequest {
            ref prompt,
            ref mix,
            seed,
            width,
            height,
        } = request;
        check_size(width, height).map_err(|error| Failure::Refuse(error.to_string()))?;
        let picture = sketch::paint(prompt, mix, seed.into(), Size { width, height });
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
        let later = "ssd-1b".parse::<EngineKind>().unwrap_err().to_string();
        assert_eq!(
            later,
            "this build has no engine \"ssd-1b\" yet, use \"sketch\""
        );
        assert!("oil".parse::<EngineKind>().is_err());
    }

    #[test]
    fn a_size_nobody_can_paint_is_refused_for_good() {
        let request = PaintRequest {
            prompt: "a lake".into(),
            mix: Mix::NEUTRAL,
            seed: 1,
            width: 64,
            height: 12,
        };
        let refused = Sketch.paint(&request, &|_, _| (), &CancellationToken::new());
        let reason = "a picture has sides of 64 to 1024 pixels in steps of 8, not 64x12";
        assert_eq!(refused, Err(Failure::Refuse(reason.into())));
    }
}
