//! What the painter hands out.

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
