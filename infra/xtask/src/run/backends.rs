//! Postgres and NATS below the product: our own, unless the addresses of others were given.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use services::Process;
use services::nats::Nats;
use services::postgres::{Cluster, Durability};

use super::data::Data;
use super::keeper;
use crate::cli::Run;
use crate::steps::Steps;

/// Postgres writes everything out when it stops.
const STOP_PATIENCE: Duration = Duration::from_secs(30);

/// Both of them, running.
#[derive(Debug)]
pub(super) struct Backends {
    postgres: Postgres,
    nats: Bus,
    nats_store: PathBuf,
    nats_log: PathBuf,
    data: PathBuf,
}

#[derive(Debug)]
enum Postgres {
    Own(Cluster),
    Given(String),
}

#[derive(Debug)]
enum Bus {
    Own(Nats),
    Given(String),
}

impl Backends {
    pub(super) fn start(steps: &mut Steps, data: &Data, options: &Run) -> Result<Self> {
        steps.next("Postgres");
        let postgres = if let Some(url) = &options.database_url {
            steps.note("the one given with --database-url");
            Postgres::Given(url.clone())
        } else {
            let cluster = Cluster::start(&data.folder, Durability::Safe, None)?;
            steps.note(&format!("our own, on port {}", cluster.port()));
            Postgres::Own(cluster)
        };
        steps.next("NATS");
        let (nats_store, nats_log) = (data.nats(), data.logs().join("nats-server.log"));
        let nats = if let Some(url) = &options.nats_url {
            steps.note("the one given with --nats-url");
            Bus::Given(url.clone())
        } else {
            let nats = Nats::start_with_log(&nats_store, None, &nats_log)?;
            steps.note(&format!("our own, on port {}", nats.port()));
            Bus::Own(nats)
        };
        Ok(Self {
            postgres,
            nats,
            nats_store,
            nats_log,
            data: data.folder.clone(),
        })
    }

    pub(super) fn database_url(&self) -> String {
        match &self.postgres {
            Postgres::Own(cluster) => cluster.url("atelier"),
            Postgres::Given(url) => url.clone(),
        }
    }

    pub(super) fn nats_url(&self) -> String {
        match &self.nats {
            Bus::Own(nats) => nats.url(),
            Bus::Given(url) => url.clone(),
        }
    }

    /// Starts again, on the same port, what died. If that fails there is nothing to go on with.
    pub(super) fn look(&mut self) -> Result<()> {
        if let Postgres::Own(cluster) = &mut self.postgres
            && died("Postgres", cluster.process())?
        {
            *cluster = Cluster::start(&self.data, Durability::Safe, Some(cluster.port()))
                .context("postgres cannot be started again")?;
        }
        if let Bus::Own(nats) = &mut self.nats
            && died("NATS", nats.process())?
        {
            *nats = Nats::start_with_log(&self.nats_store, Some(nats.port()), &self.nats_log)
                .context("nats-server cannot be started again")?;
        }
        Ok(())
    }

    /// NATS first: the server's last words went to Postgres.
    pub(super) fn stop(mut self, steps: &Steps) -> Result<()> {
        if let Bus::Own(nats) = &mut self.nats {
            keeper::stop(steps, "NATS", nats.process(), STOP_PATIENCE)?;
        }
        if let Postgres::Own(cluster) = &mut self.postgres {
            keeper::stop(steps, "Postgres", cluster.process(), STOP_PATIENCE)?;
        }
        Ok(())
    }
}

fn died(name: &str, process: &mut Process) -> Result<bool> {
    let Some(status) = process.exited()? else {
        return Ok(false);
    };
    eprintln!("           {name} ended ({status}); starting it again");
    Ok(true)
}
