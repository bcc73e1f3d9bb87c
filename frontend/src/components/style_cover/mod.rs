//! A style as a picture on the wall with its name under it.

use leptos::prelude::*;
use wire::style::StyleCard;

use crate::text;

/// Links to where the style is rated.
#[component]
pub fn StyleCover(
    /// What to show.
    card: StyleCard,
    /// Where the cover picture is, if there is one.
    source: Option<String>,
) -> impl IntoView {
    let picture = match source {
        Some(source) => view! { <img src=source alt="" width="512" height="512"/> }.into_any(),
        None => view! { <span class="no-cover">{text::studio::NO_COVER}</span> }.into_any(),
    };
    let facts = [
        Some(text::ratings(card.ratings)),
        card.state
            .map(|state| text::insight::state(state).to_owned()),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let prompts = card.prompts.join(" · ");
    view! {
        <a class="style-cover" href=format!("/styles/{}", card.id)>
            <span class="cover-picture">{picture}</span>
            <span class="cover-name">{card.name}</span>
            <span class="cover-facts">{facts}</span>
            <span class="cover-prompts">{prompts}</span>
        </a>
    }
}
