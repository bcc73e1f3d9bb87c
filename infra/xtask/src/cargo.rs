//! Cargo as every command here runs it.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::places::Places;

/// Variables that `cargo run` set for us and that would look like settings to another cargo.
const NOT_FOR_CHILDREN: &[&str] = &[
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_BIN_NAME",
];

/// Cargo in the repository, told where libtorch is and where to build.
pub(crate) fn command(places: &Places) -> Command {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(&places.root)
        .stdin(Stdio::null())
        .env("LIBTORCH", crate::libtorch::folder(places))
        .env("CARGO_TARGET_DIR", &places.target);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || NOT_FOR_CHILDREN.contains(&text.as_ref()) {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// Runs a command and, if it fails, says how to run it again.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let again = in_words(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start `{again}`"))?;
    if !status.success() {
        bail!("failed ({status}); to repeat it: cargo xtask {again}");
    }
    Ok(())
}

/// `cargo xtask cargo …`.
pub(crate) fn pass_through(places: &Places, arguments: &[String]) -> Result<()> {
    let _lock = crate::target_lock::take(places)?;
    let status = command(places)
        .args(arguments)
        .stdin(Stdio::inherit())
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!("cargo {} failed ({status})", arguments.join(" "));
    }
    Ok(())
}

fn in_words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| quoted(&word.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./,:+@".contains(c);
    if word.chars().all(plain) && !word.is_empty() {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_that_repeats_it() {
        let error = run(Command::new("false").args(["a b", "--ok"]))
            .unwrap_err()
            .to_string();
        assert!(error.ends_with("cargo xtask false 'a b' --ok"), "{error}");
    }
}
