//! The whole list of what code in this server may reach.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use async_nats::ServerAddr;
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{
    blobs::Blobs, bus::live::Live, clock::Clock, config::Config, drawings::Drawings, keys::Keys,
    limits::Limits, metrics::Metrics, passwords::Passwords, store::migrations::Schema,
};

/// Cheap to clone: every field is shared.
#[derive(Clone)]
pub struct App {
    /// The truth.
    pub db: DatabaseConnection,
    /// What was seen of its schema.
    pub schema: Schema,
    /// The bus.
    pub nats: async_nats::Client,
    /// Pictures and snapshots.
    pub blobs: Blobs,
    /// Who listens for news at this replica.
    pub live: Live,
    /// What time it is.
    pub clock: Clock,
    /// Derived from the operator's secret.
    pub keys: Arc<Keys>,
    /// How often one may ask.
    pub limits: Limits,
    /// Hashes passwords, a few at a time.
    pub passwords: Passwords,
    /// Reads drawings, one at a time.
    pub drawings: Drawings,
    /// Counters and histograms.
    pub metrics: Metrics,
    /// Wakes the dispatcher after a job was written.
    pub wake: Arc<Notify>,
    /// Cancelled with the signal to stop: the server says that it is not ready any more.
    pub leaving: CancellationToken,
    /// Cancelled once the server stops: streams end, clocks stand still.
    pub drain: CancellationToken,
    /// What the operator chose.
    pub config: Arc<Config>,
}

impl App {
    /// Connects to everything. Waits for what is not there yet: in a cluster nobody promises that
    /// the database starts before us.
    pub async fn connect(config: Config) -> anyhow::Result<Self> {
        let keys = Keys::from_file(&config.secret_file)?;
        let blobs = Blobs::open(&config.blobs)?;
        let db = wait_for("the database", async || connect_database(&config).await).await;
        let address: ServerAddr = config.nats_url.parse().context("ATELIER_NATS_URL")?;
        let nats = wait_for("NATS", async || {
            nats_login(&address).connect(&address).await
        })
        .await;
        Ok(Self {
            db,
            schema: Schema::default(),
            nats,
            blobs,
            live: Live::default(),
            clock: Clock::system(),
            keys: Arc::new(keys),
            limits: if config.limits {
                Limits::new()
            } else {
                Limits::off()
            },
            passwords: Passwords::new()?,
            drawings: Drawings::new(),
            metrics: Metrics::install()?,
            wake: Arc::default(),
            leaving: CancellationToken::new(),
            drain: CancellationToken::new(),
            config: Arc::new(config),
        })
    }
}

/// With the name and password in the address, if there are any: the client does not look there.
fn nats_login(address: &ServerAddr) -> async_nats::ConnectOptions {
    match (address.username(), address.password()) {
        (Some(name), Some(password)) => {
            async_nats::ConnectOptions::with_user_and_password(name.into(), password.into())
        }
        _ => async_nats::ConnectOptions::new(),
    }
}

/// Opens the pool; also what the commands that need nothing else use.
pub async fn connect_database(config: &Config) -> Result<DatabaseConnection, sea_orm::DbErr> {
    let mut options = ConnectOptions::new(&config.database_url);
    options
        .max_connections(20)
        .acquire_timeout(Duration::from_secs(5))
        // A busy connection is a good one; one that idled may have lost its Postgres meanwhile.
        .test_before_acquire_if_idle_for(Duration::from_secs(1))
        // Statements carry e-mails and prompts.
        .sqlx_logging(false);
    Database::connect(options).await
}

/// Tries until it works, and says what it is waiting for.
async fn wait_for<T, E: std::error::Error>(
    what: &str,
    mut attempt: impl AsyncFnMut() -> Result<T, E>,
) -> T {
    loop {
        match attempt().await {
            Ok(connected) => return connected,
            Err(error) => tracing::warn!(%error, "waiting for {what}"),
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
