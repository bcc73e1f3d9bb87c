//! The painter's own pictures for documents and pages: two contact sheets and the landing page's.
//!
//! Only these functions touch files; painting itself never does.

use std::{fs, io, path::Path};

use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, Dimension, VALUES},
};

use super::{Picture, Size, lettering, paint};

/// What a reader waits for on a slow line, in bytes.
const SHEET_LIMIT: usize = 300_000;
const PICTURE_LIMIT: usize = 80_000;

/// Pixels per picture on a sheet, and above each for its caption.
const CELL: usize = 128;
const CAPTION: usize = 13;

/// Writes `contact-sheet.jpg`, every attribute value for four prompts, and
/// `contact-sheet-blends.jpg`, five ways from one value to another.
pub fn write(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    fs::write(
        dir.join("contact-sheet.jpg"),
        within(&values(), SHEET_LIMIT),
    )?;
    fs::write(
        dir.join("contact-sheet-blends.jpg"),
        within(&blends(), SHEET_LIMIT),
    )
}

/// Writes the landing page's pictures: one prompt under four mixes, and four other prompts.
pub fn write_landing(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    for (name, prompt, seed, parts) in LANDING {
        let picture = paint(prompt, &mix(parts), seed, Size::square(512));
        fs::write(
            dir.join(name).with_extension("jpg"),
            within(&picture, PICTURE_LIMIT),
        )?;
    }
    Ok(())
}

type Parts = &'static [(&'static str, f64)];

const LANDING: [(&str, &str, u64, Parts); 8] = [
    (
        "lake-warm-painterly",
        "a lake at dawn",
        12,
        &[
            ("warm", 0.6),
            ("vibrant", 0.4),
            ("painterly", 1.0),
            ("peaceful", 1.0),
            ("rule-of-thirds", 1.0),
        ],
    ),
    (
        "lake-cool-minimalist",
        "a lake at dawn",
        12,
        &[
            ("cool", 0.7),
            ("muted", 0.3),
            ("minimalist", 1.0),
            ("peaceful", 1.0),
            ("centered", 1.0),
        ],
    ),
    (
        "lake-vibrant-abstract",
        "a lake at dawn",
        12,
        &[
            ("vibrant", 0.8),
            ("warm", 0.2),
            ("abstract", 1.0),
            ("energetic", 1.0),
            ("dynamic", 1.0),
        ],
    ),
    (
        "lake-surreal-symmetrical",
        "a lake at dawn",
        12,
        &[
            ("cool", 0.6),
            ("vibrant", 0.4),
            ("surreal", 1.0),
            ("mysterious", 0.6),
            ("joyful", 0.4),
            ("symmetrical", 1.0),
        ],
    ),
    (
        "city-night",
        "a city at night",
        5,
        &[
            ("vibrant", 0.7),
            ("cool", 0.3),
            ("realistic", 0.7),
            ("painterly", 0.3),
            ("energetic", 0.4),
            ("peaceful", 0.6),
            ("rule-of-thirds", 1.0),
        ],
    ),
    (
        "still-life-vibrant",
        "apples and a green bottle",
        3,
        &[
            ("vibrant", 0.6),
            ("warm", 0.4),
            ("painterly", 1.0),
            ("joyful", 0.4),
            ("peaceful", 0.6),
            ("asymmetric", 1.0),
        ],
    ),
    (
        "flowers-joyful",
        "flowers in a meadow",
        7,
        &[
            ("vibrant", 1.0),
            ("painterly", 0.5),
            ("realistic", 0.5),
            ("joyful", 1.0),
            ("rule-of-thirds", 1.0),
        ],
    ),
    (
        "fox-minimalist",
        "a fox in autumn",
        4,
        &[
            ("warm", 0.7),
            ("vibrant", 0.3),
            ("minimalist", 0.7),
            ("realistic", 0.3),
            ("peaceful", 1.0),
            ("centered", 1.0),
        ],
    ),
];

/// Four blocks, one per dimension: a column per value, a row per prompt.
fn values() -> Picture {
    const PROMPTS: [(&str, u64); 4] = [
        ("a lake at dawn", 12),
        ("a city", 5),
        ("portrait of a woman", 5),
        ("flowers", 7),
    ];
    let mut sheet = Sheet::new(2 * VALUES, 2 * PROMPTS.len(), 2);
    for dimension in Dimension::ALL {
        let (right, below) = (dimension.index() % 2 * VALUES, dimension.index() / 2);
        for (column, value) in dimension.values().into_iter().enumerate() {
            for (row, (prompt, seed)) in PROMPTS.into_iter().enumerate() {
                let picture = paint(prompt, &mix(&[(value, 1.0)]), seed, Size::square(512));
                let caption = (row == 0).then_some(value);
                sheet.put(
                    right + column,
                    below * PROMPTS.len() + row,
                    below + 1,
                    &picture,
                    caption,
                );
            }
        }
    }
    sheet.picture
}

