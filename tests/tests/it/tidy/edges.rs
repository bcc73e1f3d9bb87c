//! The arrows between crates, as cargo resolves them. `ARCHITECTURE.md` draws what is allowed.

use std::{collections::BTreeSet, process::Command};

/// What a crate is built with, everything below it included.
///
/// One package at a time: over the whole workspace cargo would unite the features of all.
fn tree(package: &str, arguments: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(super::root())
        .args(["tree", "--offline", "--locked", "--package", package])
        .args([
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .args(arguments)
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("crates have names in ASCII");
    text.lines()
        .filter_map(|line| line.split(' ').next())
        .map(String::from)
        .collect()
}

fn check(package: &str, arguments: &[&str], forbidden: &[&str]) {
    let tree = tree(package, arguments);
    let found: Vec<_> = forbidden
        .iter()
        .filter(|name| tree.contains(**name))
        .collect();
    assert!(
        found.is_empty(),
        "{package} {arguments:?} must not be built with {found:?}"
    );
}

const PAGE: &[&str] = &[
    "--target",
    "wasm32-unknown-unknown",
    "--no-default-features",
    "--features",
    "hydrate",
];

#[test]
fn the_page_knows_no_database_no_bus_and_no_tensors() {
    let ours = [
        "server",
        "worker",
        "entity",
        "migration",
        "services",
        "sea-orm",
        "sqlx",
    ];
    check(
        "frontend",
        PAGE,
        &[&ours[..], &["tch", "async-nats", "utoipa", "axum", "tokio"]].concat(),
    );
    // Leptos brings some of these for itself; that is no reason to use them.
    let direct = [PAGE, &["--depth", "1"]].concat();
    check(
        "frontend",
        &direct,
        &["chrono", "regex", "url", "reqwest", "time", "anyhow"],
    );
}

#[test]
fn rendering_on_the_server_does_not_bring_the_database_into_the_frontend() {
    let ssr = ["--no-default-features", "--features", "ssr"];
    check(
        "frontend",
        &ssr,
        &[
            "server",
            "worker",
            "entity",
            "sea-orm",
            "sqlx",
            "tch",
            "async-nats",
        ],
    );
}

#[test]
fn the_worker_knows_no_database_and_no_web() {
    let web = ["axum", "leptos", "frontend", "server", "reqwest"];
    check(
        "worker",
        &[],
        &[&web[..], &["entity", "migration", "sea-orm", "sqlx"]].concat(),
    );
}

#[test]
fn the_server_knows_no_tensors() {
    check("server", &[], &["worker", "tch", "torch-sys"]);
}

#[test]
fn the_product_does_not_depend_on_what_starts_it() {
    for package in [
        "wire",
        "frontend",
        "server",
        "worker",
        "entity",
        "migration",
    ] {
        check(package, &[], &["services", "xtask", "tests"]);
    }
}

#[test]
fn the_common_words_stay_light() {
    let direct: Vec<String> = tree("wire", &["--depth", "1"]).into_iter().collect();
    assert_eq!(direct, ["serde", "thiserror", "uuid", "wire"]);
}
