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
        // Cargo tells where the crate is that it runs. Without cargo, whoever calls is in the
        // repository; where this program was compiled may be another clone.
        let here = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(manifest) => PathBuf::from(manifest),
            None => std::env::current_dir().context("this folder is gone")?,
        };
        let root = repository(&here)?;
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

/// The folder around `here` that has this crate in it.
fn repository(here: &Path) -> Result<PathBuf> {
    let root = here
        .ancestors()
        .find(|folder| folder.join("infra/xtask/Cargo.toml").is_file());
    let root = root.with_context(|| {
        format!(
            "{} is not inside a clone of Atelier: change into one",
            here.display()
        )
    })?;
    Ok(root.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_the_one_around_the_folder_and_not_the_one_compiled_in() {
        let clone = tempfile::tempdir().unwrap();
        let inside = clone.path().join("infra/xtask/src");
        std::fs::create_dir_all(&inside).unwrap();
        let error = repository(&inside).unwrap_err().to_string();
        assert!(error.ends_with("change into one"), "{error}");

        std::fs::write(clone.path().join("infra/xtask/Cargo.toml"), "").unwrap();
        for here in [inside.as_path(), clone.path()] {
            assert_eq!(repository(here).unwrap(), clone.path());
        }
    }
}