/// One blend per row, from all of the first value to all of the second.
fn blends() -> Picture {
    const STEPS: usize = 7;
    const BLENDS: [(&str, u64, &str, &str); 5] = [
        ("a city", 5, "cool", "warm"),
        ("a lake at dawn", 2, "realistic", "painterly"),
        ("still life", 2, "minimalist", "abstract"),
        ("a valley", 5, "joyful", "mysterious"),
        ("a lake", 7, "centered", "dynamic"),
    ];
    let mut sheet = Sheet::new(STEPS, BLENDS.len(), BLENDS.len());
    for (row, (prompt, seed, from, to)) in BLENDS.into_iter().enumerate() {
        for step in 0..STEPS {
            let share = step as f64 / (STEPS - 1) as f64;
            let picture = paint(
                prompt,
                &mix(&[(from, 1.0 - share), (to, share)]),
                seed,
                Size::square(512),
            );
            let percent = (share * 100.0) as u32;
            let caption = format!("{percent}% {to}");
            sheet.put(
                step,
                row,
                row + 1,
                &picture,
                Some(if step == 0 { from } else { &caption }),
            );
        }
    }
    sheet.picture
}

/// A mix from named shares. A dimension nobody names is left undecided, but for style and
/// composition, where undecided pictures would say little.
fn mix(parts: &[(&str, f64)]) -> Mix {
    let mut rows = [[0.0; VALUES]; DIMENSIONS];
    for dimension in Dimension::ALL {
        let five = &mut rows[dimension.index()];
        for (share, value) in five.iter_mut().zip(dimension.values()) {
            *share = parts
                .iter()
                .filter(|(name, _)| *name == value)
                .map(|(_, share)| share)
                .sum();
        }
        if five.iter().sum::<f64>() == 0.0 {
            *five = match dimension {
                Dimension::Style => [0.7, 0.3, 0.0, 0.0, 0.0],
                Dimension::Composition => [0.0, 1.0, 0.0, 0.0, 0.0],
                Dimension::Color | Dimension::Mood => [0.2; VALUES],
            };
        }
    }
    Mix::new(rows).expect("the shares named here make a whole")
}

/// Many small pictures on one.
struct Sheet {
    picture: Picture,
}

impl Sheet {
    fn new(columns: usize, rows: usize, captions: usize) -> Self {
        let (width, height) = (columns * CELL, rows * CELL + captions * CAPTION);
        let rgb = vec![246; width * height * 3];
        Self {
            picture: Picture {
                width: width as u32,
                height: height as u32,
                rgb,
            },
        }
    }

    /// Shrinks a picture of 512 pixels into its cell, below as many captions as there are so far.
    fn put(
        &mut self,
        column: usize,
        row: usize,
        captions: usize,
        from: &Picture,
        caption: Option<&str>,
    ) {
        let (left, top) = (column * CELL, row * CELL + captions * CAPTION);
        let (source, target) = (from.width as usize, self.picture.width as usize);
        let block = source / CELL;
        for y in 0..CELL {
            for x in 0..CELL {
                for channel in 0..3 {
                    let sum: usize = (0..block * block)
                        .map(|i| {
                            ((y * block + i / block) * source + x * block + i % block) * 3 + channel
                        })
                        .map(|i| usize::from(from.rgb[i]))
                        .sum();
                    self.picture.rgb[((top + y) * target + left + x) * 3 + channel] =
                        (sum / (block * block)) as u8;
                }
            }
        }
        if let Some(caption) = caption {
            lettering::write(&mut self.picture, left + 3, top - CAPTION + 3, caption);
        }
    }
}

/// The best JPEG that keeps to a size.
fn within(picture: &Picture, limit: usize) -> Vec<u8> {
    (30..=90)
        .rev()
        .step_by(4)
        .map(|quality| picture.to_jpeg(quality))
        .find(|file| file.len() <= limit)
        .unwrap_or_else(|| picture.to_jpeg(26))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_on_the_sheets_is_in_the_vocabulary() {
        let known: Vec<&str> = Dimension::ALL
            .into_iter()
            .flat_map(Dimension::values)
            .collect();
        for (picture, _, _, parts) in LANDING {
            for (value, _) in parts {
                assert!(known.contains(value), "{picture} names {value}");
            }
        }
    }

    #[test]
    fn a_caption_leaves_ink_on_the_sheet() {
        let mut sheet = Sheet::new(1, 1, 1);
        let blank = Picture {
            width: 512,
            height: 512,
            rgb: vec![246; 512 * 512 * 3],
        };
        sheet.put(0, 0, 1, &blank, Some("warm"));
        assert!(sheet.picture.rgb.iter().any(|&byte| byte < 60));
        assert!(within(&sheet.picture, 10_000).len() < 10_000);
    }
}
