//! The rating page of one style as a state machine: what is on the screen, what is loaded for
//! after it, what was answered, and what undo would do.
//!
//! It never waits for anybody: an answer moves on at once to a picture that is already loaded.

use std::collections::HashSet;

use wire::{
    ids::{ImageId, RatingId},
    image::ImageCard,
    rating::{HAVE_MAX, Stars},
    style::{HISTORY_MAX, HistoryPoint},
};

/// Pictures of one style on their way across the screen.
#[derive(Clone, Debug, Default)]
pub struct RatingQueue {
    showing: Option<ImageCard>,
    ahead: Vec<Ahead>,
    answered: Vec<Answered>,
    /// Ratings older than the log that the page opened with.
    older: u32,
    /// Ratings that were answers here and are none any more.
    taken_back: HashSet<RatingId>,
    /// Pictures that are not to be shown here: they were answered elsewhere, or cannot be read.
    gone: Vec<ImageId>,
}

#[derive(Clone, Debug)]
struct Ahead {
    card: ImageCard,
    decoded: bool,
}

/// One answer, in the order given.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The rating.
    pub rating: RatingId,
    /// The picture.
    pub image: ImageId,
    /// The answer; `None` was a skip.
    pub stars: Option<Stars>,
    /// Whether the server has acknowledged it.
    pub stored: bool,
    /// The picture itself, if it was on this screen.
    pub card: Option<ImageCard>,
}

impl Answered {
    fn logged(point: &HistoryPoint) -> Self {
        Self {
            rating: point.rating,
            image: point.image,
            stars: Some(point.stars),
            stored: true,
            card: None,
        }
    }
}

impl RatingQueue {
    /// A page as it opens: how many ratings there are, the newest of them, and the pictures that wait.
    pub fn open(ratings: u32, history: &[HistoryPoint], waiting: Vec<ImageCard>) -> Self {
        let answered = history.iter().map(Answered::logged);
        let mut queue = Self {
            answered: answered.collect(),
            older: ratings.saturating_sub(history.len() as u32),
            ..Self::default()
        };
        for card in waiting {
            queue.arrive(card);
        }
        // The page is drawn with its first picture, so the browser has it before anything runs.
        if let Some(first) = queue.ahead.first().map(|first| first.card.id) {
            queue.decoded(first);
        }
        queue
    }

    /// The picture to answer now.
    pub fn showing(&self) -> Option<&ImageCard> {
        self.showing.as_ref()
    }

    /// The picture on the screen and the ones loading behind it.
    pub fn pictures(&self) -> Vec<ImageCard> {
        let ahead = self.ahead.iter().map(|ahead| &ahead.card);
        self.showing.iter().chain(ahead).cloned().collect()
    }

    /// What the server need not send: pictures that are here, and those whose answer it may not
    /// know yet. It would send them again and again, in place of one that can be shown.
    pub fn have(&self) -> Vec<ImageId> {
        let here = self.pictures().into_iter().map(|card| card.id);
        let on_the_way = self.answered.iter().rev().filter(|a| !a.stored);
        let on_the_way = on_the_way.map(|answered| answered.image);
        let gone = self.gone.iter().rev().copied();
        here.chain(on_the_way).chain(gone).take(HAVE_MAX).collect()
    }

    /// A picture is painted. Its news comes several ways, so it may be known already.
    pub fn arrive(&mut self, card: ImageCard) {
        let known = self.pictures().iter().any(|here| here.id == card.id)
            || self.gone.contains(&card.id)
            || self
                .answered
                .iter()
                .any(|answered| answered.image == card.id)
            || card.rating.is_some();
        if !known {
            self.ahead.push(Ahead {
                card,
                decoded: false,
            });
        }
    }

    /// The browser can draw the picture without a wait.
    pub fn decoded(&mut self, id: ImageId) {
        for ahead in self.ahead.iter_mut().filter(|ahead| ahead.card.id == id) {
            ahead.decoded = true;
        }
        self.advance();
    }

    /// Whether the picture waits, and comes to the screen at once when the one there is answered.
    pub fn is_ready(&self, id: ImageId) -> bool {
        let waiting = |ahead: &Ahead| ahead.decoded && ahead.card.id == id;
        self.ahead.iter().any(waiting)
    }

    /// The picture could not be loaded this time: it makes room for one that was.
    pub fn failed(&mut self, id: ImageId) {
        for ahead in self.ahead.iter_mut().filter(|ahead| ahead.card.id == id) {
            ahead.decoded = false;
        }
        if let Some(card) = self.showing.take_if(|card| card.id == id) {
            self.ahead.push(Ahead {
                card,
                decoded: false,
            });
        }
        self.advance();
    }

    /// These are not for this screen: they cannot be read, or were answered by an earlier page or
    /// in another tab, and are still on their way to the server.
    pub fn set_aside(&mut self, images: &[ImageId]) {
        self.ahead.retain(|ahead| !images.contains(&ahead.card.id));
        self.showing.take_if(|card| images.contains(&card.id));
        for &id in images {
            if !self.is_set_aside(id) {
                self.gone.push(id);
            }
        }
        self.advance();
    }

    /// Whether the picture is not for this screen.
    pub fn is_set_aside(&self, id: ImageId) -> bool {
        self.gone.contains(&id)
    }

    /// Answers the picture on the screen and moves on. `None` if there is no picture to answer.
    pub fn answer(&mut self, rating: RatingId, stars: Option<Stars>) -> Option<ImageCard> {
        let card = self.showing.take()?;
        self.answered.push(Answered {
            rating,
            image: card.id,
            stars,
            stored: false,
            card: Some(card.clone()),
        });
        self.advance();
        Some(card)
    }

