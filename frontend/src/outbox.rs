//! Sends clicks: kept in the browser first, then sent in order per style until the server says that
//! it has them, through lost connections, reloads and servers that die.
//!
//! One for the whole site, so that clicks also leave while the artist looks at another page.

use std::sync::Arc;

use leptos::{ev, prelude::*, task::spawn_local};
use wire::{
    ids::{ArtistId, ImageId, RatingId},
    rating::{HAVE_MAX, RateImage, RatingSaved},
};

use crate::{
    api::{self, ApiError},
    browser::{self, store},
    desk::outbox::{self as desk, Click, Fate},
};

/// What the page that shows a style hears about its clicks.
#[derive(Clone, Debug)]
pub enum Reply {
    /// The server has it.
    Stored(Box<RatingSaved>),
    /// The server will never take it.
    Dropped(RatingId, ApiError),
}

/// Why clicks wait longer than a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holdup {
    /// No connection, or a server in trouble.
    Connection,
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
        };
        provide_context(outbox);
        Effect::new(move |_| {
            let online = window_event_listener(ev::online, move |_| outbox.nudge());
            on_cleanup(move || online.remove());
            spawn_local(async move {
                let kept = store::kept().await;
                outbox.clicks.update(|clicks| clicks.restore(kept));
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
            // A browser that keeps nothing still sends; the page just must not be closed too soon.
            store::keep(&click).await;
            if self.clicks.try_update(|clicks| clicks.kept(click.id)) == Some(true) {
                self.nudge();
            } else {
                store::forget(click.id).await;
            }
        });
    }

    /// Takes a click back. False if it may have left already.
    pub fn take_back(self, id: RatingId) -> bool {
        let taken = self.clicks.try_update(|clicks| clicks.take_back(id)) == Some(true);
        if taken {
            spawn_local(store::forget(id));
        }
        taken
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
                self.send_all().await;
                self.sending.set_value(false);
            });
        }
    }

    async fn send_all(self) {
        let mut failures = 0;
        while let Some(artist) = self.artist.get_untracked() {
            let fronts = self.clicks.with_untracked(|clicks| clicks.fronts(artist));
            if fronts.is_empty() {
                self.holdup.set(None);
                return;
            }
            let mut holdup = None;
            for click in fronts {
                holdup = self.send(click).await.or(holdup);
            }
            match holdup {
                None => failures = 0,
                Some(Holdup::LogIn) => {
                    self.holdup.set(holdup);
                    return;
                }
                Some(Holdup::Connection) => {
                    self.holdup.set(holdup);
                    failures += 1;
                    self.pause(desk::wait_ms(failures)).await;
                }
            }
        }
    }

    /// Sends one click; says what holds it up, if anything does.
    async fn send(self, click: Click) -> Option<Holdup> {
        if !self.clicks.try_update(|clicks| clicks.begin(click.id))? {
            return None;
        }
        let rating = RateImage {
            id: click.id,
            stars: click.stars,
            hint: click.hint,
            have: self.have.get_value().into_iter().take(HAVE_MAX).collect(),
        };
        let reply = match api::images::rate(click.image, &rating).await {
            Ok(saved) => Reply::Stored(Box::new(saved)),
            Err(error) => match self.fate(&click, &error).await {
                Fate::Later => return Some(Holdup::Connection),
                Fate::LogIn => return Some(Holdup::LogIn),
                Fate::Drop => Reply::Dropped(click.id, error),
            },
        };
        self.clicks.update(|clicks| clicks.settle(click.id));
        store::forget(click.id).await;
        if let Some(listener) = self.listener.get_value() {
            listener(&click, reply);
        }
        None
    }

    /// What a refused attempt means. Another tab may have logged somebody else in, to whom this
    /// picture does not exist: before a click is dropped, the server says whose session it is.
    async fn fate(self, click: &Click, error: &ApiError) -> Fate {
        match desk::fate(error) {
            Fate::Drop => match api::account::me().await {
                Ok(me) if me.id == click.artist => Fate::Drop,
                Ok(_) => Fate::LogIn,
                Err(error) if desk::fate(&error) == Fate::LogIn => Fate::LogIn,
                Err(_) => Fate::Later,
            },
            fate => fate,
        }
    }

    /// Waits, but not past a nudge.
    async fn pause(self, ms: i32) {
        const STEP_MS: i32 = 250;
        let nudges = self.nudges.get_value();
        let mut waited = 0;
        while waited < ms && self.nudges.get_value() == nudges {
            browser::sleep(STEP_MS).await;
            waited += STEP_MS;
        }
    }
}
