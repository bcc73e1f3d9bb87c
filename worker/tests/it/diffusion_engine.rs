//! The engine `ssd-1b`, as jobs use it, with the tiny checkpoint.

use std::{cell::RefCell, collections::BTreeSet, sync::Mutex};

use tokio_util::sync::CancellationToken;
use wire::{mix::Mix, taxonomy::Dimension};
use worker::{
    device::Device,
    engine::{
        Engine, EngineKind, EngineSettings, Negative, Order, PaintRequest, Painted, Start, Wishes,
    },
    handler::Failure,
    sketch::Picture,
};

use crate::diffusion_reference::tiny;

pub fn load() -> anyhow::Result<Box<dyn Engine>> {
    let settings = EngineSettings {
        model: Some(tiny().join("model")),
        steps: std::num::NonZeroUsize::new(4),
        precision: None,
    };
    EngineKind::Ssd1b.load(&settings, Device(tch::Device::Cpu))
}

fn request(prompt: &str, seed: u32) -> PaintRequest {
    PaintRequest {
        prompt: prompt.into(),
        mix: Mix::NEUTRAL,
        seed,
        width: 72,
        height: 64,
        wishes: Wishes::default(),
    }
}

fn warm() -> Mix {
    Mix::NEUTRAL
        .with(Dimension::Color, [0.8, 0.0, 0.2, 0.0, 0.0])
        .unwrap()
}

fn paint_all(engine: &dyn Engine, requests: &[PaintRequest]) -> Vec<Result<Painted, Failure>> {
    let cancel = CancellationToken::new();
    let orders: Vec<Order> = requests
        .iter()
        .map(|request| Order {
            request,
            progress: &|_, _| (),
            cancel: &cancel,
        })
        .collect();
    engine.paint_together(&orders)
}

fn paint(engine: &dyn Engine, request: PaintRequest) -> Picture {
    let painted = paint_all(engine, &[request]).remove(0).unwrap();
    Picture::from_png(&painted.png).unwrap()
}

/// The largest difference of two pictures, in steps of a byte.
fn apart(one: &Picture, other: &Picture) -> u8 {
    assert_eq!((one.width, one.height), (other.width, other.height));
    let pairs = one.rgb.iter().zip(&other.rgb);
    pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap()
}

#[test]
fn the_same_request_gives_the_same_picture_and_another_seed_another() {
    let engine = load().unwrap();
    let one = paint(&*engine, request("a quiet river", 1));
    assert_eq!((one.width, one.height), (72, 64));
    assert_eq!(one, paint(&*engine, request("a quiet river", 1)));
    assert!(apart(&one, &paint(&*engine, request("a quiet river", 2))) > 20);
    assert!(apart(&one, &paint(&*engine, request("a golden fox", 1))) > 2);
    assert!(
        engine.name().starts_with("ssd-1b 1 model-"),
        "{}",
        engine.name()
    );
}

#[test]
fn a_mix_and_each_wish_change_the_picture() {
    let engine = load().unwrap();
    let plain = paint(&*engine, request("a quiet river", 1));
    let mixed = PaintRequest {
        mix: warm(),
        ..request("a quiet river", 1)
    };
    assert!(apart(&plain, &paint(&*engine, mixed)) > 0);
    let usual = Wishes::default;
    for wishes in [
        Wishes {
            steps: Some(3),
            ..usual()
        },
        Wishes {
            guidance: Some(3.0),
            ..usual()
        },
        Wishes {
            guidance: Some(1.0),
            ..usual()
        },
        Wishes {
            negative: Negative::Nothing,
            ..usual()
        },
        Wishes {
            negative: Negative::Words(String::new()),
            ..usual()
        },
    ] {
        let wished = PaintRequest {
            wishes: wishes.clone(),
            ..request("a quiet river", 1)
        };
        assert!(apart(&plain, &paint(&*engine, wished)) > 0, "{wishes:?}");
    }
}

