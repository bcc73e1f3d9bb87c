//! A prompt and a mix as what the denoiser is told.
//!
//! The mix goes beyond the prompt's words: each attribute value is a direction in the space of
//! embeddings, and the weighted directions are added to the prompt's. So a mix acts continuously,
//! costs nothing per picture, and a neutral one changes no bit. For tools that only take
//! words there is [`super::weighted_words`].

use std::{
    cell::{OnceCell, RefCell},
    fmt,
    num::NonZeroUsize,
};

use lru::LruCache;
use tch::{Kind, Tensor, no_grad};
use wire::{
    mix::Mix,
    taxonomy::{SHARES, VALUES},
};

use super::{
    directions::{self, SUBJECTS, example},
    text::{Embedding, Text},
};

/// An embedding of SDXL's size takes 0.6 MB.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(256).expect("256 is not zero");
/// Four pure values pull in four directions at once. Steering never moves an embedding further than
/// it is long: nothing the model has ever seen lies beyond.
const LOUDEST: f64 = 1.0;

/// How far to go in the direction of each attribute value, in the order of the taxonomy.
pub type Weights = [f64; SHARES];

/// Turns prompts and mixes into embeddings, and remembers the prompts.
pub struct Conditioner {
    text: Text,
    remembered: RefCell<LruCache<String, Embedding>>,
    directions: OnceCell<Directions>,
}

/// One row per attribute value.
struct Directions {
    /// `[values, places * width]`
    context: Tensor,
    /// `[values, width]`
    pooled: Tensor,
}

impl Conditioner {
    /// With nothing remembered yet.
    pub fn new(text: Text) -> Self {
        Self {
            text,
            remembered: RefCell::new(LruCache::new(REMEMBERED)),
            directions: OnceCell::new(),
        }
    }

    /// What the prompt means.
    pub fn embed(&self, prompt: &str) -> anyhow::Result<Embedding> {
        if let Some(known) = self.remembered.borrow_mut().get(prompt) {
            return Ok(known.clone());
        }
        let fresh = self.text.encode(&[prompt])?.remove(0);
        self.remembered
            .borrow_mut()
            .put(prompt.to_owned(), fresh.clone());
        Ok(fresh)
    }

    /// What the prompt means, led in these directions.
    pub fn steer(&self, embedding: Embedding, weights: &Weights) -> anyhow::Result<Embedding> {
        if weights.iter().all(|weight| *weight == 0.0) {
            return Ok(embedding);
        }
        let directions = self.directions()?;
        Ok(no_grad(|| Embedding {
            context: lead(&embedding.context, weights, &directions.context),
            pooled: lead(&embedding.pooled, weights, &directions.pooled),
        }))
    }

    fn directions(&self) -> anyhow::Result<&Directions> {
        if let Some(known) = self.directions.get() {
            return Ok(known);
        }
        let fresh = Directions::find(&self.text)?;
        Ok(self.directions.get_or_init(|| fresh))
    }
}

impl fmt::Debug for Conditioner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let remembered = self.remembered.borrow().len();
        f.debug_struct("Conditioner")
            .field("remembered", &remembered)
            .finish_non_exhaustive()
    }
}

impl Directions {
    fn find(text: &Text) -> anyhow::Result<Self> {
        let mut contexts = Vec::with_capacity(SHARES);
        let mut pooled = Vec::with_capacity(SHARES);
        for phrase in directions::flat() {
            let examples = SUBJECTS.map(|subject| example(subject, phrase));
            let encoded = text.encode(&examples.each_ref().map(String::as_str))?;
            let context: Vec<_> = encoded.iter().map(|e| e.context.flatten(0, -1)).collect();
            let whole: Vec<_> = encoded.iter().map(|e| e.pooled.shallow_clone()).collect();
            contexts.push(mean(&context));
            pooled.push(mean(&whole));
        }
        Ok(Self {
            context: against_the_others(&contexts),
            pooled: against_the_others(&pooled),
        })
    }
}

/// The directions of a mix. A dimension whose values are in equal parts pulls nowhere, and a pure
/// value pulls with weight 1.
pub fn weights(mix: &Mix) -> Weights {
    let even = 1.0 / VALUES as f64;
    mix.flat().map(|share| (share - even) / (1.0 - even))
}

fn mean(rows: &[Tensor]) -> Tensor {
    Tensor::stack(rows, 0).mean_dim(0, false, Kind::Float)
}

/// Each row less the mean of its dimension's rows.
fn against_the_others(rows: &[Tensor]) -> Tensor {
    let all = Tensor::stack(rows, 0);
    let width = all.size()[1];
    let grouped = all.view([-1, VALUES as i64, width]);
    let means = grouped.mean_dim(1, true, Kind::Float);
    (grouped - means).view([-1, width])
}

/// The embedding with the weighted directions added, at most as long as it is itself. The sum is
/// taken in the order of the taxonomy, so that it does not depend on anybody else's.
fn lead(embedding: &Tensor, weights: &Weights, directions: &Tensor) -> Tensor {
    let weights = Tensor::from_slice(&weights.map(|weight| weight as f32));
    let weights = weights.to_device(directions.device()).unsqueeze(0);
    let pull = weights.matmul(directions).view_as(embedding);
    let (longest, length) = (
        embedding.norm().double_value(&[]) * LOUDEST,
        pull.norm().double_value(&[]),
    );
    if length > longest {
        embedding + pull * (longest / length)
    } else {
        embedding + pull
    }
}
