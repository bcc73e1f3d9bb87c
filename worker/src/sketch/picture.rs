//! What the painter hands out.

/// More than any picture that is painted here.
const PNG_BYTES_MAX: usize = 64 << 20;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl Size {
    /// A square.
    pub const fn square(side: u32) -> Self {
        Self {
            width: side,
            height: side,
        }
    }
}

/// A finished picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green and blue of each pixel, row after row.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// As a PNG file; the same picture is always the same bytes.
    pub fn to_png(&self) -> Vec<u8> {
        let mut file = Vec::with_capacity(self.rgb.len() / 2);
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let written = encoder
            .write_header()
            .and_then(|mut png| png.write_image_data(&self.rgb));
        written.expect("a picture holds as many bytes as its size says, and memory takes them");
        file
    }

    /// Reads a PNG file of 8-bit colours or greys. What is transparent in it becomes opaque.
    pub fn from_png(file: &[u8]) -> anyhow::Result<Self> {
        let mut decoder = png::Decoder::new_with_limits(
            std::io::Cursor::new(file),
            png::Limits {
                bytes: PNG_BYTES_MAX,
            },
        );
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info()?;
        let size = reader.output_buffer_size().unwrap_or(usize::MAX);
        anyhow::ensure!(size <= PNG_BYTES_MAX, "it is too large");
        let mut bytes = vec![0; size];
        let info = reader.next_frame(&mut bytes)?;
        bytes.truncate(info.buffer_size());
        let samples = info.color_type.samples();
        let rgb = bytes.chunks_exact(samples).flat_map(|pixel| match *pixel {
            [grey] | [grey, _] => [grey; 3],
            [r, g, b, ..] => [r, g, b],
            [] => [0; 3],
        });
        Ok(Self {
            width: info.width,
            height: info.height,
            rgb: rgb.collect(),
        })
    }

    /// As a JPEG file of the given quality, 1 to 100.
    pub fn to_jpeg(&self, quality: u8) -> Vec<u8> {
        let mut file = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut file, quality);
        let (width, height) = (self.width as u16, self.height as u16);
        let written = encoder.encode(&self.rgb, width, height, jpeg_encoder::ColorType::Rgb);
        written.expect("a picture holds as many bytes as its size says, and memory takes them");
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_survives_its_file() {
        let picture = Picture {
            width: 2,
            height: 1,
            rgb: vec![1, 2, 3, 250, 251, 252],
        };
        assert_eq!(Picture::from_png(&picture.to_png()).ok(), Some(picture));
        assert!(Picture::from_png(b"no picture").is_err());
    }
}
