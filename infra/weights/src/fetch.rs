//! From the hub to this machine: resumed where it stopped, and checked.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use hf_hub::api::sync::{ApiBuilder, ApiRepo};

use crate::checksum::is_whole;
use crate::{Home, Published};

/// A broken connection is taken up again this often before a person has to.
const RETRIES: usize = 5;

/// Which hub, and as whom.
#[derive(Clone, Default)]
pub struct Hub {
    /// Its address, the public hub's if not said.
    pub endpoint: Option<String>,
    /// Who asks, for repositories that are not open to all.
    pub token: Option<String>,
    /// Whether to draw progress bars.
    pub progress: bool,
}

/// Fetches what is not here yet, checks all of it, and returns the folder for the engine.
pub fn fetch(published: &Published, hub: &Hub, home: &Home) -> Result<PathBuf> {
    let mut builder = ApiBuilder::from_cache(hf_hub::Cache::new(home.downloads()))
        .with_progress(hub.progress)
        .with_retries(RETRIES)
        .with_token(hub.token.clone());
    if let Some(endpoint) = &hub.endpoint {
        builder = builder.with_endpoint(endpoint.trim_end_matches('/').to_owned());
    }
    let api = builder.build().context("cannot make an HTTP client")?;
    let repository = api.model(published.repository.to_owned());
    let mut folder = None;
    for file in published.files {
        let path = get(&repository, file)?;
        check(&path, file)?;
        let depth = Path::new(file).components().count();
        folder = path.ancestors().nth(depth).map(Path::to_owned);
    }
    let folder = folder.context("the catalogue lists no files")?;
    home.point(published.name, &folder)
}

fn get(repository: &ApiRepo, file: &str) -> Result<PathBuf> {
    repository.get(file).with_context(|| {
        let url = repository.url(file);
        format!("cannot fetch {url}; run this again to go on where it stopped")
    })
}

/// What arrived damaged is thrown away, or it would be taken for fetched the next time.
fn check(path: &Path, file: &str) -> Result<()> {
    let stored = path.canonicalize()?;
    if !is_whole(&stored)? {
        fs::remove_file(&stored)?;
        fs::remove_file(path)?;
        bail!("{file} arrived damaged and was thrown away; run this again to fetch it anew");
    }
    Ok(())
}

impl std::fmt::Debug for Hub {
    /// Without the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
