//! Deleting the account, with the password once more.

use leptos::{ev::SubmitEvent, prelude::*};
use wire::account::DeleteMe;

use crate::{
    api, browser,
    components::field::{Field, Submission, Submit},
    text::account as words,
};

/// The form.
#[component]
pub fn Leave(
    /// Whose account it is, for the browser's password store.
    email: String,
) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let submission = Submission::new();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let confirmation = DeleteMe {
            password: password.get_untracked(),
        };
        let request = async move { api::account::delete_me(&confirmation).await };
        submission.send(request, move |()| {
            // Back would show it.
            password.set(String::new());
            browser::go("/");
        });
    };
    view! {
        <form method="post" on:submit=send>
            <input type="email" name="email" autocomplete="username" value=email hidden/>
            <p>{words::DELETE_LEAD}</p>
            <Field
                id="delete-password"
                label=words::CURRENT
                value=password
                kind="password"
                autocomplete="current-password"
            />
            <Submit submission label=words::DELETE_FINALLY class="danger"/>
        </form>
    }
}
