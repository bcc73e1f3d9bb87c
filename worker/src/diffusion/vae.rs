//! The autoencoder: from latents to pixels, and from pixels to latents.

use tch::Tensor;

use super::{
    attention::attend,
    config::VaeConfig,
    layers::{Conv2d, GroupNorm, Linear},
    resnet::{ResnetBlock2d, ResnetShape},
    weights::{Place, WeightsError},
};

const EPS: f64 = 1e-6;

/// Both halves.
#[derive(Debug)]
pub struct Vae {
    encoder: Encoder,
    quant: Conv2d,
    post_quant: Conv2d,
    decoder: Decoder,
    scaling: f64,
}

#[derive(Debug)]
struct Encoder {
    conv_in: Conv2d,
    levels: Vec<(Vec<ResnetBlock2d>, Option<Conv2d>)>,
    mid: Mid,
    norm_out: GroupNorm,
    conv_out: Conv2d,
}

#[derive(Debug)]
struct Decoder {
    conv_in: Conv2d,
    mid: Mid,
    levels: Vec<(Vec<ResnetBlock2d>, Option<Conv2d>)>,
    norm_out: GroupNorm,
    conv_out: Conv2d,
}

/// The coarsest level, where every place looks at every other.
#[derive(Debug)]
struct Mid {
    before: ResnetBlock2d,
    norm: GroupNorm,
    query_key_value: Linear,
    out: Linear,
    after: ResnetBlock2d,
}

impl Vae {
    /// Reads the weights of both halves.
    pub fn load(place: &Place, config: &VaeConfig) -> Result<Self, WeightsError> {
        let latents = config.latent_channels;
        let square = |name: &str, n| Conv2d::load_as(&place.at(name), n, n, 1, 1, 0);
        Ok(Self {
            encoder: Encoder::load(&place.at("encoder"), config)?,
            quant: square("quant_conv", 2 * latents)?,
            post_quant: square("post_quant_conv", latents)?,
            decoder: Decoder::load(&place.at("decoder"), config)?,
            scaling: config.scaling_factor,
        })
    }

    /// Pixels from -1 to 1, of latents as the denoiser leaves them.
    pub fn decode_scaled(&self, latents: &Tensor) -> Tensor {
        self.decode(&(latents / self.scaling))
    }

    /// The most likely latents of pixels from -1 to 1, as the denoiser takes them.
    pub fn encode_scaled(&self, pixels: &Tensor) -> Tensor {
        self.encode(pixels).chunk(2, 1)[0].shallow_clone() * self.scaling
    }

    /// Pixels of unscaled latents.
    pub fn decode(&self, latents: &Tensor) -> Tensor {
        self.decoder.forward(&self.post_quant.forward(latents))
    }

    /// Mean and logarithm of the variance of unscaled latents, side by side.
    pub fn encode(&self, pixels: &Tensor) -> Tensor {
        self.quant.forward(&self.encoder.forward(pixels))
    }
}

#[cfg(test)]
impl Vae {
    /// Lets decoding ask for more than any memory holds.
    pub fn starve(&mut self) {
        self.post_quant.widen(1 << 40);
    }
}

impl Encoder {
    fn load(place: &Place, config: &VaeConfig) -> Result<Self, WeightsError> {
        let channels = &config.block_out_channels;
        let level = |i: usize| {
            let place = place.at("down_blocks").at(i);
            let before = channels[i.saturating_sub(1)];
            let resnets = resnets(&place, config, config.layers_per_block, before, channels[i])?;
            let step = (i + 1 < channels.len()).then(|| {
                let place = place.at("downsamplers.0.conv");
                // Padded by hand, on two sides only.
                Conv2d::load_as(&place, channels[i], channels[i], 3, 2, 0)
            });
            Ok((resnets, step.transpose()?))
        };
        let coarsest = channels[channels.len() - 1];
        Ok(Self {
            conv_in: Conv2d::load(&place.at("conv_in"), config.in_channels, channels[0])?,
            levels: (0..channels.len()).map(level).collect::<Result<_, _>>()?,
            mid: Mid::load(&place.at("mid_block"), config)?,
            norm_out: norm(&place.at("conv_norm_out"), config, coarsest)?,
            conv_out: Conv2d::load(&place.at("conv_out"), coarsest, 2 * config.latent_channels)?,
        })
    }

