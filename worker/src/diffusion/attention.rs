//! Attention, and the transformer that mixes the picture's places with each other and with the
//! prompt. Block names and their order are those of the checkpoint.
//!
//! The softmax never sees a whole matrix of places by places: libtorch's fused kernel works in
//! tiles, on a processor as on a GPU.

use tch::Tensor;

use super::{
    layers::{GroupNorm, LayerNorm, Linear},
    weights::{Place, WeightsError},
};

/// The group norm at a transformer's door has an epsilon of its own.
const DOOR_EPS: f64 = 1e-6;
const LAYER_NORM_EPS: f64 = 1e-5;

/// The prompt as one block looks at it. It does not change from step to step.
#[derive(Debug)]
pub struct Memory {
    key: Tensor,
    value: Tensor,
}

/// A transformer over all places of a picture.
#[derive(Debug)]
pub struct Transformer2d {
    norm: GroupNorm,
    proj_in: Linear,
    blocks: Vec<Block>,
    proj_out: Linear,
}

/// What a transformer is made from.
#[derive(Clone, Copy, Debug)]
pub struct TransformerShape {
    /// Of the picture's places.
    pub channels: i64,
    /// Heads of each attention.
    pub heads: i64,
    /// Blocks one after the other.
    pub depth: usize,
    /// Of the norm at the door.
    pub groups: i64,
    /// Numbers per token of the prompt.
    pub context: i64,
}

#[derive(Debug)]
struct Block {
    norm1: LayerNorm,
    attn1: SelfAttention,
    norm2: LayerNorm,
    attn2: CrossAttention,
    norm3: LayerNorm,
    /// Value and gate side by side.
    gated: Linear,
    out: Linear,
}

#[derive(Debug)]
struct SelfAttention {
    query_key_value: Linear,
    out: Linear,
    heads: i64,
}

#[derive(Debug)]
struct CrossAttention {
    query: Linear,
    key_value: Linear,
    out: Linear,
    heads: i64,
}

impl Transformer2d {
    /// Reads its weights.
    pub fn load(place: &Place, shape: TransformerShape) -> Result<Self, WeightsError> {
        let d = shape.channels;
        let block = |i| Block::load(&place.at("transformer_blocks").at(i), shape);
        Ok(Self {
            norm: GroupNorm::load(&place.at("norm"), shape.groups, d, DOOR_EPS)?,
            proj_in: Linear::load(&place.at("proj_in"), d, d)?,
            blocks: (0..shape.depth).map(block).collect::<Result<_, _>>()?,
            proj_out: Linear::load(&place.at("proj_out"), d, d)?,
        })
    }

    /// What its blocks will look at: one memory each, appended in order.
    pub fn remember(&self, context: &Tensor, memories: &mut Vec<Memory>) {
        memories.extend(
            self.blocks
                .iter()
                .map(|block| block.attn2.remember(context)),
        );
    }

    /// The transformed picture. Takes as many memories as it has blocks.
    pub fn forward<'m>(
        &self,
        x: &Tensor,
        memories: &mut impl Iterator<Item = &'m Memory>,
    ) -> Tensor {
        let size = x.size();
        let (batch, channels, height, width) = (size[0], size[1], size[2], size[3]);
        let rows = self.norm.forward(x).permute([0, 2, 3, 1]);
        let rows = rows.reshape([batch, height * width, channels]);
        let mut rows = self.proj_in.forward(&rows);
        for (block, memory) in self.blocks.iter().zip(memories) {
            rows = block.forward(rows, memory);
        }
        let out = self.proj_out.forward(&rows);
        let out = out.reshape([batch, height, width, channels]);
        x + out.permute([0, 3, 1, 2])
    }
}

impl Block {
    fn load(place: &Place, shape: TransformerShape) -> Result<Self, WeightsError> {
        let d = shape.channels;
        let norm = |name: &str| LayerNorm::load(&place.at(name), d, LAYER_NORM_EPS);
        let net = place.at("ff.net");
        Ok(Self {
            norm1: norm("norm1")?,
            attn1: SelfAttention::load(&place.at("attn1"), d, shape.heads)?,
            norm2: norm("norm2")?,
            attn2: CrossAttention::load(&place.at("attn2"), d, shape.context, shape.heads)?,
            norm3: norm("norm3")?,
            gated: Linear::load(&net.at("0.proj"), d, 8 * d)?,
            out: Linear::load(&net.at(2), 4 * d, d)?,
        })
    }

    fn forward(&self, x: Tensor, memory: &Memory) -> Tensor {
        let x = self.attn1.forward(&self.norm1.forward(&x)) + x;
        let x = self.attn2.forward(&self.norm2.forward(&x), memory) + x;
        let both = self.gated.forward(&self.norm3.forward(&x));
        let half = both.size()[2] / 2;
        let gate = both.narrow(-1, half, half).gelu("none");
        self.out.forward(&(both.narrow(-1, 0, half) * gate)) + x
    }
}

impl SelfAttention {
    fn load(place: &Place, channels: i64, heads: i64) -> Result<Self, WeightsError> {
        let part = |name: &str| Linear::load_unbiased(&place.at(name), channels, channels);
        Ok(Self {
            query_key_value: Linear::side_by_side(&[part("to_q")?, part("to_k")?, part("to_v")?]),
            out: Linear::load(&place.at("to_out.0"), channels, channels)?,
            heads,
        })
    }

    fn forward(&self, x: &Tensor) -> Tensor {
        let [query, key, value] = split_heads(&self.query_key_value.forward(x), self.heads);
        self.out.forward(&attend(&query, &key, &value, false))
    }
}

impl CrossAttention {
    fn load(place: &Place, channels: i64, context: i64, heads: i64) -> Result<Self, WeightsError> {
        let part = |name: &str| Linear::load_unbiased(&place.at(name), context, channels);
        Ok(Self {
            query: Linear::load_unbiased(&place.at("to_q"), channels, channels)?,
            key_value: Linear::side_by_side(&[part("to_k")?, part("to_v")?]),
            out: Linear::load(&place.at("to_out.0"), channels, channels)?,
            heads,
        })
    }

    fn remember(&self, context: &Tensor) -> Memory {
        let [key, value] = split_heads(&self.key_value.forward(context), self.heads);
        Memory { key, value }
    }

    fn forward(&self, x: &Tensor, memory: &Memory) -> Tensor {
        let [query] = split_heads(&self.query.forward(x), self.heads);
        self.out
            .forward(&attend(&query, &memory.key, &memory.value, false))
    }
}

/// From `[batch, places, parts * channels]` to parts of `[batch, heads, places, channels of a head]`.
pub fn split_heads<const PARTS: usize>(x: &Tensor, heads: i64) -> [Tensor; PARTS] {
    let size = x.size();
    let (batch, places, parts) = (size[0], size[1], PARTS as i64);
    let split = x.view([batch, places, parts, heads, size[2] / (parts * heads)]);
    let split = split.permute([2, 0, 3, 1, 4]);
    std::array::from_fn(|part| split.select(0, part as i64))
}

/// Attention, with the heads side by side again. Causal: no place looks at later ones.
pub fn attend(query: &Tensor, key: &Tensor, value: &Tensor, causal: bool) -> Tensor {
    let seen = Tensor::scaled_dot_product_attention(
        query,
        key,
        value,
        None::<Tensor>,
        0.0,
        causal,
        None,
        false,
    );
    seen.transpose(1, 2).flatten(2, 3)
}
