//! What a style's pictures start from: given, changed, taken away.

use leptos::{either::Either, ev::SubmitEvent, prelude::*};
use wire::{
    drawing::{Drawing, Strength},
    ids::StyleId,
    style::EditStyle,
};

use crate::{
    api,
    browser::Picked,
    components::{
        drawing_field::{DrawingField, clear},
        field::{Submission, Submit},
        notice::Notice,
        strength::StrengthSlider,
    },
    desk::drawing::{step_of, strength_of},
    text::drawing as words,
};

/// The drawing that there is, or the place for one.
#[component]
pub fn StyleDrawing(id: StyleId, drawing: Option<Drawing>) -> impl IntoView {
    let drawing = RwSignal::new(drawing);
    let saved = RwSignal::new(None);
    let strength = drawing.with_untracked(|drawing| drawing.map(|drawing| drawing.strength));
    let step = RwSignal::new(step_of(strength.unwrap_or(Strength::USUAL)));
    let blob = Memo::new(move |_| drawing.get().map(|drawing| drawing.blob));
    let shown = move || match blob.get() {
        Some(blob) => Either::Left(view! {
            <figure class="drawing-now">
                <img
                    src=api::styles::drawing_source(id, blob)
                    alt=words::ALT
                    width="512"
                    height="512"
                />
            </figure>
            <Change id drawing step saved/>
            <Another id drawing step saved label=words::INSTEAD/>
            <Remove id drawing saved/>
        }),
        None => Either::Right(view! {
            <p>{words::LEAD}</p>
            <Another id drawing step saved label=words::LABEL/>
        }),
    };
    view! {
        // What was saved before is no news beside another choice.
        <div on:input=move |_| saved.set(None) on:drop=move |_| saved.set(None)>{shown}</div>
        <Notice text=saved/>
    }
}

/// The strength alone.
#[component]
fn Change(
    id: StyleId,
    drawing: RwSignal<Option<Drawing>>,
    step: RwSignal<u32>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let submission = Submission::new();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        saved.set(None);
        let strength = strength_of(step.get_untracked());
        let changes = EditStyle {
            strength: Some(strength),
            ..EditStyle::default()
        };
        let request = async move { api::styles::edit(id, &changes).await };
        submission.send(request, move |()| {
            drawing.update(|drawing| {
                if let Some(drawing) = drawing {
                    drawing.strength = strength;
                }
            });
            saved.set(Some(words::STRENGTH_SAVED.to_owned()));
        });
    };
    let is_other = move || {
        let now = drawing.with(|drawing| drawing.map(|drawing| step_of(drawing.strength)));
        now != Some(step.get())
    };
    view! {
        <form method="post" on:submit=send>
            <StrengthSlider id="strength" step/>
            <Submit submission label=words::SAVE_STRENGTH class="" ready=Signal::derive(is_other)/>
        </form>
    }
}

/// A first drawing, or one in place of the old.
#[component]
fn Another(
    id: StyleId,
    drawing: RwSignal<Option<Drawing>>,
    step: RwSignal<u32>,
    saved: RwSignal<Option<String>>,
    label: &'static str,
) -> impl IntoView {
    let picked = RwSignal::new(None::<Picked>);
    let submission = Submission::new();
    let is_first = drawing.with_untracked(Option::is_none);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        saved.set(None);
        let Some(file) = picked.get_untracked() else {
            return;
        };
        let strength = strength_of(step.get_untracked());
        let request = async move { api::styles::put_drawing(id, &file, strength).await };
        submission.send(request, move |card| {
            clear(picked);
            drawing.set(card.drawing);
            saved.set(Some(words::SAVED.to_owned()));
        });
    };
    let ready = Signal::derive(move || picked.with(Option::is_some));
    let slider =
        move || (is_first && ready.get()).then(|| view! { <StrengthSlider id="strength" step/> });
    view! {
        <form method="post" on:submit=send>
            <DrawingField id="drawing" label picked/>
            {slider}
            <Show when=move || ready.get()>
                <Submit submission label=words::START busy_label=words::SENDING class=""/>
            </Show>
        </form>
    }
}

/// Without a question: the artist has the file, and can put it again.
#[component]
fn Remove(
    id: StyleId,
    drawing: RwSignal<Option<Drawing>>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let submission = Submission::new();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        saved.set(None);
        submission.send(api::styles::remove_drawing(id), move |()| {
            drawing.set(None);
            saved.set(Some(words::REMOVED.to_owned()));
        });
    };
    view! {
        <form method="post" on:submit=send>
            <Submit submission label=words::REMOVE busy_label=words::REMOVING class=""/>
        </form>
    }
}
