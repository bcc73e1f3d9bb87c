//! The rating page's state, and what moves it: keys, answers from the server, news.

use leptos::{prelude::*, task::spawn_local};
use wire::{
    event::Event,
    ids::{ArtistId, ImageId, RatingId, StyleId},
    image::NextImages,
    learning::{Belief, Hint, Insight},
    problem::Code,
    rating::{RatingSaved, RatingUndone, Stars},
    style::StyleView,
    taxonomy::Dimension,
};

use super::reveal::Reveal;
use crate::{
    api::{self, ApiError},
    browser,
    desk::{
        outbox::{Click, wait_ms},
        rating_queue::RatingQueue,
        tap::Tap,
    },
    live,
    outbox::{Outbox, Reply},
    text::{self, rate as words},
};

/// How long the server may hold the question for the next picture before it answers "none yet".
const PATIENCE_MS: u32 = 6_000;

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
            queue: RwSignal::new(RatingQueue::open(&style.history, next.images)),
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

    /// Takes the last answer back, or says why not.
    pub fn undo(self) {
        let Some(last) = self.queue.with_untracked(|queue| queue.last().cloned()) else {
            return self.notice.set(Some(words::UNDO_NOTHING.to_owned()));
        };
        if !last.stored && self.outbox.take_back(last.rating) {
            // Wherever it is by now, it will not count.
            self.undone(last.rating, last.image);
        } else {
            self.undo_stored(last.rating, last.image);
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
        self.undone(rating, image);
        Ok(undone)
    }

    fn undone(self, rating: RatingId, image: ImageId) {
        self.notice.try_set(Some(words::UNDONE.to_owned()));
        self.tap.try_set(None);
        self.reveal.undone(rating);
        if self.queue.try_update(|queue| queue.undone(rating)) == Some(false) {
            spawn_local(async move {
                if let Ok(card) = api::images::show(image).await {
                    self.queue.try_update(|queue| queue.show_again(card));
                }
            });
        }
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
                // A skip had nothing to count.
                if click.stars.is_some() {
                    self.notice
                        .set(Some(words::dropped(&text::problem(&error))));
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

    /// Asks for what may have happened while nobody was listening: between the page and its stream,
    /// or while the stream was down.
    fn refresh(self) {
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
            self.queue
                .try_update(|queue| queue.reconcile(&acknowledged, &style.history));
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
    fn ask_for_pictures(self) {
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
