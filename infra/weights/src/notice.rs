//! Showing what a checkpoint is made of, and asking once.

use std::io::{BufRead, Write};

use anyhow::{Result, bail, ensure};

use crate::{Home, Published};

/// How a person says yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Already, on the command line.
    Given,
    /// When asked.
    Ask,
}

/// Shows the notice and asks, unless somebody here has said yes before.
pub fn ask(
    published: &Published,
    home: &Home,
    consent: Consent,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<()> {
    if home.consented(published.name) {
        return Ok(());
    }
    writeln!(output, "{}", published.notice)?;
    if consent == Consent::Ask {
        write!(output, "Fetch it? [y/N] ")?;
        output.flush()?;
        let mut answer = String::new();
        input.read_line(&mut answer)?;
        if answer.is_empty() {
            bail!("nobody answered: add --yes if you have read the above");
        }
        let yes = ["y", "yes"].contains(&answer.trim().to_lowercase().as_str());
        ensure!(yes, "nothing was fetched");
    }
    home.note_consent(published.name)
}
