//! The answer to a picture, however old: changed or taken back. The style then learns its ratings
//! anew, which takes moments and is waited for here.

use leptos::{prelude::*, task::spawn_local};
use wire::{
    ids::{ImageId, JobId, RatingId, StyleId},
    problem::Code,
    rating::{RateImage, RatingCard, RatingUndone, Stars},
    replay::Replayed,
};

use crate::{
    api::{self, ApiError},
    browser,
    components::{notice::Notice, star_keys::StarKeys},
    desk::keys::Intent,
    text::{self, pictures as words, replay},
};

/// Between two looks whether the style has learned its ratings anew.
const LOOK_MS: i32 = 400;

/// So many looks are a minute. It goes on without us.
const LOOKS: u32 = 150;

/// Five keys, and one to take the answer back.
#[component]
pub fn Answer(
    /// The picture.
    image: ImageId,
    /// Its style.
    style: StyleId,
    /// What was answered, if anything; follows what is done here.
    rating: RwSignal<Option<RatingCard>>,
    /// Whether the panel is open: its keys work then only.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = Desk {
        image,
        style,
        rating,
        busy: RwSignal::new(false),
        turn: RwSignal::new(0),
        notice: RwSignal::new(None),
        pressed: RwSignal::new(None),
    };
    browser::on_intent(move |intent| match intent {
        _ if !open.get_untracked() => {}
        Intent::Answer(Some(stars)) => desk.give(stars),
        Intent::Undo => desk.take_back(),
        _ => {}
    });
    let keys = browser::keys_on();
    let is_answered = move || rating.with(Option::is_some);
    view! {
        <section class="answer">
            <h3 class="label">{move || if is_answered() { words::CHANGE } else { words::RATE }}</h3>
            <StarKeys
                pressed=desk.pressed
                keys
                enabled=Signal::derive(move || !desk.busy.get())
                on_rate=move |stars, _| desk.give(stars)
            />
            <Show when=is_answered>
                <button
                    type="button"
                    class="quiet"
                    aria-keyshortcuts=move || keys.get().then_some("u")
                    disabled=desk.busy
                    on:click=move |_| desk.take_back()
                >
                    {words::TAKE_BACK}
                    {move || keys.get().then(|| view! { <kbd>"U"</kbd> })}
                </button>
            </Show>
            <Notice text=desk.notice/>
        </section>
    }
}

#[derive(Clone, Copy)]
struct Desk {
    image: ImageId,
    style: StyleId,
    rating: RwSignal<Option<RatingCard>>,
    busy: RwSignal<bool>,
    /// Counts the changes made here: what an earlier one waits for is none of a later one's business.
    turn: RwSignal<u32>,
    notice: RwSignal<Option<String>>,
    pressed: RwSignal<Option<(Stars, u32)>>,
}

impl Desk {
    fn give(self, stars: Stars) {
        let Some(turn) = self.begin() else {
            return;
        };
        self.pressed
            .update(|last| *last = Some((stars, last.map_or(0, |(_, count)| count + 1))));
        let rate = RateImage {
            id: RatingId(browser::new_id()),
            stars: Some(stars),
            // What was said of the old stars need not hold for the new ones.
            hint: None,
            replaces: self.rating.get_untracked().map(|rating| rating.id),
            have: Vec::new(),
        };
        spawn_local(async move {
            let saved = api::images::rate(self.image, &rate).await;
            let saved = saved.map(|saved| (Some(saved.rating), saved.replay));
            self.follow(turn, saved).await;
        });
    }

    fn take_back(self) {
        let Some(rating) = self.rating.get_untracked() else {
            return;
        };
        let Some(turn) = self.begin() else {
            return;
        };
        spawn_local(async move {
            let undone = api::images::undo(self.image, rating.id).await;
            let undone = undone.map(|RatingUndone { replay }| (None, replay));
            self.follow(turn, undone).await;
        });
    }

    /// The number of the change that begins, unless one is being saved already.
    fn begin(self) -> Option<u32> {
        if self.busy.get_untracked() {
            return None;
        }
        self.busy.set(true);
        self.notice.set(Some(replay::SAVING.to_owned()));
        self.turn.update(|turn| *turn += 1);
        Some(self.turn.get_untracked())
    }

    async fn follow(self, turn: u32, saved: Result<(Option<RatingCard>, Option<JobId>), ApiError>) {
        let done = match saved {
            Ok((rating, job)) => {
                self.rating.try_set(rating);
                match job {
                    Some(_) => self.replayed(turn).await,
                    None => replay::SAVED.to_owned(),
                }
            }
            Err(error) => {
                // Somebody else, or another tab, changed it meanwhile.
                if matches!(error.code(), Some(Code::RatingChanged | Code::AlreadyRated))
                    && let Ok(card) = api::images::show(self.image).await
                {
                    self.rating.try_set(card.rating);
                }
                text::problem(&error)
            }
        };
        if self.is_newest(turn) {
            self.notice.try_set(Some(done));
            self.busy.try_set(false);
        }
    }

    /// Waits until the style has learned its ratings anew; another change may come before that.
    async fn replayed(self, turn: u32) -> String {
        self.notice.try_set(Some(replay::UNDER_WAY.to_owned()));
        self.busy.try_set(false);
        for _ in 0..LOOKS {
            if let Some(done) = self.look().await {
                return replay::done(done);
            }
            browser::sleep(LOOK_MS).await;
            if !self.is_newest(turn) {
                break;
            }
        }
        replay::UNDER_WAY.to_owned()
    }

    /// Whether nothing was changed here after that, and the page is still there.
    fn is_newest(self, turn: u32) -> bool {
        self.turn.try_get_untracked() == Some(turn)
    }

    async fn look(self) -> Option<Replayed> {
        let style = api::styles::show(self.style).await.ok()?;
        style.replay?.done
    }
}
