//! A queue, a server's side, a blob folder and a worker, for one test.

use std::{sync::mpsc, time::Duration};

use services::nats::Nats;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wire::{
    ids::{PolicyHash, RatingId},
    job::{GenerateImage, LearnFromRatings, Product, Verdict, Work},
    learning::{BUILT_IN_PRIOR, LearnerKind, Sample},
    rating::Stars,
    variety::Variety,
};
use worker::{
    blobs::Blobs,
    device::Device,
    engine::{Engine, EngineKind, EngineSettings, Order, Painted},
    handler::Failure,
    serve::{Setup, serve},
};

use crate::server_side::ServerSide;

pub struct House {
    pub server: ServerSide,
    pub blobs: Blobs,
    pub nats: Nats,
    /// Lets one picture of [`GATED`] be painted.
    pub gate: mpsc::Sender<()>,
    pub drain: CancellationToken,
    pub worker: JoinHandle<anyhow::Result<()>>,
    pub folder: TempDir,
}

/// A prompt that makes the engine panic.
pub const PANIC: &str = "panic";
/// A prompt that makes the engine panic as libtorch does once its GPU is gone.
pub const LOST: &str = "lost";
/// A prompt that is painted in very many steps.
pub const ENDLESS: &str = "endless";
/// A prompt that is painted once the gate is opened.
pub const GATED: &str = "gated";

impl House {
    /// With the sketch engine, which has its moods.
    pub async fn open() -> Self {
        let (gate, opened) = mpsc::channel();
        let load = || {
            let cpu = Device(tch::Device::Cpu);
            Ok(Box::new(Moody {
                sketch: EngineKind::Sketch.load(&EngineSettings::default(), cpu)?,
                opened,
            }) as _)
        };
        Self::open_with(load, gate).await
    }

    /// With an engine of one's own.
    pub async fn open_with(
        load: impl FnOnce() -> anyhow::Result<Box<dyn Engine>> + Send + 'static,
        gate: mpsc::Sender<()>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let nats = Nats::start(&folder.path().join("nats"), None).unwrap();
        let server = ServerSide::open(&nats.url()).await;
        let blobs = Blobs::open(&folder.path().join("blobs")).unwrap();
        let drain = CancellationToken::new();
        let setup = Setup {
            name: "worker-1".into(),
            device: "cpu".into(),
            blobs: blobs.clone(),
        };
        let (url, draining) = (nats.url(), drain.clone());
        let worker = tokio::spawn(async move { serve(setup, &url, load, draining).await });
        Self {
            server,
            blobs,
            nats,
            gate,
            drain,
            worker,
            folder,
        }
    }

    /// Runs the work as a job of its own and returns how it ended.
    pub async fn run(&self, work: Work) -> Verdict {
        let job = self.server.enqueue(work).await;
        self.server.outcome(job).await.verdict
    }

    /// The first version of a new style.
    pub async fn first_version(&self) -> PolicyHash {
        let Verdict::Done {
            product: Product::LearnFromRatings(learned),
        } = self.run(learn(None, 0, Vec::new())).await
        else {
            panic!("a style without ratings has a first version")
        };
        learned.steps[0].policy
    }
}

pub fn learn(parent: Option<PolicyHash>, learned: u32, samples: Vec<Sample>) -> Work {
    Work::LearnFromRatings(LearnFromRatings {
        prior: BUILT_IN_PRIOR.to_owned(),
        learner: LearnerKind::Ppo,
        style_seed: 7,
        parent,
        learned,
        samples,
        prompts: vec!["a lake at dawn".into()],
    })
}

pub fn paint(policy: PolicyHash, prompt: &str) -> Work {
    Work::GenerateImage(GenerateImage {
        policy,
        prompt: prompt.into(),
        recent: Vec::new(),
        variety: Variety::Usual,
        proposal_seed: 3,
        image_seed: 4,
        drawing: None,
        width: 64,
        height: 64,
    })
}

pub fn rated(stars: u8, proposal: wire::proposal::Proposal) -> Sample {
    let rating = RatingId(Uuid::new_v4());
    Sample {
        rating,
        stars: Stars::new(stars).unwrap(),
        hint: None,
        proposal,
    }
}

/// Waits until it is so; a test that waits in vain is ended by its runner.
pub async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The sketch engine, but for prompts that ask for trouble.
struct Moody {
    sketch: Box<dyn Engine>,
    opened: mpsc::Receiver<()>,
}

impl Engine for Moody {
    fn name(&self) -> String {
        self.sketch.name()
    }

    fn paint(&self, order: &Order) -> Result<Painted, Failure> {
        match order.request.prompt.as_str() {
            PANIC => panic!("out of paint"),
            LOST => panic!("Torch(\"CUDA error: device-side assert triggered\")"),
            ENDLESS => {
                let steps = u32::MAX;
                for step in 1..steps {
                    if order.cancel.is_cancelled() {
                        return Err(Failure::Cancelled);
                    }
                    std::thread::sleep(Duration::from_millis(2));
                    (order.progress)(step, steps);
                }
            }
            GATED => self.opened.recv().unwrap(),
            _ => {}
        }
        self.sketch.paint(order)
    }
}
