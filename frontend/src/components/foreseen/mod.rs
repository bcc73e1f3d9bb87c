//! What was foreseen of a rating beside what was given: shown after the rating, never before.

use leptos::prelude::*;
use wire::{
    foresight::{Foresight, expected},
    rating::Stars,
};

use crate::text::foresight as words;

/// What there is to reveal about one rating.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Revealed {
    /// What was given.
    pub stars: Stars,
    /// What was foreseen, if anything.
    pub predicted: Option<[f64; 5]>,
    /// The picture had been seen before: what was given then, if that is still known.
    pub again: Option<Option<Stars>>,
}

/// One quiet strip.
#[component]
pub fn Foreseen(
    /// The newest rating that the server has.
    #[prop(into)]
    revealed: Signal<Option<Revealed>>,
    /// How good the forecasts are by now.
    #[prop(into)]
    foresight: Signal<Foresight>,
) -> impl IntoView {
    let line = move || match revealed.get() {
        None => words::BEFORE.to_owned(),
        Some(Revealed {
            again: Some(first),
            stars,
            ..
        }) => words::seen_before(first.map(Stars::get), stars.get()),
        Some(Revealed {
            predicted: Some(five),
            stars,
            ..
        }) => words::foreseen(expected(&five), stars.get()),
        Some(_) => words::NOTHING.to_owned(),
    };
    let running = move || foresight.with(words::running);
    let bars = move || {
        let shown = revealed.get()?;
        shown.predicted.map(|five| bars(&five, shown.stars))
    };
    view! {
        <section class="foreseen" aria-label=words::LABEL>
            {bars}
            <div class="foreseen-words">
                <p class="foreseen-line" aria-live="polite">{line}</p>
                <p class="foreseen-running">{running}</p>
            </div>
        </section>
    }
}

/// Five bars, the one that came true in colour.
fn bars(five: &[f64; 5], given: Stars) -> impl IntoView + use<> {
    // Against the likeliest: what matters is the shape.
    let most = five.iter().copied().fold(0.01, f64::max);
    let bar = move |(stars, p): (Stars, &f64)| {
        let place = i32::from(stars.get()) - 1;
        let height = (p / most * 20.0).clamp(0.6, 20.0);
        view! {
            <rect
                class:given=stars == given
                x=(place * 8).to_string()
                y=format!("{:.1}", 20.0 - height)
                width="6"
                height=format!("{height:.1}")
            />
        }
    };
    view! {
        <svg class="foreseen-bars" viewBox="0 0 38 20" role="img" aria-label=words::chances(five)>
            {Stars::ALL.into_iter().zip(five).map(bar).collect_view()}
        </svg>
    }
}
