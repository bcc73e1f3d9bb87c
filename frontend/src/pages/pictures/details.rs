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
    let source = api::images::source(card.id);
    let answer = match card.rating.as_ref().map(|rating| rating.stars) {
        None => words::UNRATED.to_owned(),
        Some(None) => words::SKIPPED.to_owned(),
        Some(Some(stars)) => text::stars(stars.get()),
    };
    let facts = [
        (words::RATING, answer),
        (words::MADE, day::written(card.made_ms)),
        (words::VERSION, card.provenance.version.to_string()),
        (words::SEED, card.provenance.seed.to_string()),
        (words::ENGINE, card.provenance.engine.clone()),
    ];
    let fact = |(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <div class="details">
            <a href=source.clone() rel="external" aria-label=words::OPEN_FILE>
                <img
                    src=source.clone()
                    alt=text::picture_alt(&card.prompt)
                    width=card.width.to_string()
                    height=card.height.to_string()
                />
            </a>
            <dl class="fact-list">{facts.map(fact).collect_view()}</dl>
            <p class="caption">{text::painted_by(&card.provenance.engine)}</p>
            <h3 class="label">{words::MIX}</h3>
            <MixBars taxonomy mix=card.mix sureness=None/>
        </div>
    }
}
