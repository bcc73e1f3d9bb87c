//! `cargo xtask bench`: numbers to watch.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::page::{self, Profile, Size, Warnings};
use crate::places::Places;
use crate::run::environment::{LIBRARIES, before};
use crate::steps::Steps;

/// What a first visit loads, as a table and as `<target>/bench/page-size.json`.
pub(crate) fn page_size(steps: &mut Steps, places: &Places) -> Result<()> {
    let lock = crate::target_lock::take(places)?;
    let site = page::build(steps, places, Profile::Release, Warnings::Show)?;
    drop(lock);
    let names = page::names(&site)?;
    let sizes = names.iter().map(|name| Size::of(&site.join("pkg"), name));
    let sizes = sizes.collect::<Result<Vec<_>>>()?;
    std::io::stdout().write_all(table(&sizes).as_bytes())?;
    let path = figures(places, "page-size.json")?;
    std::fs::write(&path, format!("{:#}\n", to_json(&sizes)))?;
    steps.note(&path.display().to_string());
    Ok(())
}

/// Diffusion on the tiny checkpoint, or as the options say.
pub(crate) fn diffusion(steps: &mut Steps, places: &Places, options: &[String]) -> Result<()> {
    const TINY: &str = "worker/tests/models/ssd1b-tiny/model";
    let mut bench = worker(steps, places)?;
    bench.arg("bench-diffusion");
    let named = ["--model", "--random-weights"];
    if !options
        .iter()
        .any(|option| named.contains(&option.as_str()))
    {
        bench.arg("--model").arg(places.root.join(TINY));
    }
    crate::cargo::run(bench.args(options))
}

/// Replays of the logs that the worker makes for it.
pub(crate) fn replay(steps: &mut Steps, places: &Places, options: &[String]) -> Result<()> {
    let mut bench = worker(steps, places)?;
    crate::cargo::run(bench.arg("bench-replay").args(options))
}

/// What learning costs, as tables and as `<target>/bench/learner.json`.
pub(crate) fn learner(steps: &mut Steps, places: &Places, python: Option<&Path>) -> Result<()> {
    let mut bench = worker(steps, places)?;
    let path = figures(places, "learner.json")?;
    bench.arg("bench-learner").arg("--out").arg(&path);
    if let Some(python) = python {
        bench.arg("--python").arg(python);
    }
    crate::cargo::run(&mut bench)?;
    steps.note(&path.display().to_string());
    Ok(())
}

/// The built-in painter, as a table and as `<target>/bench/sketch.json`.
pub(crate) fn sketch(steps: &mut Steps, places: &Places) -> Result<()> {
    let mut bench = worker(steps, places)?;
    let path = figures(places, "sketch.json")?;
    crate::cargo::run(bench.arg("bench-sketch").arg("--out").arg(&path))?;
    steps.note(&path.display().to_string());
    Ok(())
}

/// Where figures go that are compared over time.
fn figures(places: &Places, name: &str) -> Result<PathBuf> {
    let folder = places.target.join("bench");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}

/// The worker as it is deployed, ready to be told what to measure.
fn worker(steps: &mut Steps, places: &Places) -> Result<Command> {
    crate::libtorch::set_up(places)?;
    steps.next("worker");
    let lock = crate::target_lock::take(places)?;
    let mut build = crate::cargo::command(places);
    crate::cargo::run(build.args(["build", "--release", "--package", "worker"]))?;
    drop(lock);
    steps.next("measuring");
    let mut worker = Command::new(places.programs(true).join("atelier-worker"));
    if let Some(cuda) = crate::libtorch::cuda(places) {
        worker.env(LIBRARIES, before(cuda, std::env::var_os(LIBRARIES)));
    }
    Ok(worker)
}

fn table(sizes: &[Size]) -> String {
    let line = |name: &str, raw: usize, gz: usize, br: usize| {
        format!("{name:<6} {raw:>9} {gz:>9} {br:>9}\n")
    };
    let mut text = format!("{:<6} {:>9} {:>9} {:>9}   bytes\n", "", "raw", "gz", "br");
    for size in sizes {
        text += &line(
            kind(&size.name),
            size.raw_bytes,
            size.gz_bytes,
            size.br_bytes,
        );
    }
    let sum = |part: fn(&Size) -> usize| sizes.iter().map(part).sum::<usize>();
    text + &line(
        "all",
        sum(|s| s.raw_bytes),
        sum(|s| s.gz_bytes),
        sum(|s| s.br_bytes),
    )
}

fn to_json(sizes: &[Size]) -> Value {
    let entries = sizes.iter().map(|size| {
        let bytes = json!({ "raw": size.raw_bytes, "gz": size.gz_bytes, "br": size.br_bytes });
        (kind(&size.name).to_owned(), bytes)
    });
    Value::Object(entries.collect::<Map<_, _>>())
}

/// Names change with every byte, so what is compared over time is called by its kind.
fn kind(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_by_kind_with_their_sum() {
        let size = |name: &str, raw_bytes| Size {
            name: name.into(),
            raw_bytes,
            gz_bytes: raw_bytes / 2,
            br_bytes: raw_bytes / 4,
        };
        let sizes = [size("atelier.0a.js", 40), size("atelier.0b.wasm", 400)];
        assert_eq!(to_json(&sizes)["wasm"]["br"], 100);
        let text = table(&sizes);
        assert!(
            text.lines()
                .last()
                .unwrap()
                .ends_with("440       220       110"),
            "{text}"
        );
    }
}
