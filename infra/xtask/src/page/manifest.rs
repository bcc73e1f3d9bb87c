//! `manifest.json`: how the server learns the names of the three files.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

const FILE: &str = "manifest.json";

/// Names of files in `pkg/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) js: String,
    pub(super) wasm: String,
    pub(super) css: String,
}

impl Manifest {
    pub(super) fn write(&self, site: &Path) -> Result<()> {
        let text = json!({ "js": self.js, "wasm": self.wasm, "css": self.css }).to_string();
        std::fs::write(site.join(FILE), text + "\n").context("cannot write the manifest")
    }

    pub(super) fn read(site: &Path) -> Result<Self> {
        let path = site.join(FILE);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let json: Value = serde_json::from_str(&text)?;
        let name = |key: &str| -> Result<String> {
            let name = json.get(key).and_then(Value::as_str);
            Ok(name
                .with_context(|| format!("{} names no {key}", path.display()))?
                .to_owned())
        };
        Ok(Self {
            js: name("js")?,
            wasm: name("wasm")?,
            css: name("css")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_a_missing_name_is_named() {
        let site = tempfile::tempdir().unwrap();
        let manifest = Manifest {
            js: "a.1.js".into(),
            wasm: "a.2.wasm".into(),
            css: "a.3.css".into(),
        };
        manifest.write(site.path()).unwrap();
        assert_eq!(Manifest::read(site.path()).unwrap(), manifest);
        std::fs::write(site.path().join(FILE), r#"{"js":"a","wasm":"b"}"#).unwrap();
        assert!(
            Manifest::read(site.path())
                .unwrap_err()
                .to_string()
                .ends_with("names no css")
        );
    }
}
