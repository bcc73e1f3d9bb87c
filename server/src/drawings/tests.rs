//! What becomes of good files, odd ones and hostile ones.

use image::{
    ColorType, DynamicImage, ExtendedColorType, ImageBuffer, ImageEncoder as _, Luma, RgbaImage,
    codecs::png::PngEncoder,
};

use super::*;

const SIDE: u32 = 64;
const RED: Rgb<u8> = Rgb([200, 30, 20]);
const BLUE: Rgb<u8> = Rgb([20, 40, 200]);

/// Red above blue, so that one can tell which way is up.
fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |_, y| if y < height / 2 { RED } else { BLUE },
    )
}

fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// The drawing that a file becomes.
fn drawing(file: &[u8]) -> RgbImage {
    let png = read(file, SIDE).unwrap();
    let drawing = image::load_from_memory_with_format(&png, ImageFormat::Png).unwrap();
    assert_eq!(drawing.color(), ColorType::Rgb8);
    assert_eq!(drawing.dimensions(), (SIDE, SIDE));
    drawing.into_rgb8()
}

fn is_near(Rgb(one): Rgb<u8>, Rgb(other): Rgb<u8>) -> bool {
    one.iter().zip(other).all(|(a, b)| a.abs_diff(b) < 12)
}

const KINDS: [ImageFormat; 3] = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP];

#[test]
fn a_picture_of_any_kind_and_size_becomes_a_square_that_is_always_the_same() {
    for kind in KINDS {
        for (width, height) in [(SIDE, SIDE), (640, 480), (31, 200), (1, 1)] {
            let file = file(flag(width, height), kind);
            let drawing = drawing(&file);
            if height > 1 {
                assert!(is_near(*drawing.get_pixel(32, 2), RED), "{kind:?} {width}");
                assert!(
                    is_near(*drawing.get_pixel(32, 61), BLUE),
                    "{kind:?} {width}"
                );
            }
            assert_eq!(read(&file, SIDE), read(&file, SIDE));
        }
    }
}

#[test]
fn a_picture_of_the_right_size_keeps_every_pixel() {
    let noise = RgbImage::from_fn(SIDE, SIDE, |x, y| {
        Rgb([
            (x * 37 + y * 11) as u8,
            (x * 5 + y * 91) as u8,
            (x ^ y) as u8,
        ])
    });
    assert_eq!(drawing(&file(noise.clone(), ImageFormat::Png)), noise);
}

#[test]
fn the_middle_is_used_and_nothing_is_squeezed() {
    let wide = RgbImage::from_fn(
        300,
        100,
        |x, _| if (100..200).contains(&x) { RED } else { BLUE },
    );
    let drawing = drawing(&file(wide, ImageFormat::Png));
    assert!(drawing.pixels().all(|pixel| is_near(*pixel, RED)));
}

#[test]
fn what_is_transparent_shows_white_paper_and_no_colour_that_was_hidden() {
    let glass = RgbaImage::from_fn(128, 128, |x, _| match x {
        0..64 => Rgba([0, 0, 0, 0]),
        _ => Rgba([0, 0, 0, 128]),
    });
    for kind in [ImageFormat::Png, ImageFormat::WebP] {
        let drawing = drawing(&file(glass.clone(), kind));
        assert_eq!(drawing.get_pixel(10, 10), &Rgb([255; 3]));
        assert_eq!(drawing.get_pixel(50, 10), &Rgb([127; 3]));
    }
}

#[test]
fn grey_and_fine_grained_pictures_are_read_too() {
    let grey = ImageBuffer::from_pixel(80, 80, Luma([77u8]));
    assert_eq!(
        drawing(&file(grey, ImageFormat::Png)).get_pixel(5, 5),
        &Rgb([77; 3])
    );
    let fine = ImageBuffer::from_pixel(80, 80, Rgb([30_000u16, 0, 65_535]));
    let fine = drawing(&file(fine, ImageFormat::Png));
    assert!(is_near(*fine.get_pixel(5, 5), Rgb([117, 0, 255])));
}

/// Exif that says nothing but the orientation: one entry of one short number.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif
}

/// As a camera writes it: right behind the beginning of the file.
fn photograph(picture: RgbImage, orientation: u8) -> Vec<u8> {
    let jpeg = file(picture, ImageFormat::Jpeg);
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(exif(orientation));
    let length = (segment.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &segment, &jpeg[2..]].concat()
}

