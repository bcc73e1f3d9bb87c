//! Every message ever sent must still be understood: `wire/tests/examples` keeps one of each.
//!
//! An example is named after its type and variant, and is never changed. A field that is added
//! later has a default, so an older example may come back with more in it, but never with less.

use std::{collections::BTreeSet, fs};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wire::{
    event::Event,
    job::{
        Beat, Envelope, JobKind, JobProgress, Outcome, Product, Refusal, SettleAnswer, StartAnswer,
        StartJob, Verdict, Work,
    },
};

#[test]
fn every_message_ever_sent_is_still_understood() {
    let mut seen = BTreeSet::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../wire/tests/examples");
    for entry in fs::read_dir(folder).expect("the examples are there") {
        let path = entry.expect("the folder is read").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("an example is text");
        let kind = match name.split('.').next().unwrap_or_default() {
            "envelope" => check(&name, &text, |m: &Envelope| {
                format!("envelope {}", m.kind.name())
            }),
            "start_job" => check(&name, &text, |_: &StartJob| "start job".into()),
            "start_answer" => check(&name, &text, start_answer),
            "outcome" => check(&name, &text, |m: &Outcome| verdict(&m.verdict)),
            "settle_answer" => check(&name, &text, |m: &SettleAnswer| settle_answer(m)),
            "beat" => check(&name, &text, |_: &Beat| "beat".into()),
            "job_progress" => check(&name, &text, |_: &JobProgress| "progress".into()),
            "event" => check(&name, &text, event),
            other => panic!("{name}.json: {other:?} is no message"),
        };
        seen.insert(kind);
    }
    let expected = ALL.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    let kinds = JobKind::ALL.map(|kind| format!("envelope {}", kind.name()));
    assert_eq!(seen, expected.into_iter().chain(kinds).collect());
}

/// What must have an example. The functions below do not build with a variant left out; its name
/// goes here.
const ALL: &[&str] = &[
    "beat",
    "done generate",
    "done learn",
    "done replay",
    "ended cancelled",
    "ended outdated",
    "ended refuse",
    "ended retry",
    "event image ready",
    "event painting",
    "event policy moved",
    "event trouble",
    "go generate",
    "go learn",
    "go replay",
    "later",
    "no, cancelled",
    "no, nothing to do",
    "no, stale",
    "no, unknown",
    "not yours",
    "progress",
    "settled",
    "start job",
    "unreadable",
];

fn start_answer(message: &StartAnswer) -> String {
    match message {
        StartAnswer::Go {
            work: Work::LearnFromRatings(_),
        } => "go learn",
        StartAnswer::Go {
            work: Work::ReplayStyle(_),
        } => "go replay",
        StartAnswer::Go {
            work: Work::GenerateImage(_),
        } => "go generate",
        StartAnswer::No {
            because: Refusal::Unknown,
        } => "no, unknown",
        StartAnswer::No {
            because: Refusal::Cancelled,
        } => "no, cancelled",
        StartAnswer::No {
            because: Refusal::Stale,
        } => "no, stale",
        StartAnswer::No {
            because: Refusal::NothingToDo,
        } => "no, nothing to do",
        StartAnswer::Later => "later",
    }
    .into()
}

fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Done {
            product: Product::LearnFromRatings(_),
        } => "done learn",
        Verdict::Done {
            product: Product::ReplayStyle(_),
        } => "done replay",
        Verdict::Done {
            product: Product::GenerateImage(_),
        } => "done generate",
        Verdict::Retry { .. } => "ended retry",
        Verdict::Refuse { .. } => "ended refuse",
        Verdict::Outdated { .. } => "ended outdated",
        Verdict::Cancelled => "ended cancelled",
    }
    .into()
}

fn settle_answer(message: &SettleAnswer) -> String {
    match message {
        SettleAnswer::Settled => "settled",
        SettleAnswer::NotYours => "not yours",
        SettleAnswer::Unreadable { .. } => "unreadable",
    }
    .into()
}

fn event(event: &Event) -> String {
    match event {
        Event::ImageReady { .. } => "event image ready",
        Event::PolicyMoved { .. } => "event policy moved",
        Event::Painting { .. } => "event painting",
        Event::Trouble { .. } => "event trouble",
    }
    .into()
}

fn check<T: DeserializeOwned + Serialize>(
    name: &str,
    text: &str,
    kind: impl Fn(&T) -> String,
) -> String {
    let message = serde_json::from_str::<T>(text);
    let message = message.unwrap_or_else(|e| panic!("{name}.json is not understood: {e}"));
    let before: Value = serde_json::from_str(text).expect("JSON, as was just seen");
    let after = serde_json::to_value(&message).expect("a message becomes JSON");
    assert!(
        contains(&after, &before),
        "{name}.json lost something: now it reads {after:#}"
    );
    kind(&message)
}

/// Whether all of `part` is in `whole`, with the same values.
fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => part
            .iter()
            .all(|(key, value)| whole.get(key).is_some_and(|w| contains(w, value))),
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(w, p)| contains(w, p))
        }
        _ => whole == part,
    }
}
