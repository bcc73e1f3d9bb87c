//! Changing a style's name, its prompts and how different its pictures are.

use leptos::{ev::SubmitEvent, prelude::*};
use wire::{ids::StyleId, style::EditStyle, variety::Variety};

use crate::{
    api,
    components::{
        field::{Field, Submission, Submit},
        notice::Notice,
    },
    desk::prompts,
    pages::studio::begin::PromptLines,
    text::{self, about as words, variety as dial},
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
        // A press adds a suggestion.
        <form
            method="post"
            on:submit=send
            on:input=move |_| saved.set(None)
            on:click=move |_| saved.set(None)
        >
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
        <form method="post" on:submit=send on:input=move |_| saved.set(None)>
            <Field id="name" label=words::NAME value=wanted/>
            <Submit submission label=words::RENAME class=""/>
            <Notice text=saved/>
        </form>
    }
}

/// The dial between small steps and surprises.
#[component]
pub fn VarietyDial(id: StyleId, variety: Variety) -> impl IntoView {
    let chosen = RwSignal::new(variety);
    let (submission, saved) = (Submission::new(), RwSignal::new(None));
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        saved.set(None);
        let changes = EditStyle {
            variety: Some(chosen.get_untracked()),
            ..EditStyle::default()
        };
        let request = async move { api::styles::edit(id, &changes).await };
        submission.send(request, move |()| saved.set(Some(dial::SAVED.to_owned())));
    };
    let option = move |variety: Variety| {
        let (name, hint) = dial::of(variety);
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="variety"
                    value=variety.name()
                    prop:checked=move || chosen.get() == variety
                    on:change=move |_| chosen.set(variety)
                />
                <span>
                    {name}
                    " "
                    <span class="hint">{hint}</span>
                </span>
            </label>
        }
    };
    view! {
        <form method="post" on:submit=send on:input=move |_| saved.set(None)>
            <fieldset>
                <legend class="hint">{dial::LEAD}</legend>
                {Variety::ALL.map(option).collect_view()}
            </fieldset>
            <Submit submission label=text::SAVE class=""/>
            <Notice text=saved/>
        </form>
    }
}
