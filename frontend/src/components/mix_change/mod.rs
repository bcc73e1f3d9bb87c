//! What a rating changed: one bar per dimension, thin as it was before, thick as it is now.

use leptos::prelude::*;
use wire::{
    learning::Belief,
    taxonomy::{Taxonomy, TaxonomyDimension, VALUES},
};

use crate::{
    desk::change::{Change, largest, largest_in, leading, percent},
    text,
};

/// Below this share nothing leads: five equal parts are a fifth each.
const EVEN: f64 = 0.205;

/// Four compact bars and the largest change in words.
#[component]
pub fn MixChange(
    /// The names, from the server.
    taxonomy: Taxonomy,
    /// What the version before believed.
    #[prop(into)]
    before: Signal<Option<Belief>>,
    /// What the newest version believes.
    #[prop(into)]
    after: Signal<Option<Belief>>,
) -> impl IntoView {
    let names = StoredValue::new(taxonomy.clone());
    let news = Memo::new(move |_| {
        let (before, after) = (before.get()?, after.get()?);
        let change = largest(&before.proposed, &after.proposed)?;
        names.with_value(|names| described(names, change))
    });
    let headline = move || match (news.get(), before.with(Option::is_some)) {
        (Some(change), _) => change,
        (None, true) => text::rate::NO_CHANGE.to_owned(),
        (None, false) => text::rate::NO_CHANGE_YET.to_owned(),
    };
    let bars = taxonomy.dimensions.into_iter().enumerate();
    let bars = bars.map(|(i, dimension)| view! { <DimensionBar i dimension before after/> });
    view! {
        <section class="mix-change" aria-label=text::rate::WHAT_CHANGED>
            <p
                class="mix-headline"
                class:quiet-line=move || news.with(Option::is_none)
                aria-live="polite"
            >
                {headline}
            </p>
            {bars.collect_view()}
            <p class="mix-legend" class:unseen=move || before.with(Option::is_none)>
                {text::rate::LEGEND}
            </p>
        </section>
    }
}

/// For example "warm +8%".
pub fn described(taxonomy: &Taxonomy, change: Change) -> Option<String> {
    let dimension = taxonomy.dimensions.get(change.dimension)?;
    let value = dimension.values.get(change.value)?;
    Some(text::rate::change(&text::words(value), change.percent))
}

#[component]
fn DimensionBar(
    i: usize,
    dimension: TaxonomyDimension,
    before: Signal<Option<Belief>>,
    after: Signal<Option<Belief>>,
) -> impl IntoView {
    let five = move |belief: Option<Belief>| {
        belief
            .and_then(|belief| belief.proposed.rows().get(i).copied())
            .unwrap_or([0.2; VALUES])
    };
    let now = Memo::new(move |_| five(after.get()));
    let then = Memo::new(move |_| five(before.get().or_else(|| after.get())));
    let values = StoredValue::new(dimension.values);
    let lead = move || {
        let (value, share) = leading(&now.get());
        if share < EVEN {
            return text::rate::EVEN.to_owned();
        }
        let name = values.with_value(|v| v.get(value).map(|n| text::words(n)).unwrap_or_default());
        format!("{name} {}%", percent(share))
    };
    let delta = move || {
        let (before, after) = (before.get()?, after.get()?);
        let change = largest_in(&before.proposed, &after.proposed, i)?;
        let name = values.with_value(|v| v.get(change.value).map(|n| text::words(n)))?;
        Some(text::rate::change(&name, change.percent))
    };
    let sure = move || {
        let sureness = after
            .get()
            .and_then(|belief| belief.sureness.get(i).copied());
        sureness.map(|sure| text::rate::sure(percent(sure)))
    };
    view! {
        <div class="mix-dimension">
            <span class="mix-name">{text::words(dimension.name.name())}</span>
            <span class="mix-lead">{lead}</span>
            <span class="mix-delta">{delta}</span>
            <span class="mix-sure">{sure}</span>
            <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
                {segments(now, "now", 0, 9)}
                {segments(then, "then", 11, 3)}
            </svg>
        </div>
    }
}

/// Five segments side by side. Their ends are attributes, so that the style sheet can move them
/// from old to new.
fn segments(five: Memo<[f64; VALUES]>, class: &'static str, y: u8, height: u8) -> impl IntoView {
    let segment = move |value: usize| {
        let start = move || five.get().iter().take(value).sum::<f64>() * 100.0;
        let share = move || five.get().get(value).copied().unwrap_or_default() * 100.0;
        view! {
            <rect
                class=class
                class:leads=move || {
                    let (first, share) = leading(&five.get());
                    first == value && share >= EVEN
                }
                y=y
                height=height
                x=move || format!("{:.2}", start())
                // A hair's breadth between neighbours.
                width=move || format!("{:.2}", (share() - 0.5).max(0.0))
            />
        }
    };
    (0..VALUES).map(segment).collect_view()
}
