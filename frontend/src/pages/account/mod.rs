//! My account: who I am here, where I am logged in, what my scripts may do, and the way out.

mod leave;
mod password;
mod sessions;
mod tokens;

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use wire::account::{Me, SessionCard, TokenCard};

use leave::Leave;
use password::Password;
use sessions::Sessions;
use tokens::Tokens;

use super::in_place_of_page;
use crate::{
    api, browser,
    desk::day,
    loaded::Loaded,
    text::{self, account as words},
};

/// The page.
#[component]
pub fn Account() -> impl IntoView {
    let me = Loaded::new(|| Some(api::account::me()));
    let sessions = Loaded::new(|| Some(api::account::sessions()));
    let tokens = Loaded::new(|| Some(api::account::tokens()));
    let page = move || {
        Suspend::new(async move {
            match (me.get().await, sessions.get().await, tokens.get().await) {
                (Ok(me), Ok(sessions), Ok(tokens)) => Either::Left(sections(me, sessions, tokens)),
                (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => {
                    Either::Right(in_place_of_page(&error))
                }
            }
        })
    };
    view! {
        <Title text=words::TITLE/>
        <div class="page narrow">
            <Suspense fallback=|| view! { <p class="loading">{text::LOADING}</p> }>{page}</Suspense>
        </div>
    }
}

fn sections(me: Me, sessions: Vec<SessionCard>, tokens: Vec<TokenCard>) -> impl IntoView {
    let log_out = move |_| {
        leptos::task::spawn_local(async {
            if api::account::log_out().await.is_ok() {
                // A fresh page knows nothing of the person who has left.
                browser::go("/");
            }
        });
    };
    let (sessions, tokens) = (RwSignal::new(sessions), RwSignal::new(tokens));
    let admin = me.role.name();
    view! {
        <header class="page-head">
            <div>
                <h1>{me.name}</h1>
                <p class="caption">
                    {me.email.clone()} " · " {admin} " · "
                    {words::since(&day::written(me.created_ms))}
                </p>
            </div>
            <button type="button" on:click=log_out>{words::LOG_OUT}</button>
        </header>
        <section>
            <h2>{words::PASSWORD}</h2>
            <Password email=me.email.clone() sessions tokens/>
        </section>
        <section><h2>{words::SESSIONS}</h2><Sessions sessions/></section>
        <section><h2>{words::TOKENS}</h2><Tokens tokens role=me.role/></section>
        <section><h2>{words::DELETE}</h2><Leave email=me.email/></section>
    }
}
