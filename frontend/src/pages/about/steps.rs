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
    /// Number of its newest version.
    newest: u32,
    /// The log.
    history: Vec<HistoryPoint>,
    /// The names, from the server.
    taxonomy: Taxonomy,
) -> impl IntoView {
    let number = RwSignal::new(newest);
    let after = Loaded::new(move || Some(api::styles::version(style, number.get())));
    let before = Loaded::new(move || {
        let earlier = number.get().checked_sub(1)?;
        Some(api::styles::version(style, earlier))
    });
    let (history, taxonomy) = (StoredValue::new(history), StoredValue::new(taxonomy));
    let step = move || {
        Suspend::new(async move {
            match (before.get().await, after.get().await) {
                (Ok(before), Ok(after)) => {
                    let point = history.with_value(|all| point_of(all, &after));
                    let taxonomy = taxonomy.get_value();
                    Either::Left(view! { <Step point before after taxonomy/> })
                }
                (Err(error), _) | (_, Err(error)) => {
                    Either::Right(view! { <p class="problem">{text::problem(&error)}</p> })
                }
            }
        })
    };
    let at_first = move || number.get() <= 1;
    let at_newest = move || number.get() >= newest;
    view! {
        <div class="step-keys">
            <button
                type="button"
                disabled=at_first
                on:click=move |_| number.update(|n| *n = n.saturating_sub(1))
            >
                {words::EARLIER}
            </button>
            <span class="count">{move || words::step(number.get(), newest)}</span>
            <button
                type="button"
                disabled=at_newest
                on:click=move |_| number.update(|n| *n = n.saturating_add(1).min(newest))
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
fn Step(
    point: Option<HistoryPoint>,
    before: VersionView,
    after: VersionView,
    taxonomy: Taxonomy,
) -> impl IntoView {
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
    let effects = after.insight.effects.map(|effects| {
        let before = before.insight.effects;
        view! { <EffectBars taxonomy=taxonomy.clone() effects before/> }
    });
    let (then, now) = (Some(before.belief), Some(after.belief));
    view! {
        <div class="step">
            {picture}
            <MixChange taxonomy before=Signal::stored(then) after=Signal::stored(now)/>
        </div>
        {effects}
    }
}
