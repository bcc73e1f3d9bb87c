//! My styles, as pictures on a wall.

pub mod begin;
mod learners;

use leptos::prelude::*;
use leptos_meta::Title;
use wire::style::StyleCard;

use begin::BeginStyle;

use super::in_place_of_page;
use crate::{
    api,
    components::{dialog::Dialog, empty_state::EmptyState, style_cover::StyleCover},
    loaded::Loaded,
    text::{ABOUT_SKETCH, LOADING, studio as words},
};

/// The page.
#[component]
pub fn Studio() -> impl IntoView {
    let styles = Loaded::new(|| Some(api::styles::list()));
    let page = move || {
        Suspend::new(async move {
            match styles.get().await {
                Ok(styles) if styles.is_empty() => first_style().into_any(),
                Ok(styles) => wall(styles).into_any(),
                Err(error) => in_place_of_page(&error),
            }
        })
    };
    view! {
        <Title text=words::TITLE/>
        <div class="page">
            <Transition fallback=|| view! { <p class="loading">{LOADING}</p> }>{page}</Transition>
        </div>
    }
}

fn first_style() -> impl IntoView {
    view! {
        <h1 class="visually-hidden">{words::TITLE}</h1>
        <EmptyState title=words::EMPTY_TITLE lead=words::EMPTY_LEAD>
            <BeginStyle/>
        </EmptyState>
    }
}

fn wall(styles: Vec<StyleCard>) -> impl IntoView {
    let beginning = RwSignal::new(false);
    let covers = styles.into_iter().map(|card| {
        let source = card.cover.map(api::images::source);
        view! { <li><StyleCover card source/></li> }
    });
    view! {
        <header class="page-head">
            <h1>{words::TITLE}</h1>
            <button type="button" class="primary" on:click=move |_| beginning.set(true)>
                {words::BEGIN}
            </button>
        </header>
        <ul class="covers">{covers.collect_view()}</ul>
        <p class="caption">{ABOUT_SKETCH}</p>
        <Dialog open=beginning title=words::BEGIN.to_owned()>
            <BeginStyle/>
        </Dialog>
    }
}
