//! Starting the server on a cluster, and knowing when it is ready.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::{Binaries, Durability};
use crate::owner::Owner;
use crate::{Process, Signal};

/// After a crash Postgres replays its log before it is ready; that may take a while.
const PATIENCE: Duration = Duration::from_mins(2);

pub(super) fn serve(
    binaries: &Binaries,
    owner: Owner,
    folder: &Path,
    log: &Path,
    durability: Durability,
    port: u16,
) -> Result<Process> {
    let file = crate::open_log(log)?;
    let mut command = Command::new(binaries.program("postgres"));
    owner
        .runs(&mut command)
        .arg("-D")
        .arg(folder)
        .arg("-p")
        .arg(port.to_string());
    for setting in settings(durability) {
        command.args(["-c", setting]);
    }
    command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    // SIGINT is Postgres's fast stop: it does not wait for clients to leave.
    let mut process = Process::spawn("Postgres", &mut command, Signal::SIGINT)?;
    let pid_file = folder.join("postmaster.pid");
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if let Some(status) = process.exited()? {
            bail!("postgres ended at once ({status}): {}", crate::tail(log, 8));
        }
        if is_ready(
            &std::fs::read_to_string(&pid_file).unwrap_or_default(),
            process.pid(),
        ) {
            return Ok(process);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    bail!(
        "postgres was not ready after {PATIENCE:?}: {}",
        crate::tail(log, 8)
    )
}

/// The eighth line of `postmaster.pid` says `ready` once connections are taken. The first names the
/// process, since a file left by a crash says `ready` too.
fn is_ready(pid_file: &str, pid: u32) -> bool {
    let mut lines = pid_file.lines().map(str::trim);
    lines.next() == Some(&pid.to_string()) && lines.nth(6) == Some("ready")
}

fn settings(durability: Durability) -> impl Iterator<Item = &'static str> {
    const ALWAYS: &[&str] = &[
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=300",
        "timezone=UTC",
        "log_timezone=UTC",
    ];
    const FAST: &[&str] = &[
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "wal_level=minimal",
        "max_wal_senders=0",
        "autovacuum=off",
    ];
    let extra = if durability == Durability::Fast {
        FAST
    } else {
        &[]
    };
    ALWAYS.iter().chain(extra).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pid_file_says_ready_only_on_its_eighth_line_and_for_our_process() {
        let file = "41\n/data\n1700000000\n5432\n\n127.0.0.1\n  123 0\nready   \n";
        assert!(is_ready(file, 41));
        assert!(!is_ready(file, 42));
        assert!(!is_ready(&file.replace("ready", "starting"), 41));
        assert!(!is_ready("", 41));
    }
}
