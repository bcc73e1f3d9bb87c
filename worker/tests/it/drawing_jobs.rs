//! Jobs that paint over a drawing.

use wire::{
    drawing::{Drawing, Strength},
    ids::{BlobHash, PolicyHash},
    job::{Product, Verdict, Work},
};
use worker::sketch::Picture;

use crate::house::{House, paint};

fn paint_over(policy: PolicyHash, blob: BlobHash, strength: f64) -> Work {
    let Work::GenerateImage(mut job) = paint(policy, "a lake at dawn") else {
        panic!("a picture is asked for")
    };
    let strength = Strength::new(strength).unwrap();
    job.drawing = Some(Drawing { blob, strength });
    Work::GenerateImage(job)
}

fn drawing(side: u32) -> Picture {
    let rgb = (0..side * side * 3).map(|i| (i * 7 % 251) as u8).collect();
    Picture {
        width: side,
        height: side,
        rgb,
    }
}

async fn painted(house: &House, work: Work) -> Picture {
    let verdict = house.run(work).await;
    let Verdict::Done {
        product: Product::GenerateImage(made),
    } = verdict
    else {
        panic!("{verdict:?}")
    };
    let bytes = house.blobs.get(made.blob).await.unwrap();
    Picture::from_png(&bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_starts_from_the_drawing_as_much_as_its_strength_leaves() {
    let house = House::open().await;
    let policy = house.first_version().await;
    let blob = house.blobs.put(drawing(64).to_png()).await.unwrap();
    let still = painted(&house, paint_over(policy, blob, 0.0)).await;
    assert_eq!(still, drawing(64));
    let half = painted(&house, paint_over(policy, blob, 0.5)).await;
    let free = painted(&house, paint(policy, "a lake at dawn")).await;
    assert!(half != still && half != free);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drawing_that_is_gone_is_asked_about_again_and_a_wrong_one_is_not() {
    let house = House::open().await;
    let policy = house.first_version().await;
    let gone = BlobHash::from_bytes([7; 32]);
    let verdict = house.run(paint_over(policy, gone, 0.5)).await;
    let reason = format!("there is no blob {gone}");
    assert_eq!(verdict, Verdict::Retry { reason });

    let small = house.blobs.put(drawing(32).to_png()).await.unwrap();
    let text = house.blobs.put(b"no picture".to_vec()).await.unwrap();
    for (blob, because) in [(small, "has 32x32 pixels"), (text, "is unusable")] {
        match house.run(paint_over(policy, blob, 0.5)).await {
            Verdict::Refuse { reason } => assert!(reason.contains(because), "{reason}"),
            other => panic!("{other:?}"),
        }
    }
}
