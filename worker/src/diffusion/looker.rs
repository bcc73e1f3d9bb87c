//! What orders see of the loop that paints them.

use tch::Tensor;

use super::{denoise::Watch, noise::normal};
use crate::engine::Order;

/// Tells each order how far it is, and lets go of the cancelled ones.
pub struct Looker<'a> {
    /// The rows of the batch.
    pub orders: &'a [&'a Order<'a>],
    /// Of one picture.
    pub latent_shape: [i64; 3],
    /// The step that comes first.
    pub first: usize,
    /// How many there are, those before it included.
    pub steps: usize,
}

impl Watch for Looker<'_> {
    fn fresh(&mut self, step: usize, rows: &[usize]) -> Tensor {
        let noise: Vec<Tensor> = rows
            .iter()
            .map(|&row| {
                let seed = self.orders[row].request.seed;
                normal(seed, step as u64 + 1, &self.latent_shape)
            })
            .collect();
        Tensor::stack(&noise, 0)
    }

    fn after(&mut self, step: usize, rows: &[usize], _latents: &Tensor) -> Vec<usize> {
        let (done, all) = (step + 1 - self.first, self.steps - self.first);
        let mut go_on = rows.to_vec();
        go_on.retain(|&row| !self.orders[row].cancel.is_cancelled());
        for &row in &go_on {
            (self.orders[row].progress)(done as u32, all as u32);
        }
        go_on
    }
}
