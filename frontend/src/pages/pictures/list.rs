//! An endless list, a page at a time.

use leptos::{html, prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use wire::{
    ids::{ImageId, StyleId},
    image::ImageCard,
    page::Page,
    taxonomy::Taxonomy,
};

use super::details::Details;
use crate::{
    api, browser,
    components::{dialog::Dialog, empty_state::EmptyState},
    text::{self, pictures as words},
};

/// The pictures, and the panel of the one that was opened.
#[component]
pub fn List(first: Page<ImageCard>, style: Option<StyleId>, taxonomy: Taxonomy) -> impl IntoView {
    if first.items.is_empty() {
        let empty = view! {
            <EmptyState title=words::EMPTY_TITLE lead=words::EMPTY_LEAD>
                <a class="button primary" href="/studio">{words::TO_THE_STUDIO}</a>
            </EmptyState>
        };
        return empty.into_any();
    }
    let after = RwSignal::new(first.next);
    let pictures = RwSignal::new(first.items);
    let chosen = RwSignal::new(None::<ImageId>);
    let open = RwSignal::new(false);
    let opened = move || {
        let id = chosen.get()?;
        pictures.with_untracked(|all| all.iter().find(|card| card.id == id).cloned())
    };
    let title = move || opened().map(|card| card.prompt).unwrap_or_default();
    let taxonomy = StoredValue::new(taxonomy);
    let details = move || {
        let taxonomy = taxonomy.get_value();
        opened().map(|card| view! { <Details card taxonomy/> })
    };
    let painters = move || pictures.with(|all| painters(all));
    let choose = move |id| {
        chosen.set(Some(id));
        open.set(true);
    };
    view! {
        <ul class="thumbs">
            <For each=move || pictures.get() key=|card| card.id let(card)>
                <Thumb card on_open=choose/>
            </For>
        </ul>
        <More style after pictures/>
        <p class="caption">{painters}</p>
        <Dialog open title=Signal::derive(title)>{details}</Dialog>
    }
    .into_any()
}

/// One sentence per engine.
fn painters(pictures: &[ImageCard]) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for card in pictures {
        let sentence = text::painted_by(&card.provenance.engine);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences.join(" ")
}

#[component]
fn Thumb(
    card: ImageCard,
    on_open: impl Fn(ImageId) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let id = card.id;
    let answer = match &card.rating {
        None => words::UNRATED.to_owned(),
        Some(rating) => rating
            .stars
            .map_or_else(|| words::SKIPPED.to_owned(), |s| text::stars(s.get())),
    };
    view! {
        <li>
            <button type="button" class="thumb" on:click=move |_| on_open(id)>
                <img
                    src=api::images::source(id)
                    alt=text::picture_alt(&card.prompt)
                    width=card.width.to_string()
                    height=card.height.to_string()
                    loading="lazy"
                />
                <span>{answer}</span>
            </button>
        </li>
    }
}

/// Brings the next page when it comes into view, or when it is pressed.
#[component]
fn More(
    style: Option<StyleId>,
    after: RwSignal<Option<String>>,
    pictures: RwSignal<Vec<ImageCard>>,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let (busy, problem) = (RwSignal::new(false), RwSignal::new(None));
    let fetch = move || {
        let Some(cursor) = after.get_untracked() else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            match api::images::list(style, Some(&cursor)).await {
                Ok(page) => {
                    pictures.try_update(|all| all.extend(page.items));
                    after.try_set(page.next);
                }
                Err(error) => {
                    problem.try_set(Some(text::problem(&error)));
                }
            }
            busy.try_set(false);
        });
    };
    Effect::new(move |_| {
        if let Some(button) = button.get() {
            let watching = SendWrapper::new(browser::on_seen(&button, fetch));
            on_cleanup(move || drop(watching));
        }
    });
    let more = move || after.with(Option::is_some);
    view! {
        <p class="problem" role="alert">{problem}</p>
        <Show when=more fallback=|| view! { <p class="caption">{words::END}</p> }>
            <button type="button" node_ref=button disabled=busy on:click=move |_| fetch()>
                {words::MORE}
            </button>
        </Show>
    }
}
