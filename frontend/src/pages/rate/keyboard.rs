//! Keys for the whole page, and the list of them.

use leptos::{ev, prelude::*};

use super::desk::Desk;
use crate::{
    browser,
    components::dialog::Dialog,
    desk::keys::{Intent, Press, intent},
    text::rate as words,
};

/// Listens while the page is there.
#[component]
pub fn Keyboard(
    /// What the keys move.
    desk: Desk,
    /// Whether the list is shown.
    help: RwSignal<bool>,
) -> impl IntoView {
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| {
            let press = Press {
                key: &event.key(),
                with_modifier: event.ctrl_key() || event.alt_key() || event.meta_key(),
                repeated: event.repeat(),
                in_field: browser::in_field(&event),
            };
            match intent(press) {
                Some(Intent::Help) => help.update(|shown| *shown = !*shown),
                // Under the list the picture is not what the artist looks at.
                _ if help.get_untracked() => {}
                Some(Intent::Answer(stars)) => desk.answer(stars),
                Some(Intent::Tap(dimension)) => desk.tapped(dimension),
                Some(Intent::Undo) => desk.undo(),
                None => {}
            }
        });
        on_cleanup(move || keys.remove());
    });
    let row = |(keys, meaning): (&'static str, &'static str)| {
        view! { <div><dt><kbd>{keys}</kbd></dt><dd>{meaning}</dd></div> }
    };
    view! {
        <Dialog open=help title=words::KEYS.to_owned()>
            <dl class="key-list">{words::KEY_LIST.map(row).collect_view()}</dl>
        </Dialog>
    }
}
