//! Foreseen against given, rating by rating: a ring where it expected the stars, a dot where they
//! fell, and the distance between as a line.

use leptos::prelude::*;
use wire::{foresight::expected, style::HistoryPoint};

use crate::{desk::curve::SHOWN, text::foresight as words};

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 72.0;

/// Draws the newest forecasts of a log.
#[component]
pub fn Guesses(
    /// The log, in order.
    history: Vec<HistoryPoint>,
) -> impl IntoView {
    let mut pairs: Vec<(f64, f64)> = history
        .into_iter()
        .rev()
        .filter(|point| !point.after_reveal)
        .filter_map(|point| Some((expected(&point.predicted?), f64::from(point.stars.get()))))
        .take(SHOWN)
        .collect();
    pairs.reverse();
    let spoken = words::guesses(pairs.len());
    let step = WIDTH / pairs.len().max(1) as f64;
    let marks = pairs.into_iter().enumerate().map(|(i, (foreseen, given))| {
        let x = format!("{:.1}", (i as f64 + 0.5) * step);
        let (from, to) = (down(foreseen), down(given));
        view! {
            <path d=format!("M{x} {from:.1}V{to:.1}")/>
            <circle class="foreseen-at" cx=x.clone() cy=format!("{from:.1}") r="3"/>
            <circle class="given-at" cx=x cy=format!("{to:.1}") r="2.8"/>
        }
    });
    view! {
        <figure class="guesses">
            <svg
                viewBox=format!("-18 -8 {} {}", WIDTH + 24.0, HEIGHT + 16.0)
                role="img"
                aria-label=spoken
            >
                <text x="-8" y="4">"5"</text>
                <text x="-8" y=HEIGHT + 4.0>"1"</text>
                {marks.collect_view()}
            </svg>
            <figcaption>{words::GUESSES}</figcaption>
        </figure>
    }
}

fn down(stars: f64) -> f64 {
    HEIGHT * (5.0 - stars) / 4.0
}
