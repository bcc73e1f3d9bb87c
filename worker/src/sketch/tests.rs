//! What the painter promises: sameness, difference, order and calm.

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use wire::{
    mix::Mix,
    taxonomy::{Dimension, VALUES},
};

use super::{Picture, Size, oklab::Lab, paint};

const SIZE: Size = Size::square(96);
const PROMPTS: [&str; 5] = [
    "a lake at dawn",
    "a city",
    "portrait of a woman",
    "still life",
    "flowers",
];

/// Everything undecided but one value.
pub(super) fn pure(dimension: Dimension, value: usize) -> Mix {
    let mut five = [0.0; VALUES];
    five[value] = 1.0;
    Mix::NEUTRAL.with(dimension, five).unwrap()
}

fn between(dimension: Dimension, from: usize, to: usize, share: f64) -> Mix {
    Mix::blend(&[
        (1.0 - share, pure(dimension, from)),
        (share, pure(dimension, to)),
    ])
    .unwrap()
}

fn colours(picture: &Picture) -> Vec<Lab> {
    picture
        .rgb
        .chunks_exact(3)
        .map(|rgb| Lab::from_srgb([rgb[0], rgb[1], rgb[2]]))
        .collect()
}

/// How far apart two pictures are, pixel by pixel, in `OKLab`.
pub(super) fn distance(a: &Picture, b: &Picture) -> f32 {
    let (a, b) = (colours(a), colours(b));
    a.iter().zip(&b).map(|(a, b)| a.distance(*b)).sum::<f32>() / a.len() as f32
}

pub(super) fn mean(picture: &Picture, of: impl Fn(Lab) -> f32) -> f32 {
    let colours = colours(picture);
    colours.iter().map(|lab| of(*lab)).sum::<f32>() / colours.len() as f32
}

fn print(rgb: &[u8]) -> String {
    let digest = Sha256::digest(rgb);
    let first: [u8; 8] = std::array::from_fn(|i| digest[i]);
    format!("{:016x}", u64::from_be_bytes(first))
}

/// Pinned on purpose: a record names engine, version, prompt, mix and seed, and must paint the
/// same picture for ever. If this changes, raise [`super::VERSION`].
#[test]
fn the_same_input_paints_the_same_bytes_on_every_machine() {
    let prints = PROMPTS.map(|prompt| {
        let styles = (0..VALUES).map(|style| pure(Dimension::Style, style));
        let all: Vec<Picture> = styles.map(|mix| paint(prompt, &mix, 7, SIZE)).collect();
        let rgb: Vec<u8> = all.into_iter().flat_map(|picture| picture.rgb).collect();
        print(&rgb)
    });
    assert_eq!(
        prints,
        [
            "406fdeb287714453",
            "d776f62c579342ea",
            "c9c7002e1363ac7a",
            "8f1cb9c68e55e1ff",
            "4206c4951c93587c",
        ]
    );
}

#[test]
fn another_seed_or_prompt_is_another_picture() {
    let lake = paint("a lake", &Mix::NEUTRAL, 1, SIZE);
    assert_eq!(
        lake,
        paint("A LAKE!", &Mix::NEUTRAL, 1, SIZE),
        "spelling does not matter"
    );
    assert!(distance(&lake, &paint("a lake", &Mix::NEUTRAL, 2, SIZE)) > 0.02);
    assert!(distance(&lake, &paint("a city", &Mix::NEUTRAL, 1, SIZE)) > 0.02);
}

#[test]
fn the_five_values_of_each_dimension_can_be_told_apart() {
    for dimension in Dimension::ALL {
        for prompt in PROMPTS {
            let five: Vec<Picture> = (0..VALUES)
                .map(|value| paint(prompt, &pure(dimension, value), 3, SIZE))
                .collect();
            for a in 0..VALUES {
                for b in 0..a {
                    let apart = distance(&five[a], &five[b]);
                    let names = dimension.values();
                    assert!(
                        apart > 0.02,
                        "{prompt}: {} and {} are {apart} apart",
                        names[a],
                        names[b]
                    );
                }
            }
        }
    }
}

#[test]
fn each_step_towards_warm_is_warmer() {
    for prompt in PROMPTS {
        let warmth = |share: f64| {
            let mix = between(Dimension::Color, 1, 0, share);
            mean(&paint(prompt, &mix, 5, SIZE), |lab| lab.b)
        };
        let steps: Vec<f32> = (0..=5).map(|step| warmth(f64::from(step) / 5.0)).collect();
        assert!(steps.is_sorted_by(|a, b| a < b), "{prompt}: {steps:?}");
    }
}

