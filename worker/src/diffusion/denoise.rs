//! From noise to latents: the loop around the denoiser, for several pictures at once.
//!
//! Pictures of one batch share size, steps and the step they start at; prompts, guidance, sizes
//! told to the model and seeds are each picture's own. A row of the result does not depend on the
//! other rows, but for the rounding of larger products.

use tch::{Kind, Tensor};

use super::{embeddings::guidance, model::Painter, scheduler::Scheduler, text::Embedding};

/// What is to be painted, one entry per picture.
#[derive(Debug)]
pub struct Batch {
    /// What to show.
    pub positive: Vec<Embedding>,
    /// What to lead away from; looked at only where there is guidance.
    pub negative: Vec<Embedding>,
    /// How strongly, 1 for not at all. Either all pictures are guided or none.
    pub guidance: Vec<f64>,
    /// Original height and width, crop top and left, target height and width.
    pub sizes: Vec<[f64; 6]>,
}

/// Who looks on. Rows are named by their place in the batch as it began.
pub trait Watch {
    /// New noise for these rows, for schedulers that add some.
    fn fresh(&mut self, step: usize, rows: &[usize]) -> Tensor;

    /// What the denoiser said: rows without the prompt first, if there is guidance.
    fn predicted(&mut self, _step: usize, _predicted: &Tensor) {}

    /// The latents after the step. Returns which rows shall go on.
    fn after(&mut self, step: usize, rows: &[usize], latents: &Tensor) -> Vec<usize>;
}

/// What a run of the loop left.
#[derive(Debug)]
pub struct Denoised {
    /// The rows that went on to the end.
    pub rows: Vec<usize>,
    /// Their latents.
    pub latents: Tensor,
}

/// Takes the noise away from `first` on. `latents` are as the scheduler begins them.
pub fn denoise(
    painter: &Painter,
    scheduler: &dyn Scheduler,
    batch: &Batch,
    latents: &Tensor,
    first: usize,
    watch: &mut dyn Watch,
) -> Denoised {
    let _no_grad = tch::no_grad_guard();
    let mut rows: Vec<usize> = (0..batch.positive.len()).collect();
    let mut latents = latents.to_device(painter.device).to_kind(Kind::Float);
    let mut told = Told::new(painter, batch, &rows);
    for (step, &time) in scheduler.timesteps().iter().enumerate().skip(first) {
        let input = scheduler.input(&latents, step).to_kind(painter.kind);
        let predicted = told.predict(painter, &input, time, &mut |seen| {
            watch.predicted(step, seen);
        });
        let mut fresh = || watch.fresh(step, &rows).to_device(painter.device);
        latents = scheduler.step(&latents, &predicted, step, &mut fresh);
        let go_on = watch.after(step, &rows, &latents);
        if go_on != rows {
            let places = rows.iter().zip(0_i64..);
            let kept = places.filter(|(row, _)| go_on.contains(row));
            let kept: Vec<i64> = kept.map(|(_, place)| place).collect();
            let index = Tensor::from_slice(&kept).to_device(painter.device);
            latents = latents.index_select(0, &index);
            rows = go_on;
            if rows.is_empty() {
                break;
            }
            told = Told::new(painter, batch, &rows);
        }
    }
    Denoised { rows, latents }
}

/// What the denoiser is told besides latents and time; the same at every step.
struct Told {
    guide: super::unet::Guide,
    /// One number per picture, if there are two rows for each.
    strength: Option<Tensor>,
    embedded_guidance: Option<Tensor>,
    rows: i64,
}

impl Told {
    fn new(painter: &Painter, batch: &Batch, rows: &[usize]) -> Self {
        let of = |all: &[f64]| -> Vec<f32> { rows.iter().map(|&row| all[row] as f32).collect() };
        let guidance_now = Tensor::from_slice(&of(&batch.guidance)).to_device(painter.device);
        let width = painter.unet.guidance_width();
        let embedded_guidance = width.map(|width| guidance(&guidance_now, width));
        let guided = is_guided(painter, batch);
        let pick = |of: &dyn Fn(&Embedding) -> Tensor| {
            let positive = rows.iter().map(|&row| of(&batch.positive[row]));
            let negative = rows.iter().map(|&row| of(&batch.negative[row]));
            let all: Vec<Tensor> = if guided {
                negative.chain(positive).collect()
            } else {
                positive.collect()
            };
            Tensor::stack(&all, 0)
                .to_device(painter.device)
                .to_kind(painter.kind)
        };
        let sizes: Vec<f32> = rows
            .iter()
            .flat_map(|&row| batch.sizes[row])
            .map(|size| size as f32)
            .collect();
        let sizes = Tensor::from_slice(&sizes)
            .view([-1, 6])
            .to_device(painter.device);
        let sizes = if guided {
            Tensor::cat(&[&sizes, &sizes], 0)
        } else {
            sizes
        };
        let context = pick(&|embedding| embedding.context.shallow_clone());
        let pooled = pick(&|embedding| embedding.pooled.shallow_clone());
        Self {
            guide: painter.unet.guide(&context, &pooled, &sizes),
            strength: guided.then(|| guidance_now.view([-1, 1, 1, 1])),
            embedded_guidance,
            rows: sizes.size()[0],
        }
    }

    fn predict(
        &self,
        painter: &Painter,
        input: &Tensor,
        time: f64,
        look: &mut dyn FnMut(&Tensor),
    ) -> Tensor {
        let times = Tensor::full([self.rows], time, (Kind::Float, painter.device));
        let twice;
        let input = if self.strength.is_some() {
            twice = Tensor::cat(&[input, input], 0);
            &twice
        } else {
            input
        };
        let embedded = self.embedded_guidance.as_ref();
        let out = painter
            .unet
            .forward(input, &times, embedded, &self.guide, &mut |_, _| ());
        look(&out);
        let out = out.to_kind(Kind::Float);
        match &self.strength {
            None => out,
            Some(strength) => {
                let parts = out.chunk(2, 0);
                &parts[0] + strength * (&parts[1] - &parts[0])
            }
        }
    }
}

/// Whether each picture takes two rows: with the prompt and without.
pub fn is_guided(painter: &Painter, batch: &Batch) -> bool {
    painter.unet.guidance_width().is_none() && batch.guidance.iter().any(|&strength| strength > 1.0)
}
