//! The engine: requests in, pictures out, several at a time.

use std::{fmt, num::NonZeroUsize, path::Path, thread::available_parallelism};

use anyhow::Context as _;
use tch::{Kind, Tensor};

use super::{
    condition::{self, Conditioner},
    denoise::{Batch, denoise},
    halves::{OutOfMemory, in_parts},
    looker::Looker,
    model::{Model, Painter},
    noise::normal,
    picture,
    room::Room,
    scheduler::{self, Scheduler, first_step},
};
use crate::{
    device::Device,
    engine::{Engine, Negative, Order, PaintRequest, Painted, check_size, check_start},
    handler::Failure,
};

/// The engine's name in jobs and records.
pub const NAME: &str = "ssd-1b";

/// Rises whenever the same input paints another picture, because records name it.
const VERSION: u32 = 1;

/// As the model's card advises.
const GUIDANCE: f64 = 9.0;
const NEGATIVE: &str = "ugly, blurry, poor quality";
/// Beyond this the card's pictures do not change to the eye.
const STEPS: usize = 25;
/// As the card of the distilled model advises.
const STEPS_DISTILLED: usize = 4;
/// Together they fill a GPU, and take a few gigabytes besides the weights.
const TOGETHER_ON_GPU: usize = 8;
/// A processor is as quick with one after the other; this only lets artists wait side by side.
const TOGETHER_ON_CPU: usize = 2;

/// A checkpoint, ready to paint.
pub struct Ssd1b {
    conditioner: Conditioner,
    pub(super) painter: Painter,
    name: String,
    steps: usize,
    room: Room,
}

/// What all pictures of a batch have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shape {
    width: u32,
    height: u32,
    steps: usize,
    first: usize,
    guided: bool,
}

impl Ssd1b {
    /// Reads the checkpoint. Call it on the thread that will paint.
    pub fn load(
        model: &Path,
        device: Device,
        kind: Option<Kind>,
        steps: Option<NonZeroUsize>,
    ) -> anyhow::Result<Self> {
        let on_cpu = device.0 == tch::Device::Cpu;
        if on_cpu {
            // Of this thread only: learners keep to one each.
            tch::set_num_threads(available_parallelism().map_or(1, NonZeroUsize::get) as i32);
        }
        let kind = kind.unwrap_or(if on_cpu { Kind::Float } else { Kind::Half });
        let Model {
            text,
            painter,
            fingerprint,
        } = Model::load(model, device.0, kind)
            .with_context(|| format!("cannot use the model in {}", model.display()))?;
        let distilled = painter.unet.guidance_width().is_some();
        let usual = if distilled { STEPS_DISTILLED } else { STEPS };
        let steps = steps.map_or(usual, NonZeroUsize::get);
        scheduler::new(&painter.scheduler, steps)?;
        let together = if on_cpu {
            TOGETHER_ON_CPU
        } else {
            TOGETHER_ON_GPU
        };
        Ok(Self {
            conditioner: Conditioner::new(text),
            painter,
            name: format!(
                "{NAME} {VERSION} model-{fingerprint} {} {steps}-steps guidance-{GUIDANCE}",
                dtype(kind)
            ),
            steps,
            room: Room::new(together),
        })
    }

    fn shape(&self, request: &PaintRequest) -> Shape {
        let wishes = &request.wishes;
        let steps = wishes.steps.map_or(self.steps, |steps| steps as usize);
        let strength = wishes.start.as_ref().map_or(1.0, |start| start.strength);
        Shape {
            width: request.width,
            height: request.height,
            steps,
            first: first_step(steps, strength),
            guided: wishes.guidance.unwrap_or(GUIDANCE) > 1.0,
        }
    }

    /// What can be said without painting.
    fn answer_at_once(&self, order: &Order) -> Option<Result<Painted, Failure>> {
        if order.cancel.is_cancelled() {
            return Some(Err(Failure::Cancelled));
        }
        let request = order.request;
        let refuse = |reason: String| Some(Err(Failure::Refuse(reason)));
        if let Err(error) = check_size(request.width, request.height) {
            return refuse(error.to_string());
        }
        if let Err(error) = scheduler::new(&self.painter.scheduler, self.shape(request).steps) {
            return refuse(error.to_string());
        }
        if let Err(error) = check_start(request) {
            return refuse(error.to_string());
        }
        let shape = self.shape(request);
        let start = request.wishes.start.as_ref();
        // Not one step is taken, so nothing changes: not even what the decoder cannot draw exactly.
        start.filter(|_| shape.first == shape.steps).map(|start| {
            Ok(Painted {
                png: start.picture.to_png(),
                width: shape.width,
                height: shape.height,
            })
        })
    }

    /// The latents of orders of one shape. One that cannot be told what to paint fails alone.
    fn denoise_alike(&self, orders: &[&Order]) -> Vec<Result<Tensor, Failure>> {
        match self.try_denoise_alike(orders) {
            Ok(results) => results,
            Err(error) if orders.len() < 2 => {
                let reason = format!("{error:#}");
                let all = orders.iter();
                all.map(|_| Err(Failure::Refuse(reason.clone()))).collect()
            }
            Err(_) => {
                let alone = orders.chunks(1).flat_map(|one| self.denoise_alike(one));
                alone.collect()
            }
        }
    }

