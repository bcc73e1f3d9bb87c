//! `cargo xtask run`: the whole product on one machine, until Ctrl-C.
//!
//! Started in the order Postgres, NATS, server, workers, and stopped in the opposite one, so that
//! each finds what it needs until its last moment. What dies in between is started again.

mod address;
mod backends;
mod data;
pub(crate) mod environment;
mod keeper;
mod lifetime;
mod port;
mod ready;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::cli::{Engine, Run};
use crate::libtorch;
use crate::page::{self, Profile, Warnings};
use crate::places::Places;
use crate::steps::Steps;
use crate::weights;
use address::Address;
use backends::Backends;
use data::Data;
use environment::Environment;
use keeper::Keeper;
use lifetime::Lifetime;

/// A start of the server includes its migrations.
const SERVER_PATIENCE: Duration = Duration::from_mins(1);
/// What every checkpoint in diffusers' layout has at its top.
const CHECKPOINT: &str = "model_index.json";
/// How often we look whether something died. Nobody notices a tenth of a second.
const GLANCE: Duration = Duration::from_millis(100);

/// `cargo xtask run`.
pub(crate) fn run(steps: &mut Steps, places: &Places, options: &Run) -> Result<()> {
    let options = &with_weights(options, weights::folder(places, options.engine.name()));
    check(options)?;
    let data = Data::open(&places.root.join(&options.data))?;
    let address = Address::choose(options)?;
    crate::setup::everything(steps, places, false)?;
    if options.wants_cuda(libtorch::has_driver()) {
        crate::setup::cuda(steps, places)?;
    }
    let site = build(steps, places, options.dev)?;

    let lifetime = Lifetime::begin()?;
    let mut backends = Backends::start(steps, &data, options)?;
    let cuda = libtorch::cuda(places);
    let environment = Environment::new(&data, &backends, options, &site, &address, cuda)?;
    let programs = places.programs(!options.dev);

    steps.next("server");
    let mut serve = Command::new(programs.join("atelier-server"));
    serve.arg("serve").envs(environment.server());
    let mut server = Keeper::start("server", serve, &data)?;
    let from_here = address.own();
    ready::wait(from_here, SERVER_PATIENCE, || server.is_alive(), &lifetime)
        .with_context(|| format!("the server is not ready; see {}", server.log().display()))?;
    let link = admin_link(&programs.join("atelier-server"), &environment)?;

    steps.next(&format!("workers: {}", options.workers));
    let mut workers = Vec::new();
    for number in 1..=options.workers {
        let name = format!("worker-{number}");
        let mut work = Command::new(programs.join("atelier-worker"));
        work.envs(environment.worker(&name));
        workers.push(Keeper::start(&name, work, &data)?);
    }

    steps.next("ready: press Ctrl-C to stop everything");
    steps.note(&address.public_url);
    if let Some(link) = link {
        steps.note("this link makes the first admin, once:");
        steps.note(&link);
    }
    steps.note(&format!(
        "data in {}, logs in {}",
        data.folder.display(),
        data.logs().display()
    ));

    while !lifetime.is_over() {
        backends.look()?;
        server.look()?;
        for worker in &mut workers {
            worker.look()?;
        }
        std::thread::sleep(GLANCE);
    }

    steps.next("stopping");
    for worker in workers {
        worker.stop(steps)?;
    }
    server.stop(steps)?;
    backends.stop(steps)
}

/// Diffusion uses the weights that were fetched before, unless told otherwise.
fn with_weights(options: &Run, fetched: Option<PathBuf>) -> Run {
    let mut options = options.clone();
    if options.engine == Engine::Ssd1b {
        options.model = options.model.or(fetched);
    }
    options
}

/// What would only be found out after minutes of building is asked first.
fn check(options: &Run) -> Result<()> {
    let schemes = ["http://", "https://"];
    if let Some(url) = &options.public_url
        && !schemes.iter().any(|scheme| url.starts_with(scheme))
    {
        bail!("--public-url must be like https://atelier.example.org, not {url}")
    }
    match (&options.model, options.engine) {
        (None, Engine::Ssd1b) => {
            bail!(
                "the engine ssd-1b needs its weights: fetch them with `cargo xtask weights \
                 ssd-1b`, add --model FOLDER, or use --engine sketch"
            )
        }
        (Some(model), _) if !model.join(CHECKPOINT).is_file() => {
            bail!(
                "{} is no checkpoint in diffusers' layout, it lacks {CHECKPOINT}: fetch one with \
                 `cargo xtask weights ssd-1b`",
                model.display()
            )
        }
        _ => Ok(()),
    }
}

fn build(steps: &mut Steps, places: &Places, dev: bool) -> Result<PathBuf> {
    let _lock = crate::target_lock::take(places)?;
    let site = page::build(steps, places, Profile::of(!dev), Warnings::Show)?;
    steps.next("programs");
    let mut cargo = crate::cargo::command(places);
    // All packages decide about features together, so that no other build starts from nothing.
    cargo.args([
        "build",
        "--workspace",
        "--bin",
        "atelier-server",
        "--bin",
        "atelier-worker",
    ]);
    if !dev {
        cargo.arg("--release");
    }
    crate::cargo::run(&mut cargo)?;
    Ok(site)
}

/// The server tells a link while there is no admin yet.
fn admin_link(server: &std::path::Path, environment: &Environment) -> Result<Option<String>> {
    let output = Command::new(server)
        .arg("admin-link")
        .envs(environment.server())
        .output()
        .context("cannot ask the server for the first admin's link")?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        bail!(
            "the server gave no link for the first admin ({}): {words}",
            output.status
        );
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let link = text.lines().rev().find(|line| line.contains("://"));
    Ok(link.map(|link| link.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[test]
    fn what_cannot_work_is_refused_before_anything_is_built() {
        let run = |arguments: &[&str]| {
            let all = [&["xtask", "run"], arguments].concat();
            let parsed = crate::cli::Arguments::try_parse_from(all).unwrap();
            let crate::cli::Task::Run(run) = parsed.task else {
                panic!("not a run")
            };
            check(&run).map_err(|error| error.to_string())
        };
        assert!(run(&[]).is_ok());
        // A folder with something else in it would only be found out by the worker.
        for named in [&[][..], &["--model", "/no/such"], &["--model", "/"]] {
            let refusal = run(&[&["--engine", "ssd-1b"], named].concat()).unwrap_err();
            let command = "`cargo xtask weights ssd-1b`";
            assert!(refusal.contains(command), "{named:?}: {refusal}");
        }
        let refusal = run(&["--public-url", "example.org"]).unwrap_err();
        assert!(refusal.contains("https://"), "{refusal}");
        let tiny = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../worker/tests/models/ssd1b-tiny/model"
        );
        assert!(run(&["--engine", "ssd-1b", "--model", tiny]).is_ok());
    }

    #[test]
    fn fetched_weights_are_used_unless_others_are_named() {
        let run = |arguments: &[&str]| {
            let all = [&["xtask", "run"], arguments].concat();
            let parsed = crate::cli::Arguments::try_parse_from(all).unwrap();
            let crate::cli::Task::Run(run) = parsed.task else {
                panic!("not a run")
            };
            with_weights(&run, Some("/fetched".into())).model
        };
        assert_eq!(run(&[]), None);
        assert_eq!(run(&["--engine", "ssd-1b"]), Some("/fetched".into()));
        let named = run(&["--engine", "ssd-1b", "--model", "/own"]);
        assert_eq!(named, Some("/own".into()));
    }
}