#[test]
fn pictures_of_several_artists_painted_together_are_as_painted_alone() {
    let engine = load().unwrap();
    let requests = [
        request("a quiet river", 1),
        PaintRequest {
            mix: warm(),
            ..request("a golden fox", 2)
        },
        PaintRequest {
            wishes: Wishes {
                guidance: Some(4.0),
                negative: Negative::Nothing,
                ..Wishes::default()
            },
            ..request("the vast storm", 3)
        },
        PaintRequest {
            width: 64,
            ..request("another shape", 4)
        },
    ];
    assert!(engine.together() > 1);
    assert!(engine.fits(&requests[0], &requests[2]));
    assert!(!engine.fits(&requests[0], &requests[3]));
    let together = paint_all(&*engine, &requests);
    for (request, painted) in requests.into_iter().zip(together) {
        let together = Picture::from_png(&painted.unwrap().png).unwrap();
        let name = request.prompt.clone();
        assert!(apart(&together, &paint(&*engine, request)) <= 1, "{name}");
    }
}

#[test]
fn progress_is_told_at_each_step_and_a_cancel_stops_one_of_two() {
    let engine = load().unwrap();
    let requests = [request("a quiet river", 1), request("a golden fox", 2)];
    let tokens = [CancellationToken::new(), CancellationToken::new()];
    let told = Mutex::new(Vec::new());
    let seen = RefCell::new(Vec::new());
    let stop_at_two = |step, steps| {
        told.lock().unwrap().push((step, steps));
        if step == 2 {
            tokens[0].cancel();
        }
    };
    let note = |step, _| seen.borrow_mut().push(step);
    let orders = [
        Order {
            request: &requests[0],
            progress: &stop_at_two,
            cancel: &tokens[0],
        },
        Order {
            request: &requests[1],
            progress: &note,
            cancel: &tokens[1],
        },
    ];
    let mut results = engine.paint_together(&orders);
    assert_eq!(results[0], Err(Failure::Cancelled));
    assert_eq!(*told.lock().unwrap(), [(1, 4), (2, 4)]);
    assert_eq!(*seen.borrow(), [1, 2, 3, 4]);
    let other = Picture::from_png(&results.remove(1).unwrap().png).unwrap();
    assert!(apart(&other, &paint(&*engine, request("a golden fox", 2))) <= 1);
}

/// Paints these; where more than `most` are painted together, the device's memory is full at the
/// second step, as libtorch says it.
fn paint_with_room_for(
    engine: &dyn Engine,
    most: usize,
    requests: &[PaintRequest],
) -> Vec<Result<Painted, Failure>> {
    let (cancel, under_way) = (CancellationToken::new(), RefCell::new(BTreeSet::new()));
    let tell = |seed: u32, step: u32, steps: u32| {
        let mut under_way = under_way.borrow_mut();
        under_way.insert(seed);
        if step == 2 && under_way.len() > most {
            under_way.clear();
            drop(under_way);
            panic!("Torch(\"CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate\")");
        }
        if step == steps {
            under_way.remove(&seed);
        }
    };
    let progress: Vec<_> = requests
        .iter()
        .map(|request| {
            let tell = &tell;
            move |step, steps| tell(request.seed, step, steps)
        })
        .collect();
    let orders: Vec<Order> = requests
        .iter()
        .zip(&progress)
        .map(|(request, progress)| Order {
            request,
            progress,
            cancel: &cancel,
        })
        .collect();
    engine.paint_together(&orders)
}

#[test]
fn where_the_memory_is_full_the_same_pictures_are_painted_in_smaller_parts() {
    let engine = load().unwrap();
    let requests: Vec<_> = (1..=3).map(|seed| request("a quiet river", seed)).collect();
    let usual = engine.together();
    let painted = paint_with_room_for(&*engine, 1, &requests);
    assert_eq!(
        engine.together(),
        1,
        "the next ones are not tried {usual} at once"
    );
    for (request, painted) in requests.iter().zip(painted) {
        let painted = Picture::from_png(&painted.unwrap().png).unwrap();
        assert!(apart(&painted, &paint(&*engine, request.clone())) <= 1);
    }
    let reason = "the device's memory does not hold one picture of 72x64";
    for refused in paint_with_room_for(&*engine, 0, &requests) {
        assert_eq!(refused, Err(Failure::Retry(reason.into())));
    }
}

