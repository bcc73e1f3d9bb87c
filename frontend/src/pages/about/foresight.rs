//! How well a style foresees its artist, beside how well the artist agrees with themself.

use leptos::{either::Either, prelude::*};
use wire::foresight::Foresight;

use crate::{components::reliability::ReliabilityPlot, text::foresight as words};

/// Two sentences of numbers and a drawing.
#[component]
pub fn Foresights(foresight: Foresight) -> impl IntoView {
    let yourself = words::yourself(&foresight.artist);
    let forecasts = match (foresight.off_by, foresight.log_loss) {
        (Some(off), Some(loss)) => Either::Left(view! {
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
