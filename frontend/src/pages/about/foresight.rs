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
    let forecasts = match (foresight.off_by, foresight.log_loss) {
        (Some(off), Some(loss)) => Either::Left(view! {
            <Guesses history/>
            <p>{words::off_by(&foresight, off)}</p>
            <p class="caption">{words::log_loss(loss)}</p>
            <ReliabilityPlot ranges=foresight.reliability/>
        }),
        _ => Either::Right(view! { <p class="caption">{words::NO_FORECASTS}</p> }),
    };
    view! {
        <div class="foresights">
            {forecasts}
            <p>{yourself}</p>
        </div>
    }
}
