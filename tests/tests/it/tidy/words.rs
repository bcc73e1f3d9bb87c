//! Words that give away a line in the wrong room, or a thing left undone.

use std::path::Path;

use super::{read, root, rust_files};

/// Every folder with code of ours.
const ROOMS: [&str; 8] = [
    "wire",
    "entity",
    "migration",
    "server",
    "worker",
    "frontend",
    "infra",
    "tests",
];

/// Lines of files below `room` in which one of the words stands, comments left out.
fn lines_with(room: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in rust_files(room) {
        for (number, line) in read(&file).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!(
                    "{}:{}: {}",
                    file.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    found
}

fn check(room: &str, words: &[&str], home: &[&str]) {
    let strays = lines_with(room, words).into_iter();
    let strays: Vec<_> = strays
        .filter(|l| !home.iter().any(|h| l.starts_with(h)))
        .collect();
    assert!(
        strays.is_empty(),
        "{words:?} belong into {home:?}:\n{}",
        strays.join("\n")
    );
}

#[test]
fn queries_live_in_the_store() {
    let queries = [
        "entity::",
        "Statement::",
        "query_all",
        "query_one",
        "execute_unprepared",
    ];
    check("server/src", &queries, &["server/src/store"]);
    // Files of the server that are not about data do not even know the library.
    for room in ["server/src/http", "server/src/session"] {
        check(room, &["sea_orm"], &[]);
    }
}

#[test]
fn every_operation_is_in_the_document() {
    // What is mounted past it would be tried by no stranger.
    let past = [".route(", ".route_service(", ".nest_service(", ".nest("];
    check("server/src/http", &past, &[]);
}

#[test]
fn http_lives_in_its_room() {
    for room in [
        "server/src/actions",
        "server/src/store",
        "server/src/bus",
        "server/src/keep",
    ] {
        check(room, &["axum::", "utoipa::"], &[]);
    }
}

#[test]
fn the_bus_lives_in_its_room() {
    for room in ["server/src/actions", "server/src/store"] {
        check(room, &["async_nats", ".nats"], &[]);
    }
    for room in [
        "worker/src/jobs",
        "worker/src/learner",
        "worker/src/sketch",
        "worker/src/diffusion",
    ] {
        check(room, &["async_nats"], &[]);
    }
}

#[test]
fn the_learner_and_the_painter_know_no_files_no_clock_and_no_async() {
    for room in ["worker/src/learner", "worker/src/sketch"] {
        check(
            room,
            &["std::fs", "tokio", "SystemTime", "Instant::now", "async fn"],
            &[],
        );
    }
}

#[test]
fn the_common_words_have_no_clock_and_no_chance() {
    check(
        "wire/src",
        &["SystemTime", "Instant", "new_v4", "now_v7", "rand::"],
        &[],
    );
}

#[test]
fn page_logic_knows_no_page() {
    check("frontend/src/desk", &["leptos", "web_sys", "js_sys"], &[]);
    check("frontend/src/components", &["crate::api"], &[]);
}

#[test]
fn the_environment_is_read_in_one_place() {
    check("server/src", &["env::var"], &["server/src/config.rs"]);
    check("worker/src", &["env::var"], &["worker/src/config.rs"]);
}

#[test]
fn nothing_is_left_undone() {
    // Written in two parts, so that this line does not find itself.
    let undone = ["to", "fix"].map(|half| [half, if half == "to" { "do" } else { "me" }].concat());
    for room in ROOMS {
        for file in rust_files(room) {
            let text = read(&file);
            for word in text.split(|c: char| !c.is_alphanumeric()) {
                let marks = undone.iter().any(|u| word == u.to_uppercase());
                assert!(!marks, "{}: {word}", file.display());
            }
            let macros = [["unimple", "mented!("], ["to", "do!("]].map(|halves| halves.concat());
            let unfinished = macros.iter().find(|name| text.contains(name.as_str()));
            assert_eq!(unfinished, None, "{}", file.display());
        }
    }
}

#[test]
fn a_page_loads_nothing_from_elsewhere() {
    // Name spaces are names, not addresses.
    let names = [
        "http://www.w3.org/",
        "http://127.0.0.1",
        "http://localhost",
        "http://{",
    ];
    for file in rust_files("frontend/src") {
        let text = read(&file);
        for (at, _) in text.match_indices("http").filter(|(at, _)| {
            text[*at..].starts_with("http://") || text[*at..].starts_with("https://")
        }) {
            let address: String = text[at..].chars().take(60).collect();
            // Nobody can own a name that ends in `.example`.
            let host: &str = address.split(['/', '"']).nth(2).unwrap_or_default();
            let known = names.iter().any(|name| address.starts_with(name));
            let known = known || host.ends_with(".example");
            assert!(known, "{}: {address}", file.display());
        }
    }
}

#[test]
fn a_long_file_says_why_it_is_long() {
    let mut long = Vec::new();
    for file in ROOMS.iter().flat_map(|room| rust_files(room)) {
        let text = read(&file);
        if text.lines().count() > 400 && !text.contains("//! Long because ") {
            long.push(format!(
                "{} has {} lines",
                file.display(),
                text.lines().count()
            ));
        }
    }
    assert!(
        long.is_empty(),
        "split them, or write `//! Long because …`:\n{}",
        long.join("\n")
    );
}

#[test]
fn every_room_of_the_architecture_exists() {
    let text = read(Path::new("ARCHITECTURE.md"));
    let rooms = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    for room in rooms {
        assert!(
            root().join(room).is_dir(),
            "ARCHITECTURE.md names {room}, which is not there"
        );
    }
}
