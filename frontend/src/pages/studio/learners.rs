//! Choosing who learns: folded away, because the recommended one is right for nearly everybody.

use leptos::{either::Either, prelude::*, task::spawn_local};
use wire::learning::{LearnerCard, LearnerKind};

use crate::{
    api,
    components::learner_curve::LearnerCurve,
    text::{self, learners as words},
};

/// A disclosure with every learner, its honest sentence and its measured curve.
#[component]
pub fn Learners(
    /// The one that is chosen.
    chosen: RwSignal<LearnerKind>,
) -> impl IntoView {
    // Asked for when somebody looks: most never do.
    let learners = RwSignal::new(None);
    let ask = move |_| {
        if learners.with_untracked(Option::is_none) {
            spawn_local(async move {
                learners.try_set(Some(api::learners::list().await));
            });
        }
    };
    let list = move || {
        learners.get().map(|answer| match answer {
            Ok(cards) => Either::Left(view! {
                <fieldset class="learners">
                    <legend class="hint">{words::MEASURED}</legend>
                    {cards.into_iter().map(|card| choice(card, chosen)).collect_view()}
                </fieldset>
            }),
            Err(error) => Either::Right(view! { <p class="problem">{text::problem(&error)}</p> }),
        })
    };
    view! {
        <details class="advanced" on:toggle=ask>
            <summary>
                {words::ADVANCED}
                <span class="hint">{move || words::chosen(chosen.get())}</span>
            </summary>
            {list}
        </details>
    }
}

fn choice(card: LearnerCard, chosen: RwSignal<LearnerKind>) -> impl IntoView {
    let LearnerCard {
        kind,
        about,
        recommended,
        curve,
    } = card;
    view! {
        <label class="learner">
            <input
                type="radio"
                name="learner"
                value=kind.name()
                prop:checked=move || chosen.get() == kind
                on:change=move |_| chosen.set(kind)
            />
            <span class="learner-words">
                <strong>{kind.name()}</strong>
                {recommended.then(|| view! { <em>{words::RECOMMENDED}</em> })}
                <span class="hint">{about}</span>
            </span>
            <LearnerCurve curve/>
        </label>
    }
}
