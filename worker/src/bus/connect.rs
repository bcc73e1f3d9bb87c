//! The connection to NATS. It is never given up: services come and go, a worker waits.

use std::time::Duration;

use anyhow::Context as _;
use async_nats::{Client, ConnectOptions, Event, ServerAddr};
use tokio::sync::watch;

/// The longest pause between two tries to connect: a restarted server finds its workers at once.
const LONGEST_PAUSE: Duration = Duration::from_millis(250);
/// A silent connection is noticed within two of them.
const PING_INTERVAL: Duration = Duration::from_secs(5);

/// A connection, and the news that it was made again.
#[derive(Clone, Debug)]
pub struct Link {
    /// For publishing and asking.
    pub nats: Client,
    /// Changes each time a connection is made: whatever was asked of the one before is lost.
    pub connected: watch::Receiver<u64>,
}

/// Starts to connect, and goes on in the background for as long as it takes.
pub async fn connect(url: &str, name: &str) -> anyhow::Result<Link> {
    let (count, connected) = watch::channel(0_u64);
    let address: ServerAddr = url.parse().context("cannot use ATELIER_NATS_URL")?;
    let options = login(&address)
        .name(name)
        .retry_on_initial_connect()
        .max_reconnects(None)
        .ping_interval(PING_INTERVAL)
        .reconnect_delay_callback(pause)
        .event_callback(move |event| {
            let count = count.clone();
            async move {
                match event {
                    Event::Connected => {
                        count.send_modify(|count| *count += 1);
                        tracing::info!("connected to NATS");
                    }
                    Event::Disconnected => tracing::warn!("lost NATS, trying to connect again"),
                    other => tracing::debug!("NATS: {other}"),
                }
            }
        });
    let nats = options
        .connect(address)
        .await
        .context("cannot use ATELIER_NATS_URL")?;
    Ok(Link { nats, connected })
}

/// With the name and password in the address, if there are any: the client does not look there.
fn login(address: &ServerAddr) -> ConnectOptions {
    match (address.username(), address.password()) {
        (Some(name), Some(password)) => {
            ConnectOptions::with_user_and_password(name.into(), password.into())
        }
        _ => ConnectOptions::new(),
    }
}

fn pause(tries: usize) -> Duration {
    let tries = u32::try_from(tries).unwrap_or(u32::MAX);
    Duration::from_millis(25)
        .saturating_mul(tries)
        .min(LONGEST_PAUSE)
}
