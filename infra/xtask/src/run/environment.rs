//! The environment variables that the product is started with. Nothing else is told to it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::address::Address;
use super::backends::Backends;
use super::data::Data;
use crate::cli::Run;

/// Where the loader looks before it looks where a program was built with.
pub(crate) const LIBRARIES: &str = "LD_LIBRARY_PATH";

type Variables = Vec<(&'static str, OsString)>;

/// What the server and the workers are told.
#[derive(Debug)]
pub(crate) struct Environment {
    both: Variables,
    server: Variables,
    worker: Variables,
}

impl Environment {
    pub(super) fn new(
        data: &Data,
        backends: &Backends,
        options: &Run,
        site: &Path,
        address: &Address,
        cuda: Option<PathBuf>,
    ) -> Result<Self> {
        let both = vec![
            ("ATELIER_NATS_URL", backends.nats_url().into()),
            ("ATELIER_BLOBS", data.blobs().into()),
        ];
        let server = vec![
            ("ATELIER_DATABASE_URL", backends.database_url().into()),
            ("ATELIER_LISTEN", address.listen.to_string().into()),
            ("ATELIER_PUBLIC_URL", address.public_url.clone().into()),
            ("ATELIER_SITE", site.into()),
            ("ATELIER_SECRET_FILE", data.secret_file().into()),
        ];
        let mut worker = vec![("ATELIER_ENGINE", options.engine.name().into())];
        if let Some(model) = &options.model {
            // The worker may be started in another folder than we were.
            let model = model.canonicalize().context("cannot find the model")?;
            worker.push(("ATELIER_MODEL", model.into()));
        }
        if let Some(device) = &options.device {
            worker.push(("ATELIER_DEVICE", device.into()));
        }
        if let Some(cuda) = cuda {
            worker.push((LIBRARIES, before(cuda, std::env::var_os(LIBRARIES))));
        }
        Ok(Self {
            both,
            server,
            worker,
        })
    }

    pub(super) fn server(&self) -> Variables {
        [self.both.as_slice(), &self.server].concat()
    }

    pub(super) fn worker(&self, name: &str) -> Variables {
        let own = [("ATELIER_WORKER_NAME", name.into())];
        [self.both.as_slice(), &self.worker, &own].concat()
    }
}

/// A folder before those that are searched already.
pub(crate) fn before(folder: PathBuf, others: Option<OsString>) -> OsString {
    let mut all = folder.into_os_string();
    if let Some(others) = others.filter(|others| !others.is_empty()) {
        all.push(":");
        all.push(others);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_libraries_is_searched_first_and_the_users_own_afterwards() {
        assert_eq!(before("/cuda".into(), None), "/cuda");
        assert_eq!(before("/cuda".into(), Some(OsString::new())), "/cuda");
        assert_eq!(before("/cuda".into(), Some("/a:/b".into())), "/cuda:/a:/b");
    }
}
