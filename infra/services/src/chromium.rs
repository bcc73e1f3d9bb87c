//! A browser and its driver, for the walks that a person would do.

use std::path::PathBuf;

use anyhow::{Result, bail};

/// The two programs that a browser test needs. They come from one build, or they refuse each other.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// The matching chromedriver.
    pub driver: PathBuf,
}

/// Finds both: `$CHROME` and `$CHROMEDRIVER` first, then `PATH`, then where systems hide them.
pub fn find() -> Result<Browser> {
    match (first("CHROME", CHROMES), first("CHROMEDRIVER", DRIVERS)) {
        (Some(chrome), Some(driver)) => Ok(Browser { chrome, driver }),
        (chrome, driver) => bail!(
            "no {}: install Chromium and its driver (Debian: `apt-get install chromium \
             chromium-driver`), or set CHROME and CHROMEDRIVER to their paths",
            match (chrome, driver) {
                (None, None) => "chromium and no chromedriver",
                (None, _) => "chromium",
                _ => "chromedriver",
            }
        ),
    }
}

/// Finds both, or installs Debian's packages as root.
pub fn install() -> Result<Browser> {
    if let Ok(browser) = find() {
        return Ok(browser);
    }
    if crate::apt::is_usable() {
        crate::apt::install(&["chromium", "chromium-driver"])?;
    }
    find()
}

const CHROMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const DRIVERS: &[&str] = &[
    "chromedriver",
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
];

fn first(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let own = std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file());
    own.or_else(|| names.iter().find_map(|name| crate::on_path(name)))
}
