//! One log, one version: on this machine the same bytes as on the one that recorded them.
//!
//! `worker/tests/logs` holds a log and what each learner made of it. A change of what a learner
//! computes turns this red: raise the snapshots' layout, and run it with `ATELIER_BLESS=1`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use wire::{
    job::{Checkpoint, Product, ReplayStyle, StyleReplayed, Verdict, Work},
    learning::{Comparison, LearnerKind},
    replay::{LoggedComparison, RatingLog},
};
use worker::{
    blobs::hash,
    lab::{artist::Artist, log::rating_log},
    replay,
};

use crate::house::{House, learn};

fn recorded(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/logs")
        .join(file)
}

fn log() -> RatingLog {
    let artist = include_str!("../../src/lab/examples/interacting-1.json");
    let artist = Artist::read(artist).unwrap();
    rating_log(&artist, LearnerKind::Ppo, 24, 3)
}

fn command(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_atelier-worker"))
        .args(["replay", "--log", recorded("log.json").to_str().unwrap()])
        .args(arguments)
        .env_clear()
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn the_recorded_log_makes_the_recorded_versions() {
    let path = recorded("log.json");
    if std::env::var_os("ATELIER_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, serde_json::to_string(&log()).unwrap() + "\n").unwrap();
    }
    let mut log: RatingLog =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let policies: BTreeMap<&str, String> = LearnerKind::ALL
        .into_iter()
        .map(|kind| {
            log.learner = kind;
            let snapshot = replay::from_nothing(&log, None).snapshot();
            (kind.name(), hash(&snapshot).to_string())
        })
        .collect();
    let policies = serde_json::to_string_pretty(&policies).unwrap() + "\n";
    let path = recorded("policies.json");
    if std::env::var_os("ATELIER_BLESS").is_some() {
        std::fs::write(&path, &policies).unwrap();
    }
    assert_eq!(policies, std::fs::read_to_string(&path).unwrap());
}

#[test]
fn a_replay_is_rating_by_rating_to_the_last_bit_and_so_is_one_without_a_rating() {
    for kind in LearnerKind::ALL {
        let mut log = RatingLog {
            learner: kind,
            ..log()
        };
        log.samples.truncate(12);
        let with_it = replay::from_nothing(&log, None).snapshot();
        assert_eq!(with_it, replay::step_by_step(&log, None).snapshot());

        log.samples.remove(3);
        let never_seen = replay::step_by_step(&log, None).snapshot();
        assert_ne!(with_it, never_seen, "{}", kind.name());
        assert_eq!(replay::from_nothing(&log, None).snapshot(), never_seen);
        // By way of the version before it, as a replay is checked.
        let mut before = log.clone();
        before.samples.truncate(3);
        let before = replay::step_by_step(&before, None);
        let by_checkpoint = replay::go_on(before, &log, 3).snapshot();
        assert_eq!(by_checkpoint, never_seen, "{}", kind.name());
    }
}

#[test]
fn another_process_replays_any_version_of_a_log() {
    let mut log = log();
    let all = hash(&replay::from_nothing(&log, None).snapshot()).to_string();
    assert_eq!(command(&[]), all);
    assert_eq!(command(&["--step-by-step"]), all);
    log.samples.truncate(5);
    let earlier = hash(&replay::step_by_step(&log, None).snapshot()).to_string();
    assert_eq!(command(&["--ratings", "5"]), earlier);
}

/// The log with three comparisons: before the first rating, in the middle, and at the end.
fn compared() -> RatingLog {
    let mut log = log();
    log.samples.truncate(12);
    log.comparisons = [0, 5, 12]
        .map(|after: u32| {
            let of = |place: usize| log.samples[place].proposal.mix;
            let comparison = Comparison {
                prompt: log.samples[3].proposal.prompt.clone(),
                preferred: of(after as usize % 7),
                other: of(7),
            };
            LoggedComparison { after, comparison }
        })
        .into();
    log
}

#[test]
fn comparisons_are_part_of_the_log_and_replayed_at_their_place() {
    for kind in [LearnerKind::Ppo, LearnerKind::Direct] {
        let log = RatingLog {
            learner: kind,
            ..compared()
        };
        let whole = replay::from_nothing(&log, None).snapshot();
        assert_eq!(whole, replay::step_by_step(&log, None).snapshot());
        // Each of them is learned from.
        for left_out in 0..3 {
            let mut other = log.clone();
            other.comparisons.remove(left_out);
            assert_ne!(replay::from_nothing(&other, None).snapshot(), whole);
        }
        // By way of an earlier version, one with a comparison right behind it too.
        for ratings in [3, 5, 9] {
            let before = replay::step_by_step(&replay::beginning(&log, ratings), None);
            let by_checkpoint = replay::go_on(before, &log, ratings as u32).snapshot();
            assert_eq!(by_checkpoint, whole, "after {ratings}");
        }
        let json = serde_json::to_string(&log).unwrap();
        assert_eq!(serde_json::from_str::<RatingLog>(&json).unwrap(), log);
    }
    // A log from before there were comparisons reads as one without.
    let old = serde_json::to_value(log()).unwrap();
    assert!(old.get("comparisons").is_none());
    assert_eq!(serde_json::from_value::<RatingLog>(old).unwrap(), log());
}

async fn replayed(house: &House, log: &RatingLog, checkpoint: Checkpoint) -> StyleReplayed {
    let stored = serde_json::to_vec(log).unwrap();
    let work = ReplayStyle {
        log: house.blobs.put(stored).await.unwrap(),
        checkpoint: Some(checkpoint),
        prompts: vec!["a lake at dawn".into()],
    };
    match house.run(Work::ReplayStyle(work)).await {
        Verdict::Done {
            product: Product::ReplayStyle(replayed),
        } => replayed,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_confirms_a_replay_by_the_version_stored_before_and_owns_up_if_it_cannot() {
    let house = House::open().await;
    let mut log = log();
    // The house's style.
    log.style_seed = 7;
    log.samples.truncate(6);
    let Verdict::Done {
        product: Product::LearnFromRatings(learned),
    } = house.run(learn(None, 0, log.samples.clone())).await
    else {
        panic!("a log is learned from")
    };
    let undone = log.samples.remove(2);
    let before = Checkpoint {
        policy: learned.steps[2].policy,
        learned: 2,
    };
    let confirmed = replayed(&house, &log, before).await;
    assert!(confirmed.verified);
    let wanted = replay::step_by_step(&log, None).snapshot();
    assert_eq!(confirmed.head.policy, hash(&wanted));
    assert_eq!(confirmed.head.rating, None);
    assert_eq!(
        house.blobs.get(confirmed.head.policy).await.unwrap(),
        wanted
    );

    // A version that has seen what was undone cannot confirm a log without it.
    let after = Checkpoint {
        policy: learned.steps[3].policy,
        learned: 2,
    };
    assert_eq!(learned.steps[3].rating, Some(undone.rating));
    let doubted = replayed(&house, &log, after).await;
    assert!(!doubted.verified);
    assert_eq!(doubted.head, confirmed.head);
    let unreadable = Checkpoint {
        policy: house.blobs.put(b"no snapshot".to_vec()).await.unwrap(),
        learned: 2,
    };
    assert!(!replayed(&house, &log, unreadable).await.verified);
}
