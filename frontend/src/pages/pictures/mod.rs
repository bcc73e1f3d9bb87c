//! All my pictures, newest first, each with where it comes from.

mod details;
mod list;

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use wire::{ids::StyleId, style::StyleCard};

use list::List;

use super::in_place_of_page;
use crate::{
    api,
    loaded::Loaded,
    text::{self, pictures as words},
    vocabulary::Vocabulary,
};

/// The page; `?style=` shows one style's.
#[component]
pub fn Pictures() -> impl IntoView {
    let query = use_query_map();
    let style = Memo::new(move |_| {
        query.with(|query| query.get("style").and_then(|id| id.parse::<StyleId>().ok()))
    });
    let first = Loaded::new(move || Some(api::images::list(style.get(), None)));
    let styles = Loaded::new(|| Some(api::styles::list()));
    let vocabulary = expect_context::<Vocabulary>();
    let page = move || {
        Suspend::new(async move {
            match (
                first.get().await,
                styles.get().await,
                vocabulary.taxonomy().await,
            ) {
                (Ok(pictures), Ok(styles), Ok(taxonomy)) => {
                    let style = style.get_untracked();
                    Either::Left(view! {
                        {(!styles.is_empty()).then(|| view! { <Filter styles chosen=style/> })}
                        <List first=pictures style taxonomy/>
                    })
                }
                (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => {
                    Either::Right(in_place_of_page(&error))
                }
            }
        })
    };
    view! {
        <Title text=words::TITLE/>
        <div class="page">
            <h1>{words::TITLE}</h1>
            <Transition fallback=|| view! { <p class="loading">{text::LOADING}</p> }>{page}</Transition>
        </div>
    }
}

#[component]
fn Filter(styles: Vec<StyleCard>, chosen: Option<StyleId>) -> impl IntoView {
    let navigate = use_navigate();
    let choose = move |event| {
        let wanted = event_target_value(&event);
        let query = if wanted.is_empty() {
            String::new()
        } else {
            format!("?style={wanted}")
        };
        navigate(&format!("/pictures{query}"), NavigateOptions::default());
    };
    let option = |card: StyleCard| {
        let chosen = chosen == Some(card.id);
        view! { <option value=card.id.to_string() selected=chosen>{card.name}</option> }
    };
    view! {
        <div class="field filter">
            <label for="style">{words::STYLE}</label>
            <select id="style" on:change=choose>
                <option value="" selected=chosen.is_none()>{words::ALL}</option>
                {styles.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}
