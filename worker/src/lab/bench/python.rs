//! The other side: a Python that gets the batch, measures, and answers once.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::Batch;

/// Seconds of processor time of each repeat.
#[derive(Debug, Deserialize)]
pub(super) struct Theirs {
    pub(super) stable_baselines3: Vec<f64>,
    pub(super) torch_by_hand: Vec<f64>,
    pub(super) versions: String,
}

pub(super) fn measure(python: &Path, batch: &Batch) -> anyhow::Result<Theirs> {
    let mut child = Command::new(python)
        .args(["-c", include_str!("reference_side.py")])
        // The libraries read it when they start; the script says it once more to torch itself.
        .env("OMP_NUM_THREADS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", python.display()))?;
    let mut orders = child.stdin.take().context("no pipe to the Python side")?;
    // If it has already ended, its status says more than the broken pipe.
    let _ = orders.write_all(serde_json::to_string(batch)?.as_bytes());
    drop(orders);
    let output = child.wait_with_output()?;
    ensure!(
        output.status.success(),
        "the Python side ended ({}); does it have torch and stable-baselines3?",
        output.status
    );
    serde_json::from_slice(&output.stdout).context("the Python side's answer does not read")
}
