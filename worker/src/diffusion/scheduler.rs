//! How noise is taken away, step by step.
//!
//! A scheduler knows numbers and formulas and nothing of the model. Latents are in single
//! precision here, whatever the model computes in: many small steps add up.

mod euler;
mod lcm;

use anyhow::ensure;
use tch::Tensor;

pub use self::{euler::Euler, lcm::Lcm};
use super::config::{SchedulerClass, SchedulerConfig};

/// A way from noise to latents in a fixed number of steps.
pub trait Scheduler: std::fmt::Debug {
    /// The model's time at each step, latest first.
    fn timesteps(&self) -> &[f64];

    /// Pure noise, as strong as the first step expects it.
    fn begin(&self, noise: &Tensor) -> Tensor;

    /// Latents of a picture under as much noise as step `step` expects.
    fn begin_from(&self, picture: &Tensor, noise: &Tensor, step: usize) -> Tensor;

    /// The latents as the model wants to see them.
    fn input(&self, latents: &Tensor, step: usize) -> Tensor;

    /// The latents after the step, given the noise that the model saw in them.
    /// `fresh` gives new noise; it is only called by those that add some.
    fn step(
        &self,
        latents: &Tensor,
        predicted: &Tensor,
        step: usize,
        fresh: &mut dyn FnMut() -> Tensor,
    ) -> Tensor;
}

/// The scheduler that a checkpoint asks for.
pub fn new(config: &SchedulerConfig, steps: usize) -> anyhow::Result<Box<dyn Scheduler>> {
    let most = match config.class {
        SchedulerClass::Euler => config.num_train_timesteps,
        SchedulerClass::Lcm => config
            .original_inference_steps
            .min(config.num_train_timesteps),
    };
    ensure!(
        (1..=most).contains(&steps),
        "this model paints in 1 to {most} steps, not {steps}"
    );
    Ok(match config.class {
        SchedulerClass::Euler => Box::new(Euler::new(config, steps)),
        SchedulerClass::Lcm => Box::new(Lcm::new(config, steps)),
    })
}

/// The first step of a way that starts from a picture: all of them for a strength of 1, none for 0.
pub fn first_step(steps: usize, strength: f64) -> usize {
    steps - ((steps as f64 * strength) as usize).min(steps)
}

/// How much of a picture is left at each time of training, from a schedule of noise whose square
/// root is linear. In single precision, as the reference keeps it.
fn picture_left(config: &SchedulerConfig) -> Vec<f32> {
    let last = (config.num_train_timesteps - 1).max(1) as f64;
    let (start, end) = (config.beta_start.sqrt(), config.beta_end.sqrt());
    let mut left = 1.0_f64;
    (0..config.num_train_timesteps)
        .map(|time| {
            let beta = (start + (end - start) * time as f64 / last).powi(2);
            left *= 1.0 - beta;
            left as f32
        })
        .collect()
}
