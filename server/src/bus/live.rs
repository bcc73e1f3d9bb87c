//! News for people who are looking right now: from whichever replica causes it to whichever one
//! holds their connection.
//!
//! NATS only nudges, "this artist has news"; the news itself is rows. A nudge that gets lost is
//! made up for by the reader, who looks every few seconds anyway.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::StreamExt as _;
use tokio::sync::broadcast;
use wire::{
    event::Event,
    ids::ArtistId,
    subject::{LIVES, live, live_artist},
};

use crate::app::App;

/// How many nudges a slow reader may be behind. What it misses are nudges, never events.
const BEHIND_MAX: usize = 16;

/// How many may listen to one artist's news at one replica. Each looks into Postgres about once a
/// second; no person has this many pages in sight.
const LISTENERS_MAX: usize = 32;

/// How long to wait before subscribing again to a bus that refused.
const PAUSE: Duration = Duration::from_millis(500);

/// Something to hear.
#[derive(Clone, Debug)]
pub enum News {
    /// There may be new events in the database.
    Stored,
    /// A passing event, as JSON.
    Passing(Arc<str>),
}

/// Who listens at this replica.
#[derive(Clone, Default)]
pub struct Live(Arc<Mutex<HashMap<ArtistId, broadcast::Sender<News>>>>);

impl Live {
    /// Listens for one artist's news from now on, unless too many do already.
    pub fn listen(&self, artist: ArtistId) -> Option<Listener> {
        let mut senders = self.senders();
        let sender = senders
            .entry(artist)
            .or_insert_with(|| broadcast::channel(BEHIND_MAX).0);
        (sender.receiver_count() < LISTENERS_MAX).then(|| Listener {
            live: self.clone(),
            artist,
            news: sender.subscribe(),
        })
    }

    fn tell(&self, artist: ArtistId, news: News) {
        if let Some(sender) = self.senders().get(&artist) {
            // Fails only if the last listener is leaving.
            let _ = sender.send(news);
        }
    }

    fn senders(&self) -> MutexGuard<'_, HashMap<ArtistId, broadcast::Sender<News>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hears one artist's news until it is dropped.
pub struct Listener {
    live: Live,
    artist: ArtistId,
    news: broadcast::Receiver<News>,
}

impl Listener {
    /// Waits for the next news.
    pub async fn next(&mut self) -> News {
        match self.news.recv().await {
            Ok(news) => news,
            // Whatever was missed, the database has it.
            Err(broadcast::error::RecvError::Lagged(_)) => News::Stored,
            // Cannot be: the sender stays as long as somebody listens.
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut senders = self.live.senders();
        if senders
            .get(&self.artist)
            .is_some_and(|sender| sender.receiver_count() <= 1)
        {
            senders.remove(&self.artist);
        }
    }
}

/// Tells every replica that the artist has news. Call it after the commit.
pub async fn announce(app: &App, artist: ArtistId) {
    publish(app, artist, bytes::Bytes::new()).await;
}

/// Sends a passing event to whoever looks.
pub async fn pass_on(app: &App, artist: ArtistId, event: &Event) {
    if let Ok(json) = serde_json::to_vec(event) {
        publish(app, artist, json.into()).await;
    }
}

async fn publish(app: &App, artist: ArtistId, payload: bytes::Bytes) {
    if let Err(error) = app.nats.publish(live(artist), payload).await {
        tracing::warn!(%error, "news was not announced");
    }
}

/// Brings what other replicas announce to those who listen here, until the server drains.
pub async fn run(app: App) {
    while !app.drain.is_cancelled() {
        let mut nudges = match app.nats.subscribe(LIVES).await {
            Ok(nudges) => nudges,
            Err(error) => {
                tracing::warn!(%error, "cannot subscribe to news");
                app.drain
                    .run_until_cancelled(tokio::time::sleep(PAUSE))
                    .await;
                continue;
            }
        };
        while let Some(Some(nudge)) = app.drain.run_until_cancelled(nudges.next()).await {
            let Some(artist) = live_artist(&nudge.subject) else {
                continue;
            };
            let news = match std::str::from_utf8(&nudge.payload) {
                Ok("") | Err(_) => News::Stored,
                Ok(json) => News::Passing(json.into()),
            };
            app.live.tell(artist, news);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: ArtistId = ArtistId(uuid::Uuid::from_u128(1));
    const BEN: ArtistId = ArtistId(uuid::Uuid::from_u128(2));

    #[tokio::test]
    async fn news_reaches_everybody_who_listens_for_that_artist() {
        let live = Live::default();
        let (mut phone, mut laptop) = (listen(&live), listen(&live));
        live.tell(BEN, News::Passing("for ben".into()));
        live.tell(ANA, News::Stored);
        assert!(matches!(phone.next().await, News::Stored));
        assert!(matches!(laptop.next().await, News::Stored));
    }

    #[tokio::test]
    async fn a_reader_who_fell_behind_looks_in_the_database() {
        let live = Live::default();
        let mut slow = listen(&live);
        for _ in 0..=BEHIND_MAX {
            live.tell(ANA, News::Passing("step".into()));
        }
        assert!(matches!(slow.next().await, News::Stored));
    }

    #[test]
    fn nobody_is_remembered_after_they_left() {
        let live = Live::default();
        let (phone, laptop) = (listen(&live), listen(&live));
        drop(phone);
        assert_eq!(live.senders().len(), 1);
        drop(laptop);
        assert_eq!(live.senders().len(), 0);
    }

    #[test]
    fn a_crowd_that_listens_for_one_artist_leaves_room_for_others_and_again_for_itself() {
        let live = Live::default();
        let mut crowd: Vec<_> = (0..LISTENERS_MAX).map(|_| listen(&live)).collect();
        assert!(live.listen(ANA).is_none());
        assert!(live.listen(BEN).is_some());
        crowd.pop();
        assert!(live.listen(ANA).is_some());
    }

    fn listen(live: &Live) -> Listener {
        live.listen(ANA).expect("there is room")
    }
}
