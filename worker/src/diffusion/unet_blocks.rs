//! The blocks of the denoiser: down to coarser pictures, across, and up again along the skips.

use tch::Tensor;

use super::{
    attention::{Memory, Transformer2d, TransformerShape},
    config::{DownBlockType, MidBlockType, UnetConfig, UpBlockType},
    layers::Conv2d,
    resnet::{ResnetBlock2d, ResnetShape},
    unet::TimeProjections,
    weights::{Place, WeightsError},
};

/// What runs along with the picture: the shares of residual blocks and transformers, each taken
/// once and in order, and the pictures that the way down leaves for the way up.
#[derive(Debug)]
pub struct Flow<'f> {
    /// One per residual block.
    pub times: std::slice::Iter<'f, Tensor>,
    /// One per transformer block.
    pub memories: std::slice::Iter<'f, Memory>,
    /// Newest last.
    pub skips: Vec<Tensor>,
}

/// One level on the way down.
#[derive(Debug)]
pub struct DownBlock {
    layers: Vec<Layer>,
    downsampler: Option<Conv2d>,
}

/// The coarsest level.
#[derive(Debug)]
pub struct MidBlock {
    resnet: ResnetBlock2d,
    rest: Option<(Transformer2d, ResnetBlock2d)>,
}

/// One level on the way up.
#[derive(Debug)]
pub struct UpBlock {
    layers: Vec<Layer>,
    upsampler: Option<Conv2d>,
}

#[derive(Debug)]
struct Layer {
    resnet: ResnetBlock2d,
    transformer: Option<Transformer2d>,
}

impl DownBlock {
    /// Reads the weights of a level; `place` is that of all of them.
    pub fn load(
        place: &Place,
        config: &UnetConfig,
        level: usize,
        times: &mut TimeProjections,
    ) -> Result<Self, WeightsError> {
        let place = place.at(level);
        let channels = config.block_out_channels[level];
        let before = config.block_out_channels[level.saturating_sub(1)];
        let crosses = config.down_block_types[level] == DownBlockType::CrossAttnDownBlock2D;
        let layers = (0..config.layers_per_block).map(|layer| {
            let inputs = if layer == 0 { before } else { channels };
            let depth = crosses.then(|| config.depth_down(level, layer));
            Layer::load(&place, config, layer, (inputs, level), depth, times)
        });
        let layers = layers.collect::<Result<_, _>>()?;
        let downsampler = (level + 1 < config.blocks()).then(|| {
            let place = place.at("downsamplers.0.conv");
            Conv2d::load_as(&place, channels, channels, 3, 2, 1)
        });
        Ok(Self {
            layers,
            downsampler: downsampler.transpose()?,
        })
    }

    /// What its transformers will look at.
    pub fn remember(&self, context: &Tensor, memories: &mut Vec<Memory>) {
        remember(&self.layers, context, memories);
    }

    /// Leaves a skip after each layer, and after the step down.
    pub fn forward(&self, mut x: Tensor, flow: &mut Flow) -> Tensor {
        for layer in &self.layers {
            x = layer.forward(&x, flow);
            flow.skips.push(x.shallow_clone());
        }
        if let Some(downsampler) = &self.downsampler {
            x = downsampler.forward(&x);
            flow.skips.push(x.shallow_clone());
        }
        x
    }
}

impl MidBlock {
    /// Reads its weights.
    pub fn load(
        place: &Place,
        config: &UnetConfig,
        times: &mut TimeProjections,
    ) -> Result<Self, WeightsError> {
        let level = config.blocks() - 1;
        let channels = config.block_out_channels[level];
        let mut resnet = |number: usize| resnet(place, config, number, (channels, level), times);
        let first = resnet(0)?;
        let rest = match config.mid_block_type {
            MidBlockType::UNetMidBlock2D => None,
            MidBlockType::UNetMidBlock2DCrossAttn => {
                let shape = transformer(config, level, config.depth_down(level, 0));
                let transformer = Transformer2d::load(&place.at("attentions.0"), shape)?;
                Some((transformer, resnet(1)?))
            }
        };
        Ok(Self {
            resnet: first,
            rest,
        })
    }

    /// What its transformer will look at, if it has one.
    pub fn remember(&self, context: &Tensor, memories: &mut Vec<Memory>) {
        if let Some((transformer, _)) = &self.rest {
            transformer.remember(context, memories);
        }
    }

