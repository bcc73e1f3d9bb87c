//! Latent consistency (Luo et al. 2023): each step leaps to the picture, and all but the last put
//! fresh noise on it again.

use tch::Tensor;

use super::{Scheduler, picture_left};
use crate::diffusion::config::SchedulerConfig;

/// The spread of pictures that the model's boundary condition was made for.
const SIGMA_DATA: f64 = 0.5;

/// See the module.
#[derive(Debug)]
pub struct Lcm {
    timesteps: Vec<f64>,
    /// How much of the picture is left at each step.
    left: Vec<f64>,
    timestep_scaling: f64,
}

impl Lcm {
    /// The way in so many steps, at most as many as the model was distilled in.
    pub fn new(config: &SchedulerConfig, steps: usize) -> Self {
        let left = picture_left(config);
        let taught = config
            .original_inference_steps
            .clamp(1, config.num_train_timesteps);
        let stride = config.num_train_timesteps / taught;
        let times = (0..steps).map(|step| {
            let skipped = step * taught / steps;
            (taught - skipped) * stride - 1
        });
        Self {
            timesteps: times.clone().map(|time| time as f64).collect(),
            left: times.map(|time| f64::from(left[time])).collect(),
            timestep_scaling: config.timestep_scaling,
        }
    }

    /// How much of the latents, and how much of the leap, makes the next picture.
    fn boundary(&self, step: usize) -> (f64, f64) {
        let time = self.timesteps[step] * self.timestep_scaling;
        let both = time.mul_add(time, SIGMA_DATA * SIGMA_DATA);
        (SIGMA_DATA * SIGMA_DATA / both, time / both.sqrt())
    }
}

impl Scheduler for Lcm {
    fn timesteps(&self) -> &[f64] {
        &self.timesteps
    }

    fn begin(&self, noise: &Tensor) -> Tensor {
        noise.shallow_clone()
    }

    fn begin_from(&self, picture: &Tensor, noise: &Tensor, step: usize) -> Tensor {
        let left = self.left[step];
        picture * left.sqrt() + noise * (1.0 - left).sqrt()
    }

    fn input(&self, latents: &Tensor, _step: usize) -> Tensor {
        latents.shallow_clone()
    }

    fn step(
        &self,
        latents: &Tensor,
        predicted: &Tensor,
        step: usize,
        fresh: &mut dyn FnMut() -> Tensor,
    ) -> Tensor {
        let left = self.left[step];
        let leap = (latents - predicted * (1.0 - left).sqrt()) / left.sqrt();
        let (keep, take) = self.boundary(step);
        let picture = leap * take + latents * keep;
        match self.left.get(step + 1) {
            Some(left) => picture * left.sqrt() + fresh() * (1.0 - left).sqrt(),
            None => picture,
        }
    }
}
