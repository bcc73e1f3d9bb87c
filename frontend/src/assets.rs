//! Names of the bundled files, as the bundler's `manifest.json` gives them.

use serde::{Deserialize, Serialize};

/// Files under `/pkg/`, each named after its content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assets {
    /// The module that loads the page's code.
    pub js: String,
    /// The page's code.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
}

impl Assets {
    /// Reads the manifest in a site folder. Without one, pages are rendered all the same: without
    /// looks and without life, but with every word.
    pub fn read(manifest: &[u8]) -> Option<Self> {
        serde_json::from_slice(manifest).ok()
    }
}
