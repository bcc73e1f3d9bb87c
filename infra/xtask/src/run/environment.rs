//! The environment variables that the product is started with. Nothing else is told to it.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::address::Address;
use super::backends::Backends;
use super::data::Data;
use crate::cli::Run;

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
