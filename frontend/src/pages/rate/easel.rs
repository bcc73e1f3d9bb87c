//! The picture on the screen, with the next ones lying ready behind it.
//!
//! All of them are in the document, stacked; only one is visible. A picture comes forward after the
//! browser has decoded it, so a key press changes a class and nothing else.

use leptos::{html, prelude::*, task::spawn_local};
use web_sys::HtmlImageElement;
use wire::{ids::ImageId, image::ImageCard};

use super::desk::Desk;
use crate::{
    api, browser,
    desk::{outbox::wait_ms, rating_queue::RatingQueue},
    text::{self, rate as words},
};

/// How often a picture is asked for before it is skipped: for half a minute.
const TRIES: u32 = 6;

/// The frame.
#[component]
pub fn Easel(desk: Desk) -> impl IntoView {
    let pictures = move || desk.queue.with(RatingQueue::pictures);
    let empty = Memo::new(move |_| desk.queue.with(|queue| queue.showing().is_none()));
    view! {
        <div class="easel-room">
            <div class="easel">
                <For each=pictures key=|card| card.id let(card)>
                    <Picture desk card/>
                </For>
                // Here from the beginning: what comes into the page with its words is not read out.
                <div role="status">
                    <Show when=move || empty.get()>
                        <Painting desk/>
                    </Show>
                </div>
            </div>
        </div>
    }
}

#[component]
fn Picture(desk: Desk, card: ImageCard) -> impl IntoView {
    let id = card.id;
    let image = NodeRef::<html::Img>::new();
    let showing = Memo::new(move |_| {
        desk.queue
            .with(|queue| queue.showing().is_some_and(|card| card.id == id))
    });
    let ready = Memo::new(move |_| desk.queue.with(|queue| queue.is_ready(id)));
    Effect::new(move |_| {
        let Some(image) = image.get() else { return };
        spawn_local(load(desk, id, image));
    });
    view! {
        <img
            node_ref=image
            class="picture"
            class:showing=showing
            class:ready=ready
            src=api::images::source(id)
            alt=text::picture_alt(&card.prompt)
            width=card.width.to_string()
            height=card.height.to_string()
            decoding="sync"
            draggable="false"
        />
    }
}

/// Asks for the picture until it can be drawn, or is given up.
async fn load(desk: Desk, id: ImageId, image: HtmlImageElement) {
    let mut tries = 0;
    while !browser::decode(&image).await {
        tries += 1;
        if !desk.failed(id) || (tries >= TRIES && desk.give_up(id).await) {
            return;
        }
        browser::sleep(wait_ms(tries)).await;
        // Setting the source again is how a picture is asked for again.
        image.set_src(&api::images::source(id));
    }
    desk.loaded(id);
}

/// Nothing to rate yet, and why.
#[component]
fn Painting(desk: Desk) -> impl IntoView {
    let headline = move || match desk.painting.get() {
        _ if desk.lost.get() => words::LOST.to_owned(),
        Some((step, steps)) => words::painting_step(step, steps),
        None => words::PAINTING.to_owned(),
    };
    let first = move || desk.queue.with(|queue| queue.last().is_none());
    let note = move || match desk.trouble.get() {
        _ if desk.lost.get() => words::LOST_NOTE.to_owned(),
        Some(reason) => reason,
        None if first() => words::FIRST.to_owned(),
        None => words::NEXT.to_owned(),
    };
    view! {
        <div class="painting">
            <p class="painting-headline">{headline}</p>
            <p>{note}</p>
        </div>
    }
}
