//! Messages that workers send to any one replica: questions, reports, signs of life.

use std::{sync::Arc, time::Duration};

use async_nats::{Message, Subscriber};
use futures::StreamExt as _;
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::Semaphore;
use wire::subject::SERVERS;

use crate::app::App;

/// How many messages of a subject are worked on at once. One behind another would let a slow one
/// stop them all; without a bound they would fight for the database's connections.
const AT_ONCE: u32 = 8;

/// How long to wait before subscribing again to a bus that refused.
const PAUSE: Duration = Duration::from_millis(500);

/// Hears what is sent to the replicas as a group, until the server drains; then finishes what has
/// reached it.
///
/// `hear` gives the answer to send back, or `None` to leave a question open: the worker asks again,
/// and perhaps another replica.
pub async fn serve<Q, A, F>(app: App, subject: &'static str, hear: fn(App, Q) -> F)
where
    Q: DeserializeOwned + Send + 'static,
    A: Serialize + Send + 'static,
    F: Future<Output = Option<A>> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(AT_ONCE as usize));
    while !app.drain.is_cancelled() {
        match app.nats.queue_subscribe(subject, SERVERS.to_owned()).await {
            Ok(messages) => hear_all(&app, messages, &room, hear).await,
            Err(error) => {
                tracing::warn!(%error, subject, "cannot subscribe");
                app.drain
                    .run_until_cancelled(tokio::time::sleep(PAUSE))
                    .await;
            }
        }
    }
    // Every permit back means that every message is dealt with. The semaphore is never closed.
    let _ = room.acquire_many(AT_ONCE).await;
}

async fn hear_all<Q, A, F>(
    app: &App,
    mut messages: Subscriber,
    room: &Arc<Semaphore>,
    hear: fn(App, Q) -> F,
) where
    Q: DeserializeOwned + Send + 'static,
    A: Serialize + Send + 'static,
    F: Future<Output = Option<A>> + Send + 'static,
{
    let mut draining = false;
    loop {
        let next = tokio::select! {
            next = messages.next() => next,
            () = app.drain.cancelled(), if !draining => {
                draining = true;
                if messages.drain().await.is_err() {
                    return;
                }
                continue;
            }
        };
        let Some(message) = next else { return };
        let Ok(permit) = room.clone().acquire_owned().await else {
            return;
        };
        let app = app.clone();
        tokio::spawn(async move {
            answer(app, message, hear).await;
            drop(permit);
        });
    }
}

async fn answer<Q, A, F>(app: App, message: Message, hear: fn(App, Q) -> F)
where
    Q: DeserializeOwned,
    A: Serialize,
    F: Future<Output = Option<A>>,
{
    let subject = &message.subject;
    let question = match serde_json::from_slice(&message.payload) {
        Ok(question) => question,
        Err(error) => {
            tracing::warn!(%error, %subject, "a message does not read");
            return;
        }
    };
    let nats = app.nats.clone();
    let (Some(answer), Some(reply)) = (hear(app, question).await, message.reply) else {
        return;
    };
    let sent = match serde_json::to_vec(&answer) {
        Ok(payload) => nats
            .publish(reply, payload.into())
            .await
            .map_err(anyhow::Error::from),
        Err(error) => Err(error.into()),
    };
    if let Err(error) = sent {
        tracing::warn!(error = format!("{error:#}"), "an answer was not sent");
    }
}
