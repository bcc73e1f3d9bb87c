//! Beside the picture: what was foreseen of the last rating, and what all of them changed so far.

use leptos::prelude::*;
use wire::taxonomy::Taxonomy;

use super::desk::Desk;
use crate::{
    components::{foreseen::Foreseen, mix_change::MixChange, rating_curve::RatingCurve},
    desk::rating_queue::RatingQueue,
    text::{self, rate as words},
};

/// Bars, progress, curve, and the way to everything else about the style.
#[component]
pub fn Side(
    /// The page's state.
    desk: Desk,
    /// The names, from the server.
    taxonomy: Taxonomy,
) -> impl IntoView {
    let stars = Memo::new(move |_| desk.queue.with(RatingQueue::stars));
    let progress = move || text::ratings(stars.with(|stars| stars.len() as u32));
    view! {
        <aside class="rate-side">
            <Foreseen revealed=desk.reveal.newest foresight=desk.reveal.foresight()/>
            <MixChange taxonomy before=desk.before after=desk.belief/>
            <div class="rate-curve">
                <RatingCurve stars/>
            </div>
            <p class="rate-progress">
                <span class="count">{progress}</span>
                <a href=desk.about()>{words::ABOUT}</a>
            </p>
        </aside>
    }
}
