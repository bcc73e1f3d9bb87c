//! A sentence about what just happened, for the eye and for the screen reader.

use leptos::prelude::*;

/// One line that comes and goes; polite, so it never interrupts.
#[component]
pub fn Notice(
    /// What to say, if anything.
    #[prop(into)]
    text: Signal<Option<String>>,
) -> impl IntoView {
    view! { <p class="notice" role="status">{move || text.get()}</p> }
}

/// What only a screen reader needs to hear.
#[component]
pub fn Announcement(
    /// What to say.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <p class="visually-hidden" aria-live="polite">{text}</p> }
}
