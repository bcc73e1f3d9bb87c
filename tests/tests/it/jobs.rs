//! Jobs that fail: how often they are tried, what the artist hears, how a style recovers.

mod clocks;
mod deadlines;
mod order;
mod outcomes;
mod proposals;
mod sweep;

use std::{fs, path::PathBuf};

use tests::{Stack, live::Live, wait};
use wire::{event::Event, ids::StyleId};

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_tried_three_times_and_says_why_it_failed() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    let ready = ana.next(style, &[picture]).await.id;
    let before = ana.learned(style).await;

    // The snapshot is gone, and the worker that remembers it too.
    let snapshot = snapshot(&stack, style, 0).await;
    let aside = snapshot.with_extension("aside");
    fs::rename(&snapshot, &aside).expect("the snapshot is there");
    stack.workers[0].kill().expect("the worker is killed");
    stack.workers[0].start().expect("the worker starts again");
    let mut live = Live::open(&ana, None).await;
    ana.rate(picture, 5).await;
    let told = live
        .find(|news| match &news.event {
            Event::Trouble {
                style: whose,
                reason,
            } if *whose == style => Some(reason.clone()),
            _ => None,
        })
        .await;
    let name = snapshot.file_name().expect("a name").to_string_lossy();
    assert!(
        told.contains("there is no blob") && told.contains(&*name),
        "{told}"
    );
    let view = ana.style(style).await;
    assert_eq!(view.trouble, Some(told));
    assert_eq!((view.waiting, &view.belief), (1, &before.belief));
    let tries = "select attempt::bigint from jobs where style_id = $1 and state = 'failed'";
    assert_eq!(stack.database.number(tries, style.0).await, 3);

    // What was broken is mended: the next rating brings the lost one along.
    fs::rename(&aside, &snapshot).expect("the snapshot comes back");
    ana.rate(ready, 1).await;
    let after = ana.learned(style).await;
    assert_eq!((after.card.version, after.trouble), (Some(2), None));
    assert_eq!(
        after
            .history
            .iter()
            .map(|p| p.learned_in)
            .collect::<Vec<_>>(),
        [Some(1), Some(2)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_snapshot_is_never_learned_from() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    ana.next(style, &[picture]).await;
    let before = ana.learned(style).await;

    let snapshot = snapshot(&stack, style, 0).await;
    let whole = fs::read(&snapshot).expect("the snapshot is there");
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(&snapshot, damaged).expect("one bit tips over");
    stack.workers[0].kill().expect("the worker is killed");
    stack.workers[0].start().expect("the worker starts again");
    ana.rate(picture, 5).await;

    let trouble = wait::until("the style is in trouble", async || {
        ana.style(style).await.trouble.ok_or("no trouble")
    });
    let trouble = trouble.await;
    assert!(trouble.contains("damaged"), "{trouble}");
    assert_eq!(ana.style(style).await.belief, before.belief);
    // No use trying again: the bytes will not change by themselves.
    let tries = "select attempt::bigint from jobs where style_id = $1 and state = 'failed'";
    assert_eq!(stack.database.number(tries, style.0).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_that_is_deleted_takes_its_jobs_along() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let gone = ana.create_style("Gone", &["a lake at dawn"]).await;
    ana.next(gone, &[]).await;
    stack.workers[0].freeze().expect("the worker is stopped");
    let kept = ana.create_style("Kept", &["an old town"]).await;
    let half = ana.create_style("Half done", &["an old town"]).await;
    for style in [gone, half] {
        ana.delete(&format!("/styles/{style}"))
            .await
            .expect("the style is deleted");
        let left = "select count(*) from jobs where style_id = $1";
        assert_eq!(stack.database.number(left, style.0).await, 0);
    }
    // Messages about jobs that are no more do not stop the worker.
    stack.workers[0].thaw().expect("the worker goes on");
    ana.next(kept, &[]).await;
    let styles: Vec<wire::style::StyleCard> = ana.get("/styles").await.expect("a list");
    assert_eq!(
        styles.iter().map(|card| card.id).collect::<Vec<_>>(),
        [kept]
    );
    stack.workers[0].kill().expect("the worker is killed");
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_are_not_wanted_any_more_do_not_appear() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    ana.next(style, &[picture]).await;
    // Two are asked for, and nobody paints them.
    stack.workers[0].kill().expect("the worker is killed");
    ana.skip(picture).await;
    let before = ana.pictures(style).await.len();
    ana.delete(&format!("/styles/{style}/jobs"))
        .await
        .expect("they are cancelled");
    let open = "select count(*) from jobs where style_id = $1
        and state in ('queued', 'running', 'cancelling')";
    assert_eq!(stack.database.number(open, style.0).await, 0);

    stack.workers[0].start().expect("the worker starts again");
    stack.workers_are_heard(1).await;
    // Another style's picture comes through, so the queue was gone through.
    let other = ana.create_style("Town", &["an old town"]).await;
    ana.next(other, &[]).await;
    assert_eq!(ana.pictures(style).await.len(), before);
    // Whoever asks again gets new ones.
    let seen: Vec<_> = ana
        .pictures(style)
        .await
        .iter()
        .map(|card| card.id)
        .collect();
    ana.next(style, &seen).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn new_prompts_are_painted_next() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let first = ana.next(style, &[]).await;
    let edit = serde_json::json!({"prompts": ["an old town by the sea", "a forest"]});
    let card: wire::style::StyleCard = ana
        .patch(&format!("/styles/{style}"), &edit)
        .await
        .expect("the prompts are changed");
    assert_eq!(card.prompts, ["an old town by the sea", "a forest"]);
    // Nobody has to answer for what was asked before.
    let mut prompts = Vec::new();
    for _ in 0..2 {
        let picture = ana.next(style, &[]).await;
        prompts.push(picture.prompt);
        ana.skip(picture.id).await;
    }
    prompts.sort_unstable();
    let mut asked = card.prompts;
    asked.sort_unstable();
    assert_eq!(prompts, asked);
    // What was set aside is there again if it is asked for again, though it had no answer.
    let back = serde_json::json!({"prompts": ["a lake at dawn"]});
    ana.patch::<wire::style::StyleCard>(&format!("/styles/{style}"), &back)
        .await
        .expect("the prompts are changed back");
    assert_eq!(ana.next(style, &[]).await.id, first.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_artist_with_much_work_does_not_keep_another_waiting() {
    let mut stack = Stack::without_worker().await;
    let greedy = stack.artist("greedy").await;
    for round in 0..40 {
        greedy
            .create_style(&format!("Style {round}"), &["a lake at dawn"])
            .await;
    }
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    stack.add_worker().expect("a worker starts");
    ana.next(style, &[]).await;
    let left = "select count(*) from jobs where artist_id <> (select artist_id from styles
        where id = $1) and state = 'queued'";
    let left = stack.database.number(left, style.0).await;
    assert!(
        left > 20,
        "only {left} of the other's jobs were left when ana had her picture"
    );
}

/// Where the snapshot of a version lies.
async fn snapshot(stack: &Stack, style: StyleId, number: i32) -> PathBuf {
    let sql = "select encode(policy, 'hex') from versions where style_id = $1 and number = $2";
    let query = sqlx::query_scalar(sql).bind(style.0).bind(number);
    let name: String = query
        .fetch_one(&stack.database.pool)
        .await
        .expect("the version has a row");
    stack.blobs().join(&name[..2]).join(&name[2..])
}
