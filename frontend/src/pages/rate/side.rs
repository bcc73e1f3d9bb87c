//! Beside the picture: what was foreseen of the last rating, and what all of them changed so far.

use leptos::prelude::*;
use wire::taxonomy::Taxonomy;

use super::desk::Desk;
use crate::{
    components::{foreseen::Foreseen, mix_change::MixChange, rating_curve::RatingCurve},
    desk::{likes, rating_queue::RatingQueue},
    text::{self, insight, rate as words},
};

/// How many values that matter are named.
const LIKES: usize = 3;

/// Bars, progress, the way to everything else about the style, and the curve where there is room.
#[component]
pub fn Side(
    /// The page's state.
    desk: Desk,
    /// The names, from the server.
    taxonomy: Taxonomy,
) -> impl IntoView {
    let stars = Memo::new(move |_| desk.queue.with(RatingQueue::stars));
    let ratings = Memo::new(move |_| desk.queue.with(RatingQueue::ratings));
    let progress = move || text::ratings(ratings.get());
    let state = move || {
        let state = desk.insights.with(|[_, now]| now.as_ref()?.state)?;
        Some(format!(" · {}", insight::state(state)))
    };
    let names = StoredValue::new(taxonomy.clone());
    let likes = move || {
        let [then, now] = desk.insights.get();
        let now = likes::effects(now.as_ref())?;
        let then = likes::effects(then.as_ref());
        let all = names.with_value(|names| likes::strongest(names, &now, then.as_ref(), LIKES));
        let said = all.iter().map(|liking| {
            insight::liking(&text::words(&liking.value), liking.stars, liking.before)
        });
        let said = said.collect::<Vec<_>>().join(", ");
        (!said.is_empty()).then(|| format!("{} {said}.", insight::MATTERS))
    };
    view! {
        <aside class="rate-side">
            <Foreseen revealed=desk.reveal.newest foresight=desk.reveal.foresight()/>
            <MixChange taxonomy before=desk.before after=desk.belief/>
            <p class="rate-likes">{likes}</p>
            <p class="rate-progress">
                <span class="count">{progress}{state}</span>
                <a href=desk.about()>{words::ABOUT}</a>
            </p>
            <div class="rate-curve">
                <RatingCurve stars/>
            </div>
        </aside>
    }
}
