//! The rating page's state, and what moves it: keys, answers from the server, news.

mod asking;
mod undo;

use leptos::prelude::*;
use wire::{
    event::Event,
    ids::{ArtistId, ImageId, RatingId, StyleId},
    image::NextImages,
    learning::{Belief, Hint, Insight},
    problem::Code,
    rating::{RatingSaved, Stars},
    style::StyleView,
    taxonomy::Dimension,
};

use super::reveal::Reveal;
use crate::{
    api, browser,
    desk::{double, outbox::Click, rating_queue::RatingQueue, tap::Tap},
    live,
    outbox::{Outbox, Reply},
    text::{self, rate as words},
};

/// One style's page. Copied freely; there is one state.
#[derive(Clone, Copy)]
pub struct Desk {
    style: StyleId,
    artist: ArtistId,
    outbox: Outbox,
    /// The pictures.
    pub queue: RwSignal<RatingQueue>,
    /// What the version before the newest believed.
    pub before: RwSignal<Option<Belief>>,
    /// What the newest version believes.
    pub belief: RwSignal<Option<Belief>>,
    /// What else the version before the newest and the newest know.
    pub insights: RwSignal<[Option<Insight>; 2]>,
    /// How far a slow painter is.
    pub painting: RwSignal<Option<(u32, u32)>>,
    /// Why nothing is painted, if something broke.
    pub trouble: RwSignal<Option<String>>,
    /// Whether the last question for pictures found no server.
    pub lost: RwSignal<bool>,
    /// What just happened, to be seen.
    pub notice: RwSignal<Option<String>>,
    /// What just happened, to be heard.
    pub announcement: RwSignal<String>,
    /// The last answer, and a count that tells two equal ones apart.
    pub pressed: RwSignal<Option<(Stars, u32)>>,
    /// What made the picture on the screen so, if the artist said.
    pub tap: RwSignal<Option<Tap>>,
    /// What was foreseen of the ratings that the server has.
    pub reveal: Reveal,
    /// When the picture on the screen came there.
    shown_ms: StoredValue<f64>,
    asking: StoredValue<bool>,
    /// The last answer is being taken back: once is enough.
    undoing: StoredValue<bool>,
}

impl Desk {
    /// A page as it opens.
    pub fn open(style: StyleView, next: NextImages, artist: ArtistId, outbox: Outbox) -> Self {
        let desk = Self {
            style: style.card.id,
            artist,
            outbox,
            queue: RwSignal::new(RatingQueue::open(
                style.card.ratings,
                &style.history,
                next.images,
            )),
            before: RwSignal::new(None),
            belief: RwSignal::new(style.belief),
            insights: RwSignal::new([None, style.insight]),
            painting: RwSignal::new(None),
            trouble: RwSignal::new(style.trouble),
            lost: RwSignal::new(false),
            notice: RwSignal::new(None),
            announcement: RwSignal::new(String::new()),
            pressed: RwSignal::new(None),
            tap: RwSignal::new(None),
            reveal: Reveal::open(style.history),
            shown_ms: StoredValue::new(0.0),
            asking: StoredValue::new(false),
            undoing: StoredValue::new(false),
        };
        outbox.listen(move |click, reply| desk.reply(click, reply));
        live::listen(move |event| desk.news(event), move || desk.refresh());
        Effect::new(move |_| {
            if outbox.restored() {
                let answers = outbox.clicks().answers_to(desk.style);
                desk.queue.update(|queue| {
                    for click in answers {
                        queue.restore(click.id, click.image, click.stars);
                    }
                });
            }
        });
        Effect::new(move |_| outbox.have(desk.queue.with(RatingQueue::have)));
        let showing = Memo::new(move |_| desk.queue.with(|queue| queue.showing().map(|c| c.id)));
        // What was tapped for one picture says nothing of the next.
        Effect::new(move |_| {
            showing.track();
            desk.tap.set(None);
            desk.shown_ms.set_value(browser::open_for_ms());
        });
        Effect::new(move |_| {
            if showing.get().is_none() {
                desk.ask_for_pictures();
            }
        });
        Effect::new(move |_| browser::on_visibility(move || desk.ask_for_pictures()));
        desk
    }

    /// Where everything else about the style is.
    pub fn about(self) -> String {
        format!("/styles/{}/about", self.style)
    }

    /// Answers by pointer, unless the click is the second half of a double one.
    pub fn clicked(self, stars: Option<Stars>, clicks: i32) {
        let shown_for_ms = browser::open_for_ms() - self.shown_ms.get_value();
        if !double::is_second_half(clicks, shown_for_ms) {
            self.answer(stars);
        }
    }