    /// The server has the rating.
    pub fn stored(&mut self, rating: RatingId) {
        for answered in self.answered.iter_mut().filter(|a| a.rating == rating) {
            answered.stored = true;
        }
    }

    /// The server will never take the rating: it was no answer after all.
    pub fn dropped(&mut self, rating: RatingId) {
        self.taken_back.insert(rating);
        let dropped = self.answered.extract_if(.., |a| a.rating == rating);
        let images: Vec<ImageId> = dropped.map(|answered| answered.image).collect();
        self.set_aside(&images);
    }

    /// The answer that undo would take back.
    pub fn last(&self) -> Option<&Answered> {
        self.answered.last()
    }

    /// The answer is taken back: its picture returns to the screen, and the one that was there
    /// waits behind it. False if the picture was not on this screen and has to be asked for.
    pub fn undone(&mut self, rating: RatingId) -> bool {
        self.taken_back.insert(rating);
        let answered = self.answered.extract_if(.., |a| a.rating == rating).next();
        let card = answered.and_then(|answered| answered.card);
        let known = card.is_some();
        if let Some(card) = card {
            self.show_again(card);
        }
        known
    }

    /// The server never had the rating, or lost it again to an undo from elsewhere: the picture may
    /// come back.
    pub fn forgotten(&mut self, rating: RatingId) {
        self.taken_back.insert(rating);
        for answered in self.answered.extract_if(.., |a| a.rating == rating) {
            self.gone.retain(|&image| image != answered.image);
        }
    }

    /// What an earlier page or another tab answered and the server does not have yet: undo begins
    /// with the newest of it.
    pub fn restore(&mut self, rating: RatingId, image: ImageId, stars: Option<Stars>) {
        if self.answered.iter().any(|known| known.rating == rating) {
            return;
        }
        self.set_aside(&[image]);
        self.answered.push(Answered {
            rating,
            image,
            stars,
            stored: false,
            card: None,
        });
    }

    /// The ratings that the server has acknowledged, skips left out.
    pub fn acknowledged(&self) -> HashSet<RatingId> {
        let stored = self
            .answered
            .iter()
            .filter(|a| a.stored && a.stars.is_some());
        stored.map(|answered| answered.rating).collect()
    }

    /// Forgets those of the `acknowledged` ratings that the log does not have any more: they were
    /// taken back or changed elsewhere. A picture that waits again would be refused here for ever.
    pub fn reconcile(&mut self, acknowledged: &HashSet<RatingId>, log: &[HistoryPoint]) {
        if log.len() >= HISTORY_MAX {
            // Older ones are left out of it, so what is missing says nothing.
            return;
        }
        let there: HashSet<RatingId> = log.iter().map(|point| point.rating).collect();
        let missing: Vec<RatingId> = acknowledged.difference(&there).copied().collect();
        for rating in missing {
            self.forgotten(rating);
        }
    }

    /// Whether the rating is, or was, an answer on this page.
    pub fn knows(&self, rating: RatingId) -> bool {
        self.taken_back.contains(&rating) || self.answered.iter().any(|a| a.rating == rating)
    }

    /// Takes over what was rated elsewhere, each where it stands in the log. The picture on the screen
    /// may be among it: the desk moves on. The log may be older than what was taken back here.
    pub fn adopt(&mut self, log: &[HistoryPoint]) {
        if log.len() >= HISTORY_MAX {
            // Older ones are left out of it, so what is unknown may be old.
            return;
        }
        let mut place = 0;
        for point in log {
            let at = self.answered.iter().position(|a| a.rating == point.rating);
            if let Some(at) = at {
                place = at + 1;
            } else if !self.taken_back.contains(&point.rating) {
                self.answered.insert(place, Answered::logged(point));
                // Not gone for good: it may be taken back where it was rated.
                self.ahead.retain(|ahead| ahead.card.id != point.image);
                self.showing.take_if(|card| card.id == point.image);
                place += 1;
            }
        }
        self.advance();
    }

    /// Puts a picture back on the screen, before the one that is there.
    pub fn show_again(&mut self, card: ImageCard) {
        self.gone.retain(|&id| id != card.id);
        if self.showing.as_ref().is_some_and(|here| here.id == card.id) {
            return;
        }
        self.ahead.retain(|ahead| ahead.card.id != card.id);
        let interrupted = self.showing.replace(ImageCard {
            rating: None,
            ..card
        });
        if let Some(card) = interrupted {
            self.ahead.insert(
                0,
                Ahead {
                    card,
                    decoded: true,
                },
            );
        }
    }

    /// The stars given so far, in order, skips left out.
    pub fn stars(&self) -> Vec<Stars> {
        self.answered
            .iter()
            .filter_map(|answered| answered.stars)
            .collect()
    }

    /// How many ratings there are with those, skips left out.
    pub fn ratings(&self) -> u32 {
        let with_stars = self.answered.iter().filter(|a| a.stars.is_some());
        self.older + with_stars.count() as u32
    }

    /// Shows the first picture that needs no wait, if the screen is free.
    fn advance(&mut self) {
        if self.showing.is_some() {
            return;
        }
        if let Some(next) = self.ahead.iter().position(|ahead| ahead.decoded) {
            self.showing = Some(self.ahead.remove(next).card);
        }
    }
}

#[cfg(test)]
#[path = "rating_queue_tests.rs"]
mod tests;
