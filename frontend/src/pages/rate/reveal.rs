//! Predict, then reveal: what was foreseen arrives with the server's answer to a rating, and not a
//! moment before.

use leptos::prelude::*;
use wire::{
    foresight::Foresight,
    ids::RatingId,
    rating::{RatingCard, Stars},
    style::HistoryPoint,
};

use crate::components::foreseen::Revealed;

/// The log as the server has it, and the newest rating held against its forecast.
#[derive(Clone, Copy)]
pub struct Reveal {
    history: RwSignal<Vec<HistoryPoint>>,
    /// The rating that was answered last.
    pub newest: RwSignal<Option<Revealed>>,
}

impl Reveal {
    /// A page as it opens: nothing to reveal yet.
    pub fn open(history: Vec<HistoryPoint>) -> Self {
        Self {
            history: RwSignal::new(history),
            newest: RwSignal::new(None),
        }
    }

    /// How good the forecasts are by now.
    pub fn foresight(self) -> Signal<Foresight> {
        Memo::new(move |_| self.history.with(|history| Foresight::of(history))).into()
    }

    /// The server has this rating, and says what was foreseen of it.
    pub fn stored(self, rating: &RatingCard) {
        let Some(stars) = rating.stars else { return };
        let known = |point: &HistoryPoint| point.rating == rating.id;
        if self.history.with_untracked(|all| all.iter().any(known)) {
            return;
        }
        self.newest.set(Some(Revealed {
            stars,
            predicted: rating.predicted,
            again: rating.repeats.map(|image| self.stars_of(image)),
        }));
        self.history.update(|all| all.push(point(rating, stars)));
    }

    /// The rating is taken back: it was no answer.
    pub fn undone(self, rating: RatingId) {
        let was_there = self.history.try_update(|all| {
            let before = all.len();
            all.retain(|point| point.rating != rating);
            all.len() < before
        });
        if was_there == Some(true) {
            self.newest.set(None);
        }
    }

    fn stars_of(self, image: wire::ids::ImageId) -> Option<Stars> {
        self.history.with_untracked(|all| {
            let first = all.iter().find(|point| point.image == image);
            first.map(|point| point.stars)
        })
    }
}

fn point(rating: &RatingCard, stars: Stars) -> HistoryPoint {
    HistoryPoint {
        rating: rating.id,
        image: rating.image,
        stars,
        hint: rating.hint,
        predicted: rating.predicted,
        repeats: rating.repeats,
        after_reveal: rating.after_reveal,
        learned_in: rating.learned_in,
        rated_ms: rating.rated_ms,
    }
}
