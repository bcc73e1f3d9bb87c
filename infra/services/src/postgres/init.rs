//! Making a new cluster: beside its place first, then moved there when it is whole.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::{Binaries, Durability};
use crate::owner::Owner;

pub(super) fn make(
    binaries: &Binaries,
    owner: Owner,
    folder: &Path,
    password_file: &Path,
    durability: Durability,
) -> Result<()> {
    let part = folder.with_added_extension("part");
    if part.exists() {
        std::fs::remove_dir_all(&part)?;
    }
    let cluster = part.join("cluster");
    std::fs::create_dir_all(&cluster)
        .with_context(|| format!("cannot make {}", cluster.display()))?;
    let password = crate::random_hex::<16>();
    let password_in = part.join("password");
    crate::write_secret(password_file, &password)?;
    crate::write_secret(&password_in, &password)?;
    for path in [&part, &cluster] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))?;
    }
    for path in [&part, &cluster, &password_in] {
        owner.takes(path)?;
    }
    initdb(binaries, owner, &cluster, &password_in, durability)?;
    create_database(binaries, owner, &cluster)?;
    // An interrupted start may have left an empty folder, or a link's target that never came.
    std::fs::rename(&cluster, folder)
        .with_context(|| format!("cannot move the new cluster to {}", folder.display()))?;
    std::fs::remove_dir_all(&part)?;
    Ok(())
}

fn initdb(
    binaries: &Binaries,
    owner: Owner,
    cluster: &Path,
    password: &Path,
    durability: Durability,
) -> Result<()> {
    let mut command = Command::new(binaries.program("initdb"));
    owner
        .runs(&mut command)
        .args([
            "--username",
            "atelier",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
        ])
        .args(["--auth", "scram-sha-256", "--no-instructions"])
        .arg("--pwfile")
        .arg(password)
        .arg("--pgdata")
        .arg(cluster);
    if durability == Durability::Fast {
        command.arg("--no-sync");
    }
    let output = command
        .stdin(Stdio::null())
        .output()
        .context("cannot start initdb")?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        bail!(
            "initdb could not make a cluster in {}: {words}",
            cluster.display()
        );
    }
    Ok(())
}

/// The database that the product uses, made without a running server.
fn create_database(binaries: &Binaries, owner: Owner, cluster: &Path) -> Result<()> {
    let mut command = Command::new(binaries.program("postgres"));
    owner
        .runs(&mut command)
        .arg("--single")
        .arg("-D")
        .arg(cluster)
        .arg("postgres");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start postgres")?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(b"create database atelier\n")?;
    }
    let output = child.wait_with_output()?;
    let words = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || words.contains("ERROR") {
        bail!("cannot create the database `atelier`: {words}");
    }
    Ok(())
}
