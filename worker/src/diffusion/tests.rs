//! Stories about the parts that only this room can see, told with the tiny checkpoint.

#![expect(
    clippy::float_cmp,
    reason = "what is compared is exact, or the test would say how near"
)]

mod hostile;
mod mixes;
mod tables;
mod words;

use std::path::PathBuf;

use tch::{Device, Kind};

use super::model::Model;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/models/ssd1b-tiny/model")
}

fn model() -> Model {
    Model::load(&folder(), Device::Cpu, Kind::Float).unwrap()
}
