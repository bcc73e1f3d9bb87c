//! Choosing a picture file: pressed, typed to, or dropped on, with the file as it will be used.

use leptos::{ev::DragEvent, html, prelude::*};

use crate::{
    browser::{self, Picked},
    components::notice::Announcement,
    desk::drawing::{self, FileError},
    text::{self, drawing as words},
};

/// The field. A file that the server would not take is refused here, and says so.
#[component]
pub fn DrawingField(
    /// Name of the field, unique on its page.
    id: &'static str,
    /// What to choose.
    label: &'static str,
    /// What is chosen.
    picked: RwSignal<Option<Picked>>,
) -> impl IntoView {
    let problem = RwSignal::new(None);
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let take = move |file: Option<Picked>| {
        let Some(file) = file else { return };
        match drawing::check(&file.kind, file.bytes) {
            Ok(()) => {
                problem.set(None);
                forget(picked);
                picked.set(Some(file));
            }
            Err(error) => {
                browser::forget(&file);
                problem.set(Some(text::file_error(&file.name, error)));
            }
        }
    };
    let take_chosen = move || {
        if let Some(input) = input.get_untracked() {
            take(browser::chosen(&input));
            // The same file may be chosen again, after it was mended or taken away.
            input.set_value("");
        }
    };
    // A file may have been chosen before the page was alive.
    Effect::new(move |_| {
        input.track();
        take_chosen();
    });
    on_cleanup(move || {
        forget(picked);
    });
    // Only the file that is shown: an earlier one may be found out late.
    let refuse = move |preview: &str| {
        let file = picked.get_untracked();
        if let Some(file) = file.filter(|file| file.preview == preview) {
            clear(picked);
            problem.set(Some(text::file_error(&file.name, FileError::Unreadable)));
        }
    };
    let drag_over = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let drag_leave = move |event: DragEvent| over.set(browser::stays_inside(&event));
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(browser::dropped(&event));
    };
    let chosen = move || {
        picked
            .with(|picked| picked.as_ref().map(|file| words::chosen(&file.name)))
            .unwrap_or_default()
    };
    let press = move || {
        if picked.with(Option::is_some) {
            words::ANOTHER
        } else {
            words::CHOOSE
        }
    };
    let (name, pressed) = (format!("{id}-name"), format!("{id}-press"));
    let (hint, trouble) = (format!("{id}-hint"), format!("{id}-problem"));
    view! {
        <div
            class="field drawing-field"
            class:over=over
            on:dragover=drag_over
            on:dragleave=drag_leave
            on:drop=drop
        >
            <span class="label" id=name.clone()>{label}</span>
            <Preview picked empty=move || problem.set(None) refuse back_to=id/>
            <div class="drawing-choose">
                <input
                    node_ref=input
                    id=id
                    type="file"
                    class="visually-hidden"
                    accept=words::ACCEPT
                    aria-labelledby=format!("{name} {pressed}")
                    aria-describedby=format!("{hint} {trouble}")
                    on:change=move |_| take_chosen()
                />
                <label class="button" for=id id=pressed>{press}</label>
                <span class="hint drawing-drop" aria-hidden="true">{words::DROP}</span>
            </div>
            <p class="hint" id=hint>{words::HINT}</p>
            <p class="problem" role="alert" id=trouble>{problem}</p>
            <Announcement text=Signal::derive(chosen)/>
        </div>
    }
}

/// The file as it will be used: its middle. A name says nothing of what is in a file, so the first to
/// find out that it is no picture is the browser that is to show it.
#[component]
fn Preview(
    picked: RwSignal<Option<Picked>>,
    empty: impl Fn() + Copy + Send + Sync + 'static,
    refuse: impl Fn(&str) + Copy + Send + Sync + 'static,
    back_to: &'static str,
) -> impl IntoView {
    let remove = move |_| {
        clear(picked);
        empty();
        browser::focus(back_to);
    };
    move || {
        picked.get().map(|file| {
            let preview = file.preview.clone();
            view! {
                <figure class="drawing-preview">
                    <img
                        src=file.preview
                        alt=words::PREVIEW_ALT
                        width="512"
                        height="512"
                        on:error=move |_| refuse(&preview)
                    />
                    <figcaption>
                        <span class="drawing-name">{file.name}</span>
                        <button type="button" class="quiet" on:click=remove>{words::NOT_THIS}</button>
                    </figcaption>
                </figure>
            }
        })
    }
}

/// Empties the field.
pub fn clear(picked: RwSignal<Option<Picked>>) {
    forget(picked);
    picked.try_set(None);
}

fn forget(picked: RwSignal<Option<Picked>>) {
    picked.try_with_untracked(|picked| {
        if let Some(picked) = picked {
            browser::forget(picked);
        }
    });
}