#[test]
fn a_picture_to_begin_with_stays_as_much_as_its_strength_leaves() {
    let engine = load().unwrap();
    let drawing = paint(&*engine, request("a quiet river", 9));
    let from = |strength, seed| {
        paint(
            &*engine,
            over(&drawing, strength, request("a golden fox", seed)),
        )
    };
    assert_eq!(
        from(0.0, 1),
        from(0.0, 2),
        "nothing may change, so no seed matters"
    );
    assert_ne!(from(0.5, 1), from(0.5, 2));
    assert_ne!(from(0.5, 1), from(1.0, 1));
    let total = |a: &Picture, b: &Picture| -> u64 {
        a.rgb
            .iter()
            .zip(&b.rgb)
            .map(|(a, b)| u64::from(a.abs_diff(*b)))
            .sum()
    };
    let still = from(0.0, 1);
    assert!(total(&from(0.25, 1), &still) < total(&from(1.0, 1), &still));
}

#[test]
fn a_drawing_of_which_nothing_may_change_comes_back_as_it_is() {
    let engine = load().unwrap();
    let drawing = paint(&*engine, request("a quiet river", 9));
    // Too little for one of four steps is as good as nothing.
    for strength in [0.0, 0.2] {
        let still = paint(
            &*engine,
            over(&drawing, strength, request("a golden fox", 1)),
        );
        assert_eq!(still, drawing);
    }
}

#[test]
fn pictures_with_and_without_drawings_painted_together_are_as_painted_alone() {
    let engine = load().unwrap();
    let [river, fox] = [9, 10].map(|seed| paint(&*engine, request("a quiet river", seed)));
    let requests = [
        over(&river, 0.5, request("a golden fox", 1)),
        request("the vast storm", 2),
        over(&fox, 0.5, request("a quiet river", 3)),
        over(&river, 1.0, request("a golden fox", 4)),
        over(&river, 0.0, request("a golden fox", 5)),
        over(&fox, 0.0, request("the vast storm", 6)),
        over(&fox, 0.8, request("the vast storm", 7)),
    ];
    assert!(engine.fits(&requests[0], &requests[2]));
    assert!(!engine.fits(&requests[0], &requests[1]));
    // All of a drawing may change: as many steps as from nothing.
    assert!(engine.fits(&requests[1], &requests[3]));
    let together = paint_all(&*engine, &requests);
    for (request, painted) in requests.into_iter().zip(together) {
        let together = Picture::from_png(&painted.unwrap().png).unwrap();
        let seed = request.seed;
        assert!(
            apart(&together, &paint(&*engine, request)) <= 1,
            "seed {seed}"
        );
    }
}

/// The same picture, begun with a drawing.
fn over(drawing: &Picture, strength: f64, request: PaintRequest) -> PaintRequest {
    let picture = drawing.clone();
    let wishes = Wishes {
        start: Some(Start { picture, strength }),
        ..Wishes::default()
    };
    PaintRequest { wishes, ..request }
}

#[test]
fn what_cannot_be_painted_is_refused_for_good() {
    let engine = load().unwrap();
    let refusal = |request| match paint_all(&*engine, &[request]).remove(0) {
        Err(Failure::Refuse(reason)) => reason,
        other => panic!("{other:?}"),
    };
    let odd = PaintRequest {
        width: 70,
        ..request("a river", 1)
    };
    assert!(refusal(odd).contains("steps of 8"));
    let endless = Wishes {
        steps: Some(5000),
        ..Wishes::default()
    };
    let endless = PaintRequest {
        wishes: endless,
        ..request("a river", 1)
    };
    assert!(refusal(endless).contains("1 to 1000 steps"));
    let small = Picture {
        width: 8,
        height: 8,
        rgb: vec![0; 192],
    };
    let start = Some(Start {
        picture: small,
        strength: 0.5,
    });
    let other = Wishes {
        start,
        ..Wishes::default()
    };
    let other = PaintRequest {
        wishes: other,
        ..request("a river", 1)
    };
    assert!(refusal(other).contains("8x8"));
}

#[test]
fn any_multiple_of_8_can_be_painted() {
    let engine = load().unwrap();
    for (width, height) in [(64, 72), (88, 104), (136, 64), (1152, 64)] {
        let odd = PaintRequest {
            width,
            height,
            ..request("a river", 1)
        };
        let painted = paint(&*engine, odd);
        assert_eq!((painted.width, painted.height), (width, height));
    }
}
