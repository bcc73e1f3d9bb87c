//! The rating page, the heart of the place: one picture, five keys, and what they teach.

#![expect(
    clippy::large_types_passed_by_value,
    reason = "the desk is a handful of signal handles, large only while they carry debug locations"
)]

mod desk;
mod easel;
mod keyboard;
mod reveal;
mod side;

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_params_map};
use wire::{
    account::Me,
    ids::{BlobHash, StyleId},
    image::NextImages,
    problem::{Code, Problem},
    style::StyleView,
    taxonomy::Taxonomy,
};

use desk::Desk;
use easel::Easel;
use keyboard::Keyboard;
use side::Side;

use super::in_place_of_page;
use crate::{
    api::{self, ApiError},
    browser,
    components::{
        notice::{Announcement, Notice},
        star_keys::StarKeys,
        tap_keys::TapKeys,
    },
    desk::next_page::log_in_first,
    loaded::Loaded,
    outbox::{Holdup, Outbox},
    session::Session,
    text::{self, rate as words},
    vocabulary::Vocabulary,
};

/// Loads a style with what waits to be rated.
#[component]
pub fn Rate() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<StyleId>().ok()));
    let style = Loaded::new(move || id.get().map(api::styles::show));
    let next = Loaded::new(move || id.get().map(|id| api::styles::next(id, &[], 0)));
    let (session, words) = (expect_context::<Session>(), expect_context::<Vocabulary>());
    let page = move || {
        Suspend::new(async move {
            match (
                style.get().await,
                next.get().await,
                session.me().await,
                words.taxonomy().await,
            ) {
                (Ok(style), Ok(next), Ok(Some(me)), Ok(taxonomy)) => {
                    Either::Left(view! { <Room style next me taxonomy/> })
                }
                (Err(error), ..)
                | (_, Err(error), ..)
                | (_, _, Err(error), _)
                | (.., Err(error)) => Either::Right(in_place_of_page(&error)),
                (_, _, Ok(None), _) => Either::Right(in_place_of_page(&logged_out())),
            }
        })
    };
    view! {
        <Suspense fallback=|| view! { <p class="loading">{text::LOADING}</p> }>{page}</Suspense>
    }
}

fn logged_out() -> ApiError {
    ApiError::Refused(Problem::new(Code::NotLoggedIn, ""))
}

#[component]
fn Room(style: StyleView, next: NextImages, me: Me, taxonomy: Taxonomy) -> impl IntoView {
    let outbox = expect_context::<Outbox>();
    let name = style.card.name.clone();
    let (id, kept) = (
        style.card.id,
        style.card.drawing.map(|drawing| drawing.blob),
    );
    let desk = Desk::open(style, next, me.id, outbox);
    let (help, keys) = (RwSignal::new(false), browser::keys_on());
    let key = move |name: &'static str| move || keys.get().then(|| view! { <kbd>{name}</kbd> });
    let showing = Memo::new(move |_| desk.queue.with(|queue| queue.showing().cloned()));
    let drawing = Memo::new(move |_| showing.get()?.provenance.drawing);
    let drawing = move || {
        let blob = drawing.get()?.blob;
        Some(view! { <StartedFrom style=id blob is_kept=kept == Some(blob)/> })
    };
    let prompt = move || showing.get().map(|card| card.prompt);
    let painter = move || {
        let engine = showing.get().map(|card| card.provenance.engine);
        engine.map_or_else(
            || text::ABOUT_SKETCH.to_owned(),
            |engine| text::painted_by(&engine),
        )
    };
    view! {
        <Title text=name.clone()/>
        <div class="rate">
            <header class="rate-head">
                <h1>{name}</h1>
                <p class="rate-prompt">{prompt}</p>
                {drawing}
            </header>
            <Easel desk/>
            <div class="rate-keys">
                <TapKeys
                    taxonomy=taxonomy.clone()
                    tap=desk.tap
                    keys
                    on_tap=move |dimension| desk.tapped(dimension)
                />
                <button
                    type="button"
                    class="quiet rate-skip"
                    aria-keyshortcuts=move || keys.get().then_some("s")
                    on:click=move |event| desk.clicked(None, event.detail())
                >
                    {words::SKIP}
                    {key("S")}
                </button>
                <StarKeys
                    pressed=desk.pressed
                    keys
                    enabled=Signal::derive(move || showing.with(Option::is_some))
                    on_rate=move |stars, clicks| desk.clicked(Some(stars), clicks)
                />
                <div class="rate-actions">
                    <button
                        type="button"
                        class="quiet"
                        aria-keyshortcuts=move || keys.get().then_some("u")
                        on:click=move |_| desk.undo()
                    >
                        {words::UNDO}
                        {key("U")}
                    </button>
                    <button type="button" class="quiet only-wide" on:click=move |_| help.set(true)>
                        {words::KEYS}
                        {key("?")}
                    </button>
                </div>
            </div>
            <div class="rate-notes">
                <Notice text=desk.notice/>
                <Waiting outbox/>
                <p class="caption">{painter}</p>
            </div>
            <Side desk taxonomy/>
            <Announcement text=desk.announcement/>
        </div>
        <Keyboard desk help on=keys/>
    }
}

/// Said of a picture that started from a drawing, whatever the style's next ones start from. An
/// earlier drawing is not kept, so it is only named.
#[component]
fn StartedFrom(style: StyleId, blob: BlobHash, is_kept: bool) -> impl IntoView {
    let source = api::styles::drawing_source(style, blob);
    let thumbnail = is_kept.then(|| view! { <img src=source alt="" width="512" height="512"/> });
    view! {
        <a class="rate-drawing" href=format!("/styles/{style}/about#drawing-section")>
            {thumbnail}
            <span>{text::drawing::STARTED_FROM}</span>
        </a>
    }
}

/// Clicks that have not arrived, said plainly, and what helps.
#[component]
fn Waiting(outbox: Outbox) -> impl IntoView {
    let (path, fragile) = (use_location().pathname, move || outbox.fragile());
    let waiting = move || match outbox.waiting() {
        Some((count, why)) => Some(words::waiting(count, why, fragile())),
        None => fragile().then(|| words::FRAGILE.to_owned()),
    };
    let must_log_in = move || {
        outbox
            .waiting()
            .is_some_and(|(_, why)| why == Holdup::LogIn)
    };
    view! {
        <p class="notice" role="status">
            {waiting}
            <Show when=must_log_in>
                " "
                <a href=move || log_in_first(&path.get())>{text::nav::LOG_IN}</a>
            </Show>
        </p>
    }
}
