//! A Postgres cluster of our own in a data folder.
//!
//! Not here: schemas and users beyond the one superuser, which are the server's business.

mod binaries;
mod init;
mod place;
mod serve;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tempfile::TempDir;

use crate::owner::Owner;
use crate::{Process, free_port};
pub use binaries::{Binaries, find};

/// What a crash of the machine may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing that was committed.
    Safe,
    /// Everything: several times quicker, for tests.
    Fast,
}

/// A running cluster. Dropping it stops it; what was committed is there at the next start.
#[derive(Debug)]
pub struct Cluster {
    process: Process,
    port: u16,
    password: String,
    /// Removed after the process above has stopped, since fields are dropped in this order.
    temporary: Option<TempDir>,
}

impl Cluster {
    /// Starts the cluster in `data`, made on the first call, on `port` or a free one.
    ///
    /// Its files lie in `<data>/postgres`, its password in `<data>/postgres.password`, its log in
    /// `<data>/logs/postgres.log`. If we are root and `data` is closed to other users,
    /// `<data>/postgres` is a link to a folder below `/var/lib/atelier`.
    pub fn start(data: &Path, durability: Durability, port: Option<u16>) -> Result<Self> {
        let owner = Owner::of_a_cluster()?;
        std::fs::create_dir_all(data)
            .with_context(|| format!("cannot make the data folder {}", data.display()))?;
        let data = data.canonicalize()?;
        let folder = place::of_cluster(&data, owner)?;
        let binaries = binaries::find(place::major_version(&folder)?)?;
        let password_file = data.join("postgres.password");
        if place::major_version(&folder)?.is_none() {
            init::make(&binaries, owner, &folder, &password_file, durability)?;
        }
        let password = std::fs::read_to_string(&password_file).with_context(|| {
            format!(
                "cannot read the password of the cluster in {}",
                password_file.display()
            )
        })?;
        let log = data.join("logs/postgres.log");
        let mut tries = if port.is_some() { 1 } else { 3 };
        loop {
            tries -= 1;
            let port = port.unwrap_or_else(free_port);
            match serve::serve(&binaries, owner, &folder, &log, durability, port) {
                Ok(process) => {
                    return Ok(Self {
                        process,
                        port,
                        password,
                        temporary: None,
                    });
                }
                Err(_) if tries > 0 => {} // somebody took the port in between
                Err(error) => return Err(error),
            }
        }
    }

    /// A fast cluster in a folder of its own that goes when this value is dropped.
    pub fn temporary() -> Result<Self> {
        use std::os::unix::fs::PermissionsExt as _;
        // Others may pass through it, so that a root's cluster can lie inside it.
        let folder = tempfile::Builder::new()
            .prefix("atelier-postgres-")
            .permissions(std::fs::Permissions::from_mode(0o711))
            .tempdir()
            .context("cannot make a temporary folder")?;
        let mut cluster = Self::start(folder.path(), Durability::Fast, None)?;
        cluster.temporary = Some(folder);
        Ok(cluster)
    }

    /// Where clients connect to the database `db`. `atelier` is there from the start.
    pub fn url(&self, db: &str) -> String {
        format!(
            "postgres://atelier:{}@127.0.0.1:{}/{db}",
            self.password, self.port
        )
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

    /// Ends every connection and writes everything out.
    pub fn stop(&mut self) -> Result<()> {
        self.process.stop(Duration::from_secs(30)).map(drop)
    }
}
