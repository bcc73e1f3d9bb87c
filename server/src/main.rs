//! `atelier-server`: serves, migrates, or prints the first admin's link.

use anyhow::Context as _;
use clap::Parser;
use migration::{Migrator, MigratorTrait as _};
use server::{
    app::{App, connect_database},
    config::Config,
    serve::serve,
};
use tracing_subscriber::EnvFilter;

/// Atelier's server. Its settings are environment variables; see docs in server/src/config.rs.
#[derive(Parser)]
#[command(version)]
enum Command {
    /// Migrates the database, then serves until SIGTERM or SIGINT.
    Serve,
    /// Brings the database's schema up to date.
    Migrate,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let command = Command::parse();
    let config = Config::from_env()?;
    log_to_stderr(&config)?;
    match command {
        Command::Serve => serve(App::connect(config).await?).await,
        Command::Migrate => {
            let db = connect_database(&config).await?;
            Migrator::up(&db, None)
                .await
                .context("cannot migrate the database")
        }
    }
}

fn log_to_stderr(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log)
        .with_context(|| format!("ATELIER_LOG does not read as a filter: {}", config.log))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if config.log_json {
        log.json().init()
    } else {
        log.init()
    }
    Ok(())
}
