//! A mix in full: every value of every dimension with its share.

use leptos::prelude::*;
use wire::{mix::Mix, taxonomy::Taxonomy};

use crate::{
    desk::change::{leading, percent},
    text,
};

/// Four groups of five bars, and how sure each dimension is if that is known.
#[component]
pub fn MixBars(
    /// The names, from the server.
    taxonomy: Taxonomy,
    /// The shares.
    mix: Mix,
    /// Per dimension from 0 to 1.
    #[prop(optional_no_strip)]
    sureness: Option<[f64; 4]>,
) -> impl IntoView {
    let groups = taxonomy
        .dimensions
        .into_iter()
        .zip(mix.rows().to_owned())
        .enumerate();
    let groups = groups.map(|(i, (dimension, five))| {
        let sure = sureness.and_then(|all| all.get(i).copied());
        let (top, _) = leading(&five);
        let rows = dimension.values.into_iter().zip(five).enumerate();
        let rows = rows
            .map(|(value, (name, share))| row(&name, share, value == top))
            .collect_view();
        view! {
            <section class="mix-group">
                <h3>
                    {text::words(dimension.name.name())}
                    {sure.map(|sure| view! { <small>{text::rate::sure(percent(sure))}</small> })}
                </h3>
                <dl>{rows}</dl>
            </section>
        }
    });
    view! { <div class="mix-bars">{groups.collect_view()}</div> }
}

fn row(name: &str, share: f64, leads: bool) -> impl IntoView + use<> {
    view! {
        <div class="mix-row" class:leads=leads>
            <dt>{text::words(name)}</dt>
            <dd>
                <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="track" width="100" height="6"/>
                    <rect class="share" width=format!("{:.1}", share * 100.0) height="6"/>
                </svg>
                <span>{format!("{}%", percent(share))}</span>
            </dd>
        </div>
    }
}
