//! The data folder: one product lives in it at a time.

use std::fs::{File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// An open data folder. No other `cargo xtask run` has it while this one does.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) folder: PathBuf,
    _lock: File,
}

impl Data {
    /// Makes what is missing, and takes the folder.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the data folder {}", folder.display()))?;
        let folder = folder.canonicalize()?;
        let path = folder.join("lock");
        let mut lock = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .with_context(|| format!("cannot open {}", path.display()))?;
        if lock.try_lock().is_err() {
            let who = std::fs::read_to_string(&path).unwrap_or_default();
            bail!(
                "{} is in use by another `cargo xtask run` (process {}): stop it, or give this \
                 one another folder with --data and another port with --port",
                folder.display(),
                who.trim()
            );
        }
        lock.set_len(0)?;
        writeln!(lock, "{}", std::process::id())?;
        let data = Self {
            folder,
            _lock: lock,
        };
        for private in [data.blobs(), data.logs()] {
            std::fs::create_dir_all(&private)?;
            std::fs::set_permissions(&private, Permissions::from_mode(0o700))?;
        }
        if !data.secret_file().exists() {
            services::write_secret(&data.secret_file(), &services::random_hex::<32>())?;
        }
        Ok(data)
    }

    /// Pictures and learned styles.
    pub(crate) fn blobs(&self) -> PathBuf {
        self.folder.join("blobs")
    }

    /// JetStream's files.
    pub(crate) fn nats(&self) -> PathBuf {
        self.folder.join("nats")
    }

    /// What the children said.
    pub(crate) fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    /// What the server signs sessions with. Without it, everybody has to log in again.
    pub(crate) fn secret_file(&self) -> PathBuf {
        self.folder.join("secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_on_the_same_data_is_refused_and_told_by_whom() {
        let folder = tempfile::tempdir().unwrap();
        let first = Data::open(folder.path()).unwrap();
        let refusal = Data::open(folder.path()).unwrap_err().to_string();
        assert!(
            refusal.contains(&format!("process {}", std::process::id())),
            "{refusal}"
        );
        drop(first);
        assert!(Data::open(folder.path()).is_ok());
    }

    #[test]
    fn the_secret_is_made_once_and_is_the_owners() {
        let folder = tempfile::tempdir().unwrap();
        let secret = |data: &Data| std::fs::read_to_string(data.secret_file()).unwrap();
        let first = secret(&Data::open(folder.path()).unwrap());
        assert_eq!(first.len(), 64);
        let data = Data::open(folder.path()).unwrap();
        assert_eq!(first, secret(&data));
        let mode = data.secret_file().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
