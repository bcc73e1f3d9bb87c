//! Who Postgres runs as when we are root, since it refuses to run as root, and where that user may go.

use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use nix::unistd::{Uid, User};

/// The user that owns a cluster: somebody else if we are root, else ourselves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner(Option<(u32, u32)>);

impl Owner {
    /// `postgres` if the system knows that user, else `nobody`.
    pub(crate) fn of_a_cluster() -> Result<Self> {
        if !is_root() {
            return Ok(Self(None));
        }
        for name in ["postgres", "nobody"] {
            if let Some(user) = User::from_name(name).context("cannot read the list of users")? {
                return Ok(Self(Some((user.uid.as_raw(), user.gid.as_raw()))));
            }
        }
        anyhow::bail!(
            "postgres does not run as root, and there is no user `postgres` or `nobody` to run it: \
             add one (`useradd --system postgres`), or start this as an ordinary user"
        )
    }

    /// Makes the command run as this user, in a folder and a language that every user has.
    pub(crate) fn runs(self, command: &mut Command) -> &mut Command {
        if let Some((uid, gid)) = self.0 {
            command.uid(uid).gid(gid);
        }
        command
            .current_dir("/")
            .env_remove("PGDATA")
            .env("LC_ALL", "C")
    }

    /// Gives a file or folder to this user.
    pub(crate) fn takes(self, path: &Path) -> Result<()> {
        if let Some((uid, gid)) = self.0 {
            chown(path, Some(uid), Some(gid))
                .with_context(|| format!("cannot hand {} to another user", path.display()))?;
        }
        Ok(())
    }

    /// Whether this user can reach `folder`, which exists.
    pub(crate) fn may_enter(self, folder: &Path) -> bool {
        self.0.is_none() || all_may_enter(folder)
    }
}

/// Whether this process has the rights of root.
pub fn is_root() -> bool {
    Uid::effective().is_root()
}

/// Whether every existing folder on the way to `path`, and `path` itself, lets everybody through.
pub(crate) fn all_may_enter(path: &Path) -> bool {
    let real = path
        .ancestors()
        .find_map(|folder| folder.canonicalize().ok());
    real.is_some_and(|real| {
        real.ancestors()
            .all(|folder| folder.metadata().is_ok_and(|data| data.mode() & 0o001 != 0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn one_closed_folder_on_the_way_keeps_everybody_out() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a/b");
        std::fs::create_dir_all(&below).unwrap();
        let set = |mode| {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
        };
        set(0o700);
        assert!(!all_may_enter(&below));
        assert!(!all_may_enter(&below.join("not yet there")));
        set(0o711);
        assert_eq!(all_may_enter(&below), all_may_enter(&std::env::temp_dir()));
    }
}
