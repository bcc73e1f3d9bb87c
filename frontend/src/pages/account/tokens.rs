//! Personal access tokens: make one, see its secret once, revoke it.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wire::{
    account::{NewToken, Role, Scope, TokenCard, TokenMade},
    ids::TokenId,
};

use crate::{
    api, browser,
    components::field::{Field, Submission, Submit},
    desk::day,
    text::{self, account as words},
};

/// The list and the form.
#[component]
pub fn Tokens(tokens: RwSignal<Vec<TokenCard>>, role: Role) -> impl IntoView {
    let (problem, made) = (RwSignal::new(None), RwSignal::new(None::<TokenMade>));
    // A token that is revoked, here or by a new password, is nothing to copy.
    let secret = Memo::new(move |_| {
        let made = made.get()?;
        let is_good = tokens.with(|all| all.iter().any(|token| token.id == made.card.id));
        is_good.then_some(made.secret)
    });
    let revoke = move |id: TokenId| {
        spawn_local(async move {
            match api::account::revoke_token(id).await {
                Ok(()) => {
                    tokens.try_update(|all| all.retain(|token| token.id != id));
                }
                Err(error) => {
                    problem.try_set(Some(text::problem(&error)));
                }
            }
        });
    };
    view! {
        <p>{words::TOKENS_LEAD}</p>
        <ul class="rows">
            <For each=move || tokens.get() key=|token| token.id let(token)>
                <li>
                    <span>{token.name.clone()} <small>{facts(&token)}</small></span>
                    <button
                        type="button"
                        aria-label=words::revoke(&token.name)
                        on:click=move |_| revoke(token.id)
                    >
                        {words::REVOKE}
                    </button>
                </li>
            </For>
        </ul>
        <p class="problem" role="alert">{problem}</p>
        <Secret secret/>
        <NewTokenForm role tokens made/>
    }
}

fn facts(token: &TokenCard) -> String {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.name()).collect();
    let used = token
        .used_ms
        .map(|used| words::last_used(&day::written(used)));
    format!(
        "{} · {}",
        scopes.join(", "),
        used.as_deref().unwrap_or(words::NEVER_USED)
    )
}

/// The secret, until the page is left.
#[component]
fn Secret(secret: Memo<Option<String>>) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let Some(text) = secret.get_untracked() else {
            return;
        };
        spawn_local(async move {
            let done = browser::copy(&text).await;
            copied.try_set(done);
        });
    };
    let label = move || {
        if copied.get() {
            words::COPIED
        } else {
            words::COPY
        }
    };
    view! {
        <Show when=move || secret.with(Option::is_some)>
            <div class="secret" role="status">
                <p>{words::SECRET}</p>
                <code>{secret}</code>
                <button type="button" on:click=copy>{label}</button>
            </div>
        </Show>
    }
}

#[component]
fn NewTokenForm(
    role: Role,
    tokens: RwSignal<Vec<TokenCard>>,
    made: RwSignal<Option<TokenMade>>,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let scopes = RwSignal::new(vec![Scope::Read]);
    let submission = Submission::new();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let token = NewToken {
            name: name.get_untracked(),
            scopes: scopes.get_untracked(),
        };
        if token.scopes.is_empty() {
            return submission.problem.set(Some(words::CHOOSE_SCOPE.to_owned()));
        }
        let request = async move { api::account::make_token(&token).await };
        submission.send(request, move |token| {
            name.set(String::new());
            tokens.update(|all| all.insert(0, token.card.clone()));
            made.set(Some(token));
        });
    };
    let choice = move |scope: Scope| {
        let toggle = move |_| {
            scopes.update(
                |chosen| match chosen.iter().position(|&known| known == scope) {
                    Some(at) => drop(chosen.remove(at)),
                    None => chosen.push(scope),
                },
            );
        };
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || scopes.with(|chosen| chosen.contains(&scope))
                    on:change=toggle
                />
                {words::scope(scope.name())}
            </label>
        }
    };
    let offered = Scope::ALL
        .into_iter()
        .filter(|&s| s != Scope::Metrics || role == Role::Admin);
    view! {
        <form method="post" on:submit=send>
            <Field id="token-name" label=words::TOKEN_NAME value=name/>
            <fieldset class="checks">
                <legend class="label">{words::SCOPES}</legend>
                {offered.map(choice).collect_view()}
            </fieldset>
            <Submit submission label=words::MAKE_TOKEN class=""/>
        </form>
    }
}
