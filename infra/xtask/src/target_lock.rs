//! One clone at a time in the target folder that all clones of a user share.
//!
//! Cargo tells its own crates' builds apart by their path *inside* the repository and by their
//! files' times. Two clones therefore look alike to it, and the older one could be handed the newer
//! one's build. So the clone that takes the folder from another forgets how the workspace's own
//! crates were built there. What comes from registries stays.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::places::Places;

/// Holds the folder until it is dropped.
#[derive(Debug)]
pub(crate) struct TargetLock(#[expect(dead_code, reason = "the open file is the lock")] File);

/// Waits for the folder, and makes it this clone's.
pub(crate) fn take(places: &Places) -> Result<TargetLock> {
    let target = &places.target;
    std::fs::create_dir_all(target)
        .with_context(|| format!("cannot make the target folder {}", target.display()))?;
    let path = target.join("atelier.lock");
    let file = File::options().create(true).append(true).open(&path);
    let file = file.with_context(|| format!("cannot open {}", path.display()))?;
    if file.try_lock().is_err() {
        eprintln!(
            "           waiting for another `cargo xtask` to leave {}",
            target.display()
        );
        file.lock()
            .with_context(|| format!("cannot lock {}", path.display()))?;
    }
    let owner_file = target.join("atelier.clone");
    let root = places.root.to_string_lossy();
    let owner = std::fs::read_to_string(&owner_file).unwrap_or_default();
    if owner != root {
        if !owner.is_empty() {
            for name in members(&places.root)? {
                forget(target, &name)?;
            }
        }
        std::fs::write(&owner_file, root.as_bytes())?;
    }
    Ok(TargetLock(file))
}

/// The names of the workspace's packages, read from the folders that have a manifest.
fn members(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for folder in [root.to_owned(), root.join("infra")] {
        for entry in folder.read_dir()? {
            let Ok(manifest) = std::fs::read_to_string(entry?.path().join("Cargo.toml")) else {
                continue;
            };
            names.extend(package_name(&manifest));
        }
    }
    Ok(names)
}

fn package_name(manifest: &str) -> Option<String> {
    let package = manifest.split("[package]").nth(1)?;
    let line = package.lines().find(|line| line.starts_with("name"))?;
    Some(line.split('"').nth(1)?.to_owned())
}

/// Removes `<target>/**/.fingerprint/<name>-*`, at the two depths where cargo has them.
fn forget(target: &Path, name: &str) -> Result<()> {
    for folder in [
        target.to_owned(),
        target.join("web"),
        target.join("web").join(crate::wasm::TARGET),
    ] {
        for profile in entries(&folder)? {
            for built in entries(&profile.join(".fingerprint"))? {
                let unit = built
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                if unit
                    .rsplit_once('-')
                    .is_some_and(|(package, _)| package == name)
                {
                    std::fs::remove_dir_all(&built)?;
                }
            }
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    match folder.read_dir() {
        Ok(entries) => Ok(entries.flatten().map(|entry| entry.path()).collect()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(Vec::new())
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", folder.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_clone_forgets_our_crates_and_keeps_the_registrys() {
        let folder = tempfile::tempdir().unwrap();
        let clone = |name: &str| {
            let root = folder.path().join(name);
            std::fs::create_dir_all(root.join("wire")).unwrap();
            std::fs::create_dir_all(root.join("infra")).unwrap();
            std::fs::write(root.join("wire/Cargo.toml"), "[package]\nname = \"wire\"\n").unwrap();
            Places {
                root,
                cache: folder.path().into(),
                target: folder.path().join("target"),
            }
        };
        let built = |unit: &str| folder.path().join("target/debug/.fingerprint").join(unit);
        let (one, two) = (clone("one"), clone("two"));
        drop(take(&one).unwrap());
        for unit in ["wire-0a1b", "wire-codec-0a1b", "serde-0a1b"] {
            std::fs::create_dir_all(built(unit)).unwrap();
        }

        drop(take(&one).unwrap());
        assert!(built("wire-0a1b").exists());
        drop(take(&two).unwrap());
        assert!(!built("wire-0a1b").exists());
        assert!(built("wire-codec-0a1b").exists() && built("serde-0a1b").exists());
    }

    #[test]
    fn the_name_is_the_packages_and_not_a_binarys() {
        let manifest = "[[bin]]\nname = \"b\"\n[package]\nversion = \"1\"\nname = \"p\"\n";
        assert_eq!(package_name(manifest).as_deref(), Some("p"));
        assert_eq!(package_name("[workspace]\n"), None);
    }
}
