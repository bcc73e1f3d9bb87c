//! Euler's method on the probability flow (Karras et al. 2022, algorithm 1 without churn), with
//! times that "lead": the last one is as far from 0 as the offset says.

use tch::Tensor;

use super::{Scheduler, picture_left};
use crate::diffusion::config::SchedulerConfig;

/// See the module.
#[derive(Debug)]
pub struct Euler {
    timesteps: Vec<f64>,
    /// Strength of the noise at each step, and the nothing that is left after the last.
    sigmas: Vec<f64>,
}

impl Euler {
    /// The way in so many steps.
    pub fn new(config: &SchedulerConfig, steps: usize) -> Self {
        let left = picture_left(config);
        let last = config.num_train_timesteps - 1;
        let stride = config.num_train_timesteps / steps;
        let times = (0..steps)
            .rev()
            .map(|step| step * stride + config.steps_offset);
        let sigma = |time: usize| {
            let left = f64::from(left[time.min(last)]);
            ((1.0 - left) / left).sqrt()
        };
        Self {
            timesteps: times.clone().map(|time| time as f64).collect(),
            sigmas: times.map(sigma).chain([0.0]).collect(),
        }
    }

    /// Strength of the noise at each step, with the final 0.
    pub fn sigmas(&self) -> &[f64] {
        &self.sigmas
    }

    /// How strong the first noise is: that of the step, and of the picture below it.
    pub fn init_noise_sigma(&self) -> f64 {
        self.sigmas[0].hypot(1.0)
    }
}

impl Scheduler for Euler {
    fn timesteps(&self) -> &[f64] {
        &self.timesteps
    }

    fn begin(&self, noise: &Tensor) -> Tensor {
        noise * self.init_noise_sigma()
    }

    fn begin_from(&self, picture: &Tensor, noise: &Tensor, step: usize) -> Tensor {
        picture + noise * self.sigmas[step]
    }

    fn input(&self, latents: &Tensor, step: usize) -> Tensor {
        latents / self.sigmas[step].hypot(1.0)
    }

    fn step(
        &self,
        latents: &Tensor,
        predicted: &Tensor,
        step: usize,
        _fresh: &mut dyn FnMut() -> Tensor,
    ) -> Tensor {
        latents + predicted * (self.sigmas[step + 1] - self.sigmas[step])
    }
}
