//! A picture file from somewhere becomes a drawing that pictures can start from: a square PNG of
//! their size, upright, opaque, without anything that its file said beside the picture.
//!
//! Whatever a file claims is looked at before memory is given to it. Reading a large one takes a
//! second of a core and hundreds of megabytes, so drawings are read one after the other.

use std::io::Cursor;

use image::{
    DynamicImage, GenericImageView as _, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb,
    RgbImage, Rgba, imageops,
};
use thiserror::Error;
use wire::problem::Code;

use crate::{error::ApiError, line::Line};

/// Beyond what cameras make; at 16 bits a channel it is 320 MB of memory.
const PIXELS_MAX: u64 = 40_000_000;

/// What a reader may take besides; tables and rows of a file of that size need less.
const MEMORY_MAX_BYTES: u64 = 400 << 20;

/// Each who waits holds a file of ten megabytes.
const LINE_MAX: usize = 16;

/// Reads drawings, one at a time.
#[derive(Clone, Debug)]
pub struct Drawings(Line);

/// Why a file is no drawing, and what to do.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum Unusable {
    /// Another kind of file, or none.
    #[error("this is no picture that can be read; send a PNG, JPEG or WebP file")]
    OtherKind,
    /// It begins well.
    #[error("the file is damaged or cut off; save the picture anew and send it again")]
    Damaged,
    /// It would take too much memory.
    #[error(
        "the picture has {width}x{height} pixels, more than 40 million; make it smaller and send it again"
    )]
    TooManyPixels {
        /// Columns.
        width: u32,
        /// Rows.
        height: u32,
    },
}

impl Drawings {
    /// An empty line.
    pub fn new() -> Self {
        let too_long = "many drawings arrive at this moment; try again in 5 s";
        Self(Line::new(1, LINE_MAX, too_long))
    }

    /// The drawing in the file, in its turn.
    pub async fn read(&self, file: bytes::Bytes, side: u32) -> Result<Vec<u8>, ApiError> {
        let drawing = self.0.in_turn(move || read(&file, side)).await?;
        drawing.map_err(|unusable| ApiError::new(Code::UnusablePicture, unusable.to_string()))
    }
}

impl Default for Drawings {
    fn default() -> Self {
        Self::new()
    }
}

/// The middle of the picture in the file, as a PNG of that many pixels across and down. The same
/// picture is always the same bytes.
pub fn read(file: &[u8], side: u32) -> Result<Vec<u8>, Unusable> {
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .map_err(|_| Unusable::OtherKind)?;
    match reader.format() {
        Some(ImageFormat::Png | ImageFormat::WebP) => {}
        Some(ImageFormat::Jpeg) if !breaks_off(file) => {}
        Some(ImageFormat::Jpeg) => return Err(Unusable::Damaged),
        _ => return Err(Unusable::OtherKind),
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MAX_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unusable::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(Unusable::TooManyPixels { width, height });
    }
    // A file that does not say which way is up means what it shows.
    let orientation = decoder.orientation();
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Unusable::Damaged)?;
    let square = middle(&picture).ok_or(Unusable::Damaged)?;
    drop(picture);
    let small = imageops::resize(&square, side, side, imageops::FilterType::CatmullRom);
    let mut upright = DynamicImage::from(small);
    if let Ok(orientation) = orientation {
        upright.apply_orientation(orientation);
    }
    let mut png = Cursor::new(Vec::new());
    upright
        .write_to(&mut png, ImageFormat::Png)
        .map_err(|_| Unusable::Damaged)?;
    Ok(png.into_inner())
}

/// The largest square around the middle, on white paper.
fn middle(picture: &DynamicImage) -> Option<RgbImage> {
    let (width, height) = picture.dimensions();
    let side = width.min(height);
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    let on_white = |x, y| on_white(picture.get_pixel(left + x, top + y));
    (side > 0).then(|| RgbImage::from_fn(side, side, on_white))
}

/// What is transparent shows the paper under it.
fn on_white(Rgba([r, g, b, alpha]): Rgba<u8>) -> Rgb<u8> {
    let alpha = u16::from(alpha);
    let over = |ink: u8| ((u16::from(ink) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
    Rgb([over(r), over(g), over(b)])
}

/// Whether a JPEG file ends within its picture. Its reader would fill up the rest with grey.
fn breaks_off(jpeg: &[u8]) -> bool {
    let mut pairs = jpeg.windows(2).rev();
    // From the end: the end of a picture comes before the beginning of its last rows.
    pairs.find(|pair| matches!(pair, [0xff, 0xd9 | 0xda])) != Some(&[0xff, 0xd9])
}

#[cfg(test)]
mod tests;
