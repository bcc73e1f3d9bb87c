//! What the page is made from, beside the code: telling whether it changed, and copying files.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Changes when the bundler does something else with the same inputs.
const BUNDLER: &str = "1";

/// One digest of everything that the site folder is made from.
pub(super) fn fingerprint(wasm: &Path, styles: &str, public: &Path) -> Result<String> {
    let mut parts = vec![
        BUNDLER.to_owned(),
        crate::digest::of_reader(
            File::open(wasm).with_context(|| format!("no {}", wasm.display()))?,
        )?,
        crate::digest::of(styles.as_bytes()),
    ];
    for file in files_below(public)? {
        parts.push(file.to_string_lossy().into_owned());
        parts.push(crate::digest::of(&std::fs::read(&file)?));
    }
    Ok(crate::digest::of(parts.join("\n").as_bytes()))
}

/// Every file below a folder, in name order; none if there is no folder.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Copies every file below a folder, with the folders between.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let target = to.join(file.strip_prefix(from)?);
        std::fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
        std::fs::copy(&file, &target).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_follows_every_input() {
        let folder = tempfile::tempdir().unwrap();
        let (wasm, public) = (folder.path().join("a.wasm"), folder.path().join("public"));
        std::fs::write(&wasm, "wasm").unwrap();
        std::fs::create_dir_all(public.join("icons")).unwrap();
        let plain = fingerprint(&wasm, "css", &public).unwrap();
        assert_eq!(plain, fingerprint(&wasm, "css", &public).unwrap());
        assert_ne!(plain, fingerprint(&wasm, "css2", &public).unwrap());
        std::fs::write(public.join("icons/a.svg"), "<svg/>").unwrap();
        let with_icon = fingerprint(&wasm, "css", &public).unwrap();
        assert_ne!(plain, with_icon);
        std::fs::write(&wasm, "wasm2").unwrap();
        assert_ne!(with_icon, fingerprint(&wasm, "css", &public).unwrap());
    }

    #[test]
    fn public_files_keep_their_folders() {
        let folder = tempfile::tempdir().unwrap();
        let (public, site) = (folder.path().join("public"), folder.path().join("site"));
        std::fs::create_dir_all(public.join("icons")).unwrap();
        std::fs::write(public.join("icons/a.svg"), "<svg/>").unwrap();
        copy(&public, &site).unwrap();
        assert_eq!(
            std::fs::read_to_string(site.join("icons/a.svg")).unwrap(),
            "<svg/>"
        );
    }
}
