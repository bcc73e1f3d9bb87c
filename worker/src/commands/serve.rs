//! `atelier-worker serve`: settings, signals, and the process between them.

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::{
    blobs::Blobs,
    config::Config,
    engine::EngineKind,
    log,
    serve::{Setup, serve},
};

/// Exit status of a process that a signal ended at once: 128 + SIGINT.
const INTERRUPTED: i32 = 130;

/// Runs until told to stop.
pub fn run() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    log::init(&config.log, config.log_format)?;
    // Arithmetic has threads of its own; these two only wait for the network and the disk.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start threads")?;
    runtime.block_on(work(config))
}

async fn work(config: Config) -> anyhow::Result<()> {
    let draining = CancellationToken::new();
    leave_on_signals(draining.clone())?;
    let device = match config.engine {
        EngineKind::Sketch => config.device.find(),
        EngineKind::Ssd1b => config.device.find_or_tell(|error| {
            tracing::warn!("painting on the processor, minutes a picture; no GPU: {error:#}");
        }),
    }?;
    let blobs = Blobs::open(&config.blobs)
        .with_context(|| format!("cannot use ATELIER_BLOBS={}", config.blobs.display()))?;
    let setup = Setup {
        name: config.name,
        device: device.to_string(),
        blobs,
    };
    let (engine, settings) = (config.engine, config.settings);
    let load = move || engine.load(&settings, device);
    serve(setup, &config.nats_url, load, draining).await
}

/// The first signal lets jobs finish, the second does not.
fn leave_on_signals(draining: CancellationToken) -> anyhow::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            if draining.is_cancelled() {
                tracing::warn!("left at once");
                std::process::exit(INTERRUPTED);
            }
            draining.cancel();
        }
    });
    Ok(())
}
