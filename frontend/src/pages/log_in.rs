//! Log in, then go on to where one was going.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};
use wire::account::LogIn as Credentials;

use crate::{
    api,
    components::field::{Field, Submission, Submit},
    desk::next_page::after_log_in,
    session::Session,
    text::account_forms as words,
};

/// The form.
#[component]
pub fn LogIn() -> impl IntoView {
    let session = expect_context::<Session>();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submission = Submission::new();
    let query = use_query_map();
    let navigate = use_navigate();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let navigate = navigate.clone();
        let next = after_log_in(query.with_untracked(|query| query.get("next")).as_deref());
        let credentials = Credentials {
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        let request = async move { api::account::log_in(&credentials).await };
        submission.send(request, move |()| {
            session.refetch();
            navigate(&next, leptos_router::NavigateOptions::default());
        });
    };
    view! {
        <Title text=words::LOG_IN/>
        <section class="page narrow">
            <h1>{words::LOG_IN}</h1>
            <form method="post" on:submit=send>
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
                    autocomplete="current-password"
                />
                <Submit submission label=words::LOG_IN busy_label=words::LOGGING_IN/>
            </form>
            <p class="aside">{words::NEW_HERE} " " <a href="/sign-up">{words::SIGN_UP}</a></p>
        </section>
    }
}
