//! wasm-bindgen: from the compiler's wasm to a module that a browser can load.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::Profile;

/// The two halves of the module, and the scripts that crates brought.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) js: String,
    pub(super) wasm: Vec<u8>,
    /// Path below `snippets/`, and content. Their folders are named by a hash already.
    pub(super) snippets: Vec<(PathBuf, String)>,
}

pub(super) fn make(wasm: &Path, profile: Profile) -> Result<Module> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        // The server's HTML passes the module's hashed name, so no default is needed.
        .omit_default_module_path(true)
        .keep_debug(false)
        // Names of functions make a panic readable, and the module a third larger.
        .remove_name_section(profile == Profile::Release)
        .remove_producers_section(true);
    let mut output = bindgen.generate_output().context(
        "wasm-bindgen cannot read the page: is the crate `wasm-bindgen` in Cargo.lock of the \
         same version as `wasm-bindgen-cli-support`?",
    )?;
    let mut snippets: Vec<(PathBuf, String)> = output
        .local_modules()
        .iter()
        .map(|(path, text)| (path.into(), text.clone()))
        .collect();
    for (folder, scripts) in output.snippets() {
        for (index, script) in scripts.iter().enumerate() {
            snippets.push((format!("{folder}/inline{index}.js").into(), script.clone()));
        }
    }
    let js = output.js().to_owned();
    Ok(Module {
        js,
        wasm: output.wasm_mut().emit_wasm(),
        snippets,
    })
}
