//! The page: what a browser loads, made from the crate `frontend`.
//!
//! The site folder holds `manifest.json`, which names the three files that the server's HTML refers
//! to; `pkg/` with these files, their precompressed twins and the scripts that crates bring; and
//! everything of `frontend/public/`. Names in `pkg/` tell the content, so a browser may keep them
//! for ever.

mod assets;
mod compile;
mod inputs;
mod manifest;
mod module;
mod styles;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::places::Places;
use crate::steps::Steps;
use assets::Assets;
pub(crate) use assets::Size;
pub(crate) use compile::{Warnings, lint};

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
    let made_of = inputs::fingerprint(&wasm, &styles, &public)?;
    // Beside the site and not in it, since the server hands out whatever is in there.
    let made_from = site.with_added_extension("made-from");
    let same = std::fs::read_to_string(&made_from).is_ok_and(|old| old == made_of);
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
        inputs::copy(&public, &part)?;
    }
    manifest.write(&part)?;
    if made_from.exists() {
        std::fs::remove_file(&made_from)?;
    }
    replace(&part, &site)?;
    std::fs::write(&made_from, made_of)?;
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

/// Puts the new site where the old one was; a crash in between leaves none, and the next build
/// makes one.
fn replace(part: &Path, site: &Path) -> Result<()> {
    if site.exists() {
        std::fs::remove_dir_all(site)?;
    }
    std::fs::rename(part, site).with_context(|| format!("cannot make {}", site.display()))
}
