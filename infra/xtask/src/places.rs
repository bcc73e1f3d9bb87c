//! The folders that everything else is told about.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Where the repository is and where builds go.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// The repository.
    pub(crate) root: PathBuf,
    /// What was fetched, shared by all clones of this user.
    pub(crate) cache: PathBuf,
    /// What was built: `$CARGO_TARGET_DIR`, else a folder in the cache that all clones share.
    pub(crate) target: PathBuf,
}

impl Places {
    pub(crate) fn find() -> Result<Self> {
        // Cargo tells where the crate is that it runs. What was compiled in may be another clone's,
        // if both share a target folder; without cargo there is nothing better.
        let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let root = here
            .as_deref()
            .unwrap_or(Path::new(env!("CARGO_MANIFEST_DIR")))
            .ancestors()
            .nth(2)
            .context("xtask lies two folders below the repository")?
            .to_owned();
        let cache = services::cache_dir();
        let own = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let target = own.map_or_else(|| cache.join("target"), |own| root.join(own));
        Ok(Self {
            root,
            cache,
            target,
        })
    }

    /// The folder of programs that a cargo profile fills.
    pub(crate) fn programs(&self, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" })
    }
}
