//! The process from its start to its end: make the tools, join the bus, leave in good order.

use std::{sync::Arc, time::Duration};

use anyhow::ensure;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wire::{
    ids::WorkerId,
    job::{Beat, JobKind},
};

use crate::{
    blobs::Blobs,
    bus::{self, Bench, Desk},
    engine::Engine,
    handler::Tools,
    lane::Lane,
    memory::Memory,
    painter::Painter,
};

/// How long jobs under way may take to finish when the worker is told to leave.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a worker is started with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// What people call it.
    pub name: String,
    /// What it computes on, in words.
    pub device: String,
    /// Where pictures and snapshots are.
    pub blobs: Blobs,
}

/// Works until `draining`, finishes what it has begun, and returns. Does the same, and fails, when
/// the device is lost: whoever keeps the worker starts it again.
///
/// `load` makes the engine, on the thread that will own it.
pub async fn serve(
    setup: Setup,
    nats_url: &str,
    load: impl FnOnce() -> anyhow::Result<Box<dyn Engine>> + Send + 'static,
    draining: CancellationToken,
) -> anyhow::Result<()> {
    let Setup {
        name,
        device,
        blobs,
    } = setup;
    // Leaving follows at once from a loss, so that no job is taken in between.
    let lost = CancellationToken::new();
    let leaving = lost.child_token();
    let trip = lost.clone();
    let painter = tokio::task::spawn_blocking(|| Painter::start(trip, load)).await??;
    let learners = Lane::start("learner", || anyhow::Ok(Memory::default()))?;
    let (engine, together) = (painter.engine().to_owned(), painter.together());
    let link = bus::connect(nats_url, &name).await?;
    let bench = Bench {
        nats: link.nats.clone(),
        worker: WorkerId(Uuid::new_v4()),
        desk: Desk::default(),
        tools: Arc::new(Tools {
            blobs,
            painter,
            learners,
        }),
    };
    tracing::info!(worker = %bench.worker, name, engine, device, "worker started");
    let first = Beat {
        worker: bench.worker,
        name,
        engine,
        device,
        jobs: Vec::new(),
    };

    // As many pictures at a time as are painted together; everything else one by one.
    let kinds = JobKind::ALL.into_iter().flat_map(|kind| {
        let at_once = if kind == JobKind::GenerateImage {
            together
        } else {
            1
        };
        std::iter::repeat_n(kind, at_once)
    });
    let jobs = futures::future::join_all(
        kinds.map(|kind| bus::consume(kind, link.clone(), &bench, &leaving)),
    );
    let drain = async {
        draining.cancelled().await;
        leaving.cancel();
        std::future::pending::<()>().await;
    };
    let patience = async {
        leaving.cancelled().await;
        tracing::info!("leaving, after what is under way");
        sleep(PATIENCE).await;
    };
    tokio::select! {
        _ = jobs => {}
        () = patience => tracing::warn!(jobs = ?bench.desk.jobs(), "left jobs to other workers"),
        () = drain => {}
        never = bus::beat(&bench.nats, first, &bench.desk) => match never {},
        never = bus::listen_for_cancels(&bench.nats, &bench.desk) => match never {},
    }
    // The last acknowledgements, if there is still somebody to take them.
    let _ = timeout(Duration::from_secs(1), bench.nats.flush()).await;
    ensure!(
        !lost.is_cancelled(),
        "the device was lost, start this worker again"
    );
    Ok(())
}