    fn try_denoise_alike(&self, orders: &[&Order]) -> anyhow::Result<Vec<Result<Tensor, Failure>>> {
        let _no_grad = tch::no_grad_guard();
        let Some(first) = orders.first() else {
            return Ok(Vec::new());
        };
        let shape = self.shape(first.request);
        let scheduler = scheduler::new(&self.painter.scheduler, shape.steps)?;
        let batch = self.batch(orders)?;
        let channels = self.painter.unet.latent_channels();
        let latent_shape = [
            channels,
            i64::from(shape.height / 8),
            i64::from(shape.width / 8),
        ];
        let begun: Vec<Tensor> = orders
            .iter()
            .map(|order| self.begin(order.request, scheduler.as_ref(), shape, &latent_shape))
            .collect();
        let mut looker = Looker {
            orders,
            latent_shape,
            first: shape.first,
            steps: shape.steps,
        };
        let begun = Tensor::stack(&begun, 0);
        let denoised = denoise(
            &self.painter,
            scheduler.as_ref(),
            &batch,
            &begun,
            shape.first,
            &mut looker,
        );
        let mut results: Vec<_> = orders.iter().map(|_| Err(Failure::Cancelled)).collect();
        for (place, row) in (0..).zip(denoised.rows) {
            results[row] = Ok(denoised.latents.narrow(0, place, 1));
        }
        Ok(results)
    }

    fn decode(&self, order: &Order, latents: &Tensor) -> Result<Painted, Failure> {
        if order.cancel.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        let pixels = picture::decode(&self.painter, latents);
        Ok(Painted {
            png: picture::to_picture(&pixels.get(0)).to_png(),
            width: order.request.width,
            height: order.request.height,
        })
    }

    /// Paints orders of one shape: denoised together, as far as the memory holds them, and decoded
    /// one by one, so that a decoder that finds no room costs no denoising.
    fn paint_alike(&self, orders: &[&Order]) -> Vec<Result<Painted, Failure>> {
        let (denoised, most) = in_parts(orders, &mut |part| self.denoise_alike(part));
        match most {
            None => self.room.went_well(orders.len()),
            Some(most) => {
                tracing::warn!(most, "the device's memory is full, painting fewer at once");
                self.room.fell_short(most);
            }
        }
        let finish = |(order, latents): (&&Order, Result<_, OutOfMemory>)| {
            let latents: Tensor = latents.map_err(|_| no_room(order.request))??;
            let mut decode = |_: &[()]| vec![self.decode(order, &latents)];
            let (mut decoded, _) = in_parts(&[()], &mut decode);
            let decoded = decoded.pop().unwrap_or(Err(OutOfMemory));
            decoded.map_err(|_| no_room(order.request))?
        };
        orders.iter().zip(denoised).map(finish).collect()
    }

    /// What a picture begins with: noise, or its start under as much noise as its strength says.
    fn begin(
        &self,
        request: &PaintRequest,
        scheduler: &dyn Scheduler,
        shape: Shape,
        latent_shape: &[i64],
    ) -> Tensor {
        let noise = normal(request.seed, 0, latent_shape).to_device(self.painter.device);
        let Some(start) = &request.wishes.start else {
            return scheduler.begin(&noise);
        };
        let latents = picture::encode(&self.painter, &start.picture).squeeze_dim(0);
        scheduler.begin_from(&latents, &noise, shape.first)
    }

    fn batch(&self, orders: &[&Order]) -> anyhow::Result<Batch> {
        let mut batch = Batch {
            positive: Vec::new(),
            negative: Vec::new(),
            guidance: Vec::new(),
            sizes: Vec::new(),
        };
        for order in orders {
            let request = order.request;
            let plain = self.conditioner.embed(&request.prompt)?;
            let negative = match &request.wishes.negative {
                Negative::Usual => self.conditioner.embed(NEGATIVE)?,
                Negative::Words(words) => self.conditioner.embed(words)?,
                Negative::Nothing if self.painter.pipeline.force_zeros_for_empty_prompt => {
                    plain.zeros_like()
                }
                Negative::Nothing => self.conditioner.embed("")?,
            };
            let weights = condition::weights(&request.mix);
            batch
                .positive
                .push(self.conditioner.steer(plain, &weights)?);
            batch.negative.push(negative);
            batch
                .guidance
                .push(request.wishes.guidance.unwrap_or(GUIDANCE));
            let (height, width) = (f64::from(request.height), f64::from(request.width));
            batch.sizes.push([height, width, 0.0, 0.0, height, width]);
        }
        Ok(batch)
    }
}

impl Engine for Ssd1b {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn together(&self) -> usize {
        self.room.now()
    }

    fn fits(&self, one: &PaintRequest, other: &PaintRequest) -> bool {
        self.shape(one) == self.shape(other)
    }

    fn paint(&self, order: &Order) -> Result<Painted, Failure> {
        let mut painted = self.paint_together(std::slice::from_ref(order));
        painted.pop().unwrap_or(Err(Failure::Cancelled))
    }

    fn paint_together(&self, orders: &[Order]) -> Vec<Result<Painted, Failure>> {
        let mut results: Vec<Option<Result<Painted, Failure>>> = orders
            .iter()
            .map(|order| self.answer_at_once(order))
            .collect();
        while let Some(first) = results.iter().position(Option::is_none) {
            let shape = self.shape(orders[first].request);
            let alike: Vec<usize> = (first..orders.len())
                .filter(|&i| results[i].is_none() && self.shape(orders[i].request) == shape)
                .collect();
            let these: Vec<&Order> = alike.iter().map(|&i| &orders[i]).collect();
            for (i, painted) in alike.into_iter().zip(self.paint_alike(&these)) {
                results[i] = Some(painted);
            }
        }
        results.into_iter().flatten().collect()
    }
}

/// As Python calls it.
const fn dtype(kind: Kind) -> &'static str {
    match kind {
        Kind::Half => "float16",
        Kind::BFloat16 => "bfloat16",
        _ => "float32",
    }
}

fn no_room(request: &PaintRequest) -> Failure {
    let (width, height) = (request.width, request.height);
    Failure::Retry(format!(
        "the device's memory does not hold one picture of {width}x{height}"
    ))
}

impl fmt::Debug for Ssd1b {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
