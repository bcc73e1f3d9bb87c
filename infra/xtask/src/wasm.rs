//! A compiler for the page.
//!
//! Usually the toolchain's own, with its wasm target. Where rustup cannot fetch that target,
//! Debian's rustc does instead: it comes with the source of the standard library, which is then
//! built together with the page. It is only ever used for the page.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::places::Places;

/// The target of the page.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// How the page is compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Compiler {
    /// The toolchain has the target.
    Toolchain,
    /// Another compiler builds the standard library too, and borrows the toolchain's linker.
    WithStd { rustc: PathBuf, linker: PathBuf },
}

impl Compiler {
    /// Finds one, or fetches one.
    pub(crate) fn set_up(places: &Places) -> Result<Self> {
        if has_target(places) {
            return Ok(Self::Toolchain);
        }
        if let Some(debian) = debian(places) {
            return Ok(debian);
        }
        if rustup_brings_it(places) {
            return Ok(Self::Toolchain);
        }
        if services::apt::is_usable() {
            services::apt::install(&["rustc-web", "rust-web-src"])?;
            if let Some(debian) = debian(places) {
                return Ok(debian);
            }
        }
        bail!(
            "no compiler for {TARGET}: run `rustup target add {TARGET}`, or on Debian as root \
             `apt-get install rustc-web rust-web-src`"
        )
    }

    /// Adds what cargo needs to be told.
    pub(crate) fn apply(&self, cargo: &mut Command) {
        if let Self::WithStd { rustc, linker } = self {
            cargo
                .args(["-Z", "build-std=std,panic_abort"])
                .env("RUSTC", rustc)
                // The flag above is not stable yet; the standard library is meant to be built so.
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                // The other compiler knows neither the toolchain's wrapper nor its clippy.
                .env_remove("RUSTC_WRAPPER")
                .env_remove("RUSTC_WORKSPACE_WRAPPER");
        }
    }

    /// For the line that says what was found.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Toolchain => format!("the toolchain's {TARGET}"),
            Self::WithStd { rustc, .. } => {
                format!("{} with the standard library's source", rustc.display())
            }
        }
    }
}

fn has_target(places: &Places) -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    printed(
        places,
        Path::new(&rustc),
        &["target-libdir", "--target", TARGET],
    )
    .is_some_and(|folder| folder.is_dir())
}

fn debian(places: &Places) -> Option<Compiler> {
    let rustc = PathBuf::from("/usr/bin/rustc");
    let source = printed(places, &rustc, &["sysroot"])?.join("lib/rustlib/src/rust/library/std");
    let libraries = printed(places, Path::new("rustc"), &["target-libdir"])?;
    let linker = libraries.parent()?.join("bin/rust-lld");
    (source.is_dir() && linker.is_file()).then_some(Compiler::WithStd { rustc, linker })
}

fn rustup_brings_it(places: &Places) -> bool {
    let added = Command::new("rustup")
        .args(["target", "add", TARGET])
        .current_dir(&places.root)
        .stdin(Stdio::null())
        .output()
        .context("no rustup");
    added.is_ok_and(|output| output.status.success()) && has_target(places)
}

/// A path that `rustc --print` tells.
fn printed(places: &Places, rustc: &Path, what: &[&str]) -> Option<PathBuf> {
    let output = Command::new(rustc)
        .arg("--print")
        .args(what)
        .current_dir(&places.root)
        .output()
        .ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| path.trim().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_toolchain_needs_no_flags_and_the_other_compiler_builds_std() {
        let mut plain = Command::new("cargo");
        Compiler::Toolchain.apply(&mut plain);
        assert_eq!(plain.get_args().count() + plain.get_envs().count(), 0);

        let mut with_std = Command::new("cargo");
        let compiler = Compiler::WithStd {
            rustc: "/r".into(),
            linker: "/l".into(),
        };
        compiler.apply(&mut with_std);
        assert!(
            with_std
                .get_args()
                .any(|flag| flag == "build-std=std,panic_abort")
        );
        assert!(
            with_std
                .get_envs()
                .any(|(name, value)| name == "RUSTC" && value.is_some())
        );
    }
}
