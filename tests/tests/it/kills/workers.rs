//! Workers that hang, and workers that die.

use std::time::Instant;

use async_nats::jetstream::consumer::PullConsumer;
use tests::{Person, Stack, hand::Hand, wait};
use wire::{ids::StyleId, job::JobKind, subject};

use super::{jobs, nothing_is_lost_or_doubled};

/// A job that was caught while a worker had it.
struct Caught {
    job: uuid::Uuid,
    style: StyleId,
}

#[tokio::test(flavor = "multi_thread")]
async fn the_job_of_a_worker_that_hangs_is_done_by_another_and_counts_once() {
    let mut stack = Stack::start().await;
    stack.workers_are_heard(1).await;
    let ana = stack.artist("ana").await;

    let caught = freeze_at_work(&mut stack, &ana).await;
    let hung = Instant::now();
    stack.add_worker().expect("another worker starts");
    is_done(&stack, &caught).await;
    eprintln!(
        "a job of a worker that hung was done after {:?}",
        hung.elapsed()
    );
    let attempt = stack
        .database
        .number("select attempt::bigint from jobs where id = $1", caught.job);
    assert!(attempt.await > 1, "{:?}", jobs(&stack, caught.style).await);

    // It wakes up, and reports what it believes it has done: that must count for nothing.
    stack.workers[0].thaw().expect("the first worker goes on");
    stack.workers_are_heard(2).await;
    ana.next(caught.style, &[]).await;
    nothing_is_lost_or_doubled(&stack, &ana, caught.style, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_job_of_a_worker_that_dies_runs_again() {
    let mut stack = Stack::start().await;
    stack.workers_are_heard(1).await;
    let ana = stack.artist("ana").await;

    let caught = freeze_at_work(&mut stack, &ana).await;
    stack.workers[0].kill().expect("the worker is killed");
    let died = Instant::now();
    stack.workers[0].start().expect("the worker starts again");
    is_done(&stack, &caught).await;
    eprintln!(
        "a job of a worker that died was done after {:?}",
        died.elapsed()
    );

    let picture = ana.next(caught.style, &[]).await;
    ana.rate(picture.id, 4).await;
    nothing_is_lost_or_doubled(&stack, &ana, caught.style, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_given_to_a_worker_that_hangs_before_it_asks_is_done_by_another() {
    let mut stack = Stack::start().await;
    stack.workers_are_heard(1).await;
    let ana = stack.artist("ana").await;
    // A style that lives: the worker has found its queues.
    let first = ana.create_style("First", &["a lake at dawn"]).await;
    ana.next(first, &[]).await;
    ana.learned(first).await;

    let hand = Hand::join(&stack).await;
    let mut round = 0;
    let caught = loop {
        stack.workers[0].freeze().expect("the worker is stopped");
        let style = ana
            .create_style(&format!("Dawn {round}"), &["a lake at dawn"])
            .await;
        let job = stack.queued(style, JobKind::LearnFromRatings, 1).await.0;
        // It has asked for a message a moment ago, or it has not.
        if is_given_out(&hand).await {
            break Caught { job, style };
        }
        stack.workers[0].thaw().expect("the worker goes on");
        ana.next(style, &[]).await;
        ana.learned(style).await;
        round += 1;
        assert!(
            round < 100,
            "in a hundred rounds it never asked for a message"
        );
    };
    let hung = Instant::now();
    stack.add_worker().expect("another worker starts");
    is_done(&stack, &caught).await;
    eprintln!(
        "a job given to an idle worker that hung was done after {:?}",
        hung.elapsed()
    );
    stack.workers[0].thaw().expect("the first worker goes on");
    ana.next(caught.style, &[]).await;
    nothing_is_lost_or_doubled(&stack, &ana, caught.style, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_and_a_server_that_are_asked_to_stop_finish_first() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await;
    let mut live = tests::live::Live::open(&ana, None).await;
    ana.rate(picture.id, 3).await;

    assert!(
        stack.workers[0].stop(wait::PATIENCE).expect("a signal"),
        "the worker was killed"
    );
    let running = jobs(&stack, style)
        .await
        .into_keys()
        .filter(|(state, _)| state == "running");
    assert_eq!(running.count(), 0);
    assert!(
        stack.servers[0]
            .program
            .stop(wait::PATIENCE)
            .expect("a signal"),
        "it was killed"
    );
    while live.next().await.is_some() {}

    stack.restart_server(0).await;
    stack.workers[0].start().expect("the worker starts again");
    nothing_is_lost_or_doubled(&stack, &ana, style, 1).await;
}

/// Begins styles until the first worker is stopped in the middle of one's job.
async fn freeze_at_work(stack: &mut Stack, person: &Person) -> Caught {
    for round in 0..100 {
        let style = person
            .create_style(&format!("Dawn {round}"), &["a lake at dawn"])
            .await;
        if let Some(job) = first_running(stack, style).await {
            stack.workers[0].freeze().expect("the worker is stopped");
            // It may have reported in the last moment: then it was not caught.
            if is_still_running(stack, job).await {
                return Caught { job, style };
            }
            stack.workers[0].thaw().expect("the worker goes on");
        }
        person.next(style, &[]).await;
    }
    panic!("in a hundred rounds no job was caught while a worker had it");
}

/// The style's first job that runs; looked for without a pause, since jobs are short.
async fn first_running(stack: &Stack, style: StyleId) -> Option<uuid::Uuid> {
    let sql = "select id, state from jobs where style_id = $1 order by created_at";
    loop {
        let jobs = sqlx::query_as(sql)
            .bind(style.0)
            .fetch_all(&stack.database.pool)
            .await;
        let jobs: Vec<(uuid::Uuid, String)> = jobs.expect("the jobs are listed");
        if let Some((job, _)) = jobs.iter().find(|(_, state)| state == "running") {
            return Some(*job);
        }
        // The first version and two pictures: all over before we looked.
        if jobs.len() >= 3 && jobs.iter().all(|(_, state)| state == "done") {
            return None;
        }
    }
}

/// Whether the job goes on running: an outcome that was on its way when the worker stopped is taken
/// within moments, and long before anybody gives the worker up.
async fn is_still_running(stack: &Stack, job: uuid::Uuid) -> bool {
    let sql = "select count(*) from jobs where id = $1 and state = 'running'";
    for _ in 0..10 {
        if stack.database.number(sql, job).await == 0 {
            return false;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    true
}

/// Whether a message of an update is with a worker within the time that a request for one stands.
async fn is_given_out(hand: &Hand) -> bool {
    let jetstream = async_nats::jetstream::new(hand.nats.clone());
    let name = subject::consumer(JobKind::LearnFromRatings);
    for _ in 0..40 {
        let consumer: PullConsumer = jetstream
            .get_consumer_from_stream(name, subject::JOBS_STREAM)
            .await
            .expect("the queue is there");
        if consumer.cached_info().num_ack_pending > 0 {
            return true;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    false
}

async fn is_done(stack: &Stack, caught: &Caught) {
    wait::until("the job is done", async || {
        let sql = "select state from jobs where id = $1";
        let state: String = sqlx::query_scalar(sql)
            .bind(caught.job)
            .fetch_one(&stack.database.pool)
            .await
            .expect("a job");
        if state == "done" { Ok(()) } else { Err(state) }
    })
    .await;
}
