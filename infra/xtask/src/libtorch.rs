//! libtorch for the worker: the user's own, else the one copy in the cache.
//!
//! PyPI's Linux wheel holds the CUDA build. Its CPU part works alone and is a quarter of it, so
//! that part is all that is kept. A worker for a GPU is built with a `LIBTORCH` that has the rest.

mod wheel;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::places::Places;

/// The release that the crate `tch` of this workspace is made for.
const VERSION: &str = "2.11.0";

/// The folder to give cargo as `LIBTORCH`, whether it is there yet or not.
pub(crate) fn folder(places: &Places) -> PathBuf {
    let own = std::env::var_os("LIBTORCH").filter(|own| !own.is_empty());
    own.map_or_else(|| home(places).join("torch"), PathBuf::from)
}

/// Fetches it unless it is there.
pub(crate) fn set_up(places: &Places) -> Result<PathBuf> {
    let folder = folder(places);
    if folder.join("lib").is_dir() {
        return Ok(folder);
    }
    if !folder.starts_with(home(places)) {
        bail!(
            "LIBTORCH={}: there is no folder `lib` in it; correct it, or unset it to have \
             libtorch {VERSION} fetched",
            folder.display()
        );
    }
    if !cfg!(all(
        target_os = "linux",
        target_arch = "x86_64",
        target_env = "gnu"
    )) {
        bail!(
            "libtorch {VERSION} is fetched for x86-64 Linux only: get it for this machine from \
             pytorch.org, or with `pip install torch=={VERSION}`, and set LIBTORCH to the folder \
             that has `lib` and `include` in it"
        );
    }
    fetch(places).with_context(|| {
        format!(
            "no libtorch {VERSION}: make `python3 -m pip` work, or unzip an official libtorch \
             {VERSION} somewhere and set LIBTORCH to the folder that has `lib` and `include` in it"
        )
    })?;
    Ok(folder)
}

fn home(places: &Places) -> PathBuf {
    places.cache.join(format!("libtorch-{VERSION}-cpu"))
}

fn fetch(places: &Places) -> Result<()> {
    services::once(&home(places), |part| {
        let downloads = part.join("wheels");
        eprintln!("           fetching 0.5 GB of wheels");
        for wheel in wheel::ALL {
            wheel.download(&downloads)?;
        }
        eprintln!("           checking and unpacking them");
        for wheel in wheel::ALL {
            wheel.unpack(&downloads, part)?;
        }
        std::fs::remove_dir_all(&downloads).context("cannot remove the wheels")
    })
}
