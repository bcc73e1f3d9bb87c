//! Numbers as waves: how the denoiser is told time, sizes and the strength of guidance.

use tch::{Kind, Tensor};

use super::{
    layers::Linear,
    weights::{Place, WeightsError},
};

/// The longest wave has this many units.
const LONGEST: f64 = 10_000.0;
/// A guidance of 1 is as far from 0 as the whole of training time.
const GUIDANCE_UNITS: f64 = 1000.0;

/// Two layers that turn waves into an embedding.
#[derive(Debug)]
pub struct TimestepEmbedding {
    linear_1: Linear,
    linear_2: Linear,
}

impl TimestepEmbedding {
    /// Reads its weights.
    pub fn load(place: &Place, inputs: i64, outputs: i64) -> Result<Self, WeightsError> {
        Ok(Self {
            linear_1: Linear::load(&place.at("linear_1"), inputs, outputs)?,
            linear_2: Linear::load(&place.at("linear_2"), outputs, outputs)?,
        })
    }

    /// The embedding.
    pub fn forward(&self, waves: &Tensor) -> Tensor {
        self.linear_2.forward(&self.linear_1.forward(waves).silu())
    }
}

/// Each number as `width` values: cosines first, then sines, of ever longer waves. In single
/// precision, whatever the model computes in: late times differ by less than half precision holds.
pub fn timesteps(numbers: &Tensor, width: i64) -> Tensor {
    let half = width / 2;
    // In the reference's order of operations: a thousand times a rounding error is one that shows.
    let logarithms = count(half, numbers) * -LONGEST.ln() / half as f64;
    let angles = angles(numbers, &logarithms);
    Tensor::cat(&[angles.cos(), angles.sin()], -1)
}

/// The strength of guidance for models that were taught to guide themselves: sines first, and one
/// wave less to the longest. `guidance` counts from 1, which is none.
pub fn guidance(guidance: &Tensor, width: i64) -> Tensor {
    let half = width / 2;
    let step = LONGEST.ln() / (half - 1).max(1) as f64;
    let numbers = (guidance - 1.0) * GUIDANCE_UNITS;
    let angles = angles(&numbers, &(count(half, &numbers) * -step));
    Tensor::cat(&[angles.sin(), angles.cos()], -1)
}

fn count(n: i64, like: &Tensor) -> Tensor {
    Tensor::arange(n, (Kind::Float, like.device()))
}

fn angles(numbers: &Tensor, logarithms: &Tensor) -> Tensor {
    numbers.to_kind(Kind::Float).unsqueeze(-1) * logarithms.exp()
}
