//! No page of that address, or nothing there for this person.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{status, text};

/// Says so, with the status that says so to programs.
#[component]
pub fn NotFound() -> impl IntoView {
    status::set(404);
    view! {
        <Title text=text::not_found::TITLE/>
        <section class="page narrow">
            <h1>{text::not_found::TITLE}</h1>
            <p class="lead">{text::not_found::LEAD}</p>
            <p><a href="/">{text::not_found::HOME}</a></p>
        </section>
    }
}
