//! `cargo xtask weights`: the program of that crate does it, so that this one carries no TLS.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::Result;

use crate::cargo;
use crate::places::Places;

/// Fetches an engine's weights, or takes them from a folder.
pub(crate) fn weights(places: &Places, engine: &str, from: Option<&Path>, yes: bool) -> Result<()> {
    let mut command = cargo::command(places);
    command.args(["run", "--quiet", "--package", "weights", "--", engine]);
    if let Some(folder) = from {
        // The program is started in the repository, whichever folder we are in.
        command.arg("--from").arg(std::path::absolute(folder)?);
    }
    if yes {
        command.arg("--yes");
    }
    // It may have a question.
    cargo::run(command.stdin(Stdio::inherit()))
}

/// Where they lie afterwards, if they do.
pub(crate) fn folder(places: &Places, engine: &str) -> Option<PathBuf> {
    let folder = places.cache.join("weights").join(engine);
    folder.exists().then_some(folder)
}
