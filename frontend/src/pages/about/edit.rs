//! Changing a style's name and prompts.

use leptos::{ev::SubmitEvent, prelude::*};
use wire::{ids::StyleId, style::EditStyle};

use crate::{
    api,
    components::{
        field::{Field, Submission, Submit},
        notice::Notice,
    },
    desk::prompts,
    pages::studio::begin::PromptLines,
    text::{self, about as words},
};

/// The prompts as lines.
#[component]
pub fn Prompts(id: StyleId, lines: String) -> impl IntoView {
    let lines = RwSignal::new(lines);
    let (submission, saved) = (Submission::new(), RwSignal::new(None));
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        saved.set(None);
        match prompts::parse(&lines.get_untracked()) {
            Err(error) => submission.problem.set(Some(text::prompts_error(error))),
            Ok(prompts) => {
                let changes = EditStyle {
                    prompts: Some(prompts),
                    ..EditStyle::default()
                };
                let request = async move { api::styles::edit(id, &changes).await };
                let done = words::PROMPTS_SAVED.to_owned();
                submission.send(request, move |()| saved.set(Some(done)));
            }
        }
    };
    view! {
        <form method="post" on:submit=send>
            <PromptLines id="prompts" lines/>
            <Submit submission label=text::SAVE class=""/>
            <Notice text=saved/>
        </form>
    }
}

/// The name; the heading follows once it is saved.
#[component]
pub fn Rename(id: StyleId, name: RwSignal<String>) -> impl IntoView {
    let wanted = RwSignal::new(name.get_untracked());
    let (submission, saved) = (Submission::new(), RwSignal::new(None));
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        saved.set(None);
        let changes = EditStyle {
            name: Some(wanted.get_untracked()),
            ..EditStyle::default()
        };
        let request = async move { api::styles::edit(id, &changes).await };
        submission.send(request, move |()| {
            name.set(wanted.get_untracked().trim().to_owned());
            saved.set(Some(text::SAVED.to_owned()));
        });
    };
    view! {
        <form method="post" on:submit=send>
            <Field id="name" label=words::NAME value=wanted/>
            <Submit submission label=words::RENAME class=""/>
            <Notice text=saved/>
        </form>
    }
}
