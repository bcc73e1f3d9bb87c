//! Does a checkpoint give the numbers that the Python libraries recorded for it?
//!
//! A reference is what `make_tiny_ssd1b.py` leaves: a file of tensors and, beside it, a file of
//! the same name ending in `.json` that says which prompts, steps and sizes they belong to.

mod parts;
mod runs;

use std::{collections::HashMap, path::Path};

use anyhow::Context as _;
use serde::Deserialize;
use tch::{Kind, Tensor};

use super::model::Model;

/// One comparison.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was compared, by its name in the reference.
    pub quantity: String,
    /// The largest error, relative to the largest recorded number.
    pub error: f64,
    /// What it may be.
    pub tolerance: f64,
}

impl Row {
    /// Whether it is good enough. Not being a number is not.
    pub fn passed(&self) -> bool {
        self.error <= self.tolerance
    }
}

/// What was recorded.
#[derive(Debug)]
pub(super) struct Reference {
    tensors: HashMap<String, Tensor>,
    said: Said,
}

#[derive(Debug, Deserialize)]
struct Said {
    prompts: Vec<String>,
    #[serde(default)]
    schedules: HashMap<usize, Schedule>,
    cases: Vec<Case>,
}

#[derive(Debug, Deserialize)]
struct Schedule {
    timesteps: Vec<f64>,
    sigmas: Vec<f64>,
    init_noise_sigma: f64,
}

#[derive(Debug, Deserialize)]
struct Case {
    name: String,
    prompts: Vec<String>,
    negative: Option<String>,
    steps: usize,
    guidance: f64,
    height: f64,
    width: f64,
    original_size: Option<[f64; 2]>,
    target_size: Option<[f64; 2]>,
    crops_coords_top_left: Option<[f64; 2]>,
}

impl Reference {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let described = path.with_extension("json");
        let said = std::fs::read_to_string(&described)
            .with_context(|| format!("cannot read {}", described.display()))?;
        let said = serde_json::from_str(&said).with_context(|| described.display().to_string())?;
        let tensors = Tensor::read_safetensors(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self {
            tensors: tensors.into_iter().collect(),
            said,
        })
    }

    fn get(&self, name: &str) -> anyhow::Result<&Tensor> {
        let found = self.tensors.get(name);
        found.with_context(|| format!("the reference has no {name}"))
    }
}

/// Replays the reference and compares.
pub fn check(model: &Model, reference: &Path) -> anyhow::Result<Vec<Row>> {
    let _no_grad = tch::no_grad_guard();
    let reference = Reference::read(reference)?;
    let mut rows = Vec::new();
    parts::text(&model.text, &reference, tolerance(model), &mut rows)?;
    parts::unet(&model.painter, &reference, tolerance(model), &mut rows)?;
    parts::vae(&model.painter, &reference, tolerance(model), &mut rows)?;
    parts::schedules(&model.painter, &reference, &mut rows);
    for case in &reference.said.cases {
        runs::case(model, &reference, case, run_tolerance(model), &mut rows)?;
    }
    Ok(rows)
}

/// What each precision may lose. Every mistake that was tried loses more than the first: see
/// `docs/performance.md`.
fn tolerance(model: &Model) -> f64 {
    match model.painter.kind {
        Kind::Half => 1e-2,
        Kind::BFloat16 => 6e-2,
        _ => 1e-5,
    }
}

/// Guidance multiplies the rounding of two rows, step after step: the Python libraries themselves
/// lose 1.1e-2 and 1.0e-1 here, against their own single precision.
fn run_tolerance(model: &Model) -> f64 {
    match model.painter.kind {
        Kind::Half | Kind::BFloat16 => 2.0 * tolerance(model),
        _ => tolerance(model),
    }
}

fn compare(quantity: impl Into<String>, found: &Tensor, recorded: &Tensor, tolerance: f64) -> Row {
    let quantity = quantity.into();
    if found.size() != recorded.size() {
        let error = f64::INFINITY;
        return Row {
            quantity: format!("{quantity} {:?} not {:?}", found.size(), recorded.size()),
            error,
            tolerance,
        };
    }
    let on_cpu = |tensor: &Tensor| tensor.to_device(tch::Device::Cpu).to_kind(Kind::Double);
    let (found, recorded) = (on_cpu(found), on_cpu(recorded));
    let largest = recorded
        .abs()
        .max()
        .double_value(&[])
        .max(f64::MIN_POSITIVE);
    let error = (found - recorded).abs().max().double_value(&[]) / largest;
    Row {
        quantity,
        error,
        tolerance,
    }
}
