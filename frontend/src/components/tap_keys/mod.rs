//! Four small keys to say what made a picture so. Never needed, never asked for.

use leptos::prelude::*;
use wire::taxonomy::{Dimension, Taxonomy};

use crate::{
    desk::{keys::TAPS, tap::Tap},
    text::{self, rate as words},
};

/// A key per dimension, and one short line that says what was said.
#[component]
pub fn TapKeys(
    /// The names, from the server.
    taxonomy: Taxonomy,
    /// What is tapped.
    #[prop(into)]
    tap: Signal<Option<Tap>>,
    /// Whether a letter presses them too.
    #[prop(into)]
    keys: Signal<bool>,
    /// What to do.
    on_tap: impl Fn(Dimension) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let key = move |dimension: Dimension| {
        let letter = TAPS.get(dimension.index()).copied().unwrap_or_default();
        let state = move || tap.get().filter(|tap| tap.dimension == dimension);
        let name = text::words(dimension.name());
        let spoken = {
            let name = name.clone();
            move || words::tapped(&name, state().map(|tap| tap.despite))
        };
        view! {
            <button
                type="button"
                class="tap-key"
                class:despite=move || state().is_some_and(|tap| tap.despite)
                aria-pressed=move || state().is_some().to_string()
                aria-label=spoken
                aria-keyshortcuts=move || keys.get().then_some(letter)
                on:click=move |_| on_tap(dimension)
            >
                {move || keys.get().then(|| view! { <kbd>{letter.to_uppercase()}</kbd> })}
                <span>{name}</span>
            </button>
        }
    };
    let line = move || match tap.get() {
        Some(tap) => words::tapped(&text::words(tap.dimension.name()), Some(tap.despite)),
        None => words::TAP_LINE.to_owned(),
    };
    let dimensions = taxonomy.dimensions.into_iter().map(|d| d.name);
    view! {
        <div class="tap-keys" role="group" aria-label=words::TAP_GROUP>
            <span class="tap-line" class:said=move || tap.get().is_some() aria-live="polite">
                {line}
            </span>
            <span class="tap-row">{dimensions.map(key).collect_view()}</span>
        </div>
    }
}
