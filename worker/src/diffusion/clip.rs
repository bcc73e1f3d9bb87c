//! The text encoders: what a prompt means, token by token and as a whole.

use tch::{Kind, Tensor};

use super::{
    attention::{attend, split_heads},
    config::{Activation, ClipConfig},
    layers::{LayerNorm, Linear},
    weights::{Place, WeightsError},
};

/// One text encoder.
#[derive(Debug)]
pub struct Clip {
    tokens: Tensor,
    positions: Tensor,
    layers: Vec<Layer>,
    final_norm: LayerNorm,
    projection: Option<Linear>,
    end: End,
}

/// What an encoder says about prompts.
#[derive(Debug)]
pub struct Encoded {
    /// Each token before the last layer, `[prompts, places, width]`: the denoiser's context.
    pub context: Tensor,
    /// Each prompt as a whole, `[prompts, width]`, if the encoder is one that says so.
    pub pooled: Option<Tensor>,
}

/// Where a prompt is read as a whole.
#[derive(Clone, Copy, Debug)]
enum End {
    /// At the first highest number: configurations from before the end token had its own say.
    Highest,
    Token(i64),
}

#[derive(Debug)]
struct Layer {
    norm1: LayerNorm,
    query_key_value: Linear,
    out: Linear,
    norm2: LayerNorm,
    fc1: Linear,
    fc2: Linear,
    heads: i64,
    activation: Activation,
}

impl Clip {
    /// Reads its weights. Only the second encoder has a projection.
    pub fn load(place: &Place, config: &ClipConfig, projected: bool) -> Result<Self, WeightsError> {
        let width = config.hidden_size;
        let text = place.at("text_model");
        let embeddings = text.at("embeddings");
        let tokens = embeddings.at("token_embedding");
        let positions = embeddings.at("position_embedding");
        let layer = |i| Layer::load(&text.at("encoder.layers").at(i), config);
        let projection = projected.then(|| {
            Linear::load_unbiased(&place.at("text_projection"), width, config.projection_dim)
        });
        Ok(Self {
            tokens: tokens.tensor("weight", &[config.vocab_size, width])?,
            positions: positions.tensor("weight", &[config.max_position_embeddings, width])?,
            layers: (0..config.num_hidden_layers)
                .map(layer)
                .collect::<Result<_, _>>()?,
            final_norm: LayerNorm::load(
                &text.at("final_layer_norm"),
                width,
                config.layer_norm_eps,
            )?,
            projection: projection.transpose()?,
            // The number that the first configurations had by mistake, in all published models.
            end: match config.eos_token_id {
                2 => End::Highest,
                token => End::Token(token),
            },
        })
    }

    /// Encodes prompts given as rows of numbers.
    pub fn forward(&self, numbers: &Tensor) -> Encoded {
        let words = Tensor::embedding(&self.tokens, numbers, -1, false, false);
        let mut x = words + self.positions.narrow(0, 0, numbers.size()[1]);
        let Some((last, before)) = self.layers.split_last() else {
            return Encoded {
                context: x,
                pooled: None,
            };
        };
        for layer in before {
            x = layer.forward(&x);
        }
        let pooled = self.projection.as_ref().map(|projection| {
            let whole = self.final_norm.forward(&last.forward(&x));
            projection.forward(&take_one_place(&whole, &self.ends(numbers)))
        });
        Encoded { context: x, pooled }
    }

    fn ends(&self, numbers: &Tensor) -> Tensor {
        match self.end {
            End::Highest => numbers.argmax(-1, false),
            End::Token(token) => numbers.eq(token).to_kind(Kind::Int).argmax(-1, false),
        }
    }
}

impl Layer {
    fn load(place: &Place, config: &ClipConfig) -> Result<Self, WeightsError> {
        let (width, inner, eps) = (
            config.hidden_size,
            config.intermediate_size,
            config.layer_norm_eps,
        );
        let attention = place.at("self_attn");
        let part = |name: &str| Linear::load(&attention.at(name), width, width);
        Ok(Self {
            norm1: LayerNorm::load(&place.at("layer_norm1"), width, eps)?,
            query_key_value: Linear::side_by_side(&[
                part("q_proj")?,
                part("k_proj")?,
                part("v_proj")?,
            ]),
            out: part("out_proj")?,
            norm2: LayerNorm::load(&place.at("layer_norm2"), width, eps)?,
            fc1: Linear::load(&place.at("mlp.fc1"), width, inner)?,
            fc2: Linear::load(&place.at("mlp.fc2"), inner, width)?,
            heads: config.num_attention_heads,
            activation: config.hidden_act,
        })
    }

    fn forward(&self, x: &Tensor) -> Tensor {
        let rows = self.query_key_value.forward(&self.norm1.forward(x));
        let [query, key, value] = split_heads(&rows, self.heads);
        let x = self.out.forward(&attend(&query, &key, &value, true)) + x;
        let hidden = self.fc1.forward(&self.norm2.forward(&x));
        let bent = match self.activation {
            Activation::QuickGelu => &hidden * (&hidden * 1.702).sigmoid(),
            Activation::Gelu => hidden.gelu("none"),
        };
        self.fc2.forward(&bent) + x
    }
}

/// One place of each prompt.
fn take_one_place(x: &Tensor, places: &Tensor) -> Tensor {
    let width = x.size()[2];
    let index = places.view([-1, 1, 1]).expand([-1, 1, width], false);
    x.gather(1, &index, false).squeeze_dim(1)
}
