//! Rating by rating: the picture, what was foreseen and given, and what the style thought before and
//! after.

use leptos::{either::Either, prelude::*};
use wire::{
    foresight::expected,
    ids::StyleId,
    style::{HistoryPoint, VersionView},
    taxonomy::Taxonomy,
};

use crate::{
    api,
    components::{effects::EffectBars, mix_change::MixChange},
    loaded::Loaded,
    text::{self, insight as words},
};

/// One step at a time, the newest first.
#[component]
pub fn Steps(
    /// Which style.
    style: StyleId,
    /// The log; its versions are the steps.
    history: Vec<HistoryPoint>,
    /// The names, from the server.
    taxonomy: Taxonomy,
) -> impl IntoView {
    let mut steps: Vec<u32> = history
        .iter()
        .filter_map(|point| point.learned_in)
        .collect();
    // Ratings that were learned again together share a version.
    steps.dedup();
    let count = steps.len();
    let steps = StoredValue::new(steps);
    let place = RwSignal::new(count.saturating_sub(1));
    let version = Loaded::new(move || {
        let number = steps.with_value(|steps| steps.get(place.get()).copied())?;
        Some(api::styles::version(style, number))
    });
    let (history, taxonomy) = (StoredValue::new(history), StoredValue::new(taxonomy));
    let step = move || {
        Suspend::new(async move {
            match version.get().await {
                Ok(version) => {
                    let point = history.with_value(|all| point_of(all, &version));
                    let taxonomy = taxonomy.get_value();
                    Either::Left(view! { <Step point version taxonomy/> })
                }
                Err(error) => {
                    Either::Right(view! { <p class="problem">{text::problem(&error)}</p> })
                }
            }
        })
    };
    let at_first = move || place.get() == 0;
    let at_newest = move || place.get() + 1 >= count;
    // Not disabled at the ends: a button that is loses the focus.
    view! {
        <div class="step-keys">
            <button
                type="button"
                aria-disabled=move || at_first().then_some("true")
                on:click=move |_| place.update(|n| *n = n.saturating_sub(1))
            >
                {words::EARLIER}
            </button>
            <span class="count">{move || words::step(place.get() + 1, count)}</span>
            <button
                type="button"
                aria-disabled=move || at_newest().then_some("true")
                on:click=move |_| place.update(|n| *n = (*n + 1).min(count.saturating_sub(1)))
            >
                {words::LATER}
            </button>
        </div>
        <Transition fallback=|| view! { <p class="caption">{text::LOADING}</p> }>{step}</Transition>
    }
}

fn point_of(history: &[HistoryPoint], version: &VersionView) -> Option<HistoryPoint> {
    let rating = version.rating?;
    history.iter().find(|point| point.rating == rating).cloned()
}

#[component]
fn Step(point: Option<HistoryPoint>, version: VersionView, taxonomy: Taxonomy) -> impl IntoView {
    let picture = point.map(|point| {
        let given = text::stars(point.stars.get());
        let foreseen = point.predicted.map(|five| words::foreseen(expected(&five)));
        let tapped = point
            .hint
            .map(|hint| words::hint(hint.dimension.name(), hint.liked));
        let said = [Some(given.clone()), tapped, foreseen]
            .into_iter()
            .flatten();
        let said = said.collect::<Vec<_>>().join(" · ");
        view! {
            <figure class="step-picture">
                <img
                    src=api::images::source(point.image)
                    alt=words::rated(&given)
                    width="512"
                    height="512"
                    loading="lazy"
                />
                <figcaption>{said}</figcaption>
            </figure>
        }
    });
    let (then, before) = version
        .before
        .map(|before| (before.belief, before.insight.effects))
        .unzip();
    let before = before.flatten();
    let effects = version.insight.effects.map(|effects| {
        view! {
            <section>
                <h3 class="label">{words::STEP_EFFECTS}</h3>
                <p class="caption">{words::STEP_EFFECTS_LEAD}</p>
                <EffectBars taxonomy=taxonomy.clone() effects before/>
            </section>
        }
    });
    let now = Some(version.belief);
    view! {
        <div class="step">
            {picture}
            <MixChange taxonomy before=Signal::stored(then) after=Signal::stored(now)/>
        </div>
        {effects}
    }
}