#[test]
fn a_photograph_stands_upright_and_forgets_its_camera() {
    // Where red goes for each orientation of the standard: up, up, down, down, then to the sides.
    let places = [
        (1, (32, 3)),
        (2, (32, 3)),
        (3, (32, 60)),
        (4, (32, 60)),
        (5, (3, 32)),
        (6, (60, 32)),
        (7, (60, 32)),
        (8, (3, 32)),
    ];
    for (orientation, (x, y)) in places {
        let file = photograph(flag(200, 120), orientation);
        let (red, blue) = (drawing(&file), (63 - x, 63 - y));
        assert!(
            is_near(*red.get_pixel(x, y), RED),
            "orientation {orientation}"
        );
        assert!(
            is_near(*red.get_pixel(blue.0, blue.1), BLUE),
            "{orientation}"
        );
        let png = read(&file, SIDE).unwrap();
        let chunks = ["eXIf", "iCCP", "tEXt", "iTXt", "zTXt", "tIME"];
        let said = |name: &str| png.windows(4).any(|word| word == name.as_bytes());
        assert!(!chunks.into_iter().any(said));
    }
    let mut png = Vec::new();
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_exif_metadata(exif(3)).unwrap();
    encoder
        .write_image(flag(64, 64).as_raw(), 64, 64, ExtendedColorType::Rgb8)
        .unwrap();
    assert!(is_near(*drawing(&png).get_pixel(32, 60), RED));
}

#[test]
fn what_is_no_picture_is_refused_with_what_to_send_instead() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let others: [&[u8]; 6] = [
        b"",
        b"x",
        svg.as_bytes(),
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"BM\x1e\0\0\0",
        b"%PDF-1.7",
    ];
    for file in others {
        assert_eq!(read(file, SIDE), Err(Unusable::OtherKind), "{file:?}");
    }
    let said = Unusable::OtherKind.to_string();
    assert!(said.ends_with("send a PNG, JPEG or WebP file"), "{said}");
}

#[test]
fn a_file_that_breaks_off_is_refused_wherever_it_does() {
    for kind in KINDS {
        let whole = file(noise(90), kind);
        for tenths in 1..10 {
            let part = &whole[..whole.len() * tenths / 10];
            assert_eq!(
                read(part, SIDE),
                Err(Unusable::Damaged),
                "{kind:?} {tenths}"
            );
        }
    }
    let photograph = photograph(noise(90), 6);
    let part = &photograph[..photograph.len() - 40];
    assert_eq!(read(part, SIDE), Err(Unusable::Damaged));
}

#[test]
fn a_file_with_wrong_bytes_never_brings_the_server_down() {
    for kind in KINDS {
        let whole = file(noise(24), kind);
        for place in 0..whole.len().min(600) {
            for wrong in [0x00, 0x7f, 0xff] {
                let mut file = whole.clone();
                file[place] = wrong;
                // Whatever comes of it, it comes back.
                let _ = read(&file, SIDE);
            }
        }
    }
}

fn noise(side: u32) -> RgbImage {
    RgbImage::from_fn(side, side, |x, y| {
        Rgb([(x * x + 7 * y) as u8, (x * 31 + y * y) as u8, (x * y) as u8])
    })
}

#[test]
fn a_file_that_claims_to_be_huge_gets_no_memory() {
    let huge = Unusable::TooManyPixels {
        width: 60_000,
        height: 60_000,
    };
    let side = 60_000u32.to_be_bytes();
    let mut jpeg = file(flag(64, 64), ImageFormat::Jpeg);
    let frame = jpeg
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    // Behind the marker: its length, the bits of a sample, then height and width.
    jpeg[frame + 5..frame + 7].copy_from_slice(&side[2..]);
    jpeg[frame + 7..frame + 9].copy_from_slice(&side[2..]);
    assert_eq!(read(&jpeg, SIDE), Err(huge));

    let mut png = file(flag(64, 64), ImageFormat::Png);
    png[16..20].copy_from_slice(&side);
    png[20..24].copy_from_slice(&side);
    let sum = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    let refused = read(&png, SIDE).unwrap_err();
    assert!(refused.to_string().contains("60000x60000"), "{refused}");

    // A picture without a pixel has no middle.
    png[16..20].copy_from_slice(&[0; 4]);
    let sum = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    assert_eq!(read(&png, SIDE), Err(Unusable::Damaged));
}

/// The sum behind each part of a PNG file, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
    let byte = |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), step);
    !bytes.iter().fold(u32::MAX, byte)
}
