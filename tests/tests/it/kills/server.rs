//! The server dies between taking a rating and saying so.

mod wire_cutter;

use std::time::Duration;

use tests::{Person, Plan, Stack, studio::rating};
use wire::{ids::ImageId, rating::RateImage};

use super::nothing_is_lost_or_doubled;
use wire_cutter::{Cut, WireCutter};

const ROUNDS: u32 = 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_counts_once_wherever_between_key_press_and_answer_the_server_dies() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana
        .create_style("Dawn", &["a lake at dawn", "an old town"])
        .await;
    let (mut not_stored, mut unheard) = (0, 0);
    for round in 0..ROUNDS {
        let picture = ana.next(style, &[]).await.id;
        let rate = rating(Some(1 + (round % 5) as u8));
        // Half of the rounds die with the answer on its way, a quarter before they know what is asked,
        // and the others at any moment.
        let cut = match round % 4 {
            0 | 2 => Some(Cut::Answer),
            1 => Some(Cut::Question),
            _ => None,
        };
        let is_heard = if let Some(cut) = cut {
            let mut cutter = WireCutter::before(stack.url(), cut).await;
            let sending = tokio::spawn(send(ana.at(&cutter.url), picture, rate.clone()));
            cutter.is_reached().await;
            kill(&mut stack);
            cutter.cut();
            sending.await.expect("the sender lives")
        } else {
            let sending = tokio::spawn(send(ana.clone(), picture, rate.clone()));
            tokio::time::sleep(Duration::from_micros(u64::from(round) * 1500)).await;
            kill(&mut stack);
            sending.await.expect("the sender lives")
        };
        let stored = row_count(&stack, picture).await;
        match cut {
            // What an answer says was committed before it was begun.
            Some(Cut::Answer) => assert_eq!((stored, is_heard), (1, false)),
            Some(Cut::Question) => assert_eq!((stored, is_heard), (0, false)),
            None => {}
        }
        not_stored += u32::from(stored == 0);
        unheard += u32::from(stored == 1 && !is_heard);

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
    eprintln!(
        "{ROUNDS} kills: {not_stored} before the commit, {unheard} between it and the answer"
    );
    assert!(unheard >= ROUNDS / 2, "the window was hit {unheard} times");
    assert!(
        not_stored >= ROUNDS / 4,
        "it came too early {not_stored} times"
    );
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

/// Rates, and says whether the answer came through.
async fn send(person: Person, picture: ImageId, rate: RateImage) -> bool {
    person.answer(picture, &rate).await.is_ok()
}

fn kill(stack: &mut Stack) {
    let killed = stack.servers[0].program.kill();
    killed.expect("the server is killed");
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
