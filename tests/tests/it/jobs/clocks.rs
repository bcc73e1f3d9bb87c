//! Replicas whose clocks differ judge a worker alike.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tests::{Plan, hand::Hand};
use wire::job::{JobKind, StartAnswer};

/// Tells a process that it is ten seconds later than it is.
const FAST_CLOCK: &str = "
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
int clock_gettime(clockid_t id, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, \"clock_gettime\");
    int result = real(id, time);
    if (id == CLOCK_REALTIME) time->tv_sec += 10;
    return result;
}
";

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_whose_clock_is_fast_takes_no_job_from_a_worker_that_beats() {
    let plan = Plan {
        servers: 2,
        workers: 0,
        ..Plan::default()
    };
    let mut stack = plan.start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let server = &mut stack.servers[1].program;
    server.set("LD_PRELOAD", fast_clock(folder.path()));
    server.kill().expect("the server is killed");
    stack.restart_server(1).await;

    let ben = stack.at(1, &stack.stranger("ben")).sign_up().await;
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now_ms = now.expect("after 1970").as_millis() as i64;
    assert!(ben.created_ms.0 > now_ms + 5000, "its clock is not fast");

    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let job = stack.queued(style, JobKind::LearnFromRatings, 1).await;
    let hand = Hand::join(&stack).await;
    let answer = hand.start(job, 1).await;
    assert!(matches!(answer, StartAnswer::Go { .. }), "{answer:?}");
    // Both hear some of the beats, and both look who is silent.
    for _ in 0..16 {
        hand.beat(job).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    let kept = "select count(*) from jobs where id = $1 and state = 'running' and attempt = 1";
    assert_eq!(stack.database.number(kept, job.0).await, 1);
}

fn fast_clock(folder: &Path) -> String {
    let (source, library) = (folder.join("clock.c"), folder.join("clock.so"));
    fs::write(&source, FAST_CLOCK).expect("a source file");
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .status();
    assert!(compiled.expect("a C compiler, as Rust needs one").success());
    library.to_string_lossy().into_owned()
}
