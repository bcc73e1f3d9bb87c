//! How well a style foresees its artist, beside how well the artist agrees with themself.

use leptos::{either::Either, prelude::*};
use wire::{foresight::Foresight, style::HistoryPoint};

use crate::{
    components::{guesses::Guesses, reliability::ReliabilityPlot},
    text::foresight as words,
};

/// Two drawings and a few sentences of numbers.
#[component]
pub fn Foresights(
    /// The sums.
    foresight: Foresight,
    /// The log they are about.
    history: Vec<HistoryPoint>,
) -> impl IntoView {
    let yourself = words::yourself(&foresight.artist);
    let numbers = match (foresight.off_by, foresight.log_loss) {
        (Some(off), Some(loss)) => Either::Left(view! {
            <Guesses history/>
            <p>{words::off_by(&foresight, off)}</p>
            <p class="caption">{words::log_loss(loss)}</p>
        }),
        _ => Either::Right(view! { <p class="caption">{words::NO_FORECASTS}</p> }),
    };
    let is_drawn = !foresight.reliability.is_empty();
    let plot = is_drawn.then(|| view! { <ReliabilityPlot ranges=foresight.reliability/> });
    view! {
        <div class="foresights">
            <div>
                {numbers}
                <p>{yourself}</p>
            </div>
            {plot}
        </div>
    }
}
