//! Keys for the whole page, and the list of them.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{browser, components::dialog::Dialog, desk::keys::Intent, text::rate as words};

/// Listens while the page is there.
#[component]
pub fn Keyboard(
    /// What the keys move.
    desk: Desk,
    /// Whether the list is shown.
    help: RwSignal<bool>,
    /// Whether single keys act; switched here.
    on: RwSignal<bool>,
) -> impl IntoView {
    browser::on_intent(move |intent| match intent {
        Intent::Help => help.update(|shown| *shown = !*shown),
        // Under the list the picture is not what the artist looks at.
        _ if help.get_untracked() => {}
        Intent::Answer(stars) => desk.answer(stars),
        Intent::Tap(dimension) => desk.tapped(dimension),
        Intent::Undo => desk.undo(),
    });
    let switch = move |event| {
        on.set(event_target_checked(&event));
        browser::switch_keys(on.get_untracked());
    };
    let row = |(keys, meaning): (&'static str, &'static str)| {
        view! { <div><dt><kbd>{keys}</kbd></dt><dd>{meaning}</dd></div> }
    };
    view! {
        <Dialog open=help title=words::KEYS.to_owned()>
            <dl class="key-list">{words::KEY_LIST.map(row).collect_view()}</dl>
            <label class="check key-switch">
                <input type="checkbox" prop:checked=on on:change=switch/>
                {words::KEYS_ON}
            </label>
        </Dialog>
    }
}
