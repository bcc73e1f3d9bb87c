//! Taking the last answer back, wherever it has got to.

use leptos::{prelude::*, task::spawn_local};
use wire::{
    ids::{ImageId, RatingId},
    rating::RatingUndone,
};

use super::Desk;
use crate::{
    api::{self, ApiError},
    text::{self, rate as words},
};

impl Desk {
    /// Takes the last answer back, or says why not.
    pub fn undo(self) {
        let Some(last) = self.queue.with_untracked(|queue| queue.last().cloned()) else {
            return self.notice.set(Some(words::UNDO_NOTHING.to_owned()));
        };
        if !last.stored && self.outbox.take_back(last.rating) {
            // Wherever it is by now, it will not count.
            if !self.undone(last.rating) {
                spawn_local(async move {
                    if let Ok(card) = api::images::show(last.image).await {
                        self.queue.try_update(|queue| queue.show_again(card));
                    }
                });
            }
        } else {
            self.undo_stored(last.rating, last.image);
        }
    }

    fn undo_stored(self, rating: RatingId, image: ImageId) {
        if self.undoing.get_value() {
            return;
        }
        self.undoing.set_value(true);
        self.notice.set(Some(words::UNDOING.to_owned()));
        spawn_local(async move {
            match self.take_back(rating, image).await {
                Ok(RatingUndone { replay }) => {
                    if replay.is_some() {
                        self.notice.try_set(Some(words::UNDONE_ANEW.to_owned()));
                    }
                }
                Err(error) => {
                    self.notice.try_set(Some(text::problem(&error)));
                }
            }
            self.undoing.try_set_value(false);
        });
    }

    async fn take_back(self, rating: RatingId, image: ImageId) -> Result<RatingUndone, ApiError> {
        let undone = api::images::undo(image, rating).await?;
        let card = api::images::show(image).await?;
        if card.rating.is_some() {
            // Another tab changed it meanwhile, and that answer was not ours to take back.
            self.queue.try_update(|queue| queue.dropped(rating));
            self.notice.try_set(Some(words::UNDO_CHANGED.to_owned()));
            return Ok(RatingUndone { replay: None });
        }
        if !self.undone(rating) {
            self.queue.try_update(|queue| queue.show_again(card));
        }
        Ok(undone)
    }

    /// The answer does not count any more. False if its picture was not on this screen, and is to be
    /// had from the server.
    fn undone(self, rating: RatingId) -> bool {
        self.notice.try_set(Some(words::UNDONE.to_owned()));
        self.reveal.undone(rating);
        self.queue.try_update(|queue| queue.undone(rating)) != Some(false)
    }
}
