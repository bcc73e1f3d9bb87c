//! One picture with its mix and all that is needed to paint it again.

use leptos::prelude::*;
use wire::{image::ImageCard, taxonomy::Taxonomy};

use crate::{
    api,
    components::mix_bars::MixBars,
    desk::day,
    text::{self, pictures as words},
};

/// The panel.
#[component]
pub fn Details(card: ImageCard, taxonomy: Taxonomy) -> impl IntoView {
    let ImageCard {
        id,
        prompt,
        mix,
        width,
        height,
        provenance,
        rating,
        made_ms,
        ..
    } = card;
    let source = api::images::source(id);
    let answer = match rating.map(|rating| rating.stars) {
        None => words::UNRATED.to_owned(),
        Some(None) => words::SKIPPED.to_owned(),
        Some(Some(stars)) => text::stars(stars.get()),
    };
    let facts = [
        (words::RATING, answer),
        (words::MADE, day::written(made_ms)),
        (words::VERSION, provenance.version.to_string()),
        (words::SEED, provenance.seed.to_string()),
        (words::ENGINE, provenance.engine.clone()),
    ];
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
            <dl class="fact-list">{facts.map(fact).collect_view()}</dl>
            <p class="caption">{text::painted_by(&provenance.engine)}</p>
            <h3 class="label">{words::MIX}</h3>
            <MixBars taxonomy mix sureness=None/>
        </div>
    }
}
