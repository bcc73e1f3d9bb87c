//! A folder that is filled once, whole or not at all, whoever else is filling it.

use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Has `fill` put everything into an empty folder, which then becomes `folder`. If `folder` is
/// there, or somebody else is making it meanwhile, there is nothing to do but wait.
pub fn once(folder: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    if folder.exists() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)
            .with_context(|| format!("cannot make {}", parent.display()))?;
    }
    let lock = folder.with_added_extension("lock");
    let lock = File::create(&lock).with_context(|| format!("cannot write {}", lock.display()))?;
    lock.lock()
        .context("cannot wait for whoever fetches the same")?;
    if folder.exists() {
        return Ok(());
    }
    let part = folder.with_added_extension("part");
    // What an interrupted run left there is of no use.
    if part.exists() {
        std::fs::remove_dir_all(&part)
            .with_context(|| format!("cannot remove {}", part.display()))?;
    }
    std::fs::create_dir_all(&part).with_context(|| format!("cannot make {}", part.display()))?;
    fill(&part)?;
    std::fs::rename(&part, folder).with_context(|| format!("cannot make {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn many_ask_and_one_fills() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("tool");
        let filled = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    once(&folder, |part| {
                        filled.fetch_add(1, Ordering::SeqCst);
                        Ok(std::fs::write(part.join("a"), "whole")?)
                    })
                    .unwrap();
                    assert_eq!(std::fs::read_to_string(folder.join("a")).unwrap(), "whole");
                });
            }
        });
        assert_eq!(filled.into_inner(), 1);
    }

    #[test]
    fn a_failure_leaves_no_folder_and_the_next_try_starts_afresh() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("tool");
        let failed = once(&folder, |part| {
            std::fs::write(part.join("half"), "")?;
            anyhow::bail!("the line went dead")
        });
        assert!(failed.is_err() && !folder.exists());
        once(&folder, |part| Ok(std::fs::write(part.join("whole"), "")?)).unwrap();
        assert!(folder.join("whole").exists() && !folder.join("half").exists());
    }
}
