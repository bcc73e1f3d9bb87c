//! What a worker makes of each answer, of none, and of work that cannot be done.

use wire::job::{JobKind, Refusal, StartAnswer, Verdict};

use crate::house::{House, PANIC, learn, paint};

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_that_nobody_answered_is_told_again_and_the_work_is_not_repeated() {
    let house = House::open().await;
    house.server.heard(|heard| heard.deaf_to = 1);
    let job = house.server.enqueue(learn(None, 0, Vec::new())).await;
    let [once, again] = house
        .server
        .wait(|heard| heard.outcomes.first_chunk::<2>().cloned())
        .await;
    assert_eq!(once, again);
    assert_eq!(once.job, job);
    house.server.queue_is_empty().await;
    assert_eq!(house.server.heard(|heard| heard.starts.len()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_may_not_start_is_dropped_and_one_that_may_later_comes_again() {
    let house = House::open().await;
    let no = StartAnswer::No {
        because: Refusal::Cancelled,
    };
    let dropped = house
        .server
        .enqueue_with(JobKind::LearnFromRatings, vec![no])
        .await;
    let go = StartAnswer::Go {
        work: learn(None, 0, Vec::new()),
    };
    let answers = vec![StartAnswer::Later, StartAnswer::Later, go];
    let late = house
        .server
        .enqueue_with(JobKind::LearnFromRatings, answers)
        .await;

    let outcome = house.server.outcome(late).await;
    assert!(
        matches!(outcome.verdict, Verdict::Done { .. }),
        "{outcome:?}"
    );
    house.server.queue_is_empty().await;
    let asked = house.server.heard(|heard| {
        [dropped, late].map(|job| heard.starts.iter().filter(|start| start.job == job).count())
    });
    assert_eq!(asked, [1, 3]);
    assert_eq!(house.server.heard(|heard| heard.outcomes.len()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_panics_may_be_tried_again_and_the_worker_lives_on() {
    let house = House::open().await;
    let first = house.first_version().await;
    let verdict = house.run(paint(first, PANIC)).await;
    let reason = "the job panicked: out of paint".to_owned();
    assert_eq!(verdict, Verdict::Retry { reason });
    let verdict = house.run(paint(first, "a lake")).await;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_that_cannot_be_trusted_is_refused_and_a_missing_one_may_come() {
    let house = House::open().await;
    let stranger = house
        .blobs
        .put(b"no snapshot at all".to_vec())
        .await
        .unwrap();
    let unusable = house.run(paint(stranger, "a lake")).await;
    assert!(
        refused(&unusable, &format!("snapshot {stranger} is unusable")),
        "{unusable:?}"
    );

    let digits = stranger.to_string();
    let file = house
        .folder
        .path()
        .join("blobs")
        .join(&digits[..2])
        .join(&digits[2..]);
    std::fs::write(file, b"no snapshot at ALL").unwrap();
    let damaged = house.run(paint(stranger, "a lake")).await;
    assert!(
        refused(&damaged, &format!("blob {stranger} is damaged")),
        "{damaged:?}"
    );

    let missing = worker::blobs::hash(b"nobody stored this");
    let verdict = house.run(paint(missing, "a lake")).await;
    assert_eq!(
        verdict,
        Verdict::Retry {
            reason: format!("there is no blob {missing}")
        }
    );
}

fn refused(verdict: &Verdict, why: &str) -> bool {
    matches!(verdict, Verdict::Refuse { reason } if reason.starts_with(why))
}