    /// Answers the picture on the screen; `None` skips it.
    pub fn answer(self, stars: Option<Stars>) {
        let id = RatingId(browser::new_id());
        let Some(card) = self
            .queue
            .try_update(|queue| queue.answer(id, stars))
            .flatten()
        else {
            return;
        };
        if let Some(stars) = stars {
            self.pressed.update(|last| {
                *last = Some((stars, last.map_or(0, |(_, count)| count + 1)));
            });
        }
        let tap = self.tap.try_update(Option::take).flatten();
        let hint = tap.zip(stars).map(|(tap, stars)| tap.hint(stars));
        let next = self
            .queue
            .with_untracked(|queue| queue.showing().map(|card| card.prompt.clone()));
        self.announcement
            .set(words::answered(stars.map(Stars::get), next.as_deref()));
        self.notice.set(None);
        self.send(id, card.id, stars, hint);
    }

    fn send(self, id: RatingId, image: ImageId, stars: Option<Stars>, hint: Option<Hint>) {
        self.outbox.put(Click {
            id,
            artist: self.artist,
            style: self.style,
            image,
            stars,
            hint,
            sent: false,
            undo: false,
        });
    }

    /// Says what made the picture on the screen so, or says otherwise.
    pub fn tapped(self, dimension: Dimension) {
        if self.queue.with_untracked(|queue| queue.showing().is_some()) {
            self.tap.update(|tap| *tap = Tap::pressed(*tap, dimension));
        }
    }

    /// The picture is ready to be drawn.
    pub fn loaded(self, id: ImageId) {
        self.queue.try_update(|queue| queue.decoded(id));
    }

    /// The picture could not be loaded, and makes room for others. False if nobody wants it any more.
    pub fn failed(self, id: ImageId) -> bool {
        let is_wanted = self.queue.try_update(|queue| {
            queue.failed(id);
            queue.pictures().iter().any(|card| card.id == id)
        });
        is_wanted == Some(true)
    }

    /// The picture has failed often enough. If that is not the connection's fault, it is skipped, or
    /// it would stand in the way of a new one for ever. False if it may still be had.
    pub async fn give_up(self, id: ImageId) -> bool {
        let is_rated = match api::images::show(id).await {
            Ok(card) => card.rating.is_some(),
            Err(error) if error.code() == Some(Code::NotFound) => true,
            Err(_) => return false,
        };
        if self
            .queue
            .try_update(|queue| queue.set_aside(&[id]))
            .is_some()
            && !is_rated
        {
            self.send(RatingId(browser::new_id()), id, None, None);
            self.notice.set(Some(words::UNREADABLE.to_owned()));
        }
        true
    }

    fn reply(self, click: &Click, reply: Reply) {
        if click.style != self.style {
            return;
        }
        match reply {
            Reply::Stored(saved) => self.stored(*saved),
            Reply::Elsewhere(id) => self.queue.update(|queue| queue.stored(id)),
            Reply::Dropped(id, error) => {
                let is_undone = error.code() == Some(Code::RatingUndone);
                self.queue.update(|queue| {
                    if is_undone {
                        queue.forgotten(id);
                    } else {
                        queue.dropped(id);
                    }
                });
                let reason = text::problem(&error);
                if error.code() == Some(Code::AlreadyRated) {
                    self.notice.set(Some(reason));
                    self.refresh();
                } else if click.stars.is_some() {
                    // A skip had nothing to count.
                    self.notice.set(Some(words::dropped(&reason)));
                }
            }
        }
    }

    fn stored(self, saved: RatingSaved) {
        let RatingSaved { rating, next, .. } = saved;
        self.reveal.stored(&rating);
        self.queue.update(|queue| {
            queue.stored(rating.id);
            if let Some(card) = next {
                queue.arrive(card);
            }
        });
    }

    fn news(self, event: Event) {
        match event {
            Event::ImageReady { image } if image.style == self.style => {
                self.painting.set(None);
                self.trouble.set(None);
                self.queue.update(|queue| queue.arrive(image));
            }
            Event::PolicyMoved {
                style,
                rating,
                before,
                after,
                insight,
                ..
            } if style == self.style => {
                let unlearning = self.notice.get_untracked().as_deref() == Some(words::UNDONE_ANEW);
                if rating.is_none() && unlearning {
                    self.notice.set(Some(words::UNLEARNED.to_owned()));
                }
                self.insights
                    .update(|[then, now]| *then = now.replace(*insight));
                self.before.set(before);
                self.belief.set(Some(after));
                // Rated in another window: the picture may be the one on the screen.
                let knows = |rating| self.queue.with_untracked(|queue| queue.knows(rating));
                if rating.is_some_and(|rating| !knows(rating)) {
                    self.refresh();
                }
            }
            Event::Painting { style, step, steps } if style == self.style => {
                self.painting.set(Some((step, steps)));
            }
            Event::Trouble { style, reason } if style == self.style => {
                self.trouble.set(Some(reason));
            }
            _ => {}
        }
    }
}
