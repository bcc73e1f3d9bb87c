//! Where I am logged in, and ending it there.

use leptos::{prelude::*, task::spawn_local};
use wire::account::SessionCard;

use crate::{
    api, browser,
    desk::day,
    text::{self, account as words},
};

/// The list.
#[component]
pub fn Sessions(sessions: RwSignal<Vec<SessionCard>>) -> impl IntoView {
    let problem = RwSignal::new(None);
    let end = move |ended: SessionCard| {
        spawn_local(async move {
            match api::account::end_session(ended.id).await {
                Ok(()) if ended.current => browser::go("/"),
                Ok(()) => {
                    sessions.try_update(|all| all.retain(|session| session.id != ended.id));
                }
                Err(error) => {
                    problem.try_set(Some(text::problem(&error)));
                }
            }
        });
    };
    view! {
        <ul class="rows">
            <For each=move || sessions.get() key=|session| session.id let(session)>
                <li>
                    <span>
                        {session.device.clone()}
                        {session.current.then(|| view! { " " <em>{words::THIS_ONE}</em> })}
                        <small>{words::since(&day::written_to_the_minute(session.created_ms))}</small>
                    </span>
                    <button
                        type="button"
                        aria-label=words::end_session(&session.device)
                        on:click=move |_| end(session.clone())
                    >
                        {words::END}
                    </button>
                </li>
            </For>
        </ul>
        <p class="problem" role="alert">{problem}</p>
    }
}
