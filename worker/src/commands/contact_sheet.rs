//! `atelier-worker contact-sheet`: the pictures of the documentation and of the landing page, made
//! by the code they show.

use std::{
    io,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;

use crate::sketch::contact_sheet;

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct ContactSheet {
    /// The folder to write the sheets to.
    #[arg(long)]
    out: PathBuf,
    /// The folder to write the pictures of the landing page to, if they are wanted.
    #[arg(long)]
    landing: Option<PathBuf>,
}

impl ContactSheet {
    /// Paints and writes.
    pub fn run(&self) -> anyhow::Result<()> {
        fill(&self.out, contact_sheet::write)?;
        match &self.landing {
            Some(folder) => fill(folder, contact_sheet::write_landing),
            None => Ok(()),
        }
    }
}

fn fill(folder: &Path, write: impl FnOnce(&Path) -> io::Result<()>) -> anyhow::Result<()> {
    write(folder).with_context(|| format!("could not write to {}", folder.display()))
}
