//! `cargo xtask bless`: tests that compare a generated file with the code rewrite it instead.

use anyhow::Result;

use crate::page::{self, Profile, Warnings};
use crate::places::Places;
use crate::steps::Steps;
use crate::test::Environment;

/// Runs the tests with `ATELIER_BLESS=1`. What they wrote is for a person to look at and commit.
pub(crate) fn bless(steps: &mut Steps, places: &Places, filter: Option<&str>) -> Result<()> {
    crate::setup::everything(steps, places, true)?;
    let _lock = crate::target_lock::take(places)?;
    let site = page::build(steps, places, Profile::Dev, Warnings::Show)?;
    steps.next("tests, rewriting what they compare with");
    let environment = Environment::start(places, &site)?;
    crate::cargo::run(environment.tests(places, filter).env("ATELIER_BLESS", "1"))?;
    steps.next("done: look at the changes with `git diff`");
    Ok(())
}
