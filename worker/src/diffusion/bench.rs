//! How fast it is, beside the Python libraries in the same run.
//!
//! Both sides take turns, round by round, on as many threads as each other, so that whatever else
//! the machine does hits both. The least of all times is what the code can do; the median is what
//! one sees on this machine.

mod gauge;
mod python;
mod shapes;

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    time::Instant,
};

use tch::{Device, Kind, Tensor};

pub use self::shapes::{Shape, full, tiny};
use self::{gauge::Gauge, python::Python};
use super::{
    config::{SchedulerConfig, UnetConfig, VaeConfig},
    denoise::{Batch, Watch, denoise},
    model::{Model, Painter},
    picture, scheduler,
    text::Embedding,
};
use crate::{device::Fault, lane::panic_message};

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
    /// How often the two sides take turns, the first turn for warming up not counted.
    pub rounds: u16,
}

/// One line of the result.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was measured.
    pub what: String,
    /// How many pictures that is at once.
    pub pictures: i64,
    /// Ours; nothing if the memory was too small.
    pub rust: Option<Times>,
    /// Theirs, if they were there and their memory was not too small.
    pub python: Option<Times>,
    /// Arithmetic per measurement, for the full shape.
    pub tflop: Option<f64>,
    /// Bytes of the device's memory that ours had at most, weights included.
    pub memory: Option<u64>,
}

/// Seconds of all pictures together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// What the code can do.
    pub least: f64,
    /// What one sees on this machine.
    pub median: f64,
}

impl Bench {
    /// Measures all shapes, and tells of each as soon as it is done.
    pub fn run(&self, tell: &mut dyn FnMut(&Line) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let _no_grad = tch::no_grad_guard();
        let mut gauge = Gauge::new(self.device);
        let (painter, shapes) = match &self.model {
            Some(folder) => (Model::load(folder, self.device, self.kind)?.painter, tiny()),
            None => (
                by_chance(self.device, self.kind)?,
                full(&self.sides, &self.pictures),
            ),
        };
        gauge.loaded();
        let mut python = self
            .python
            .as_deref()
            .map(|python| Python::start(python, self))
            .transpose()?;
        for shape in shapes {
            tell(&self.line(&painter, shape, &mut gauge, python.as_mut())?)?;
        }
        Ok(())
    }

    fn line(
        &self,
        painter: &Painter,
        shape: Shape,
        gauge: &mut Gauge,
        mut python: Option<&mut Python>,
    ) -> anyhow::Result<Line> {
        gauge.begin();
        let (mut ours, mut theirs) = (Some(Vec::new()), Some(Vec::new()));
        let mut memory = None;
        let work = unless_full(|| Work::new(painter, shape));
        for round in 0..=self.rounds {
            let mine = work.as_ref().and_then(|work| {
                unless_full(|| -> Vec<f64> {
                    (0..shape.repeats).map(|_| self.time(work)).collect()
                })
            });
            if round == 0 {
                memory = gauge.read();
            }
            let yours = match python.as_mut() {
                Some(python) => python.time(shape)?,
                None => None,
            };
            if round == 0 {
                // It warms caches and allocators.
                continue;
            }
            extend(&mut ours, mine);
            extend(&mut theirs, yours);
        }
        Ok(Line {
            what: shape.to_string(),
            pictures: shape.pictures,
            rust: ours.map(Times::of),
            python: theirs.map(Times::of),
            tflop: shape.tflop,
            memory,
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

impl Times {
    fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        let at = |place: usize| times.get(place).copied().unwrap_or(f64::NAN);
        Self {
            least: at(0),
            median: at(times.len() / 2),
        }
    }
}

/// One round that did not go through leaves nothing to say.
fn extend(all: &mut Option<Vec<f64>>, round: Option<Vec<f64>>) {
    match (all.as_mut(), round) {
        (Some(all), Some(round)) => all.extend(round),
        _ => *all = None,
    }
}

/// What the work gives, or nothing if the device's memory is too small for it: the other shapes are
/// measured all the same.
fn unless_full<T>(work: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => Some(done),
        Err(panic) if Fault::of(&panic_message(&*panic)) == Fault::OutOfMemory => None,
        Err(panic) => resume_unwind(panic),
    }
}

/// What the other side is started with.
fn model_argument(model: Option<&Path>) -> PathBuf {
    model.map_or_else(|| PathBuf::from("-"), Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_memory_ends_a_row_and_another_fault_the_bench() {
        assert_eq!(unless_full(|| 3), Some(3));
        let full = || -> u32 { panic!("CUDA out of memory. Tried to allocate 9 GiB") };
        assert_eq!(unless_full(full), None);
        let other = catch_unwind(|| unless_full(|| -> u32 { panic!("another fault") }));
        assert!(other.is_err());
        let mut all = Some(vec![1.0]);
        extend(&mut all, Some(vec![2.0]));
        assert_eq!(all, Some(vec![1.0, 2.0]));
        extend(&mut all, None);
        extend(&mut all, Some(vec![3.0]));
        assert_eq!(all, None);
    }

    #[test]
    fn every_shape_is_told_of_with_the_memory_it_took() {
        let model = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/models/ssd1b-tiny/model");
        let bench = Bench {
            model: Some(model.into()),
            python: None,
            device: Device::Cpu,
            kind: Kind::Float,
            sides: Vec::new(),
            pictures: Vec::new(),
            rounds: 1,
        };
        let mut lines = Vec::new();
        let mut tell = |line: &Line| {
            lines.push(line.clone());
            Ok(())
        };
        bench.run(&mut tell).unwrap();
        assert_eq!(lines.len(), tiny().len());
        for line in lines {
            let times = line.rust.unwrap();
            assert!(0.0 < times.least && times.least <= times.median);
            assert!(line.python.is_none());
            assert!(line.memory.unwrap() > 1 << 20, "{line:?}");
        }
    }

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
