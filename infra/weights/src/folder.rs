//! Where weights are kept: one folder per engine, behind a link that never changes its name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::Published;
use crate::checksum::is_whole;

/// The folder of all weights of this user.
#[derive(Clone, Debug)]
pub struct Home(PathBuf);

impl Home {
    /// A folder, made when something is put there.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// Below the project's cache folder.
    pub fn usual() -> Self {
        Self(services::cache_dir().join("weights"))
    }

    /// What to give an engine as its model.
    pub fn model(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Where downloads lie, finished and not.
    pub(crate) fn downloads(&self) -> PathBuf {
        self.0.join("hub")
    }

    /// Whether somebody has read the notice and said yes.
    pub(crate) fn consented(&self, name: &str) -> bool {
        self.consent(name).is_file()
    }

    pub(crate) fn note_consent(&self, name: &str) -> Result<()> {
        fs::create_dir_all(&self.0)?;
        let path = self.consent(name);
        fs::write(&path, "").with_context(|| format!("cannot write {}", path.display()))
    }

    /// Lets the engine's link point to this folder.
    pub(crate) fn point(&self, name: &str, folder: &Path) -> Result<PathBuf> {
        fs::create_dir_all(&self.0)?;
        let (link, fresh) = (self.model(name), self.0.join(format!("{name}.new")));
        let place = || -> std::io::Result<()> {
            if fresh.symlink_metadata().is_ok() {
                fs::remove_file(&fresh)?;
            }
            std::os::unix::fs::symlink(folder, &fresh)?;
            fs::rename(&fresh, &link)
        };
        place().with_context(|| format!("cannot make the link {}", link.display()))?;
        Ok(link)
    }

    fn consent(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.read"))
    }
}

/// Takes a folder that is already on this machine, in either precision. Files that another program
/// fetched from the hub are checked as ours are; others have no checksum to be checked against.
pub fn adopt(published: &Published, folder: &Path, home: &Home) -> Result<PathBuf> {
    let folder = folder
        .canonicalize()
        .with_context(|| format!("cannot find {}", folder.display()))?;
    for file in published.files {
        let single = file.replace(".fp16.", ".");
        let names = [file, single.as_str()];
        let found = names.map(|name| folder.join(name)).into_iter();
        let found: Vec<_> = found.filter(|path| path.is_file()).collect();
        ensure!(
            !found.is_empty(),
            "{} lacks {single}, it is no checkpoint in diffusers' layout",
            folder.display()
        );
        for path in found {
            ensure!(
                is_whole(&path.canonicalize()?)?,
                "{} is damaged, fetch it again",
                path.display()
            );
        }
    }
    home.point(published.name, &folder)
}
