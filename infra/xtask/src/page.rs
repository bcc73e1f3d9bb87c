//! The page: what a browser loads, made from the crate `frontend`.
//!
//! The site folder holds `manifest.json`, which names the three files that the server's HTML refers
//! to; `pkg/` with these files, their precompressed twins and the scripts that crates bring; and
//! everything of `frontend/public/`. Names in `pkg/` tell the content, so a browser may keep them
//! for ever.

mod assets;
mod compile;
mod manifest;
mod module;
mod styles;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::places::Places;
use crate::steps::Steps;
use assets::Assets;
pub(crate) use assets::Size;
pub(crate) use compile::Warnings;

/// Changes when the bundler does something else with the same inputs.
const BUNDLER: &str = "1";

/// How much the page is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Small: what people load.
    Release,
    /// Quick to build: what tests load.
    Dev,
}

impl Profile {
    pub(crate) fn of(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    /// Cargo's name for it, in the workspace's manifest.
    fn name(self) -> &'static str {
        match self {
            Self::Release => "web",
            Self::Dev => "web-dev",
        }
    }

    /// Where the page of this profile goes.
    pub(crate) fn site(self, places: &Places) -> PathBuf {
        places.target.join(format!("site-{}", self.name()))
    }
}

/// Builds the page, or finds that nothing changed. Returns the site folder.
pub(crate) fn build(
    steps: &mut Steps,
    places: &Places,
    profile: Profile,
    warnings: Warnings,
) -> Result<PathBuf> {
    steps.next("page: compile");
    let wasm = compile::compile(places, profile, warnings)?;
    steps.next("page: bundle");
    let site = profile.site(places);
    let frontend = places.root.join("frontend");
    let styles = styles::collect(&frontend)?;
    let public = frontend.join("public");
    let inputs = fingerprint(&wasm, &styles, &public)?;
    // Beside the site and not in it, since the server hands out whatever is in there.
    let made_from = site.with_added_extension("made-from");
    let same = std::fs::read_to_string(&made_from).is_ok_and(|old| old == inputs);
    if same && names(&site).is_ok() {
        steps.note("nothing changed");
        return Ok(site);
    }
    let part = site.with_added_extension("part");
    if part.exists() {
        std::fs::remove_dir_all(&part)?;
    }
    let mut assets = Assets::new(&part.join("pkg"), profile)?;
    let module = module::make(&wasm, profile)?;
    for (path, script) in &module.snippets {
        assets.put_as(&Path::new("snippets").join(path), script.as_bytes())?;
    }
    let manifest = manifest::Manifest {
        js: assets.put("atelier", "js", module.js.as_bytes())?,
        wasm: assets.put("atelier", "wasm", &module.wasm)?,
        css: assets.put("atelier", "css", styles.as_bytes())?,
    };
    if public.is_dir() {
        copy(&public, &part)?;
    }
    manifest.write(&part)?;
    if made_from.exists() {
        std::fs::remove_file(&made_from)?;
    }
    replace(&part, &site)?;
    std::fs::write(&made_from, inputs)?;
    for size in assets.sizes() {
        steps.note(&size.to_string());
    }
    Ok(site)
}

/// The names in the site's manifest, for who measures them.
pub(crate) fn names(site: &Path) -> Result<[String; 3]> {
    let manifest = manifest::Manifest::read(site)?;
    Ok([manifest.js, manifest.wasm, manifest.css])
}

fn fingerprint(wasm: &Path, styles: &str, public: &Path) -> Result<String> {
    let mut parts = vec![
        BUNDLER.to_owned(),
        crate::digest::of_reader(
            std::fs::File::open(wasm).with_context(|| format!("no {}", wasm.display()))?,
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

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let target = to.join(file.strip_prefix(from)?);
        std::fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
        std::fs::copy(&file, &target).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// Puts the new site where the old one was; a crash in between leaves none, and the next build
/// makes one.
fn replace(part: &Path, site: &Path) -> Result<()> {
    if site.exists() {
        std::fs::remove_dir_all(site)?;
    }
    std::fs::rename(part, site).with_context(|| format!("cannot make {}", site.display()))
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
