//! A page that has nothing to show yet says so and invites.

use leptos::prelude::*;

/// A heading, a sentence, and what to do about it.
#[component]
pub fn EmptyState(
    /// The heading.
    title: &'static str,
    /// The sentence.
    lead: &'static str,
    /// A button, a form, or nothing.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="empty-state">
            <h2>{title}</h2>
            <p class="lead">{lead}</p>
            {children.map(|children| children())}
        </section>
    }
}
