//! What each value adds or takes, with the doubt about it: bars from a middle line.

use leptos::prelude::*;
use wire::{learning::Effects, taxonomy::Taxonomy};

use crate::text::{self, insight as words};

/// Half the drawing's width.
const HALF: f64 = 50.0;
/// Stars at its edges, unless an effect is larger.
const LEAST_SCALE: f64 = 1.0;

/// Four groups of five; ticks show what the version before thought.
#[component]
pub fn EffectBars(
    /// The names, from the server.
    taxonomy: Taxonomy,
    /// What is known.
    effects: Effects,
    /// What was known before.
    #[prop(optional_no_strip)]
    before: Option<Effects>,
) -> impl IntoView {
    let largest = effects.mean.iter().flatten().map(|stars| stars.abs());
    let scale = HALF / largest.fold(LEAST_SCALE, f64::max);
    let groups = taxonomy.dimensions.into_iter().enumerate();
    let groups = groups.map(|(d, dimension)| {
        let rows = dimension.values.into_iter().enumerate();
        let rows = rows.filter_map(|(v, name)| {
            let at = |table: &[[f64; 5]; 4]| table.get(d).and_then(|five| five.get(v)).copied();
            let (mean, doubt) = (at(&effects.mean)?, at(&effects.doubt)?);
            let then = before.as_ref().and_then(|before| at(&before.mean));
            Some(row(&name, [mean, doubt], then, scale))
        });
        view! {
            <section class="mix-group">
                <h3>{text::words(dimension.name.name())}</h3>
                <dl>{rows.collect_view()}</dl>
            </section>
        }
    });
    view! { <div class="mix-bars effects">{groups.collect_view()}</div> }
}

fn row(
    name: &str,
    [mean, doubt]: [f64; 2],
    before: Option<f64>,
    scale: f64,
) -> impl IntoView + use<> {
    let clamped = |stars: f64| (HALF + stars * scale).clamp(0.0, 2.0 * HALF);
    let (from, to) = (clamped(mean.min(0.0)), clamped(mean.max(0.0)));
    let (low, high) = (clamped(mean - doubt), clamped(mean + doubt));
    let (matters, takes) = (mean.abs() > doubt, mean < 0.0);
    let tick = before.map(|before| {
        let x = format!("{:.1}", clamped(before) - 0.5);
        view! { <rect class="before" x=x y="0" width="1" height="10"/> }
    });
    view! {
        <div class="mix-row" class:leads=matters>
            <dt>{text::words(name)}</dt>
            <dd>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect
                        class="doubt"
                        x=format!("{low:.1}")
                        y="4"
                        width=format!("{:.1}", high - low)
                        height="2"
                    />
                    <rect
                        class="share"
                        class:takes=takes
                        x=format!("{from:.1}")
                        y="2"
                        width=format!("{:.1}", to - from)
                        height="6"
                    />
                    <rect class="middle" x="49.75" y="0" width="0.5" height="10"/>
                    {tick}
                </svg>
                <span>{words::stars(mean)}</span>
            </dd>
        </div>
    }
}
