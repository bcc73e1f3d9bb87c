//! The thread that owns the engine and its device, and what waits to be painted there.
//!
//! Several artists' pictures of one shape are painted together where the engine is quicker that
//! way. So the thread waits a little for [`company`] before it begins. Orders are taken oldest
//! first, and company never lets a younger shape overtake.
//!
//! A device that is lost (see [`Fault`]) stays lost for the process. Then the thread ends: whoever
//! waits here is told to try again, and the process ends too, to be started anew. A worker that
//! lived on would eat one job after the other.

mod company;

use std::{
    collections::VecDeque,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use self::company::Paces;
use crate::{
    device::Fault,
    engine::{Engine, Order, PaintRequest, Painted},
    handler::Failure,
    lane::{LaneError, panic_message},
};

const NAME: &str = "painter";
const DEVICE_LOST: &str = "the device was lost, and with it what was painted there";

/// The handle of the thread. It ends when the handle is dropped.
pub struct Painter {
    orders: Sender<Waiting>,
    engine: String,
    together: Arc<AtomicUsize>,
    lost: CancellationToken,
}

/// What came of an order.
pub type Answer = Result<(Painted, Duration), Failure>;

struct Waiting {
    request: PaintRequest,
    progress: Box<dyn Fn(u32, u32) + Send>,
    cancel: CancellationToken,
    answer: oneshot::Sender<Answer>,
    since: Instant,
}

impl Painter {
    /// Starts the thread and makes the engine there, since a device belongs to its thread.
    ///
    /// `lost` is tripped when the device is lost, before anybody hears of it who waits.
    pub fn start(
        lost: CancellationToken,
        load: impl FnOnce() -> anyhow::Result<Box<dyn Engine>> + Send + 'static,
    ) -> anyhow::Result<Self> {
        let (orders, inbox) = mpsc::channel();
        let (ready, made) = mpsc::channel();
        let together = Arc::new(AtomicUsize::new(1));
        let (told, trip) = (together.clone(), lost.clone());
        thread::Builder::new().name(NAME.into()).spawn(move || {
            let engine = match load() {
                Ok(engine) => engine,
                Err(error) => {
                    // Whoever started the thread waits for this answer.
                    let _ = ready.send(Err(error));
                    return;
                }
            };
            told.store(engine.together(), Ordering::Relaxed);
            let _ = ready.send(Ok(engine.name()));
            work(engine.as_ref(), &inbox, &told, &trip);
            if trip.is_cancelled() {
                // Taking the engine down would ask something of the device.
                std::mem::forget(engine);
            }
        })?;
        let engine = made
            .recv()
            .unwrap_or_else(|_| anyhow::bail!("the {NAME} thread died while it started"))?;
        Ok(Self {
            orders,
            engine,
            together,
            lost,
        })
    }

    /// The engine's name and version.
    pub fn engine(&self) -> &str {
        &self.engine
    }

    /// How many orders it is worth to have waiting here.
    pub fn together(&self) -> usize {
        self.together.load(Ordering::Relaxed).max(1)
    }

    /// Has a picture painted, and tells how long that took, company included.
    pub async fn paint(
        &self,
        request: PaintRequest,
        progress: impl Fn(u32, u32) + Send + 'static,
        cancel: CancellationToken,
    ) -> Answer {
        let (answer, answered) = oneshot::channel();
        let order = Waiting {
            request,
            progress: Box::new(progress),
            cancel,
            answer,
            since: Instant::now(),
        };
        let gone = || {
            if self.lost.is_cancelled() {
                Failure::Retry(DEVICE_LOST.into())
            } else {
                LaneError::Gone(NAME).into()
            }
        };
        self.orders.send(order).map_err(|_| gone())?;
        answered.await.unwrap_or_else(|_| Err(gone()))
    }
}

impl fmt::Debug for Painter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Painter").field(&self.engine).finish()
    }
}

fn work(
    engine: &dyn Engine,
    inbox: &Receiver<Waiting>,
    told: &AtomicUsize,
    lost: &CancellationToken,
) {
    let mut queue = VecDeque::new();
    let mut paces = Paces::default();
    loop {
        if queue.is_empty() {
            let Ok(order) = inbox.recv() else { return };
            queue.push_back(order);
        }
        queue.extend(inbox.try_iter());
        company::wait(engine, &mut &*inbox, &mut queue, &paces);
        let batch = company::take(engine, &mut queue);
        let started = Instant::now();
        let answers = paint(engine, &batch, lost);
        let took = started.elapsed();
        // What was given up half-way says nothing of how long a picture takes.
        if answers.iter().all(Result::is_ok) {
            paces.note(engine, &batch[0].request, took, batch.len());
        }
        told.store(engine.together(), Ordering::Relaxed);
        for (order, answer) in batch.into_iter().zip(answers) {
            // Whoever asked may be gone; then nobody minds.
            let _ = order.answer.send(answer.map(|painted| (painted, took)));
        }
        if lost.is_cancelled() {
            return;
        }
    }
}

