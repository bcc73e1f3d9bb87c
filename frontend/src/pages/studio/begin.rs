//! The form that begins a style.

use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wire::{learning::LearnerKind, style::NewStyle};

use super::learners::Learners;
use crate::{
    api,
    components::field::{Field, Submission, Submit, keep_typed},
    desk::prompts,
    text::{self, studio as words},
};

/// A name, and prompts of one's own or from the suggestions.
#[component]
pub fn BeginStyle() -> impl IntoView {
    let (name, lines) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let learner = RwSignal::new(LearnerKind::default());
    let submission = Submission::new();
    let navigate = use_navigate();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let prompts = match prompts::parse(&lines.get_untracked()) {
            Ok(prompts) => prompts,
            Err(error) => return submission.problem.set(Some(text::prompts_error(error))),
        };
        let navigate = navigate.clone();
        let style = NewStyle {
            name: name.get_untracked(),
            prompts,
            learner: learner.get_untracked(),
        };
        let request = async move { api::styles::create(&style).await };
        submission.send(request, move |card| {
            navigate(&format!("/styles/{}", card.id), NavigateOptions::default());
        });
    };
    view! {
        <form method="post" class="begin-style" on:submit=send>
            <Field id="style-name" label=words::NAME value=name hint=words::NAME_HINT/>
            <PromptLines id="style-prompts" lines/>
            <Learners chosen=learner/>
            <Submit submission label=words::BEGIN busy_label=words::BEGINNING/>
        </form>
    }
}

/// Prompts as lines of text, with suggestions to press.
#[component]
pub fn PromptLines(
    /// Name of the field, unique on its page.
    id: &'static str,
    /// The lines.
    lines: RwSignal<String>,
) -> impl IntoView {
    let suggestion = move |idea: &'static str| {
        let add = move |_| lines.update(|text| *text = prompts::with(text, idea));
        view! { <button type="button" class="chip" on:click=add>{idea}</button> }
    };
    let area = NodeRef::<html::Textarea>::new();
    keep_typed(
        lines,
        move || area.get().map(|area| area.value()),
        move |text| {
            if let Some(area) = area.get_untracked() {
                area.set_value(text);
            }
        },
    );
    view! {
        <div class="field">
            <label for=id>{words::PROMPTS}</label>
            <textarea
                node_ref=area
                id=id
                rows="4"
                required
                aria-describedby=format!("{id}-hint")
                on:input=move |event| lines.set(event_target_value(&event))
            ></textarea>
            <p class="hint" id=format!("{id}-hint")>{words::PROMPTS_HINT}</p>
            <div class="chips" role="group" aria-label=words::SUGGESTIONS>
                {words::IDEAS.map(suggestion).collect_view()}
            </div>
        </div>
    }
}
