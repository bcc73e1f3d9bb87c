//! The four layers that everything is made of, with weights that are read and never drawn.

use tch::Tensor;

use super::weights::{Place, WeightsError};

/// `y = x Wᵀ + b`.
#[derive(Debug)]
pub struct Linear {
    weight: Tensor,
    bias: Option<Tensor>,
}

/// A convolution with a square kernel.
#[derive(Debug)]
pub struct Conv2d {
    weight: Tensor,
    bias: Tensor,
    stride: i64,
    padding: i64,
}

/// Normalisation over groups of channels.
#[derive(Debug)]
pub struct GroupNorm {
    weight: Tensor,
    bias: Tensor,
    groups: i64,
    eps: f64,
}

/// Normalisation over the last dimension.
#[derive(Debug)]
pub struct LayerNorm {
    weight: Tensor,
    bias: Tensor,
    eps: f64,
}

#[cfg(test)]
impl Conv2d {
    /// Gives it so many outputs that all are the first, which takes no memory here.
    pub fn widen(&mut self, outputs: i64) {
        let mut size = self.weight.size();
        size[0] = outputs;
        self.weight = self.weight.narrow(0, 0, 1).expand(&size, false);
        self.bias = self.bias.narrow(0, 0, 1).expand([outputs], false);
    }
}

impl Linear {
    /// With a bias.
    pub fn load(place: &Place, inputs: i64, outputs: i64) -> Result<Self, WeightsError> {
        Ok(Self {
            weight: place.tensor("weight", &[outputs, inputs])?,
            bias: Some(place.tensor("bias", &[outputs])?),
        })
    }

    /// Without one.
    pub fn load_unbiased(place: &Place, inputs: i64, outputs: i64) -> Result<Self, WeightsError> {
        Ok(Self {
            weight: place.tensor("weight", &[outputs, inputs])?,
            bias: None,
        })
    }

    /// One layer whose outputs are those of all the given ones side by side: one large product
    /// keeps a device busier than several small ones.
    pub fn side_by_side(parts: &[Self]) -> Self {
        let weights: Vec<_> = parts.iter().map(|part| &part.weight).collect();
        let biases: Option<Vec<_>> = parts.iter().map(|part| part.bias.as_ref()).collect();
        Self {
            weight: Tensor::cat(&weights, 0),
            bias: biases.map(|biases| Tensor::cat(&biases, 0)),
        }
    }

    /// The layer's outputs.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        x.linear(&self.weight, self.bias.as_ref())
    }

    /// How many there are per input.
    pub fn outputs(&self) -> i64 {
        self.weight.size()[0]
    }
}

impl Conv2d {
    /// A kernel of 3 by 3 that keeps the size.
    pub fn load(place: &Place, inputs: i64, outputs: i64) -> Result<Self, WeightsError> {
        Self::load_as(place, inputs, outputs, 3, 1, 1)
    }

    /// Any kernel, stride and padding.
    pub fn load_as(
        place: &Place,
        inputs: i64,
        outputs: i64,
        kernel: i64,
        stride: i64,
        padding: i64,
    ) -> Result<Self, WeightsError> {
        Ok(Self {
            weight: place.tensor("weight", &[outputs, inputs, kernel, kernel])?,
            bias: place.tensor("bias", &[outputs])?,
            stride,
            padding,
        })
    }

    /// The layer's outputs.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let (stride, padding) = ([self.stride; 2], [self.padding; 2]);
        x.conv2d(
            &self.weight,
            Some(&self.bias),
            stride,
            padding,
            [1_i64; 2],
            1,
        )
    }
}

impl GroupNorm {
    /// Reads scale and shift.
    pub fn load(place: &Place, groups: i64, channels: i64, eps: f64) -> Result<Self, WeightsError> {
        Ok(Self {
            weight: place.tensor("weight", &[channels])?,
            bias: place.tensor("bias", &[channels])?,
            groups,
            eps,
        })
    }

    /// The layer's outputs.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        x.group_norm(
            self.groups,
            Some(&self.weight),
            Some(&self.bias),
            self.eps,
            true,
        )
    }

    /// The outputs through `SiLU`, which is taken in place.
    pub fn forward_silu(&self, x: &Tensor) -> Tensor {
        self.forward(x).silu_()
    }
}

impl LayerNorm {
    /// Reads scale and shift.
    pub fn load(place: &Place, channels: i64, eps: f64) -> Result<Self, WeightsError> {
        Ok(Self {
            weight: place.tensor("weight", &[channels])?,
            bias: place.tensor("bias", &[channels])?,
            eps,
        })
    }

    /// The layer's outputs.
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let shape = self.weight.size();
        x.layer_norm(shape, Some(&self.weight), Some(&self.bias), self.eps, true)
    }
}
