//! Whether what was called so likely came true so often: dots on the diagonal are honest.

use leptos::prelude::*;
use wire::foresight::Reliability;

use crate::text::foresight as words;

const SIDE: f64 = 120.0;

/// Draws forecasts against what happened; a larger dot stands for more of them.
#[component]
pub fn ReliabilityPlot(
    /// The ranges that have forecasts.
    ranges: Vec<Reliability>,
) -> impl IntoView {
    let most = ranges.iter().map(|range| range.count).max().unwrap_or(1);
    let spoken = words::reliability(&ranges);
    let dots = ranges.into_iter().map(|range| {
        let size = 3.0 + 4.0 * (f64::from(range.count) / f64::from(most.max(1))).sqrt();
        view! {
            <circle
                cx=format!("{:.1}", SIDE * range.foreseen)
                cy=format!("{:.1}", SIDE * (1.0 - range.happened))
                r=format!("{size:.1}")
            />
        }
    });
    view! {
        <figure class="reliability">
            <svg
                viewBox=format!("-34 -8 {} {}", SIDE + 42.0, SIDE + 42.0)
                role="img"
                aria-label=spoken
            >
                <path class="frame" d=format!("M0 0V{SIDE}H{SIDE}")/>
                <path class="honest" d=format!("M0 {SIDE}L{SIDE} 0")/>
                {dots.collect_view()}
                <text x=SIDE / 2.0 y=SIDE + 16.0 text-anchor="middle">{words::FORESEEN}</text>
                <text
                    transform=format!("translate(-10 {}) rotate(-90)", SIDE / 2.0)
                    text-anchor="middle"
                >
                    {words::HAPPENED}
                </text>
            </svg>
            <figcaption>{words::HONEST}</figcaption>
        </figure>
    }
}
