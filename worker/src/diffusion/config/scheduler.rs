//! `scheduler/scheduler_config.json`.

use std::path::Path;

use anyhow::ensure;
use serde::Deserialize;

use super::{Known, read};

/// How noise is taken away step by step.
#[derive(Clone, Debug, Deserialize)]
#[expect(
    missing_docs,
    reason = "the names are those of the file, which diffusers documents"
)]
pub struct SchedulerConfig {
    #[serde(rename = "_class_name")]
    pub class: SchedulerClass,
    pub beta_start: f64,
    pub beta_end: f64,
    pub num_train_timesteps: usize,
    #[serde(default)]
    pub steps_offset: usize,
    #[serde(default = "fifty")]
    pub original_inference_steps: usize,
    #[serde(default = "ten")]
    pub timestep_scaling: f64,
}

/// The samplers this code has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum SchedulerClass {
    /// Euler's method.
    #[serde(rename = "EulerDiscreteScheduler")]
    Euler,
    /// Latent consistency: few steps, with fresh noise between them.
    #[serde(rename = "LCMScheduler")]
    Lcm,
}

const SCHEDULER_KNOWN: &[Known] = &[
    ("beta_schedule", &["\"scaled_linear\""]),
    ("clip_sample", &["false"]),
    ("final_sigmas_type", &["\"zero\""]),
    ("interpolation_type", &["\"linear\""]),
    ("prediction_type", &["\"epsilon\""]),
    ("rescale_betas_zero_snr", &["false"]),
    ("thresholding", &["false"]),
    ("timestep_spacing", &["\"leading\""]),
    ("timestep_type", &["\"discrete\""]),
    ("trained_betas", &["null"]),
    ("use_beta_sigmas", &["false"]),
    ("use_exponential_sigmas", &["false"]),
    ("use_karras_sigmas", &["false"]),
];

impl SchedulerConfig {
    /// Reads `scheduler/scheduler_config.json`.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let config: Self = read(path, SCHEDULER_KNOWN)?;
        let train = config.num_train_timesteps;
        ensure!(
            (1..=100_000).contains(&train),
            "{}: num_train_timesteps is {train}",
            path.display()
        );
        Ok(config)
    }
}

const fn fifty() -> usize {
    50
}

const fn ten() -> f64 {
    10.0
}
