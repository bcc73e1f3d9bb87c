//! NATS carries work, never truth: its disk may go.

use tests::Stack;

use super::nothing_is_lost_or_doubled;

#[tokio::test(flavor = "multi_thread")]
async fn jobs_whose_messages_are_wiped_are_handed_out_again() {
    let mut stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    // Handed to JetStream, and there it is lost.
    tests::wait::until("the job is handed out", async || {
        let sent = "select coalesce(max(sent), 0)::bigint from jobs where style_id = $1";
        match stack.database.number(sent, style.0).await {
            0 => Err("not sent"),
            _ => Ok(()),
        }
    })
    .await;
    stack.crash_nats(true).expect("an empty nats-server starts");
    stack.add_worker().expect("a worker starts");
    let picture = ana.next(style, &[]).await;
    ana.rate(picture.id, 5).await;
    nothing_is_lost_or_doubled(&stack, &ana, style, 1).await;

    // Once more, under everybody's feet.
    let picture = ana.next(style, &[]).await;
    stack.crash_nats(true).expect("an empty nats-server starts");
    ana.rate(picture.id, 2).await;
    let picture = ana.next(style, &[]).await;
    ana.rate(picture.id, 3).await;
    nothing_is_lost_or_doubled(&stack, &ana, style, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_taken_while_the_bus_is_away() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await;
    let ready = ana.next(style, &[picture.id]).await;
    ana.learned(style).await;

    stack.nats.kill().expect("the nats-server is killed");
    let saved = ana.rate(picture.id, 5).await;
    assert_eq!(saved.next.map(|card| card.id), Some(ready.id));
    stack
        .crash_nats(false)
        .expect("the nats-server starts again");
    nothing_is_lost_or_doubled(&stack, &ana, style, 1).await;
}
