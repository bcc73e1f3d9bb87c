//! The residual block of denoiser and autoencoder.

use tch::Tensor;

use super::{
    layers::{Conv2d, GroupNorm, Linear},
    weights::{Place, WeightsError},
};

/// Two convolutions around a short cut.
#[derive(Debug)]
pub struct ResnetBlock2d {
    norm1: GroupNorm,
    conv1: Conv2d,
    norm2: GroupNorm,
    conv2: Conv2d,
    shortcut: Option<Conv2d>,
}

/// What one is made from.
#[derive(Clone, Copy, Debug)]
pub struct ResnetShape {
    /// Channels in.
    pub inputs: i64,
    /// Channels out.
    pub outputs: i64,
    /// Of both norms.
    pub groups: i64,
    /// Of both norms.
    pub eps: f64,
}

impl ResnetBlock2d {
    /// Reads its weights, but for the projection of the time embedding: those of a whole denoiser
    /// are one product, see [`super::unet`].
    pub fn load(place: &Place, shape: ResnetShape) -> Result<Self, WeightsError> {
        let ResnetShape {
            inputs,
            outputs,
            groups,
            eps,
        } = shape;
        let shortcut = (inputs != outputs)
            .then(|| Conv2d::load_as(&place.at("conv_shortcut"), inputs, outputs, 1, 1, 0));
        Ok(Self {
            norm1: GroupNorm::load(&place.at("norm1"), groups, inputs, eps)?,
            conv1: Conv2d::load(&place.at("conv1"), inputs, outputs)?,
            norm2: GroupNorm::load(&place.at("norm2"), groups, outputs, eps)?,
            conv2: Conv2d::load(&place.at("conv2"), outputs, outputs)?,
            shortcut: shortcut.transpose()?,
        })
    }

    /// Reads the projection of the time embedding.
    pub fn load_time(place: &Place, inputs: i64, outputs: i64) -> Result<Linear, WeightsError> {
        Linear::load(&place.at("time_emb_proj"), inputs, outputs)
    }

    /// The block's output; `time`, one number per channel, is added to all places.
    pub fn forward(&self, x: &Tensor, time: Option<&Tensor>) -> Tensor {
        let mut hidden = self.conv1.forward(&self.norm1.forward_silu(x));
        if let Some(time) = time {
            hidden += time;
        }
        let mut hidden = self.conv2.forward(&self.norm2.forward_silu(&hidden));
        match &self.shortcut {
            Some(shortcut) => hidden.g_add_(&shortcut.forward(x)),
            None => hidden.g_add_(x),
        }
    }
}
