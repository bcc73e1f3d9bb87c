//! The server dies between taking a rating and saying so.

use std::time::Duration;

use tests::{Person, Plan, Stack, studio::rating, wait};
use wire::{ids::ImageId, rating::RateImage};

use super::nothing_is_lost_or_doubled;

const ROUNDS: u32 = 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_counts_once_wherever_between_key_press_and_answer_the_server_dies() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana
        .create_style("Dawn", &["a lake at dawn", "an old town"])
        .await;
    let (mut before, mut after) = (0, 0);
    for round in 0..ROUNDS {
        let picture = ana.next(style, &[]).await.id;
        let rate = rating(Some(1 + (round % 5) as u8));
        let sending = tokio::spawn(send(ana.clone(), picture, rate.clone()));
        // Half of the rounds die once the row is there, the others at any moment before.
        if round % 2 == 0 {
            is_stored(&stack, picture).await;
        } else {
            tokio::time::sleep(Duration::from_micros(u64::from(round) * 300)).await;
        }
        stack.servers[0]
            .program
            .kill()
            .expect("the server is killed");
        // The answer may have come through; the artist's page would retry only if it did not.
        drop(sending.await);
        if row_count(&stack, picture).await == 1 {
            after += 1;
        } else {
            before += 1;
        }

        stack.restart_server(0).await;
        let saved = ana
            .answer(picture, &rate)
            .await
            .expect("the retry is taken");
        assert_eq!(saved.rating.id, rate.id);
        assert_eq!(
            (saved.rating.position, saved.ratings),
            (round + 1, round + 1)
        );
        assert_eq!(row_count(&stack, picture).await, 1);
    }
    eprintln!("{ROUNDS} kills: {before} before the commit, {after} after it");
    assert!(after >= ROUNDS / 2);
    nothing_is_lost_or_doubled(&stack, &ana, style, ROUNDS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_replica_takes_over_whichever_dies() {
    let mut stack = Plan {
        servers: 2,
        ..Plan::default()
    }
    .start()
    .await;
    let ana = stack.artist("ana").await;
    let elsewhere = stack.at(1, &ana);
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let mut ratings = 0;
    for dies in [0, 1, 0] {
        let left = if dies == 0 { &elsewhere } else { &ana };
        let picture = left.next(style, &[]).await.id;
        stack.servers[dies]
            .program
            .kill()
            .expect("a server is killed");
        left.rate(picture, 4).await;
        ratings += 1;
        left.learned(style).await;
        left.next(style, &[]).await;
        nothing_is_lost_or_doubled(&stack, left, style, ratings).await;
        stack.restart_server(dies).await;
    }
}

async fn send(person: Person, picture: ImageId, rate: RateImage) {
    drop(person.answer(picture, &rate).await);
}

async fn is_stored(stack: &Stack, picture: ImageId) {
    wait::until("the rating is committed", async || {
        match row_count(stack, picture).await {
            1 => Ok(()),
            count => Err(count),
        }
    })
    .await;
}

async fn row_count(stack: &Stack, picture: ImageId) -> i64 {
    stack
        .database
        .number(
            "select count(*) from ratings where image_id = $1",
            picture.0,
        )
        .await
}