fn paint(
    engine: &dyn Engine,
    batch: &[Waiting],
    lost: &CancellationToken,
) -> Vec<Result<Painted, Failure>> {
    let orders: Vec<Order> = batch
        .iter()
        .map(|waiting| Order {
            request: &waiting.request,
            progress: waiting.progress.as_ref(),
            cancel: &waiting.cancel,
        })
        .collect();
    // An engine keeps nothing of a picture, so a panic leaves it whole.
    let painted = catch_unwind(AssertUnwindSafe(|| engine.paint_together(&orders)));
    let reason = match painted {
        Ok(answers) => return answers,
        Err(panic) => panic_message(&*panic),
    };
    let all = |failure: Failure| batch.iter().map(|_| Err(failure.clone())).collect();
    if lost.is_cancelled() || Fault::of(&reason) == Fault::DeviceLost {
        tracing::error!(reason, "{DEVICE_LOST}");
        lost.cancel();
        return all(Failure::Retry(DEVICE_LOST.into()));
    }
    if batch.len() < 2 {
        return all(LaneError::Panicked(reason).into());
    }
    // One of them is to blame. Told so together, they would be tried together again, until the
    // innocent had failed for good with the guilty one.
    let count = batch.len();
    tracing::warn!(count, reason, "a panic, painting each of them alone");
    let alone = batch.chunks(1).flat_map(|one| paint(engine, one, lost));
    alone.collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use wire::mix::Mix;

    use super::*;
    use crate::engine::Wishes;

    /// The seed of a picture that cannot be painted.
    const POISON: u32 = 13;

    /// Paints nothing, and notes which seeds it was given together.
    struct Notebook {
        seen: Arc<Mutex<Vec<Vec<u32>>>>,
        gate: Receiver<()>,
    }

    impl Engine for Notebook {
        fn name(&self) -> String {
            "notebook 1".into()
        }

        fn together(&self) -> usize {
            3
        }

        fn fits(&self, one: &PaintRequest, other: &PaintRequest) -> bool {
            one.width == other.width
        }

        fn paint(&self, order: &Order) -> Result<Painted, Failure> {
            let (width, height) = (order.request.width, order.request.height);
            let png = Vec::new();
            Ok(Painted { png, width, height })
        }

        fn paint_together(&self, orders: &[Order]) -> Vec<Result<Painted, Failure>> {
            self.gate.recv().unwrap();
            let seeds: Vec<u32> = orders.iter().map(|order| order.request.seed).collect();
            let poisoned = seeds.contains(&POISON);
            self.seen.lock().unwrap().push(seeds);
            assert!(!poisoned, "out of paint");
            orders.iter().map(|order| self.paint(order)).collect()
        }
    }

    pub(super) fn request(seed: u32, width: u32) -> PaintRequest {
        PaintRequest {
            prompt: String::new(),
            mix: Mix::NEUTRAL,
            seed,
            width,
            height: 64,
            wishes: Wishes::default(),
        }
    }

    #[tokio::test]
    async fn a_picture_that_cannot_be_painted_does_not_take_its_company_with_it() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (open, gate) = mpsc::channel();
        let notes = seen.clone();
        let painter = Painter::start(CancellationToken::new(), || {
            Ok(Box::new(Notebook { seen: notes, gate }) as _)
        })
        .unwrap();
        let order = |seed| painter.paint(request(seed, 64), |_, _| (), CancellationToken::new());
        // The gate opens when all three wait behind it.
        let open_all = async { (0..4).for_each(|_| open.send(()).unwrap()) };
        let (ana, poisoned, ben, ()) = tokio::join!(order(1), order(POISON), order(2), open_all);
        let seen = seen.lock().unwrap().clone();
        assert!(
            seen.iter()
                .any(|batch| batch.len() > 1 && batch.contains(&POISON)),
            "{seen:?}"
        );
        assert!(ana.is_ok() && ben.is_ok(), "{ana:?} {ben:?}");
        let reason = "the job panicked: out of paint";
        assert_eq!(poisoned, Err(Failure::Retry(reason.into())));
    }

    #[tokio::test]
    async fn pictures_of_one_shape_are_painted_together_and_none_is_overtaken() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (open, gate) = mpsc::channel();
        let notes = seen.clone();
        let painter = Painter::start(CancellationToken::new(), || {
            Ok(Box::new(Notebook { seen: notes, gate }) as _)
        })
        .unwrap();
        let order =
            |seed, width| painter.paint(request(seed, width), |_, _| (), CancellationToken::new());
        // The first is begun at once; the others pile up behind it.
        let all = async {
            tokio::join!(
                order(1, 64),
                order(2, 96),
                order(3, 64),
                order(4, 96),
                order(5, 96),
                order(6, 96),
            )
        };
        for _ in 0..6 {
            open.send(()).unwrap();
        }
        let answers = all.await;
        assert_eq!(answers.1.unwrap().0.width, 96);
        let seen = seen.lock().unwrap().clone();
        let everyone: Vec<u32> = seen.iter().flatten().copied().collect();
        assert_eq!(everyone.len(), 6, "{seen:?}");
        for batch in &seen {
            assert!(batch.len() <= 3, "{seen:?}");
            let wide = batch.iter().filter(|seed| [2, 4, 5, 6].contains(seed));
            let wide = wide.count();
            assert!(wide == 0 || wide == batch.len(), "{seen:?}");
        }
        let place = |seed: u32| everyone.iter().position(|s| *s == seed).unwrap();
        assert!(place(2) < place(4) && place(4) < place(5), "{seen:?}");
    }
}
