//! `atelier-server`: serves, migrates, or prints the first admin's link.

use std::io::{IsTerminal as _, Write as _};

use anyhow::Context as _;
use clap::Parser;
use server::{
    actions::invite_admin::invite_admin,
    app::{App, connect_database},
    clock::Clock,
    config::Config,
    serve::serve,
    store,
};
use tracing_subscriber::EnvFilter;

/// Atelier's server. Its settings are environment variables; server/src/config.rs lists them.
#[derive(Parser)]
#[command(version)]
enum Command {
    /// Migrates the database, then serves until SIGTERM or SIGINT.
    Serve,
    /// Brings the database's schema up to date.
    Migrate,
    /// Prints a one-time link to sign up as the first admin; nothing if there is an admin.
    AdminLink,
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
            store::migrations::migrate(&db)
                .await
                .context("cannot migrate the database")
        }
        Command::AdminLink => {
            let db = connect_database(&config).await?;
            if let Some(link) = invite_admin(&db, &Clock::system(), &config.public_url).await? {
                writeln!(std::io::stdout(), "{link}")?;
            }
            Ok(())
        }
    }
}

fn log_to_stderr(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log)
        .with_context(|| format!("ATELIER_LOG does not read as a filter: {}", config.log))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if config.log_json {
        log.json().init();
    } else {
        log.init();
    }
    Ok(())
}
