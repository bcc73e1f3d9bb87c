//! Answers on their way to the server, in order per style. Where they are kept meanwhile is the
//! browser's matter (`browser::store`), how they are sent is `crate::outbox`'s.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use wire::{
    ids::{ArtistId, ImageId, RatingId, StyleId},
    learning::Hint,
    problem::Code,
    rating::Stars,
};

use crate::api::ApiError;

/// One answer of an artist. The id is made once, so a click that is sent twice counts once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Click {
    /// The rating's id.
    pub id: RatingId,
    /// Who clicked: another person at the same browser must not send it.
    pub artist: ArtistId,
    /// The style the picture is for.
    pub style: StyleId,
    /// The picture.
    pub image: ImageId,
    /// The answer; `None` is a skip.
    pub stars: Option<Stars>,
    /// What made the picture so, if that was tapped. Clicks kept before there were taps have none.
    #[serde(default)]
    pub hint: Option<Hint>,
    /// It may have left, and the server may have it: an answer can be lost on its way back.
    #[serde(default)]
    pub sent: bool,
    /// It was taken back after it may have left, and is to be undone where it arrives.
    #[serde(default)]
    pub undo: bool,
}

/// Where a click waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this tab, and the browser is writing it down: only then may it leave.
    Writing,
    /// In the browser's store, for every tab to see.
    Store,
    /// In this tab only, since the browser keeps nothing.
    Tab,
}

/// The clicks that the server has not acknowledged yet, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    waiting: Vec<Waiting>,
    /// What this tab is done with. The store may be read just before it is forgotten there.
    done: HashSet<RatingId>,
}

#[derive(Clone, Debug)]
struct Waiting {
    click: Click,
    place: Place,
}

/// What is to be done to take a click back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeBack {
    /// It waits no longer: what the server has can only be undone there.
    Arrived,
    /// Nothing more: it never left this tab.
    Done,
    /// It may have left: it is undone after it arrives.
    OnArrival,
    /// The same, or nothing more: that is to be seen in the store.
    InStore(Click),
}

/// What becomes of a click after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The server will never take it: forget it and say so.
    Drop,
    /// Nobody is logged in: keep it until somebody is.
    LogIn,
    /// The connection or the server is at fault: keep it and try again.
    Later,
}

impl Outbox {
    /// Takes a fresh click. It leaves once it is [written](Self::written) down.
    pub fn push(&mut self, click: Click) {
        self.waiting.push(Waiting {
            click,
            place: Place::Writing,
        });
    }

    /// The click is written down, or cannot be, and may leave. False if it was taken back in the
    /// meantime.
    pub fn written(&mut self, id: RatingId, place: Place) -> bool {
        let found = self.waiting.iter_mut().find(|w| w.click.id == id);
        found.map(|waiting| waiting.place = place).is_some()
    }

    /// Takes over what the store holds, from earlier pages and other tabs, in its order. What is
    /// not known here goes before everything fresh.
    pub fn adopt(&mut self, kept: Vec<Click>) {
        let mut place = 0;
        for click in kept {
            let known = self.waiting.iter().position(|w| w.click.id == click.id);
            match known {
                Some(known) => place = known + 1,
                None if self.done.contains(&click.id) => {}
                None => {
                    let waiting = Waiting {
                        click,
                        place: Place::Store,
                    };
                    self.waiting.insert(place, waiting);
                    place += 1;
                }
            }
        }
    }

    /// The next click of each style: later ones wait, so the order is kept.
    pub fn fronts(&self, artist: ArtistId) -> Vec<(Click, Place)> {
        let mut fronts: Vec<&Waiting> = Vec::new();
        for waiting in self.waiting.iter().filter(|w| w.click.artist == artist) {
            if !fronts
                .iter()
                .any(|front| front.click.style == waiting.click.style)
            {
                fronts.push(waiting);
            }
        }
        let ready = fronts.iter().filter(|w| w.place != Place::Writing);
        ready.map(|w| (w.click.clone(), w.place)).collect()
    }

    /// Notes that the click may have left from now on, and whatever the store says of it. Returns
    /// how it stands; `None` if it was taken back in the meantime.
    pub fn begin(&mut self, id: RatingId, undo: bool) -> Option<Click> {
        let waiting = self.waiting.iter_mut().find(|w| w.click.id == id)?;
        waiting.click.sent = true;
        waiting.click.undo |= undo;
        Some(waiting.click.clone())
    }

    /// The click is stored, dropped or undone: it waits no longer. False if it was taken back in
    /// the meantime: then it stays, to be undone.
    pub fn settle(&mut self, id: RatingId) -> bool {
        let undone = self
            .waiting
            .iter()
            .any(|w| w.click.id == id && w.click.undo);
        if !undone {
            self.remove(id);
        }
        !undone
    }

    /// The click waits no longer, whatever it was.
    pub fn remove(&mut self, id: RatingId) {
        self.waiting.retain(|w| w.click.id != id);
        self.done.insert(id);
    }

    /// Takes a click back, and says what else is to be done.
    pub fn take_back(&mut self, id: RatingId) -> TakeBack {
        let Some(waiting) = self.waiting.iter_mut().find(|w| w.click.id == id) else {
            return TakeBack::Arrived;
        };
        if waiting.place != Place::Store && !waiting.click.sent {
            self.remove(id);
            return TakeBack::Done;
        }
        waiting.click.undo = true;
        match waiting.place {
            Place::Store => TakeBack::InStore(waiting.click.clone()),
            Place::Writing | Place::Tab => TakeBack::OnArrival,
        }
    }

    /// The store has the click as one to be undone: it is sent for that, even if it was settled.
    pub fn undo_on_arrival(&mut self, click: &Click) {
        self.done.remove(&click.id);
        self.adopt(vec![Click {
            sent: true,
            undo: true,
            ..click.clone()
        }]);
    }

    /// How many of the artist's answers wait.
    pub fn len(&self, artist: ArtistId) -> usize {
        self.answers().filter(|c| c.artist == artist).count()
    }

    /// The answers to a style's pictures that the server may not know, in order.
    pub fn answers_to(&self, style: StyleId) -> Vec<Click> {
        let of_style = self.answers().filter(|click| click.style == style);
        of_style.cloned().collect()
    }

    /// What was not taken back.
    fn answers(&self) -> impl Iterator<Item = &Click> {
        let clicks = self.waiting.iter().map(|waiting| &waiting.click);
        clicks.filter(|click| !click.undo)
    }
}

/// What a refused attempt means for its click.
pub fn fate(error: &ApiError) -> Fate {
    match error.code() {
        Some(Code::NotLoggedIn) => Fate::LogIn,
        // Only what is about this very click and will be said again, whoever asks and whenever.
        Some(
            Code::RatingConflict
            | Code::AlreadyRated
            | Code::RatingUndone
            | Code::RatingChanged
            | Code::NotFound
            | Code::Invalid,
        ) => Fate::Drop,
        _ => Fate::Later,
    }
}

/// How long to wait after so many failures in a row: soon at first, calm after that. The browser's
/// `online` event cuts the wait short.
pub fn wait_ms(failures: u32) -> i32 {
    let doubled = 500_i32.saturating_mul(1 << failures.saturating_sub(1).min(5));
    doubled.min(15_000)
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
