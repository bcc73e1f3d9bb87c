//! The five keys of a rating, as buttons for a thumb or a mouse.

use leptos::prelude::*;
use wire::rating::Stars;

use crate::text;

/// Calls back with the stars that were pressed. `pressed` lights the key up for a moment, however
/// it was pressed.
#[component]
pub fn StarKeys(
    /// The last answer, to light its key up; counts up so that the same key twice shows twice.
    #[prop(into)]
    pressed: Signal<Option<(Stars, u32)>>,
    /// Whether there is something to rate.
    #[prop(into)]
    enabled: Signal<bool>,
    /// Whether the number's key presses them too.
    #[prop(into)]
    keys: Signal<bool>,
    /// What to do; also told how many clicks came in quick succession.
    on_rate: impl Fn(Stars, i32) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let key = move |stars: Stars| {
        let number = stars.get();
        let class = move || match pressed.get() {
            // Two names for one animation: a change of name starts it anew.
            Some((last, count)) if last == stars && count % 2 == 0 => "star-key lit",
            Some((last, _)) if last == stars => "star-key lit-again",
            _ => "star-key",
        };
        view! {
            <button
                type="button"
                class=class
                aria-label=text::stars(number)
                aria-keyshortcuts=move || keys.get().then(|| number.to_string())
                aria-disabled=move || (!enabled.get()).then_some("true")
                on:click=move |event| on_rate(stars, event.detail())
            >
                {number}
            </button>
        }
    };
    view! {
        <div class="star-keys" role="group" aria-label=text::rate::GROUP>
            {Stars::ALL.map(key).collect_view()}
            <span class="star-low" aria-hidden="true">{text::rate::LOW}</span>
            <span class="star-high" aria-hidden="true">{text::rate::HIGH}</span>
        </div>
    }
}
