//! What `simulate` and `compare` have in common: how the artist and the style are.

use std::path::Path;

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::{
    lab::{files::read_text, run},
    learner::prior::Prior,
};

/// Sixteen groups are some ten kilobytes; this keeps a wrong path from filling the memory.
const LARGEST_PRIOR: u64 = 1 << 20;

/// Arguments of both commands.
#[derive(Debug, Args)]
pub struct Conditions {
    /// How likely the artist says with a rating which dimension made it so, 0 to 1.
    #[arg(long, default_value_t = 0.0)]
    hints: f64,
    /// How likely the artist is asked, after a rating, "A or B?" of the last two pictures, 0 to 1.
    #[arg(long, default_value_t = 0.0)]
    comparisons: f64,
    /// How many pictures are painted before they are rated.
    #[arg(long, default_value_t = 0)]
    ahead: usize,
    /// What a new style knows of others: a file that `make-prior` wrote, or `none`.
    #[arg(long, default_value = "none")]
    prior: String,
}

impl Conditions {
    /// Reads the prior and checks the rest.
    pub fn read(&self) -> anyhow::Result<run::Conditions> {
        for (name, chance) in [("hints", self.hints), ("comparisons", self.comparisons)] {
            ensure!(
                (0.0..=1.0).contains(&chance),
                "--{name} is {chance}, but a probability lies between 0 and 1"
            );
        }
        ensure!(
            self.ahead <= 50,
            "--ahead is {}, but nobody paints more than 50 pictures ahead",
            self.ahead
        );
        Ok(run::Conditions {
            hints: self.hints,
            comparisons: self.comparisons,
            ahead: self.ahead,
            prior: read_prior(&self.prior)?,
        })
    }
}

/// The prior of this file; `none` for none.
pub(super) fn read_prior(path: &str) -> anyhow::Result<Option<Prior>> {
    if path == "none" {
        return Ok(None);
    }
    let text = read_text(Path::new(path), "a prior", LARGEST_PRIOR)?;
    let prior = Prior::read(&text).with_context(|| format!("{path} is not a prior"))?;
    Ok(Some(prior))
}
