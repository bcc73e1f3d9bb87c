//! Somebody who loves warm, painterly pictures gets them, and keeps them over a power cut.

use tests::{Plan, Stack};
use wire::{image::ImageCard, learning::Belief, style::StyleView, taxonomy::Dimension};

/// Positions in the vocabulary.
const WARM: usize = 0;
const PAINTERLY: usize = 1;

#[tokio::test(flavor = "multi_thread")]
async fn after_twenty_ratings_a_style_paints_what_its_artist_loves() {
    let mut stack = Plan {
        own_postgres: true,
        ..Plan::default()
    }
    .start()
    .await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let before = ana.learned(style).await.belief.expect("a first version");

    let mut seen = Vec::new();
    for _ in 0..20 {
        let picture = ana.next(style, &[]).await;
        ana.rate(picture.id, stars(&picture)).await;
        seen.push(picture);
        ana.learned(style).await;
    }
    let taught = ana.learned(style).await;
    let after = taught.belief.expect("a version");
    let (warm, painterly) = shares(&before);
    let (warmer, more_painterly) = shares(&after);
    eprintln!("warm {warm:.2} → {warmer:.2}, painterly {painterly:.2} → {more_painterly:.2}");
    assert!(warmer > warm + 0.15, "warm {warm:.2} → {warmer:.2}");
    assert!(
        more_painterly > painterly + 0.15,
        "painterly {painterly:.2} → {more_painterly:.2}"
    );
    // Not the belief alone: what is painted has changed too.
    let (first, last) = (love_of(&seen[..5]), love_of(&seen[15..]));
    assert!(
        last > first + 0.1,
        "what is painted: {first:.2} → {last:.2}"
    );

    everything_stops_and_starts(&mut stack).await;
    assert_eq!(ana.learned(style).await, taught);
    let kept: Vec<_> = ana.pictures(style).await;
    assert!(
        seen.iter()
            .all(|old| kept.iter().any(|k| k.id == old.id && k.rating.is_some()))
    );

    for _ in 0..5 {
        let picture = ana.next(style, &[]).await;
        ana.rate(picture.id, stars(&picture)).await;
    }
    let StyleView { card, history, .. } = ana.learned(style).await;
    assert_eq!((card.ratings, history.len()), (25, 25));
    // A picture that was shown again is rated, and teaches nothing.
    let lessons: Vec<_> = history.iter().filter(|p| p.repeats.is_none()).collect();
    assert_eq!(card.version, Some(lessons.len() as u32));
    assert!(
        lessons
            .iter()
            .zip(1..)
            .all(|(point, version)| point.learned_in == Some(version))
    );
}

/// All processes end as a power cut would end them, and come back on the same disks.
async fn everything_stops_and_starts(stack: &mut Stack) {
    for worker in &mut stack.workers {
        worker.kill().expect("a worker is killed");
    }
    stack.servers[0]
        .program
        .kill()
        .expect("the server is killed");
    stack.crash_nats(false).expect("another nats-server starts");
    stack.crash_postgres().expect("Postgres starts again");
    stack.restart_server(0).await;
    for worker in &mut stack.workers {
        worker.start().expect("a worker starts again");
    }
}

/// What this artist answers: the more warm and painterly, the more stars; five only for much of
/// both, or a style would be right to stop at one.
fn stars(picture: &ImageCard) -> u8 {
    let love = love(picture);
    1 + [0.25, 0.5, 0.9, 1.3]
        .iter()
        .filter(|step| love > **step)
        .count() as u8
}

fn love(picture: &ImageCard) -> f64 {
    picture.mix.shares(Dimension::Color)[WARM] + picture.mix.shares(Dimension::Style)[PAINTERLY]
}

fn love_of(pictures: &[ImageCard]) -> f64 {
    pictures.iter().map(love).sum::<f64>() / pictures.len() as f64
}

fn shares(belief: &Belief) -> (f64, f64) {
    let mix = &belief.proposed;
    (
        mix.shares(Dimension::Color)[WARM],
        mix.shares(Dimension::Style)[PAINTERLY],
    )
}
