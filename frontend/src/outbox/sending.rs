//! How clicks leave: one tab at a time, the oldest of each style first, until the server has them.
//!
//! A click that was taken back after it may have left is sent all the same, and then undone: only
//! what the server has can it undo, and a late copy of it is refused from then on.

use leptos::prelude::*;
use wire::rating::RateImage;

use super::{Holdup, Outbox, Reply};
use crate::{
    api::{self, ApiError},
    browser::{self, store},
    desk::outbox::{self as desk, Click, Fate, Place},
};

/// What tabs share while one of them sends.
const LOCK: &str = "atelier-outbox";

/// What stopped a round, and for how long at least if the server said so.
struct Stop {
    holdup: Holdup,
    retry_after_ms: Option<i32>,
}

/// Sends until nothing is left or somebody has to log in.
pub(super) async fn send_all(outbox: Outbox) {
    let mut failures = 0;
    while outbox.artist.get_untracked().is_some() {
        let stop = {
            let _lock = browser::lock(LOCK).await;
            outbox.adopt_kept().await;
            round(outbox).await
        };
        match stop {
            Ok(false) => {
                outbox.holdup.set(None);
                return;
            }
            Ok(true) => failures = 0,
            Err(Stop { holdup, .. }) if holdup == Holdup::LogIn => {
                outbox.holdup.set(Some(holdup));
                return;
            }
            Err(stop) => {
                outbox.holdup.set(Some(stop.holdup));
                failures += 1;
                pause(outbox, desk::wait_ms(failures), stop.retry_after_ms).await;
            }
        }
    }
}

/// Sends the first click of each style. False if there is none.
async fn round(outbox: Outbox) -> Result<bool, Stop> {
    let Some(artist) = outbox.artist.get_untracked() else {
        return Ok(false);
    };
    let fronts = outbox.clicks.with_untracked(|clicks| clicks.fronts(artist));
    let (any, mut trouble) = (!fronts.is_empty(), None);
    for (click, place) in fronts {
        match send(outbox, &click, place).await {
            Ok(()) => {}
            // A server that fails with one style may do well with the next.
            Err(stop) if stop.holdup == Holdup::Server && stop.retry_after_ms.is_none() => {
                trouble = Some(stop);
            }
            Err(stop) => return Err(stop),
        }
    }
    trouble.map_or(Ok(any), Err)
}

async fn send(outbox: Outbox, click: &Click, place: Place) -> Result<(), Stop> {
    let Some(click) = begin(outbox, click, place).await else {
        return Ok(());
    };
    let have = outbox.have.get_value();
    let rating = RateImage {
        id: click.id,
        stars: click.stars,
        replaces: None,
        hint: click.hint,
        have,
    };
    let reply = match api::images::rate(click.image, &rating).await {
        Ok(saved) => Reply::Stored(Box::new(saved)),
        Err(error) => match fate(&click, &error).await {
            Fate::Drop => Reply::Dropped(click.id, error),
            Fate::LogIn => return Err(Stop::log_in()),
            Fate::Later => return Err(Stop::of(&error)),
        },
    };
    let is_stored = matches!(reply, Reply::Stored(_));
    if outbox.settle(&click, reply) {
        store::forget(&click).await;
        return Ok(());
    }
    // It was taken back, before it left or while it was under way.
    if is_stored {
        undo(&click).await?;
    }
    outbox.clicks.update(|clicks| clicks.remove(click.id));
    let undone = Click {
        undo: true,
        ..click
    };
    store::forget(&undone).await;
    Ok(())
}

/// Notes that the click leaves now. `None` if it does not: it was taken back, or another tab has
/// sent it.
async fn begin(outbox: Outbox, click: &Click, place: Place) -> Option<Click> {
    let mut undo = false;
    if place == Place::Store {
        match store::begin(click.id).await {
            Ok(Some(row)) => undo = row.undo,
            Ok(None) => {
                if !outbox.settle(click, Reply::Elsewhere(click.id)) {
                    outbox.clicks.update(|clicks| clicks.remove(click.id));
                }
                return None;
            }
            // What the store cannot say any more, this tab still knows.
            Err(_) => {}
        }
    }
    let begun = outbox
        .clicks
        .try_update(|clicks| clicks.begin(click.id, undo));
    begun.flatten()
}

async fn undo(click: &Click) -> Result<(), Stop> {
    match api::images::undo(click.image, click.id).await {
        Ok(_) => Ok(()),
        Err(error) => match desk::fate(&error) {
            // With the picture its rating is gone.
            Fate::Drop => Ok(()),
            Fate::LogIn => Err(Stop::log_in()),
            Fate::Later => Err(Stop::of(&error)),
        },
    }
}

/// What a refused attempt means. Another tab may have logged somebody else in, to whom this
/// picture does not exist: before a click is dropped, the server says whose session it is.
async fn fate(click: &Click, error: &ApiError) -> Fate {
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

impl Stop {
    fn log_in() -> Self {
        Self {
            holdup: Holdup::LogIn,
            retry_after_ms: None,
        }
    }

    fn of(error: &ApiError) -> Self {
        let holdup = match error {
            ApiError::Offline => Holdup::Connection,
            ApiError::Refused(_) | ApiError::NotNow(..) => Holdup::Server,
        };
        Self {
            holdup,
            retry_after_ms: error.retry_after_ms(),
        }
    }
}

/// Waits, but not past a nudge, unless the server said how long to stay away.
async fn pause(outbox: Outbox, wait_ms: i32, retry_after_ms: Option<i32>) {
    const STEP_MS: i32 = 250;
    if let Some(asked_ms) = retry_after_ms {
        return browser::sleep(asked_ms.max(wait_ms)).await;
    }
    let nudges = outbox.nudges.get_value();
    let mut waited_ms = 0;
    while waited_ms < wait_ms && outbox.nudges.get_value() == nudges {
        browser::sleep(STEP_MS).await;
        waited_ms += STEP_MS;
    }
}
