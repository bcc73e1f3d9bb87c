//! `cargo xtask test`: what CI runs, in the order that finds mistakes soonest.

use std::process::Command;

use anyhow::{Context as _, Result};
use services::postgres::Cluster;

use crate::page::{self, Profile, Warnings};
use crate::places::Places;
use crate::steps::Steps;

/// All steps; the first that fails is the last.
pub(crate) fn test(steps: &mut Steps, places: &Places, filter: Option<&str>) -> Result<()> {
    crate::setup::everything(steps, places, true)?;
    let _lock = crate::target_lock::take(places)?;

    steps.next("format");
    cargo(places, &["fmt", "--all", "--check"])?;

    steps.next("lints");
    cargo(
        places,
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    )?;

    page::lint(steps, places)?;

    steps.next("licences and advisories");
    if has_subcommand(places, "deny") {
        cargo(places, &["deny", "check", "bans", "licenses", "sources"])?;
    } else {
        steps.note("skipped: cargo-deny is not installed");
    }

    let site = page::build(steps, places, Profile::Dev, Warnings::Deny)?;

    steps.next("programs and tests: build");
    // Together, so that both get the same features of every crate and it is built once.
    cargo(places, &["build", "--workspace", "--bins", "--tests"])?;

    let environment = Environment::start(places, &site)?;
    if environment.nextest {
        // Before the others, since most crates have none, and a run should not end on "0 passed".
        steps.next("examples in the documentation");
        let mut examples = cargo_with(places, &["test", "--doc", "--workspace"]);
        crate::cargo::run(environment.apply(examples.args(filter)))?;
    }
    steps.next("tests");
    crate::cargo::run(&mut environment.tests(places, filter))?;
    steps.next("all is well");
    Ok(())
}

/// What tests find beside the build: a Postgres for all of them, a browser, and paths.
#[derive(Debug)]
pub(crate) struct Environment {
    cluster: Cluster,
    variables: Vec<(&'static str, std::ffi::OsString)>,
    nextest: bool,
}

impl Environment {
    pub(crate) fn start(places: &Places, site: &std::path::Path) -> Result<Self> {
        let browser = services::chromium::find()?;
        let cluster = Cluster::temporary().context("no cluster for the tests")?;
        let variables = vec![
            ("ATELIER_TEST_POSTGRES", cluster.url("postgres").into()),
            ("ATELIER_SITE", site.into()),
            ("ATELIER_BIN_DIR", places.programs(false).into()),
            ("CHROME", browser.chrome.into()),
            ("CHROMEDRIVER", browser.driver.into()),
        ];
        let nextest = has_subcommand(places, "nextest");
        Ok(Self {
            cluster,
            variables,
            nextest,
        })
    }

    /// The runner of all tests that are not examples in the documentation.
    pub(crate) fn tests(&self, places: &Places, filter: Option<&str>) -> Command {
        let runner: &[&str] = if self.nextest {
            &[
                "nextest",
                "run",
                "--workspace",
                "--no-fail-fast",
                "--no-tests",
                "pass",
            ]
        } else {
            &["test", "--workspace", "--no-fail-fast"]
        };
        let mut command = cargo_with(places, runner);
        command.args(filter);
        self.apply(&mut command);
        command
    }

    fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        debug_assert!(
            self.cluster.port() > 0,
            "the cluster lives as long as its users"
        );
        command.envs(self.variables.iter().map(|(name, value)| (name, value)))
    }
}

fn cargo(places: &Places, arguments: &[&str]) -> Result<()> {
    crate::cargo::run(&mut cargo_with(places, arguments))
}

fn cargo_with(places: &Places, arguments: &[&str]) -> Command {
    let mut command = crate::cargo::command(places);
    command.args(arguments);
    command
}

fn has_subcommand(places: &Places, name: &str) -> bool {
    let asked = cargo_with(places, &[name, "--version"]).output();
    asked.is_ok_and(|output| output.status.success())
}
