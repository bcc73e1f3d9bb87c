//! Answers on their way to the server, in order per style. Where they are kept meanwhile is the
//! browser's matter (`browser::store`), how they are sent is `crate::outbox`'s.

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
}

/// The clicks that the server has not acknowledged yet, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    waiting: Vec<Waiting>,
}

#[derive(Clone, Debug)]
struct Waiting {
    click: Click,
    /// The browser has written it down: only then may it leave.
    kept: bool,
    /// The server may have it already: an answer can be lost on its way back.
    tried: bool,
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
    /// Takes a fresh click. It leaves once it is [kept](Self::kept).
    pub fn push(&mut self, click: Click) {
        self.add(Waiting {
            click,
            kept: false,
            tried: false,
        });
    }

    /// The click is written down and may leave. False if it was taken back in the meantime.
    pub fn kept(&mut self, id: RatingId) -> bool {
        let found = self.waiting.iter_mut().find(|w| w.click.id == id);
        found.map(|waiting| waiting.kept = true).is_some()
    }

    /// Takes what an earlier page kept. They go before everything fresh, and since nobody knows
    /// whether they were sent, they count as tried.
    pub fn restore(&mut self, kept: Vec<Click>) {
        let fresh = std::mem::take(&mut self.waiting);
        for click in kept {
            self.add(Waiting {
                click,
                kept: true,
                tried: true,
            });
        }
        for waiting in fresh {
            self.add(waiting);
        }
    }

    /// The next click of each style: later ones wait, so the order is kept.
    pub fn fronts(&self, artist: ArtistId) -> Vec<Click> {
        let mut fronts: Vec<&Waiting> = Vec::new();
        for waiting in self.waiting.iter().filter(|w| w.click.artist == artist) {
            if !fronts
                .iter()
                .any(|front| front.click.style == waiting.click.style)
            {
                fronts.push(waiting);
            }
        }
        fronts
            .into_iter()
            .filter(|w| w.kept)
            .map(|w| w.click.clone())
            .collect()
    }

    /// Notes that the click leaves now. False if it was taken back in the meantime.
    pub fn begin(&mut self, id: RatingId) -> bool {
        let found = self.waiting.iter_mut().find(|w| w.click.id == id);
        found.map(|waiting| waiting.tried = true).is_some()
    }

    /// The click is stored or dropped: it waits no longer.
    pub fn settle(&mut self, id: RatingId) {
        self.waiting.retain(|w| w.click.id != id);
    }

    /// Takes a click back before it was ever sent. False if it may have left.
    pub fn take_back(&mut self, id: RatingId) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|w| w.tried || w.click.id != id);
        self.waiting.len() < before
    }

    /// Whether the click still waits.
    pub fn has(&self, id: RatingId) -> bool {
        self.waiting.iter().any(|w| w.click.id == id)
    }

    /// How many of the artist's clicks wait.
    pub fn len(&self, artist: ArtistId) -> usize {
        self.waiting
            .iter()
            .filter(|w| w.click.artist == artist)
            .count()
    }

    /// The pictures of a style that have an answer already, though the server may not know it.
    pub fn answered(&self, style: StyleId) -> Vec<ImageId> {
        let of_style = self.waiting.iter().filter(|w| w.click.style == style);
        of_style.map(|w| w.click.image).collect()
    }

    fn add(&mut self, waiting: Waiting) {
        if !self.has(waiting.click.id) {
            self.waiting.push(waiting);
        }
    }
}

/// What a refused attempt means for its click.
pub fn fate(error: &ApiError) -> Fate {
    match error {
        ApiError::Offline => Fate::Later,
        ApiError::Refused(problem) => match problem.code {
            Code::NotLoggedIn => Fate::LogIn,
            // Only what is about this very click and will be said again, whoever asks and whenever.
            Code::RatingConflict | Code::AlreadyRated | Code::NotFound | Code::Invalid => {
                Fate::Drop
            }
            _ => Fate::Later,
        },
    }
}

