//! Where downloads are kept, so that the next clone and the next run find them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The user's cache folder for this project: `$ATELIER_CACHE`, else `$XDG_CACHE_HOME/atelier`, else
/// `~/.cache/atelier`.
///
/// It may lie where only its owner can go. What another user must reach is kept in
/// [`open_cache_dir`] instead.
pub fn cache_dir() -> PathBuf {
    let variable = |name| std::env::var_os(name);
    choose(
        variable("ATELIER_CACHE"),
        variable("XDG_CACHE_HOME"),
        std::env::home_dir(),
    )
}

/// A cache folder that every user can read: the usual one unless a closed folder lies above it.
///
/// Only root ever needs the second choice, and only root can write there.
pub(crate) fn open_cache_dir() -> PathBuf {
    let usual = cache_dir();
    if crate::owner::is_root() && !crate::owner::all_may_enter(&usual) {
        return PathBuf::from("/var/cache/atelier");
    }
    usual
}

/// A relative value of either variable means nothing once a child changes its folder, so it counts
/// as unset, as the XDG specification asks.
fn choose(own: Option<OsString>, xdg: Option<OsString>, home: Option<PathBuf>) -> PathBuf {
    let absolute = |value: Option<OsString>| value.map(PathBuf::from).filter(|p| p.is_absolute());
    absolute(own)
        .or_else(|| absolute(xdg).map(|folder| folder.join("atelier")))
        .or_else(|| home.map(|folder| folder.join(".cache/atelier")))
        .unwrap_or_else(|| std::env::temp_dir().join("atelier-cache"))
}

/// Lets everybody read a tree that was written under a narrow umask.
pub(crate) fn open_to_all(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let kind = path.symlink_metadata()?;
    if kind.is_symlink() {
        return Ok(());
    }
    let mut permissions = kind.permissions();
    let mode = permissions.mode();
    let enter = if mode & 0o100 == 0 { 0 } else { 0o111 };
    permissions.set_mode(mode | 0o444 | enter);
    std::fs::set_permissions(path, permissions)?;
    if kind.is_dir() {
        for entry in path.read_dir()? {
            open_to_all(&entry?.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_where_the_user_says_then_xdg_then_home() {
        let own = || Some(OsString::from("/own"));
        let xdg = || Some(OsString::from("/xdg"));
        let home = || Some(PathBuf::from("/home/ana"));
        assert_eq!(choose(own(), xdg(), home()), Path::new("/own"));
        assert_eq!(choose(None, xdg(), home()), Path::new("/xdg/atelier"));
        assert_eq!(
            choose(None, None, home()),
            Path::new("/home/ana/.cache/atelier")
        );
        assert_eq!(
            choose(None, None, None),
            std::env::temp_dir().join("atelier-cache")
        );
    }

    #[test]
    fn a_relative_folder_counts_as_unset() {
        let home = Some(PathBuf::from("/home/ana"));
        let relative = || Some(OsString::from("cache"));
        assert_eq!(
            choose(relative(), relative(), home),
            Path::new("/home/ana/.cache/atelier")
        );
    }
}
