//! The executable itself.

use std::process::{Command, Output};

fn worker(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atelier-worker"))
        .args(arguments)
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

fn complaint(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_same_seed_paints_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, other] = [("a", "1"), ("b", "1"), ("c", "2")].map(|(name, seed)| {
        let out = folder.path().join(name);
        let output = worker(
            &[
                "paint",
                "--prompt",
                "a lake at dawn",
                "--mix",
                "color.warm=0.7,color.vibrant=0.3",
                "--seed",
                seed,
                "--size",
                "64x64",
                "--out",
                out.to_str().unwrap(),
            ],
            &[],
        );
        assert!(output.status.success(), "{output:?}");
        std::fs::read(out).unwrap()
    });
    assert!(a.starts_with(b"\x89PNG"));
    assert_eq!(a, b);
    assert_ne!(a, other);
}

#[test]
fn a_worker_that_cannot_work_ends_at_once_and_says_why() {
    let nothing = complaint(&worker(&[], &[]));
    assert!(nothing.contains("set ATELIER_NATS_URL"), "{nothing}");

    let folder = tempfile::tempdir().unwrap();
    let blobs = folder.path().to_str().unwrap();
    let enough = [
        ("ATELIER_NATS_URL", "nats://127.0.0.1:1"),
        ("ATELIER_BLOBS", blobs),
    ];
    let [engine, device] =
        [("ATELIER_ENGINE", "ssd-1b"), ("ATELIER_DEVICE", "cuda:99")].map(|wrong| {
            let environment = [enough[0], enough[1], wrong];
            complaint(&worker(&["serve"], &environment))
        });
    assert!(engine.contains("cargo xtask weights ssd-1b"), "{engine}");
    assert!(device.contains("cannot use cuda:99"), "{device}");
}

#[test]
fn the_lab_refuses_what_it_could_not_use_before_it_begins() {
    let long = "x".repeat(65);
    for name in ["", long.as_str()] {
        let arguments = [
            "make-prior",
            "--artists",
            "nowhere",
            "--out",
            "p.json",
            "--name",
            name,
        ];
        let refusal = complaint(&worker(&arguments, &[]));
        assert!(refusal.contains("a prior's name has 1 to 64"), "{refusal}");
    }

    let folder = tempfile::tempdir().unwrap();
    let example = include_str!("../../src/lab/examples/interacting-1.json");
    std::fs::write(folder.path().join("one.json"), example).unwrap();
    let artists = folder.path().to_str().unwrap();
    let few = [
        "make-prior",
        "--artists",
        artists,
        "--out",
        "p.json",
        "--name",
        "few",
    ];
    let refusal = complaint(&worker(&few, &[]));
    assert!(refusal.contains("1 styles are too few"), "{refusal}");

    let huge = folder.path().join("huge");
    std::fs::File::create(&huge)
        .unwrap()
        .set_len(2 << 20)
        .unwrap();
    let (one, huge) = (folder.path().join("one.json"), huge.to_str().unwrap());
    let one = one.to_str().unwrap();
    let simulate = [
        "simulate",
        "--learner",
        "ppo",
        "--artist",
        one,
        "--prior",
        huge,
    ];
    let refusal = complaint(&worker(&simulate, &[]));
    assert!(refusal.contains("too large to be a prior"), "{refusal}");
}
