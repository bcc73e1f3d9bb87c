//! The executable `atelier-worker`.

use clap::Parser as _;
use worker::commands::Cli;

fn main() -> anyhow::Result<()> {
    Cli::parse().run()
}
