//! Python's package installer, as a way to fetch binaries that no other reachable registry has.
//!
//! No Python code of these packages is ever run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// A `python3` that has pip, fetched on Debian as root if there is none.
pub fn python() -> Result<PathBuf> {
    let usable = || ["python3", "python"].iter().find_map(|name| with_pip(name));
    if let Some(python) = usable() {
        return Ok(python);
    }
    if crate::apt::is_usable() {
        crate::apt::install(&["python3-pip"])?;
        if let Some(python) = usable() {
            return Ok(python);
        }
    }
    bail!(
        "no python3 with pip on PATH: install Python 3 and pip (Debian: `apt-get install python3-pip`)"
    )
}

/// Unpacks one package without its dependencies into `folder`, unless it is there.
pub fn unpack(package: &str, folder: &Path) -> Result<()> {
    crate::once(folder, |part| {
        eprintln!("  fetching {package}");
        run([
            OsStr::new("install"),
            "--target".as_ref(),
            part.as_os_str(),
            package.as_ref(),
        ])
    })
}

/// Runs a pip command that only ever takes finished binaries of the packages named.
pub fn run<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<()> {
    let mut arguments = arguments.into_iter();
    let status = Command::new(python()?)
        .args(["-m", "pip"])
        .args(arguments.next())
        .args([
            "--disable-pip-version-check",
            "--no-deps",
            "--only-binary",
            ":all:",
        ])
        .args(["--quiet", "--progress-bar", "off"])
        .args(arguments)
        // A warning about running as root is noise where nothing is installed.
        .env("PIP_ROOT_USER_ACTION", "ignore")
        .stdout(std::io::stderr())
        .status()
        .context("cannot start pip")?;
    if !status.success() {
        bail!("pip could not fetch the package ({status}): see its message above");
    }
    Ok(())
}

fn with_pip(name: &str) -> Option<PathBuf> {
    let python = crate::on_path(name)?;
    let answer = Command::new(&python)
        .args(["-m", "pip", "--version"])
        .output()
        .ok()?;
    answer.status.success().then_some(python)
}