    fn forward(&self, pixels: &Tensor) -> Tensor {
        let mut x = self.conv_in.forward(pixels);
        for (resnets, step) in &self.levels {
            x = resnets.iter().fold(x, |x, resnet| resnet.forward(&x, None));
            if let Some(step) = step {
                x = step.forward(&x.constant_pad_nd([0, 1, 0, 1]));
            }
        }
        let x = self.mid.forward(&x);
        self.conv_out.forward(&self.norm_out.forward_silu(&x))
    }
}

impl Decoder {
    fn load(place: &Place, config: &VaeConfig) -> Result<Self, WeightsError> {
        let channels: Vec<i64> = config.block_out_channels.iter().rev().copied().collect();
        let level = |i: usize| {
            let place = place.at("up_blocks").at(i);
            let before = channels[i.saturating_sub(1)];
            let layers = config.layers_per_block + 1;
            let resnets = resnets(&place, config, layers, before, channels[i])?;
            let step = (i + 1 < channels.len()).then(|| {
                let place = place.at("upsamplers.0.conv");
                Conv2d::load(&place, channels[i], channels[i])
            });
            Ok((resnets, step.transpose()?))
        };
        let finest = channels[channels.len() - 1];
        Ok(Self {
            conv_in: Conv2d::load(&place.at("conv_in"), config.latent_channels, channels[0])?,
            mid: Mid::load(&place.at("mid_block"), config)?,
            levels: (0..channels.len()).map(level).collect::<Result<_, _>>()?,
            norm_out: norm(&place.at("conv_norm_out"), config, finest)?,
            conv_out: Conv2d::load(&place.at("conv_out"), finest, config.out_channels)?,
        })
    }

    fn forward(&self, latents: &Tensor) -> Tensor {
        let mut x = self.mid.forward(&self.conv_in.forward(latents));
        for (resnets, step) in &self.levels {
            x = resnets.iter().fold(x, |x, resnet| resnet.forward(&x, None));
            if let Some(step) = step {
                let size = x.size();
                let twice = x.upsample_nearest2d([2 * size[2], 2 * size[3]], None, None);
                x = step.forward(&twice);
            }
        }
        self.conv_out.forward(&self.norm_out.forward_silu(&x))
    }
}

impl Mid {
    fn load(place: &Place, config: &VaeConfig) -> Result<Self, WeightsError> {
        let channels = config.block_out_channels[config.block_out_channels.len() - 1];
        let attention = place.at("attentions.0");
        // Each name as it is today and as it was in older files.
        let part = |names: &[&'static str]| {
            Linear::load(&attention.at(attention.first_of(names)), channels, channels)
        };
        let resnet = |number: usize| {
            let shape = shape(config, channels, channels);
            ResnetBlock2d::load(&place.at("resnets").at(number), shape)
        };
        Ok(Self {
            before: resnet(0)?,
            norm: norm(&attention.at("group_norm"), config, channels)?,
            query_key_value: Linear::side_by_side(&[
                part(&["to_q", "query"])?,
                part(&["to_k", "key"])?,
                part(&["to_v", "value"])?,
            ]),
            out: part(&["to_out.0", "proj_attn"])?,
            after: resnet(1)?,
        })
    }

    fn forward(&self, x: &Tensor) -> Tensor {
        let x = self.before.forward(x, None);
        let size = x.size();
        let rows = self.norm.forward(&x).flatten(2, 3).transpose(1, 2);
        // One head: the tensors only lack its dimension.
        let parts = self
            .query_key_value
            .forward(&rows)
            .unsqueeze(1)
            .chunk(3, -1);
        let seen = self
            .out
            .forward(&attend(&parts[0], &parts[1], &parts[2], false));
        let x = x + seen.transpose(1, 2).reshape(size);
        self.after.forward(&x, None)
    }
}

fn resnets(
    place: &Place,
    config: &VaeConfig,
    count: usize,
    before: i64,
    channels: i64,
) -> Result<Vec<ResnetBlock2d>, WeightsError> {
    let resnet = |number: usize| {
        let inputs = if number == 0 { before } else { channels };
        let shape = shape(config, inputs, channels);
        ResnetBlock2d::load(&place.at("resnets").at(number), shape)
    };
    (0..count).map(resnet).collect()
}

fn shape(config: &VaeConfig, inputs: i64, outputs: i64) -> ResnetShape {
    ResnetShape {
        inputs,
        outputs,
        groups: config.norm_num_groups,
        eps: EPS,
    }
}

fn norm(place: &Place, config: &VaeConfig, channels: i64) -> Result<GroupNorm, WeightsError> {
    GroupNorm::load(place, config.norm_num_groups, channels, EPS)
}
