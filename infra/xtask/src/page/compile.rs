//! Cargo makes the raw wasm; what it prints tells where the file is and what the compiler thinks.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::Profile;
use crate::places::Places;
use crate::steps::Steps;
use crate::wasm::{Compiler, TARGET};

/// What a warning in one of our own crates means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Warnings {
    /// It is shown.
    Show,
    /// It is shown, and the build counts as failed. Flags for the compiler would do the same, but
    /// every crate would be built anew for them.
    Deny,
}

/// Compiles the crate and returns the wasm file.
pub(super) fn compile(places: &Places, profile: Profile, warnings: Warnings) -> Result<PathBuf> {
    let mut cargo = on_the_page("build", places, profile);
    cargo.args(["--message-format", "json-render-diagnostics"]);
    Compiler::set_up(places)?.apply(&mut cargo);
    let mut child = cargo
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let output = child
        .stdout
        .take()
        .context("cargo's output was asked for")?;
    let mut seen = Seen::default();
    for line in BufReader::new(output).lines() {
        seen.read(&line?, &places.root);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("the page does not compile ({status}); to repeat it: cargo xtask bundle");
    }
    if warnings == Warnings::Deny && seen.warnings > 0 {
        bail!(
            "the page compiles with {} warnings; to repeat it: cargo xtask bundle",
            seen.warnings
        );
    }
    seen.wasm
        .context("the crate `frontend` made no wasm: its crate-type must have cdylib in it")
}

/// Lints what only the browser's build compiles, if that compiler has lints.
pub(crate) fn lint(steps: &mut Steps, places: &Places) -> Result<()> {
    steps.next("lints of the page");
    if Compiler::set_up(places)? != Compiler::Toolchain {
        steps.note("skipped: the compiler of the page has no clippy");
        return Ok(());
    }
    let mut clippy = on_the_page("clippy", places, Profile::Dev);
    crate::cargo::run(clippy.args(["--", "-D", "warnings"]))
}

fn on_the_page(verb: &str, places: &Places, profile: Profile) -> Command {
    let mut cargo = crate::cargo::command(places);
    cargo
        .arg(verb)
        .args(["--package", "frontend", "--lib", "--features", "hydrate"])
        .args(["--target", TARGET, "--profile", profile.name()])
        // Another compiler may be at work here, so its files are kept apart.
        .arg("--target-dir")
        .arg(places.target.join("web"));
    cargo
}

/// What was read from cargo so far.
#[derive(Debug, Default)]
struct Seen {
    wasm: Option<PathBuf>,
    warnings: usize,
}

impl Seen {
    fn read(&mut self, line: &str, root: &Path) {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            return;
        };
        let is = |path: &str, value: &str| message.pointer(path).is_some_and(|v| v == value);
        if is("/reason", "compiler-artifact") && is("/target/name", "frontend") {
            let files = message.pointer("/filenames").and_then(Value::as_array);
            let mut files = files
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(Path::new);
            let wasm = files.find(|file| file.extension().is_some_and(|end| end == "wasm"));
            self.wasm = wasm.map(Path::to_owned).or(self.wasm.take());
        }
        if is("/reason", "compiler-message") && is("/message/level", "warning") {
            let package = message.pointer("/package_id").and_then(Value::as_str);
            let ours = format!("path+file://{}/", root.display());
            self.warnings += usize::from(package.is_some_and(|id| id.starts_with(&ours)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_and_our_own_warnings_are_read_from_cargo() {
        let mut seen = Seen::default();
        for line in [
            r#"{"reason":"compiler-artifact","target":{"name":"wire"},"filenames":["/t/libwire.rlib"]}"#,
            r#"{"reason":"compiler-artifact","target":{"name":"frontend"},"filenames":["/t/f.rlib","/t/frontend.wasm"]}"#,
            r#"{"reason":"compiler-message","package_id":"path+file:///repo/wire#0.1.0","message":{"level":"warning"}}"#,
            r#"{"reason":"compiler-message","package_id":"path+file:///usr/lib/std#0.0.0","message":{"level":"warning"}}"#,
            r#"{"reason":"compiler-message","package_id":"path+file:///repo/wire#0.1.0","message":{"level":"failure-note"}}"#,
            "not json",
        ] {
            seen.read(line, Path::new("/repo"));
        }
        assert_eq!(seen.wasm.as_deref(), Some(Path::new("/t/frontend.wasm")));
        assert_eq!(seen.warnings, 1);
    }
}
