//! The form that begins a style.

use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wire::{drawing::Strength, ids::StyleId, learning::LearnerKind, style::NewStyle};

use super::learners::Learners;
use crate::{
    api,
    components::{
        drawing_field::DrawingField,
        field::{Field, Submission, Submit, keep_typed},
        strength::StrengthSlider,
    },
    desk::{
        drawing::{step_of, strength_of},
        prompts,
    },
    text::{self, drawing, studio as words},
};

/// A name, prompts of one's own or from the suggestions, and perhaps a drawing.
#[component]
pub fn BeginStyle() -> impl IntoView {
    let (name, lines) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let learner = RwSignal::new(LearnerKind::default());
    let (picked, step) = (RwSignal::new(None), RwSignal::new(step_of(Strength::USUAL)));
    // The style is there, and its drawing is not: all that is left to do is to send it again.
    let begun = RwSignal::new(None::<StyleId>);
    let submission = Submission::new();
    let navigate = use_navigate();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let prompts = match prompts::parse(&lines.get_untracked()) {
            Ok(prompts) => prompts,
            Err(error) => return submission.problem.set(Some(text::prompts_error(error))),
        };
        let navigate = navigate.clone();
        let file = picked.get_untracked();
        let style = NewStyle {
            name: name.get_untracked(),
            prompts,
            learner: learner.get_untracked(),
            drawing_follows: file.is_some(),
        };
        let strength = strength_of(step.get_untracked());
        let request = async move {
            let id = match begun.get_untracked() {
                Some(id) => id,
                None => api::styles::create(&style).await?.id,
            };
            if let Some(file) = file {
                begun.try_set(Some(id));
                api::styles::put_drawing(id, &file, strength).await?;
            }
            Ok(id)
        };
        submission.send(request, move |id| open(&navigate, id));
    };
    let has_drawing = Signal::derive(move || picked.with(Option::is_some));
    // While the drawing is on its way nothing is missing yet.
    let stuck = Memo::new(move |_| begun.get().filter(|_| !submission.busy.get()));
    let has_begun = Signal::derive(move || begun.with(Option::is_some));
    let label = Signal::derive(move || {
        if has_begun.get() {
            drawing::SEND_AGAIN
        } else {
            words::BEGIN
        }
    });
    let busy_label = Signal::derive(move || {
        if has_drawing.get() {
            drawing::SENDING
        } else {
            words::BEGINNING
        }
    });
    let ready = Signal::derive(move || has_drawing.get() || !has_begun.get());
    view! {
        <form method="post" class="begin-style" on:submit=send>
            <fieldset disabled=has_begun>
                <Field id="style-name" label=words::NAME value=name hint=words::NAME_HINT/>
                <PromptLines id="style-prompts" lines/>
            </fieldset>
            <DrawingField id="style-drawing" label=drawing::OPTIONAL picked/>
            <Show when=move || has_drawing.get()>
                <StrengthSlider id="style-strength" step/>
            </Show>
            <Show when=move || !has_begun.get()>
                <Learners chosen=learner/>
            </Show>
            <p class="notice" role="status">
                {move || stuck.get().map(|_| drawing::only_it_is_missing(name.get().trim()))}
            </p>
            <Submit submission label busy_label ready/>
            <Without stuck/>
        </form>
    }
}

/// The other way out when the style has begun and its drawing did not arrive.
#[component]
fn Without(stuck: Memo<Option<StyleId>>) -> impl IntoView {
    let submission = Submission::new();
    let navigate = use_navigate();
    let without = move |_| {
        let navigate = navigate.clone();
        if let Some(id) = stuck.get_untracked() {
            let request = api::styles::remove_drawing(id);
            submission.send(request, move |()| open(&navigate, id));
        }
    };
    view! {
        <Show when=move || stuck.get().is_some()>
            <button type="button" on:click=without.clone()>{drawing::WITHOUT}</button>
        </Show>
        <p class="problem" role="alert">{submission.problem}</p>
    }
}

fn open(navigate: &impl Fn(&str, NavigateOptions), style: StyleId) {
    navigate(&format!("/styles/{style}"), NavigateOptions::default());
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
