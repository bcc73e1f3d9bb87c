//! How much of a drawing may change, as a slider that speaks in words.

use leptos::prelude::*;

use crate::{
    desk::drawing::{STEPS, strength_of},
    text::drawing as words,
};

/// The slider.
#[component]
pub fn StrengthSlider(
    /// Name of the field, unique on its page.
    id: &'static str,
    /// The step it stands at.
    step: RwSignal<u32>,
) -> impl IntoView {
    let said = move || words::strength(strength_of(step.get()));
    let input = move |event| {
        if let Ok(wanted) = event_target_value(&event).parse() {
            step.set(wanted);
        }
    };
    view! {
        <div class="field strength">
            <label for=id>{words::STRENGTH}</label>
            <input
                id=id
                type="range"
                min="1"
                max=STEPS.to_string()
                step="1"
                value=step.get_untracked().to_string()
                prop:value=move || step.get().to_string()
                aria-valuetext=said
                on:input=input
            />
            <p class="strength-ends" aria-hidden="true">
                <span>{words::CLOSE}</span>
                <span class="strength-said">{said}</span>
                <span>{words::FREE}</span>
            </p>
        </div>
    }
}
