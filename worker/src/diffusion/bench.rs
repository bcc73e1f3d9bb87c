//! How fast it is, beside the Python libraries in the same run.
//!
//! Both sides take turns, round by round, on as many threads as each other, so that whatever else
//! the machine does hits both. The least of all times is what the code can do; the median is what
//! one sees on this machine.

mod python;
mod shapes;

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use tch::{Device, Kind, Tensor};

use self::python::Python;
pub use self::shapes::{Shape, full, tiny};
use super::{
    config::{SchedulerConfig, UnetConfig, VaeConfig},
    denoise::{Batch, Watch, denoise},
    model::{Model, Painter},
    picture, scheduler,
    text::Embedding,
};

/// How often the two sides take turns.
const ROUNDS: usize = 6;

/// What to measure.
#[derive(Clone, Debug)]
pub struct Bench {
    /// A checkpoint, or none for the full shape with random weights.
    pub model: Option<PathBuf>,
    /// A Python that has torch and diffusers, to be measured too.
    pub python: Option<PathBuf>,
    /// Where to compute.
    pub device: Device,
    /// In what.
    pub kind: Kind,
    /// Sides of the full shape's pictures.
    pub sides: Vec<u16>,
    /// How many of them at once.
    pub pictures: Vec<u8>,
}

/// One line of the result: seconds of the least and of the median time.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was measured.
    pub what: String,
    /// Ours.
    pub rust: [f64; 2],
    /// Theirs, if they were there.
    pub python: Option<[f64; 2]>,
    /// Arithmetic per measurement, for the full shape.
    pub tflop: Option<f64>,
}

impl Bench {
    /// Measures all shapes.
    pub fn run(&self) -> anyhow::Result<Vec<Line>> {
        let _no_grad = tch::no_grad_guard();
        let (painter, shapes) = match &self.model {
            Some(folder) => (Model::load(folder, self.device, self.kind)?.painter, tiny()),
            None => (
                by_chance(self.device, self.kind)?,
                full(&self.sides, &self.pictures),
            ),
        };
        let mut python = self
            .python
            .as_deref()
            .map(|python| Python::start(python, self))
            .transpose()?;
        let mut lines = Vec::new();
        for shape in shapes {
            lines.push(self.line(&painter, shape, python.as_mut())?);
        }
        Ok(lines)
    }

    fn line(
        &self,
        painter: &Painter,
        shape: Shape,
        mut python: Option<&mut Python>,
    ) -> anyhow::Result<Line> {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let work = Work::new(painter, shape);
        for round in 0..=ROUNDS {
            let (mine, yours) = (
                (0..shape.repeats)
                    .map(|_| self.time(&work))
                    .collect::<Vec<_>>(),
                python
                    .as_mut()
                    .map(|python| python.time(shape))
                    .transpose()?,
            );
            // The first round warms caches and allocators.
            if round > 0 {
                ours.extend(mine);
                theirs.extend(yours.unwrap_or_default());
            }
        }
        Ok(Line {
            what: shape.to_string(),
            rust: least_and_median(ours),
            python: python.map(|_| least_and_median(theirs)),
            tflop: shape.tflop,
        })
    }

    fn time(&self, work: &Work) -> f64 {
        let started = Instant::now();
        work.once();
        if let Device::Cuda(index) = self.device {
            tch::Cuda::synchronize(index as i64);
        }
        started.elapsed().as_secs_f64()
    }
}

/// The full shape of SSD-1B, whose configuration this crate carries.
fn by_chance(device: Device, kind: Kind) -> anyhow::Result<Painter> {
    let unet: UnetConfig = serde_json::from_str(include_str!("bench/ssd-1b-unet.json"))?;
    let vae: VaeConfig = serde_json::from_str(include_str!("bench/ssd-1b-vae.json"))?;
    let euler: SchedulerConfig = serde_json::from_str(include_str!("bench/ssd-1b-scheduler.json"))?;
    Painter::by_chance(&unet, &vae, euler, device, kind)
}

/// Inputs that are made once.
struct Work<'p> {
    painter: &'p Painter,
    shape: Shape,
    latents: Tensor,
    times: Tensor,
    context: Tensor,
    pooled: Tensor,
    sizes: Tensor,
}

impl<'p> Work<'p> {
    fn new(painter: &'p Painter, shape: Shape) -> Self {
        let (options, rows) = ((painter.kind, painter.device), shape.rows());
        let channels = painter.unet.latent_channels();
        let (context, pooled) = painter.unet.prompt_widths();
        Self {
            painter,
            shape,
            latents: Tensor::randn([rows, channels, shape.height / 8, shape.width / 8], options),
            times: Tensor::full([rows], 500.0, (Kind::Float, painter.device)),
            context: Tensor::randn([rows, 77, context], options),
            pooled: Tensor::randn([rows, pooled], options),
            sizes: Tensor::full([rows, 6], 512.0, (Kind::Float, painter.device)),
        }
    }

    fn once(&self) {
        if self.shape.steps == 0 {
            let unet = &self.painter.unet;
            let guide = unet.guide(&self.context, &self.pooled, &self.sizes);
            let times = &self.times;
            drop(unet.forward(&self.latents, times, None, &guide, &mut |_, _| ()));
            return;
        }
        let pictures = self.shape.pictures;
        let embedding = |row| Embedding {
            context: self.context.get(row),
            pooled: self.pooled.get(row),
        };
        let batch = Batch {
            positive: (0..pictures).map(embedding).collect(),
            negative: (pictures..2 * pictures).map(embedding).collect(),
            guidance: vec![5.0; pictures as usize],
            sizes: vec![[512.0; 6]; pictures as usize],
        };
        let Ok(euler) = scheduler::new(&self.painter.scheduler, self.shape.steps) else {
            return;
        };
        let begun = euler.begin(&self.latents.narrow(0, 0, pictures).to_kind(Kind::Float));
        let done = denoise(self.painter, euler.as_ref(), &batch, &begun, 0, &mut Nobody);
        drop(picture::decode(self.painter, &done.latents));
    }
}

/// Looks at nothing.
struct Nobody;

impl Watch for Nobody {
    fn fresh(&mut self, _step: usize, _rows: &[usize]) -> Tensor {
        Tensor::zeros([1], (Kind::Float, Device::Cpu))
    }

    fn after(&mut self, _step: usize, rows: &[usize], _latents: &Tensor) -> Vec<usize> {
        rows.to_vec()
    }
}

fn least_and_median(mut times: Vec<f64>) -> [f64; 2] {
    times.sort_by(f64::total_cmp);
    let at = |place: usize| times.get(place).copied().unwrap_or(f64::NAN);
    [at(0), at(times.len() / 2)]
}

/// What the other side is started with.
fn model_argument(model: Option<&Path>) -> PathBuf {
    model.map_or_else(|| PathBuf::from("-"), Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_full_shape_is_that_of_ssd_1b() {
        let unet: UnetConfig =
            serde_json::from_str(include_str!("bench/ssd-1b-unet.json")).unwrap();
        assert_eq!(unet.block_out_channels, [320, 640, 1280]);
        let deepest = [0, 1, 2].map(|layer| unet.depth_up(0, layer));
        assert_eq!((deepest, unet.depth_down(2, 1)), ([4, 4, 10], 4));
        assert_eq!([0, 1, 2].map(|level| unet.heads(level)), [5, 10, 20]);
        let vae: VaeConfig = serde_json::from_str(include_str!("bench/ssd-1b-vae.json")).unwrap();
        assert_eq!(vae.block_out_channels, [128, 256, 512, 512]);
    }
}
