//! A rating far back is taken back: the style becomes the one that never saw it, to the last bit.

use tests::Stack;
use wire::event::Event;

#[tokio::test(flavor = "multi_thread")]
async fn a_style_whose_third_rating_is_taken_back_is_the_style_that_never_saw_it() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana
        .create_style("Dawn", &["a lake at dawn", "an old town"])
        .await;
    let mut rated = Vec::new();
    for stars in [5, 1, 4, 2, 3, 5] {
        let picture = ana.next(style, &[]).await.id;
        ana.rate(picture, stars).await;
        rated.push(picture);
    }
    let before = ana.learned(style).await;
    let log = ana.log(style).await;
    // Another process comes to the same version, though this one went there step by step.
    assert_eq!(before.card.version, Some(6));
    assert_eq!(before.policy, Some(stack.replay(&log)));

    let mut live = tests::live::Live::open(&ana, None).await;
    let undone = ana.undo(rated[2]).await.expect("any rating can be undone");
    let told = live.find(|news| match &news.event {
        Event::PolicyMoved {
            version,
            rating: None,
            before,
            after,
            ..
        } => Some((*version, *before, *after)),
        _ => None,
    });
    let after = told.await;
    let view = ana.learned(style).await;
    assert_eq!(
        Some((7, before.belief, view.belief)),
        Some((after.0, after.1, Some(after.2)))
    );

    // The answer named the job, and the style says what came of it, and that it was checked.
    let replay = view.replay.expect("it was replayed");
    assert_eq!(Some(replay.job), undone.replay);
    let done = replay.done.expect("the job is done");
    assert!(done.verified, "{done:?}");
    assert_eq!(
        (view.card.version, view.policy),
        (Some(7), Some(done.policy))
    );

    // The version of the style that never saw it, made by another process.
    let mut never_seen = log.clone();
    never_seen.samples.remove(2);
    assert_eq!(ana.log(style).await, never_seen);
    assert_eq!(done.policy, stack.replay(&never_seen));
    // Versions that had not seen it stay, those that had are gone, and no number comes twice.
    let learned: Vec<_> = view.history.iter().map(|point| point.learned_in).collect();
    assert_eq!(learned, [1, 2, 7, 7, 7].map(Some));
    let versions = "select count(*) from versions where style_id = $1";
    assert_eq!(stack.database.number(versions, style.0).await, 4);

    // The picture can be rated again, as the newest, and the style goes on from there.
    assert_eq!(ana.next(style, &[]).await.id, rated[2]);
    ana.rate(rated[2], 1).await;
    let on = ana.learned(style).await;
    assert_eq!(on.card.version, Some(8));
    let log = ana.log(style).await;
    assert_eq!(log.samples.last().map(|s| s.stars.get()), Some(1));
    assert_eq!(on.policy, Some(stack.replay(&log)));
}
