//! A new account, with or without an invitation.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};
use wire::account::{PASSWORD_MIN_CHARS, SignUp as NewAccount};

use crate::{
    api,
    components::field::{Field, Submission, Submit},
    session::Session,
    text::account_forms as words,
};

/// The one rule of the server's that the page can check without asking.
pub fn is_too_short(password: &str) -> bool {
    password.chars().count() < PASSWORD_MIN_CHARS
}

/// The form.
#[component]
pub fn SignUp() -> impl IntoView {
    let session = expect_context::<Session>();
    let name = RwSignal::new(String::new());
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submission = Submission::new();
    let query = use_query_map();
    let invitation = move || query.with(|query| query.get("invitation"));
    let navigate = use_navigate();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_too_short(&password.get_untracked()) {
            return submission.problem.set(Some(words::TOO_SHORT.to_owned()));
        }
        let navigate = navigate.clone();
        let account = NewAccount {
            email: email.get_untracked(),
            password: password.get_untracked(),
            name: name.get_untracked(),
            invitation: query.with_untracked(|query| query.get("invitation")),
        };
        let request = async move { api::account::sign_up(&account).await };
        submission.send(request, move |()| {
            session.refetch();
            navigate("/studio", leptos_router::NavigateOptions::default());
        });
    };
    view! {
        <Title text=words::SIGN_UP/>
        <section class="page narrow">
            <h1>{words::SIGN_UP}</h1>
            {move || invitation().map(|_| view! { <p class="lead">{words::INVITED}</p> })}
            <form method="post" on:submit=send>
                <Field id="name" label=words::NAME value=name autocomplete="nickname"/>
                <Field
                    id="email"
                    label=words::EMAIL
                    value=email
                    kind="email"
                    autocomplete="username"
                />
                <Field
                    id="password"
                    label=words::PASSWORD
                    value=password
                    kind="password"
                    autocomplete="new-password"
                    hint=words::PASSWORD_RULE
                />
                <Submit submission label=words::SIGN_UP busy_label=words::SIGNING_UP/>
            </form>
            <p class="aside">{words::KNOWN_HERE} " " <a href="/log-in">{words::LOG_IN}</a></p>
        </section>
    }
}
