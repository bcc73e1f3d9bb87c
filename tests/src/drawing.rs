//! A drawing as an artist may bring one, and a look at what came of it.

use png::{BitDepth, ColorType, Decoder, Encoder, Transformations};

/// Paper, a house, a sun and the sea, as a PNG file of that many pixels.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let dot = |x: u32, y: u32| -> [u8; 3] {
        let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
        let away = |to: (f32, f32)| ((u - to.0).powi(2) + (v - to.1).powi(2)).sqrt();
        let roof = v > 0.34 && v < 0.48 && (u - 0.4).abs() < (v - 0.34) * 1.5;
        let wall = (0.48..0.70).contains(&v) && (u - 0.4).abs() < 0.16;
        let door = (0.56..0.70).contains(&v) && (u - 0.4).abs() < 0.04;
        match () {
            () if door => [60, 40, 40],
            () if roof => [190, 60, 50],
            () if wall => [235, 215, 170],
            () if away((0.76, 0.24)) < 0.1 => [250, 200, 50],
            () if v > 0.70 + 0.01 * (u * 40.0).sin() => [60, 110, 180],
            () => [250, 247, 238],
        }
    };
    let rgb: Vec<u8> = (0..width * height)
        .flat_map(|i| dot(i % width, i / width))
        .collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a header is written");
    writer.write_image_data(&rgb).expect("pixels are written");
    writer.finish().expect("a file ends");
    file
}

/// Width, height, and red, green and blue of each pixel.
pub fn pixels(png: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut decoder = Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().expect("a PNG");
    let mut rgb = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut rgb).expect("pixels");
    assert_eq!(info.color_type, ColorType::Rgb);
    (info.width, info.height, rgb)
}