    /// Neither takes nor leaves a skip.
    pub fn forward(&self, x: &Tensor, flow: &mut Flow) -> Tensor {
        let x = self.resnet.forward(x, flow.times.next());
        match &self.rest {
            None => x,
            Some((transformer, resnet)) => {
                let x = transformer.forward(&x, &mut flow.memories);
                resnet.forward(&x, flow.times.next())
            }
        }
    }
}

impl UpBlock {
    /// Reads the weights of a block; `place` is that of all of them, blocks count from the coarsest.
    pub fn load(
        place: &Place,
        config: &UnetConfig,
        block: usize,
        times: &mut TimeProjections,
    ) -> Result<Self, WeightsError> {
        let place = place.at(block);
        let channels = &config.block_out_channels;
        let level = config.blocks() - 1 - block;
        let coarser = channels[(level + 1).min(config.blocks() - 1)];
        let finer = channels[level.saturating_sub(1)];
        let crosses = config.up_block_types[block] == UpBlockType::CrossAttnUpBlock2D;
        let layers = (0..=config.layers_per_block).map(|layer| {
            let from_below = if layer == 0 { coarser } else { channels[level] };
            let last = layer == config.layers_per_block;
            let skip = if last { finer } else { channels[level] };
            let depth = crosses.then(|| config.depth_up(block, layer));
            Layer::load(
                &place,
                config,
                layer,
                (from_below + skip, level),
                depth,
                times,
            )
        });
        let layers = layers.collect::<Result<_, _>>()?;
        let upsampler = (level > 0).then(|| {
            Conv2d::load(
                &place.at("upsamplers.0.conv"),
                channels[level],
                channels[level],
            )
        });
        Ok(Self {
            layers,
            upsampler: upsampler.transpose()?,
        })
    }

    /// What its transformers will look at.
    pub fn remember(&self, context: &Tensor, memories: &mut Vec<Memory>) {
        remember(&self.layers, context, memories);
    }

    /// Takes a skip for each layer. The step up is to the size of the next skip, which is twice
    /// its own only where that divides.
    pub fn forward(&self, mut x: Tensor, flow: &mut Flow) -> Tensor {
        for layer in &self.layers {
            if let Some(skip) = flow.skips.pop() {
                x = Tensor::cat(&[x, skip], 1);
            }
            x = layer.forward(&x, flow);
        }
        if let (Some(upsampler), Some(next)) = (&self.upsampler, flow.skips.last()) {
            let size = next.size();
            x = upsampler.forward(&x.upsample_nearest2d([size[2], size[3]], None, None));
        }
        x
    }
}

impl Layer {
    /// `io` holds the inputs and the level, which says the outputs.
    fn load(
        place: &Place,
        config: &UnetConfig,
        number: usize,
        io: (i64, usize),
        depth: Option<usize>,
        times: &mut TimeProjections,
    ) -> Result<Self, WeightsError> {
        let transformer = depth.map(|depth| {
            let shape = transformer(config, io.1, depth);
            Transformer2d::load(&place.at("attentions").at(number), shape)
        });
        Ok(Self {
            resnet: resnet(place, config, number, io, times)?,
            transformer: transformer.transpose()?,
        })
    }

    fn forward(&self, x: &Tensor, flow: &mut Flow) -> Tensor {
        let x = self.resnet.forward(x, flow.times.next());
        match &self.transformer {
            None => x,
            Some(transformer) => transformer.forward(&x, &mut flow.memories),
        }
    }
}

fn remember(layers: &[Layer], context: &Tensor, memories: &mut Vec<Memory>) {
    for transformer in layers.iter().filter_map(|layer| layer.transformer.as_ref()) {
        transformer.remember(context, memories);
    }
}

fn resnet(
    place: &Place,
    config: &UnetConfig,
    number: usize,
    (inputs, level): (i64, usize),
    times: &mut TimeProjections,
) -> Result<ResnetBlock2d, WeightsError> {
    let place = place.at("resnets").at(number);
    let shape = ResnetShape {
        inputs,
        outputs: config.block_out_channels[level],
        groups: config.norm_num_groups,
        eps: config.norm_eps,
    };
    let time_width = 4 * config.block_out_channels[0];
    times.push(ResnetBlock2d::load_time(&place, time_width, shape.outputs)?);
    ResnetBlock2d::load(&place, shape)
}

fn transformer(config: &UnetConfig, level: usize, depth: usize) -> TransformerShape {
    TransformerShape {
        channels: config.block_out_channels[level],
        heads: config.heads(level),
        depth,
        groups: config.norm_num_groups,
        context: config.cross_attention_dim,
    }
}
