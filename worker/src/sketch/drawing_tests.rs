//! What painting over a drawing promises.

use wire::{
    mix::Mix,
    taxonomy::{Dimension, VALUES},
};

use super::{
    Picture, Size,
    oklab::Lab,
    paint, paint_over,
    tests::{distance, mean, pure},
};

const SIDE: u32 = 96;
const PROMPT: &str = "a boat on a lake";

/// Paper, a dark ring, a sun and some water, as somebody may draw them.
fn drawing() -> Picture {
    let dot = |x: u32, y: u32| -> [u8; 3] {
        let at = |u: u32, v: u32| ((x.abs_diff(u)).pow(2) + (y.abs_diff(v)).pow(2)) as f32;
        let ring = at(40, 44).sqrt();
        match () {
            () if (22.0..26.0).contains(&ring) => [30, 30, 40],
            () if at(74, 18).sqrt() < 9.0 => [250, 200, 40],
            () if y > 70 => [60, 110, 190],
            () => [250, 248, 240],
        }
    };
    let pixels = (0..SIDE * SIDE).flat_map(|i| dot(i % SIDE, i / SIDE));
    Picture {
        width: SIDE,
        height: SIDE,
        rgb: pixels.collect(),
    }
}

fn over(strength: f64, mix: &Mix) -> Picture {
    paint_over(&drawing(), strength, PROMPT, mix, 5)
}

/// Each attribute value for itself.
fn all() -> impl Iterator<Item = (Dimension, usize, Mix)> {
    Dimension::ALL
        .into_iter()
        .flat_map(|dimension| (0..VALUES).map(move |v| (dimension, v, pure(dimension, v))))
}

#[test]
fn at_no_strength_the_picture_is_the_drawing_to_the_last_pixel() {
    for (.., mix) in all() {
        assert_eq!(over(0.0, &mix), drawing());
    }
}

#[test]
fn the_same_strength_paints_the_same_bytes_and_another_seed_others() {
    let mix = pure(Dimension::Style, 1);
    assert_eq!(over(0.6, &mix), over(0.6, &mix));
    let other = paint_over(&drawing(), 0.6, PROMPT, &mix, 6);
    assert_ne!(over(0.6, &mix), other);
}

#[test]
fn a_little_more_strength_changes_a_little_more() {
    for (dimension, value, mix) in all() {
        let steps: Vec<Picture> = (0..=10).map(|n| over(f64::from(n) / 10.0, &mix)).collect();
        for (n, pair) in steps.windows(2).enumerate() {
            let step = distance(&pair[0], &pair[1]);
            assert!(step < 0.08, "{dimension:?} {value}, step {n}: {step}");
        }
        let first = distance(&steps[0], &over(0.002, &mix));
        assert!(
            first < 0.004,
            "{dimension:?} {value}: it begins with {first}"
        );
        let away: Vec<f32> = steps.iter().map(|p| distance(&steps[0], p)).collect();
        assert!(
            away[2] < away[5] && away[5] < away[10],
            "{dimension:?} {value}: {away:?}"
        );
    }
}

#[test]
fn warm_and_cool_vibrant_and_muted_can_be_told_apart_at_the_usual_strength() {
    let colour = |value| over(0.6, &pure(Dimension::Color, value));
    let yellow = |picture: &Picture| mean(picture, |lab| lab.b);
    assert!(yellow(&colour(0)) > yellow(&colour(1)) + 0.04);
    let chroma = |picture: &Picture| mean(picture, Lab::chroma);
    assert!(chroma(&colour(2)) > 1.3 * chroma(&colour(3)));
    assert!(chroma(&colour(4)) < 0.6 * chroma(&colour(2)));
}

#[test]
fn the_five_values_of_each_dimension_can_be_told_apart_over_a_drawing() {
    for dimension in Dimension::ALL {
        let five: Vec<Picture> = (0..VALUES)
            .map(|v| over(0.8, &pure(dimension, v)))
            .collect();
        for (i, one) in five.iter().enumerate() {
            for (j, other) in five.iter().enumerate().skip(i + 1) {
                let apart = distance(one, other);
                assert!(apart > 0.008, "{dimension:?} {i} and {j}: {apart}");
            }
        }
    }
}

#[test]
fn a_picture_over_a_drawing_is_nearer_to_it_than_one_from_nothing() {
    let from_nothing = paint(PROMPT, &Mix::NEUTRAL, 5, Size::square(SIDE));
    let free = distance(&from_nothing, &drawing());
    for strength in [0.3, 0.6] {
        assert!(distance(&over(strength, &Mix::NEUTRAL), &drawing()) < 0.6 * free);
    }
}

#[test]
fn a_drawing_of_any_shape_is_painted_over() {
    for (width, height) in [(64, 1024), (520, 72), (8, 8)] {
        let rgb = vec![200; (width * height * 3) as usize];
        let start = Picture { width, height, rgb };
        for (.., mix) in all() {
            let over = paint_over(&start, 1.0, PROMPT, &mix, 1);
            assert_eq!(over.rgb.len(), start.rgb.len());
        }
    }
}