#[test]
fn each_step_from_muted_to_vibrant_is_purer() {
    for prompt in PROMPTS {
        let purity = |share: f64| {
            let mix = between(Dimension::Color, 3, 2, share);
            mean(&paint(prompt, &mix, 5, SIZE), Lab::chroma)
        };
        let steps: Vec<f32> = (0..=5).map(|step| purity(f64::from(step) / 5.0)).collect();
        assert!(steps.is_sorted_by(|a, b| a < b), "{prompt}: {steps:?}");
    }
}

#[test]
fn monochrome_has_hardly_any_colour() {
    for prompt in PROMPTS {
        let picture = paint(prompt, &pure(Dimension::Color, 4), 5, SIZE);
        assert!(mean(&picture, Lab::chroma) < 0.03, "{prompt}");
    }
}

#[test]
fn a_small_step_of_the_mix_is_a_small_step_of_the_picture() {
    for dimension in Dimension::ALL {
        for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)] {
            for start in [0.1, 0.48, 0.9] {
                let at = |share: f64| {
                    paint(
                        "a lake at dawn",
                        &between(dimension, from, to, share),
                        9,
                        SIZE,
                    )
                };
                let whole = distance(&at(0.0), &at(1.0));
                let step = distance(&at(start), &at(start + 0.02));
                let names = dimension.values();
                assert!(
                    step < 0.025 && step < 0.35 * whole,
                    "{} to {} at {start}: a step of {step} on a way of {whole}",
                    names[from],
                    names[to],
                );
            }
        }
    }
}

#[test]
fn a_symmetrical_picture_is_its_own_mirror_image() {
    let mix = pure(Dimension::Composition, 3);
    let asymmetry = |mix: &Mix| {
        let picture = paint("a lake", mix, 3, SIZE);
        let mirrored: Vec<u8> = picture
            .rgb
            .chunks_exact(96 * 3)
            .flat_map(|row| {
                row.chunks_exact(3)
                    .rev()
                    .flatten()
                    .copied()
                    .collect::<Vec<u8>>()
            })
            .collect();
        distance(
            &picture,
            &Picture {
                rgb: mirrored,
                ..picture.clone()
            },
        )
    };
    let (mirrored, other) = (asymmetry(&mix), asymmetry(&pure(Dimension::Composition, 2)));
    assert!(mirrored < 0.6 * other, "{mirrored} against {other}");
}

#[test]
fn the_first_colour_named_colours_the_subject() {
    let red = paint("a red boat", &Mix::NEUTRAL, 3, SIZE);
    let blue = paint("a blue boat", &Mix::NEUTRAL, 3, SIZE);
    let redness = |picture: &Picture| {
        colours(picture)
            .into_iter()
            .map(|lab| lab.a)
            .fold(f32::MIN, f32::max)
    };
    assert!(redness(&red) > redness(&blue) + 0.03);
}

#[test]
fn a_png_holds_the_picture_without_loss() {
    let picture = paint("a fox", &Mix::NEUTRAL, 3, SIZE);
    let file = picture.to_png();
    assert_eq!(file, picture.to_png());
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut rgb).unwrap();
    assert_eq!(rgb, picture.rgb);
}

fn any_mix() -> impl Strategy<Value = Mix> {
    let five = prop::array::uniform5(0.0f64..1.0);
    prop::array::uniform4(five).prop_map(|rows| {
        let whole = |five: [f64; VALUES]| {
            let sum: f64 = five.iter().sum();
            if sum > 0.0 {
                five.map(|share| share / sum)
            } else {
                [0.2; VALUES]
            }
        };
        Mix::new(rows.map(whole)).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_under_any_mix_in_any_size_become_a_picture(
        words in prop_oneof![
            Just(String::new()),
            Just("🦊🌊 ünïcode \u{202e} \0".to_owned()),
            Just("lake city fox ".repeat(720)),
            prop::sample::select(vec![
                "sea storm", "whale", "owl", "bird", "deer", "rabbit", "koi", "castle", "snowy balloon",
                "night room", "autumn forest", "lighthouse in fog", "winter tree", "violet jazz",
            ]).prop_map(str::to_owned),
            any::<String>(),
        ],
        mix in any_mix(),
        seed in any::<u64>(),
        (columns, rows) in (8u32..=48, 8u32..=48),
    ) {
        let size = Size { width: columns * 8, height: rows * 8 };
        let picture = paint(&words, &mix, seed, size);
        prop_assert_eq!(picture.rgb.len(), (size.width * size.height * 3) as usize);
    }
}

#[test]
fn the_longest_and_the_narrowest_sizes_are_painted_too() {
    for (width, height) in [(64, 1024), (1024, 64), (1024, 1024), (72, 520)] {
        let size = Size { width, height };
        let mix = pure(Dimension::Composition, 4);
        assert_eq!(
            paint("a city", &mix, 1, size).rgb.len(),
            (width * height * 3) as usize
        );
    }
}
