//! Finding, or fetching, everything that is not in the repository.

use anyhow::Result;

use crate::places::Places;
use crate::steps::Steps;
use crate::wasm::Compiler;

/// `cargo xtask setup`.
pub(crate) fn everything(steps: &mut Steps, places: &Places, browser: bool) -> Result<()> {
    steps.next("compiler for the page");
    steps.note(&Compiler::set_up(places)?.describe());
    steps.next("libtorch");
    steps.note(&crate::libtorch::set_up(places)?.display().to_string());
    steps.next("nats-server");
    steps.note(&services::nats::program()?.display().to_string());
    steps.next("Postgres");
    let postgres = services::postgres::find(None)?;
    steps.note(&format!(
        "version {} in {}",
        postgres.major,
        postgres.folder.display()
    ));
    if browser {
        steps.next("browser");
        let browser = services::chromium::install()?;
        steps.note(&format!(
            "{} and {}",
            browser.chrome.display(),
            browser.driver.display()
        ));
    }
    Ok(())
}

/// What a GPU needs. Programs that `cargo xtask` starts find it; others are to be told.
pub(crate) fn cuda(steps: &mut Steps, places: &Places) -> Result<()> {
    steps.next("CUDA");
    let folder = crate::libtorch::set_up_cuda(places)?;
    steps.note(&format!("LD_LIBRARY_PATH={}", folder.display()));
    Ok(())
}