/// How long to wait after so many failures in a row: soon at first, calm after that. The browser's
/// `online` event cuts the wait short.
pub fn wait_ms(failures: u32) -> i32 {
    let doubled = 500_i32.saturating_mul(1 << failures.saturating_sub(1).min(5));
    doubled.min(15_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;
    use wire::problem::Problem;

    const ANA: ArtistId = ArtistId(Uuid::from_u128(1));
    const BEN: ArtistId = ArtistId(Uuid::from_u128(2));

    fn click(id: u128, style: u128) -> Click {
        Click {
            id: RatingId(Uuid::from_u128(id)),
            artist: ANA,
            style: StyleId(Uuid::from_u128(style)),
            image: ImageId(Uuid::from_u128(id + 1_000)),
            stars: Stars::new(4).ok(),
            hint: None,
        }
    }

    fn put(outbox: &mut Outbox, click: Click) {
        let id = click.id;
        outbox.push(click);
        assert!(outbox.kept(id));
    }

    fn fronts(outbox: &Outbox) -> Vec<u128> {
        outbox
            .fronts(ANA)
            .iter()
            .map(|c| c.id.0.as_u128())
            .collect()
    }

    #[test]
    fn the_order_is_kept_per_style_and_no_style_waits_for_another() {
        let mut outbox = Outbox::default();
        for (id, style) in [(1, 7), (2, 7), (3, 8)] {
            put(&mut outbox, click(id, style));
        }
        assert_eq!(fronts(&outbox), [1, 3]);
        outbox.settle(click(1, 7).id);
        assert_eq!(fronts(&outbox), [2, 3]);
    }

    #[test]
    fn a_click_leaves_only_once_it_is_written_down() {
        let mut outbox = Outbox::default();
        outbox.push(click(1, 7));
        put(&mut outbox, click(2, 7));
        assert!(
            fronts(&outbox).is_empty(),
            "the second must not overtake the first"
        );
        outbox.kept(click(1, 7).id);
        assert_eq!(fronts(&outbox), [1]);
    }

    #[test]
    fn what_an_earlier_page_kept_goes_first_and_only_once() {
        let mut outbox = Outbox::default();
        put(&mut outbox, click(3, 7));
        outbox.restore(vec![click(1, 7), click(3, 7)]);
        assert_eq!(fronts(&outbox), [1]);
        assert_eq!(outbox.len(ANA), 2);
    }

    #[test]
    fn a_click_is_only_taken_back_if_it_cannot_have_left() {
        let mut outbox = Outbox::default();
        put(&mut outbox, click(1, 7));
        assert!(outbox.take_back(click(1, 7).id));
        assert!(!outbox.begin(click(1, 7).id), "it is gone");

        put(&mut outbox, click(2, 7));
        assert!(outbox.begin(click(2, 7).id));
        assert!(!outbox.take_back(click(2, 7).id));
        assert_eq!(outbox.len(ANA), 1);
    }

    #[test]
    fn another_person_at_the_browser_sends_nothing_of_mine() {
        let mut outbox = Outbox::default();
        put(&mut outbox, click(1, 7));
        assert!(outbox.fronts(BEN).is_empty());
        assert_eq!(outbox.len(BEN), 0);
    }

    #[test]
    fn only_a_click_that_will_never_be_taken_is_dropped() {
        let refused = |code| fate(&ApiError::Refused(Problem::new(code, "")));
        assert_eq!(fate(&ApiError::Offline), Fate::Later);
        for code in [
            Code::Internal,
            Code::Unavailable,
            Code::TooMany,
            Code::CrossSite,
            Code::NotAllowed,
        ] {
            assert_eq!(refused(code), Fate::Later, "{code:?}");
        }
        for code in [
            Code::RatingConflict,
            Code::AlreadyRated,
            Code::NotFound,
            Code::Invalid,
        ] {
            assert_eq!(refused(code), Fate::Drop, "{code:?}");
        }
        assert_eq!(refused(Code::NotLoggedIn), Fate::LogIn);
    }

    #[test]
    fn waits_grow_and_stay_bearable() {
        let waits: Vec<i32> = (1..=8).map(wait_ms).collect();
        assert_eq!(
            waits,
            [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]
        );
    }
}
