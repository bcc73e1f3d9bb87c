//! Debian's packages, for what the other registries do not have. Only root can install them.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// Whether packages can be installed here without asking anybody.
pub fn is_usable() -> bool {
    crate::is_root() && crate::on_path("apt-get").is_some()
}

/// Installs packages, without what they only recommend.
pub fn install(packages: &[&str]) -> Result<()> {
    if !is_usable() {
        bail!(
            "needs root and apt-get: as root, `apt-get install {}`",
            packages.join(" ")
        );
    }
    eprintln!("  apt-get install {}", packages.join(" "));
    // Old lists would bring old versions. Without new ones, what they name may still do.
    if let Err(error) = get(&["update"]) {
        eprintln!("  {error:#}; going on with the package lists at hand");
    }
    get(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
}

/// It would print a line for every file; what goes wrong it still tells.
fn get(arguments: &[&str]) -> Result<()> {
    let status = Command::new("apt-get")
        .arg("-qq")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .context("cannot start apt-get")?;
    if !status.success() {
        bail!(
            "`apt-get {}` failed ({status}): see its message above",
            arguments.join(" ")
        );
    }
    Ok(())
}
