//! Sends clicks: kept in the browser first, then sent in order per style until the server says that
//! it has them, through lost connections, reloads and servers that die.
//!
//! One for the whole site, so that clicks also leave while the artist looks at another page.

mod sending;

use std::sync::Arc;

use leptos::{ev, prelude::*, task::spawn_local};
use wire::{
    ids::{ArtistId, ImageId, RatingId},
    rating::RatingSaved,
};

use crate::{
    api::ApiError,
    browser::{self, store},
    desk::outbox::{self as desk, Click, Place, TakeBack},
};

/// What the page that shows a style hears about its clicks.
#[derive(Clone, Debug)]
pub enum Reply {
    /// The server has it.
    Stored(Box<RatingSaved>),
    /// The server will never take it.
    Dropped(RatingId, ApiError),
    /// Another tab has sent it.
    Elsewhere(RatingId),
}

/// Why clicks wait longer than a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holdup {
    /// No connection, or a server that does not answer.
    Connection,
    /// A server in trouble, or one that was asked too much.
    Server,
    /// Nobody is logged in any more.
    LogIn,
}

type Listener = Arc<dyn Fn(&Click, Reply) + Send + Sync>;

/// The site's outbox. Copied freely; there is one state.
#[derive(Clone, Copy)]
pub struct Outbox {
    clicks: RwSignal<desk::Outbox>,
    artist: RwSignal<Option<ArtistId>>,
    holdup: RwSignal<Option<Holdup>>,
    /// Which pictures the page has loaded, so that an answer brings another one.
    have: StoredValue<Vec<ImageId>>,
    listener: StoredValue<Option<Listener>>,
    sending: StoredValue<bool>,
    /// Counts up to end a wait early.
    nudges: StoredValue<u32>,
    restored: RwSignal<bool>,
    /// The browser keeps nothing: what waits is lost with this tab.
    fragile: RwSignal<bool>,
}

impl Outbox {
    /// Makes it and puts it into the context.
    pub fn provide() -> Self {
        let outbox = Self {
            clicks: RwSignal::default(),
            artist: RwSignal::new(None),
            holdup: RwSignal::new(None),
            have: StoredValue::default(),
            listener: StoredValue::new(None),
            sending: StoredValue::new(false),
            nudges: StoredValue::new(0),
            restored: RwSignal::new(false),
            fragile: RwSignal::new(false),
        };
        provide_context(outbox);
        Effect::new(move |_| {
            let online = window_event_listener(ev::online, move |_| outbox.nudge());
            on_cleanup(move || online.remove());
            // Another tab may have sent what waits here, or somebody may have logged in there.
            browser::on_visibility(move || {
                if !browser::hidden() {
                    outbox.nudge();
                }
            });
            spawn_local(async move {
                outbox.adopt_kept().await;
                outbox.restored.set(true);
                outbox.nudge();
            });
        });
        outbox
    }

    /// Whose clicks to send. Those of others stay where they are.
    pub fn belongs_to(self, artist: Option<ArtistId>) {
        let is_back = artist.is_some() && self.holdup.get_untracked() == Some(Holdup::LogIn);
        if is_back || self.artist.get_untracked() != artist {
            self.artist.set(artist);
            self.nudge();
        }
    }

    /// Keeps a click and sends it.
    pub fn put(self, click: Click) {
        self.clicks.update(|clicks| clicks.push(click.clone()));
        spawn_local(async move {
            let place = if store::keep(&click).await {
                Place::Store
            } else {
                Place::Tab
            };
            self.fragile.set(place == Place::Tab);
            let still_waits = self
                .clicks
                .try_update(|clicks| clicks.written(click.id, place));
            // Also if the store was too slow to tell: what it was asked to keep it may keep yet, and
            // it does one thing after the other.
            if still_waits != Some(true) {
                self.take_back_in_store(click).await;
            }
            self.nudge();
        });
    }

    /// Takes a click back: it will not count. False if it has arrived, so that only the server can
    /// take it back.
    pub fn take_back(self, id: RatingId) -> bool {
        let how = self.clicks.try_update(|clicks| clicks.take_back(id));
        match how {
            None | Some(TakeBack::Arrived) => return false,
            Some(TakeBack::Done) => {}
            Some(TakeBack::OnArrival) => self.nudge(),
            Some(TakeBack::InStore(click)) => spawn_local(async move {
                self.take_back_in_store(click).await;
                self.nudge();
            }),
        }
        true
    }

    /// Whether what waits is lost when this tab is closed. Reactive.
    pub fn fragile(self) -> bool {
        self.fragile.get()
    }

    /// How many clicks wait, and why if it takes longer than a moment. Reactive.
    pub fn waiting(self) -> Option<(usize, Holdup)> {
        let holdup = self.holdup.get()?;
        let artist = self.artist.get()?;
        let count = self.clicks.with(|clicks| clicks.len(artist));
        (count > 0).then_some((count, holdup))
    }

    /// What is waiting, for a page that opens. Reactive: it may be read from the store only later.
    pub fn clicks(self) -> desk::Outbox {
        self.clicks.get()
    }

    /// Whether what earlier pages kept has been read. Reactive.
    pub fn restored(self) -> bool {
        self.restored.get()
    }

    /// Tells the outbox what the page has loaded.
    pub fn have(self, images: Vec<ImageId>) {
        self.have.set_value(images);
    }

    /// Hears what becomes of clicks while the calling page is there.
    pub fn listen(self, listener: impl Fn(&Click, Reply) + Send + Sync + 'static) {
        let listener: Listener = Arc::new(listener);
        self.listener.set_value(Some(listener.clone()));
        on_cleanup(move || {
            // The page that follows may be listening already.
            self.listener.update_value(|current| {
                if current
                    .as_ref()
                    .is_some_and(|current| Arc::ptr_eq(current, &listener))
                {
                    *current = None;
                }
            });
        });
    }

    /// Sends now what waits.
    pub fn nudge(self) {
        self.nudges.update_value(|n| *n += 1);
        if !self.sending.get_value() {
            self.sending.set_value(true);
            spawn_local(async move {
                sending::send_all(self).await;
                self.sending.set_value(false);
            });
        }
    }

    /// Other tabs see it there, and one of them may have been quick.
    async fn take_back_in_store(self, click: Click) {
        let id = click.id;
        match store::take_back(&click).await {
            Ok(true) => self.clicks.update(|clicks| clicks.undo_on_arrival(&click)),
            Ok(false) => self.clicks.update(|clicks| clicks.remove(id)),
            // If the store is broken by now, this tab undoes it when it has arrived.
            Err(_) => {}
        }
    }

    /// Reads what earlier pages and other tabs have kept.
    async fn adopt_kept(self) {
        let kept = store::kept().await;
        if !kept.is_empty() {
            self.clicks.update(|clicks| clicks.adopt(kept));
        }
    }

    /// The click's way is over, and the page hears how. False if it was taken back meanwhile: then
    /// it is still to be undone.
    fn settle(self, click: &Click, reply: Reply) -> bool {
        let settled = self.clicks.try_update(|clicks| clicks.settle(click.id));
        if settled == Some(true)
            && let Some(listener) = self.listener.get_value()
        {
            listener(click, reply);
        }
        settled == Some(true)
    }
}
