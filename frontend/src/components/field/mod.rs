//! Form fields with a visible label, a hint, and a submit button that says what it is doing.

use leptos::{html, prelude::*, task::spawn_local};

use crate::{api::ApiError, text};

/// What a form is doing: nothing, sending, or showing why it did not work.
#[derive(Clone, Copy)]
pub struct Submission {
    /// It is on its way.
    pub busy: RwSignal<bool>,
    /// Why it did not work.
    pub problem: RwSignal<Option<String>>,
}

impl Submission {
    /// A form nobody has sent.
    pub fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
        }
    }

    /// Sends, once at a time, and calls `done` with the answer if there is one.
    pub fn send<T: 'static>(
        self,
        request: impl Future<Output = Result<T, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let owner = Owner::current();
        spawn_local(async move {
            let answer = request.await;
            // Both may be gone with their page by now.
            self.busy.try_set(false);
            match answer {
                Ok(value) => match owner {
                    Some(owner) => owner.with(|| done(value)),
                    None => done(value),
                },
                Err(error) => {
                    self.problem.try_set(Some(text::problem(&error)));
                }
            }
        });
    }
}

impl Default for Submission {
    fn default() -> Self {
        Self::new()
    }
}

/// A line of text.
#[component]
pub fn Field(
    /// Name of the field, unique on its page.
    id: &'static str,
    /// What to write here.
    #[prop(into)]
    label: Signal<String>,
    /// What is written.
    value: RwSignal<String>,
    /// `text`, `email` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// A sentence of help.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let hint_id = hint.map(|_| format!("{id}-hint"));
    let input = NodeRef::<html::Input>::new();
    keep_typed(
        value,
        move || input.get().map(|input| input.value()),
        move |text| {
            if let Some(input) = input.get_untracked() {
                input.set_value(text);
            }
        },
    );
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                node_ref=input
                id=id
                name=id
                type=kind
                autocomplete=autocomplete
                required
                aria-describedby=hint_id.clone()
                value=value.get_untracked()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// Ties a field's text to a signal, and keeps what was typed, or filled in by the browser, before
/// the page was alive.
pub fn keep_typed(
    value: RwSignal<String>,
    read: impl Fn() -> Option<String> + 'static,
    write: impl Fn(&str) + 'static,
) {
    Effect::new(move |is_tied: Option<bool>| {
        let wanted = value.get();
        match read() {
            None => false,
            Some(typed) if is_tied != Some(true) && !typed.is_empty() => {
                value.set(typed);
                true
            }
            Some(typed) => {
                if typed != wanted {
                    write(&wanted);
                }
                true
            }
        }
    });
}

/// The button at the end of a form, and what went wrong before it.
#[component]
pub fn Submit(
    /// What the form is doing.
    submission: Submission,
    /// What it does.
    #[prop(into)]
    label: Signal<&'static str>,
    /// What it says meanwhile.
    #[prop(default = "".into(), into)]
    busy_label: Signal<&'static str>,
    /// How the button looks.
    #[prop(default = "primary")]
    class: &'static str,
    /// More that has to be true before it can be pressed.
    #[prop(optional, into)]
    ready: Option<Signal<bool>>,
) -> impl IntoView {
    // Disabled until the page is alive: an early press would send the form the browser's way.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let Submission { busy, problem } = submission;
    let disabled = move || !alive.get() || busy.get() || ready.is_some_and(|ready| !ready.get());
    let shown = move || match busy_label.get() {
        meanwhile if busy.get() && !meanwhile.is_empty() => meanwhile,
        _ => label.get(),
    };
    view! {
        <p class="problem" role="alert">{problem}</p>
        <button type="submit" class=class disabled=disabled>{shown}</button>
    }
}
