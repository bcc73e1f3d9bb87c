//! libtorch for the worker: the user's own, else the one copy in the cache.
//!
//! PyPI's Linux wheel holds the CUDA build. Its CPU part works alone and is a quarter of it, so
//! that part is all that is kept for building. For a GPU the whole of it is fetched beside that. No
//! program is built anew: workers find the whole at their start, in `LD_LIBRARY_PATH`, and load
//! CUDA's half from there.

mod wheel;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::places::Places;
use wheel::Wheel;

/// The release that the crate `tch` of this workspace is made for.
const VERSION: &str = "2.11.0";
const CUDA_LIBRARY: &str = "libtorch_cuda.so";

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

/// Fetches the whole of it unless it is there, and returns the folder for `LD_LIBRARY_PATH`.
pub(crate) fn set_up_cuda(places: &Places) -> Result<PathBuf> {
    let (folder, whole) = (set_up(places)?, whole(places));
    if folder.join("lib").join(CUDA_LIBRARY).is_file() {
        // The user's own has it all.
        return Ok(folder.join("lib"));
    }
    if !folder.starts_with(home(places)) {
        bail!(
            "LIBTORCH={}: it has no {CUDA_LIBRARY}; name one with CUDA, or unset it to have \
             libtorch {VERSION} fetched",
            folder.display()
        );
    }
    services::once(&whole, |part| {
        fetch_into(part, wheel::WHOLE, "2.5 GB of wheels, which become 4 GB")
    })
    .with_context(|| format!("no CUDA for libtorch {VERSION}: make `python3 -m pip` work"))?;
    Ok(whole.join("torch/lib"))
}

/// Where CUDA's half is, if it was fetched or came with the user's own.
pub(crate) fn cuda(places: &Places) -> Option<PathBuf> {
    let folders = [folder(places), whole(places).join("torch")].into_iter();
    let mut folders = folders.map(|folder| folder.join("lib"));
    folders.find(|lib| lib.join(CUDA_LIBRARY).is_file())
}

/// Whether the kernel has a driver for GPUs that CUDA knows.
pub(crate) fn has_driver() -> bool {
    Path::new("/proc/driver/nvidia/version").is_file()
}

fn home(places: &Places) -> PathBuf {
    places.cache.join(format!("libtorch-{VERSION}-cpu"))
}

fn whole(places: &Places) -> PathBuf {
    places.cache.join(format!("libtorch-{VERSION}-cuda"))
}

fn fetch(places: &Places) -> Result<()> {
    services::once(&home(places), |part| {
        fetch_into(part, wheel::CPU, "0.5 GB of wheels")
    })
}

fn fetch_into(part: &Path, wheels: &[Wheel], size: &str) -> Result<()> {
    let downloads = part.join("wheels");
    eprintln!("           fetching {size}");
    for wheel in wheels {
        wheel.download(&downloads)?;
    }
    eprintln!("           checking and unpacking them");
    for wheel in wheels {
        wheel.unpack(&downloads, part)?;
    }
    std::fs::remove_dir_all(&downloads).context("cannot remove the wheels")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(cache: &Path) -> Places {
        Places {
            root: cache.into(),
            cache: cache.into(),
            target: cache.join("target"),
        }
    }

    #[test]
    fn what_was_fetched_for_a_gpu_is_found_beside_what_is_built_with() {
        if std::env::var_os("LIBTORCH").is_some_and(|own| !own.is_empty()) {
            // The user's own is asked first, and may have CUDA.
            return;
        }
        let cache = tempfile::tempdir().unwrap();
        let places = places(cache.path());
        assert_eq!(cuda(&places), None);
        let lib = cache.path().join("libtorch-2.11.0-cuda/torch/lib");
        std::fs::create_dir_all(&lib).unwrap();
        assert_eq!(cuda(&places), None, "a folder is no library");
        std::fs::write(lib.join(CUDA_LIBRARY), "").unwrap();
        assert_eq!(cuda(&places), Some(lib));
        assert!(folder(&places).ends_with("libtorch-2.11.0-cpu/torch"));
    }
}
