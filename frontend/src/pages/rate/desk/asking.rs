//! Asking the server for pictures, and for what was missed.

use leptos::{prelude::*, task::spawn_local};
use wire::problem::Code;

use super::Desk;
use crate::{
    api::{self, ApiError},
    browser,
    desk::{outbox::wait_ms, rating_queue::RatingQueue},
    text,
};

/// How long the server may hold the question for the next picture before it answers "none yet".
const PATIENCE_MS: u32 = 6_000;

impl Desk {
    /// Asks for what may have happened while nobody was listening: between the page and its stream,
    /// or while the stream was down.
    pub(super) fn refresh(self) {
        spawn_local(async move {
            // `None`: the page is gone.
            let Some(have) = self.queue.try_with_untracked(RatingQueue::have) else {
                return;
            };
            if let Ok(next) = api::styles::next(self.style, &have, 0).await {
                self.queue.try_update(|queue| {
                    next.images.into_iter().for_each(|card| queue.arrive(card));
                });
            }
            let acknowledged = self
                .queue
                .try_with_untracked(RatingQueue::acknowledged)
                .unwrap_or_default();
            let Ok(style) = api::styles::show(self.style).await else {
                return;
            };
            self.queue.try_update(|queue| {
                queue.reconcile(&acknowledged, &style.history);
                queue.adopt(&style.history);
            });
            self.trouble.try_set(style.trouble);
            let known = self.belief.try_get_untracked().flatten();
            if known != style.belief {
                // What happened in between is not known any more; that it differs is.
                self.before.try_set(known);
                self.belief.try_set(style.belief);
                self.insights.try_set([None, style.insight]);
            }
        });
    }

    /// Asks until there is a picture on the screen: the way that works when no news arrive. Not
    /// while nobody looks: each question holds one of the few connections of all tabs.
    pub(super) fn ask_for_pictures(self) {
        if self.asking.get_value() || browser::hidden() {
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            let mut failures = 0;
            // `None`: the page is gone.
            while let Some(have) = self
                .queue
                .try_with_untracked(|queue| queue.showing().is_none().then(|| queue.have()))
            {
                let Some(have) = have else { break };
                if browser::hidden() {
                    break;
                }
                let answer = api::styles::next(self.style, &have, PATIENCE_MS).await;
                self.lost.try_set(matches!(answer, Err(ApiError::Offline)));
                let error = match answer {
                    Ok(next) => {
                        failures = 0;
                        let came = !next.images.is_empty();
                        let nothing_new = self.queue.try_update(|queue| {
                            next.images.into_iter().for_each(|card| queue.arrive(card));
                            came && queue.pictures().is_empty()
                        });
                        if nothing_new == Some(true) {
                            // Answered here, and waiting there: what was taken back elsewhere.
                            self.refresh();
                            browser::sleep(1000).await;
                        }
                        // What has arrived is shown once it is decoded.
                        browser::sleep(250).await;
                        continue;
                    }
                    Err(error) => error,
                };
                if matches!(error.code(), Some(Code::NotLoggedIn | Code::NotFound)) {
                    // Asking again would not help; the person can.
                    self.trouble.try_set(Some(text::problem(&error)));
                    break;
                }
                failures += 1;
                let asked_ms = error.retry_after_ms().unwrap_or_default();
                browser::sleep(wait_ms(failures).max(asked_ms)).await;
            }
            self.asking.try_set_value(false);
        });
    }
}
