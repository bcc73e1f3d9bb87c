//! One picture with its mix and all that is needed to paint it again.

use leptos::prelude::*;
use wire::{image::ImageCard, rating::RatingCard, taxonomy::Taxonomy};

use super::answer::Answer;
use crate::{
    api,
    components::mix_bars::MixBars,
    desk::day,
    text::{self, pictures as words},
};

/// The panel.
#[component]
pub fn Details(
    /// The picture.
    card: ImageCard,
    /// Its answer, which can be changed here.
    rating: RwSignal<Option<RatingCard>>,
    /// Whether the panel is open.
    open: RwSignal<bool>,
    /// The words of mixes.
    taxonomy: Taxonomy,
) -> impl IntoView {
    let ImageCard {
        id,
        style,
        prompt,
        mix,
        width,
        height,
        provenance,
        made_ms,
        ..
    } = card;
    let source = api::images::source(id);
    let facts = [
        (words::MADE, day::written(made_ms)),
        (words::VERSION, provenance.version.to_string()),
        (words::SEED, provenance.seed.to_string()),
        (words::ENGINE, provenance.engine.clone()),
    ];
    let started = provenance
        .drawing
        .map(|drawing| (text::drawing::USED, text::drawing::used(drawing.strength)));
    let fact = |(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <div class="details">
            <a href=source.clone() rel="external" aria-label=words::OPEN_FILE>
                <img
                    src=source.clone()
                    alt=text::picture_alt(&prompt)
                    width=width.to_string()
                    height=height.to_string()
                />
            </a>
            <Answer image=id style rating open/>
            <dl class="fact-list">
                <div><dt>{words::RATING}</dt><dd>{move || answer(rating.get().as_ref())}</dd></div>
                {facts.map(fact).collect_view()}
                {started.map(fact)}
            </dl>
            <p class="caption">{text::painted_by(&provenance.engine)}</p>
            <h3 class="label">{words::MIX}</h3>
            <MixBars taxonomy mix sureness=None/>
        </div>
    }
}

/// What was answered, in words.
pub fn answer(rating: Option<&RatingCard>) -> String {
    match rating.map(|rating| rating.stars) {
        None => words::UNRATED.to_owned(),
        Some(None) => words::SKIPPED.to_owned(),
        Some(Some(stars)) => text::stars(stars.get()),
    }
}
