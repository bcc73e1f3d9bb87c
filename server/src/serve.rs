//! Serves until a signal, then says for a while that it is not ready, so that nobody is sent here any
//! more, then drains: no new connections, streams end, what is under way may finish.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use axum::serve::ListenerExt as _;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::task::TaskTracker;

use crate::{app::App, bus, keep, router, store};

/// How long what is under way may take to finish.
const DRAIN_MAX: Duration = Duration::from_secs(10);

/// Migrates, then serves.
pub async fn serve(app: App) -> anyhow::Result<()> {
    store::migrations::migrate(&app.db)
        .await
        .context("cannot migrate the database")?;
    let address = app.config.listen;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    tracing::info!(%address, public_url = app.config.public_url, "serving");
    tokio::spawn(drain_on_signal(app.clone())?);
    tokio::spawn(forget_old_limits(app.clone()));
    let tasks = TaskTracker::new();
    bus::start(&app, &tasks);
    keep::start(&app, &tasks);
    tasks.close();
    let service = router::router(app.clone())?.into_make_service_with_connect_info::<SocketAddr>();
    let listener = listener.tap_io(|connection| {
        // An answer is one small write; waiting to fill a packet would add 40 ms to it.
        let _ = connection.set_nodelay(true);
    });
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(app.drain.clone().cancelled_owned())
        .into_future();
    let too_late = async {
        app.drain.cancelled().await;
        tokio::time::sleep(DRAIN_MAX).await;
    };
    let finished = async {
        served.await?;
        tasks.wait().await;
        anyhow::Ok(())
    };
    tokio::select! {
        done = finished => done?,
        () = too_late => tracing::warn!("drained too slowly; some requests were cut off"),
    }
    tracing::info!("stopped");
    Ok(())
}

/// Registers for the signals at once, so that none is missed, and waits for the first. A second one is
/// from somebody who does not want to wait.
fn drain_on_signal(app: App) -> anyhow::Result<impl Future<Output = ()>> {
    let (mut term, mut int) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    let mut signalled = async move || {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    };
    Ok(async move {
        signalled().await;
        tracing::info!("not ready any more");
        app.leaving.cancel();
        let _ = tokio::time::timeout(app.config.drain_after, signalled()).await;
        tracing::info!("draining");
        app.drain.cancel();
    })
}

async fn forget_old_limits(app: App) {
    let mut minute = tokio::time::interval(Duration::from_mins(1));
    while app.drain.run_until_cancelled(minute.tick()).await.is_some() {
        app.limits.forget_old();
    }
}
