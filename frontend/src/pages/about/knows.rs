//! What a style knows of its artist: in a word, value by value, pair by pair, prompt by prompt,
//! scene by scene.

use leptos::prelude::*;
use wire::{
    learning::{BestMix, Insight, PairEffect, SceneMix},
    mix::Mix,
    taxonomy::Taxonomy,
};

use crate::{
    components::effects::EffectBars,
    desk::{change::leading, likes::name_of},
    text::{self, insight as words},
};

/// Everything the newest version has a notion of; what it has none of is left out.
#[component]
pub fn Knows(
    /// What it knows.
    insight: Insight,
    /// The names, from the server.
    taxonomy: Taxonomy,
) -> impl IntoView {
    let Insight {
        state: _,
        since_change: _,
        entropy,
        effects,
        pairs,
        best,
        scenes,
    } = insight;
    let names = taxonomy
        .dimensions
        .iter()
        .map(|d| text::words(d.name.name()));
    let variety: Vec<_> = names.zip(entropy).collect();
    let variety = words::variety(&variety);
    let pairs: Vec<String> = pairs
        .iter()
        .filter_map(|pair| pair_in_words(&taxonomy, pair))
        .collect();
    let pairs = (!pairs.is_empty()).then(|| {
        let line = |pair| view! { <li>{pair}</li> };
        view! {
            <section>
                <h2>{words::PAIRS}</h2>
                <ul class="plain-list">{pairs.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    });
    // Of one prompt it would only repeat the bars above.
    let best = (best.len() > 1).then(|| {
        let line = |best: BestMix| {
            let mix = in_words(&taxonomy, &best.mix);
            let expected = words::expected(best.expected);
            view! { <div><dt>{best.prompt}</dt><dd>{mix} <small>{expected}</small></dd></div> }
        };
        view! {
            <section>
                <h2>{words::BEST}</h2>
                <dl class="best-mixes">{best.into_iter().map(line).collect_view()}</dl>
            </section>
        }
    });
    let scenes = (!scenes.is_empty()).then(|| {
        let line = |best: SceneMix| {
            let mix = in_words(&taxonomy, &best.mix);
            let expected = words::expected(best.expected);
            let scene = words::scene(best.scene);
            view! { <div><dt>{scene}</dt><dd>{mix} <small>{expected}</small></dd></div> }
        };
        view! {
            <section>
                <h2>{words::SCENES}</h2>
                <p class="caption">{words::SCENES_LEAD}</p>
                <dl class="best-mixes scenes">{scenes.into_iter().map(line).collect_view()}</dl>
            </section>
        }
    });
    let effects = effects.map(|effects| {
        view! {
            <section>
                <h2>{words::EFFECTS}</h2>
                <p class="caption">{words::EFFECTS_LEAD}</p>
                <EffectBars taxonomy effects before=None/>
            </section>
        }
    });
    view! {
        {effects}
        {pairs}
        {best}
        {scenes}
        <p class="caption variety">{variety}</p>
    }
}

/// The value that leads in each dimension.
fn in_words(taxonomy: &Taxonomy, mix: &Mix) -> String {
    let leads = taxonomy.dimensions.iter().zip(mix.rows());
    let leads = leads.filter_map(|(dimension, five)| {
        let (value, _) = leading(five);
        dimension.values.get(value).map(|name| text::words(name))
    });
    leads.collect::<Vec<_>>().join(", ")
}

fn pair_in_words(taxonomy: &Taxonomy, pair: &PairEffect) -> Option<String> {
    let [first, second] = [pair.first, pair.second].map(|value| name_of(taxonomy, value));
    Some(words::pair(
        &text::words(first?),
        &text::words(second?),
        pair.mean,
    ))
}
