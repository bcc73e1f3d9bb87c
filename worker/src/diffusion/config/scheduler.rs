//! `scheduler/scheduler_config.json`.

use std::path::Path;

use anyhow::{Context as _, ensure};
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

/// A hundred times what any model was trained with.
const TRAIN_TIMESTEPS_MAX: usize = 100_000;

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
        config.check().with_context(|| path.display().to_string())?;
        Ok(config)
    }

    /// A schedule that does not hold this leaves no picture, or no number, to go on with.
    fn check(&self) -> anyhow::Result<()> {
        let train = self.num_train_timesteps;
        ensure!(
            (1..=TRAIN_TIMESTEPS_MAX).contains(&train),
            "num_train_timesteps is {train}"
        );
        let offset = self.steps_offset;
        ensure!(
            offset < train,
            "steps_offset is {offset}, beyond the {train} times of training"
        );
        for (name, beta) in [("beta_start", self.beta_start), ("beta_end", self.beta_end)] {
            ensure!(
                beta > 0.0 && beta < 1.0,
                "{name} is {beta}, and noise is between 0 and 1"
            );
        }
        let taught = self.original_inference_steps;
        ensure!(taught > 0, "original_inference_steps is {taught}");
        let scaling = self.timestep_scaling;
        ensure!(scaling.is_finite(), "timestep_scaling is {scaling}");
        Ok(())
    }
}

const fn fifty() -> usize {
    50
}

const fn ten() -> f64 {
    10.0
}
