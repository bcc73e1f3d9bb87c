//! A dialog over the page: the browser's own, so focus, Esc and the screen reader are its matter.

use leptos::{html, prelude::*};

use crate::{browser, text};

/// Shown while `open` is true; closing it by any way sets `open` to false.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        if let Some(dialog) = element.get() {
            if open {
                browser::open(&dialog);
            } else {
                browser::close(&dialog);
            }
        }
    });
    view! {
        <dialog node_ref=element class="dialog" aria-label=title on:close=move |_| open.set(false)>
            <header class="dialog-head">
                <h2>{title}</h2>
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| open.set(false)
                >
                    {text::CLOSE}
                </button>
            </header>
            {children()}
        </dialog>
    }
}
