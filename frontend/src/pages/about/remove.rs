//! Deleting a style, after its name was typed.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wire::ids::StyleId;

use crate::{
    api,
    components::field::{Field, Submission, Submit},
    text::about as words,
};

/// The form.
#[component]
pub fn Remove(id: StyleId, name: RwSignal<String>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let submission = Submission::new();
    let navigate = use_navigate();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let navigate = navigate.clone();
        submission.send(api::styles::delete(id), move |()| {
            navigate("/studio", NavigateOptions::default());
        });
    };
    let confirmed = move || typed.with(|typed| typed.trim() == name.get());
    view! {
        <form method="post" on:submit=send>
            <p>{words::DELETE_WARNING}</p>
            <Field id="confirm" label=Signal::derive(move || words::confirm(&name.get())) value=typed/>
            <Submit
                submission
                label=words::DELETE_FINALLY
                class="danger"
                ready=Signal::derive(confirmed)
            />
        </form>
    }
}
