//! The executable `atelier-weights`, which `cargo xtask weights` runs.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use weights::{Consent, Home, Hub, adopt, ask, fetch, find};

/// Fetches the weights of an engine.
///
/// `HF_ENDPOINT` names another hub, `HF_TOKEN` says who asks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask weights", bin_name = "cargo xtask weights")]
struct Arguments {
    /// Which engine's
    engine: String,
    /// A folder that is already here, instead of the hub
    #[arg(long)]
    from: Option<PathBuf>,
    /// Answer the question about licence and training data with yes
    #[arg(long)]
    yes: bool,
}

fn main() -> Result<()> {
    let Arguments { engine, from, yes } = Arguments::parse();
    let (published, home) = (find(&engine)?, Home::usual());
    let consent = if yes { Consent::Given } else { Consent::Ask };
    let mut input = std::io::stdin().lock();
    ask(
        &published,
        &home,
        consent,
        &mut input,
        &mut std::io::stderr(),
    )?;
    let model = if let Some(folder) = from {
        adopt(&published, &folder, &home)?
    } else {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let hub = Hub {
            endpoint: variable("HF_ENDPOINT"),
            token: variable("HF_TOKEN"),
            progress: std::io::stderr().is_terminal(),
        };
        fetch(&published, &hub, &home)?
    };
    eprintln!("The weights are in {}", model.display());
    eprintln!("Start with: cargo xtask run --engine {engine}");
    Ok(())
}
