//! A new password.

use leptos::{ev::SubmitEvent, prelude::*};
use wire::account::{ChangePassword, SessionCard, TokenCard};

use crate::{
    api,
    components::{
        field::{Field, Submission, Submit},
        notice::Notice,
    },
    pages::sign_up::is_too_short,
    text::{account as words, account_forms},
};

/// The form. The hidden e-mail lets a password manager know which account this is. What a new one
/// ends leaves the lists.
#[component]
pub fn Password(
    email: String,
    sessions: RwSignal<Vec<SessionCard>>,
    tokens: RwSignal<Vec<TokenCard>>,
) -> impl IntoView {
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (submission, changed) = (Submission::new(), RwSignal::new(None));
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        changed.set(None);
        if is_too_short(&new.get_untracked()) {
            return submission
                .problem
                .set(Some(account_forms::TOO_SHORT.to_owned()));
        }
        let change = ChangePassword {
            current: current.get_untracked(),
            new: new.get_untracked(),
        };
        let request = async move { api::account::change_password(&change).await };
        submission.send(request, move |()| {
            current.set(String::new());
            new.set(String::new());
            changed.set(Some(words::CHANGED.to_owned()));
            sessions.update(|all| all.retain(|session| session.current));
            tokens.set(Vec::new());
        });
    };
    view! {
        <p>{words::CHANGE_LEAD}</p>
        <form method="post" on:submit=send on:input=move |_| changed.set(None)>
            <input type="email" name="email" autocomplete="username" value=email hidden/>
            <Field
                id="current-password"
                label=words::CURRENT
                value=current
                kind="password"
                autocomplete="current-password"
            />
            <Field
                id="new-password"
                label=words::NEW
                value=new
                kind="password"
                autocomplete="new-password"
                hint=account_forms::PASSWORD_RULE
            />
            <Submit submission label=words::CHANGE class=""/>
            <Notice text=changed/>
        </form>
    }
}
