//! Stories about the parts that only this room can see, told with the tiny checkpoint.

#![expect(
    clippy::float_cmp,
    reason = "what is compared is exact, or the test would say how near"
)]

mod fits;
mod hostile;
mod memory;
mod mixes;
mod names;
mod tables;
mod words;

use std::path::{Path, PathBuf};

use tch::{Device, Kind};
use tempfile::TempDir;

use super::model::Model;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/models/ssd1b-tiny/model")
}

fn model() -> Model {
    Model::load(&folder(), Device::Cpu, Kind::Float).unwrap()
}

/// A copy of the tiny checkpoint.
fn copy() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    let from = folder();
    for part in std::fs::read_dir(&from).unwrap() {
        let part = part.unwrap();
        let to = copy.path().join(part.file_name());
        if part.file_type().unwrap().is_dir() {
            std::fs::create_dir(&to).unwrap();
            for file in std::fs::read_dir(part.path()).unwrap() {
                let file = file.unwrap();
                std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        } else {
            std::fs::copy(part.path(), to).unwrap();
        }
    }
    copy
}

/// What is said of a copy that was spoiled.
fn spoiled(spoil: impl FnOnce(&Path)) -> String {
    let copy = copy();
    spoil(copy.path());
    format!(
        "{:#}",
        Model::load(copy.path(), Device::Cpu, Kind::Float).unwrap_err()
    )
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}
