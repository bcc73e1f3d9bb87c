//! A style from its first version to the picture after a rating.

use wire::job::{ImageMade, Learned, Product, Verdict, Work};

use crate::house::{House, learn, paint, rated};

async fn learned(house: &House, work: Work) -> Learned {
    match house.run(work).await {
        Verdict::Done {
            product: Product::LearnFromRatings(learned),
        } => learned,
        other => panic!("{other:?}"),
    }
}

async fn painted(house: &House, work: Work) -> ImageMade {
    match house.run(work).await {
        Verdict::Done {
            product: Product::GenerateImage(image),
        } => image,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_begins_paints_is_rated_and_learns() {
    let house = House::open().await;

    let begun = learned(&house, learn(None, 0, Vec::new())).await;
    assert_eq!(begun.parent, None);
    let [first] = &begun.steps[..] else {
        panic!("{begun:?}")
    };
    assert_eq!(first.rating, None);

    let image = painted(&house, paint(first.policy, "a lake at dawn")).await;
    assert_eq!(image.proposal.policy, first.policy);
    assert_eq!((image.width, image.height), (64, 64));
    assert!(image.engine.starts_with("sketch "), "{}", image.engine);
    let png = house.blobs.get(image.blob).await.unwrap();
    assert_eq!(png.len() as u64, image.bytes);
    assert!(png.starts_with(b"\x89PNG"));

    let samples = vec![rated(5, image.proposal.clone()), rated(2, image.proposal)];
    let ratings: Vec<_> = samples.iter().map(|sample| Some(sample.rating)).collect();
    let update = learned(&house, learn(Some(first.policy), 0, samples.clone())).await;
    assert_eq!(update.parent, Some(first.policy));
    assert_eq!(
        update
            .steps
            .iter()
            .map(|step| step.rating)
            .collect::<Vec<_>>(),
        ratings
    );
    assert_ne!(update.steps[0].policy, update.steps[1].policy);

    // The newest version can be painted with, though this worker has only stored it.
    let newest = update.steps[1].policy;
    let next = painted(&house, paint(newest, "a lake at dawn")).await;
    assert_eq!(next.proposal.policy, newest);

    // Every message is gone, and every job was asked for and settled once.
    house.server.queue_is_empty().await;
    let (starts, outcomes) = house
        .server
        .heard(|heard| (heard.starts.len(), heard.outcomes.len()));
    assert_eq!((starts, outcomes), (4, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_log_makes_the_same_versions_on_another_worker() {
    let house = House::open().await;
    let first = house.first_version().await;
    let image = painted(&house, paint(first, "a lake at dawn")).await;
    let samples: Vec<_> = [5, 1, 4]
        .map(|stars| rated(stars, image.proposal.clone()))
        .into();

    // Here all at once from nothing, there one job per rating on a worker that remembers nothing.
    let at_once = learned(&house, learn(None, 0, samples.clone())).await;
    let other = House::open().await;
    let mut head = other.first_version().await;
    assert_eq!(head, at_once.steps[0].policy);
    for (place, sample) in samples.into_iter().enumerate() {
        let one = learned(&other, learn(Some(head), place as u32, vec![sample])).await;
        head = one.steps[0].policy;
        assert_eq!(head, at_once.steps[place + 1].policy);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_says_that_it_is_alive_and_what_it_does() {
    let house = House::open().await;
    let first = house.first_version().await;
    let job = house
        .server
        .enqueue(paint(first, crate::house::GATED))
        .await;
    let beat = house
        .server
        .wait(|heard| heard.beats.iter().find(|beat| beat.jobs == [job]).cloned())
        .await;
    assert_eq!(
        (beat.name.as_str(), beat.device.as_str()),
        ("worker-1", "cpu")
    );
    assert!(beat.engine.starts_with("sketch "), "{}", beat.engine);
    // What it will show is told before anything of it is painted.
    let proposed = house
        .server
        .wait(|heard| {
            let mut told = heard.progress.iter().filter(|told| told.job == job);
            told.find_map(|told| told.proposed)
        })
        .await;
    house.gate.send(()).unwrap();
    let Verdict::Done {
        product: Product::GenerateImage(image),
    } = house.server.outcome(job).await.verdict
    else {
        panic!("the picture is painted")
    };
    assert_eq!(image.proposal.mix, proposed);
    let beats = house.server.heard(|heard| heard.beats.len());
    house
        .server
        .wait(|heard| {
            heard.beats[beats..]
                .iter()
                .find(|beat| beat.jobs.is_empty())
                .map(|_| ())
        })
        .await;
}
