//! The tiny checkpoint gives the numbers that the Python libraries recorded for it.

use std::path::PathBuf;

use tch::{Device, Kind};
use worker::diffusion::{
    check::{Row, check},
    model::Model,
};

pub fn tiny() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/models/ssd1b-tiny")
}

fn rows(kind: Kind) -> Vec<Row> {
    let model = Model::load(&tiny().join("model"), Device::Cpu, kind).unwrap();
    check(&model, &tiny().join("reference/reference.safetensors")).unwrap()
}

#[test]
fn every_number_is_as_recorded() {
    let rows = rows(Kind::Float);
    assert!(rows.len() >= 72, "{} quantities", rows.len());
    for row in rows {
        assert!(row.tolerance <= 1e-5 && row.passed(), "{row:?}");
    }
}

#[test]
fn half_precision_loses_no_more_than_it_must() {
    every_row_passes(Kind::Half);
}

#[test]
fn brain_floats_lose_no_more_than_they_must() {
    every_row_passes(Kind::BFloat16);
}

fn every_row_passes(kind: Kind) {
    for row in rows(kind) {
        assert!(row.passed(), "{row:?}");
    }
}
