//! The table of pages, and the frame around each of them.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{A, Route, Router, Routes},
    hooks::use_location,
    path,
};

use crate::{browser, outbox::Outbox, pages, session::Session, text, vocabulary::Vocabulary};

/// Where a page begins.
const CONTENT: &str = "content";

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let outbox = Outbox::provide();
    let session = Session::provide(outbox);
    Vocabulary::provide();
    Effect::new(|_| {
        browser::load_anew_if_kept();
        browser::mark_alive();
    });
    let titled = |title: String| match title.as_str() {
        "" => text::SITE.to_owned(),
        _ => format!("{} · {}", in_html(title), text::SITE),
    };
    // Every page is rendered whole, so that it can be read without a script.
    view! {
        <Title formatter=titled/>
        <Router>
            <a class="skip-link" href=format!("#{CONTENT}")>{text::SKIP_LINK}</a>
            <TopBar session/>
            <FocusOnArrival/>
            <main id=CONTENT tabindex="-1">
                <Routes fallback=pages::NotFound>
                    <Route path=path!("/") view=pages::Home ssr=SsrMode::Async/>
                    <Route path=path!("/sign-up") view=pages::SignUp ssr=SsrMode::Async/>
                    <Route path=path!("/log-in") view=pages::LogIn ssr=SsrMode::Async/>
                    <Route path=path!("/studio") view=pages::Studio ssr=SsrMode::Async/>
                    <Route path=path!("/styles/:id") view=pages::Rate ssr=SsrMode::Async/>
                    <Route path=path!("/styles/:id/about") view=pages::About ssr=SsrMode::Async/>
                    <Route path=path!("/pictures") view=pages::Pictures ssr=SsrMode::Async/>
                    <Route path=path!("/account") view=pages::Account ssr=SsrMode::Async/>
                </Routes>
            </main>
        </Router>
    }
}

/// While a page is rendered, `leptos_meta` writes the title into it as it stands, and a style's name
/// is anybody's words. In the browser it sets `document.title`, which is no HTML.
fn in_html(title: String) -> String {
    if cfg!(feature = "ssr") {
        title.replace('&', "&amp;").replace('<', "&lt;")
    } else {
        title
    }
}

/// A page that comes without a load is announced and read from its beginning, as one that loads is.
#[component]
fn FocusOnArrival() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            browser::focus(CONTENT);
        }
        now
    });
}

#[component]
fn TopBar(session: Session) -> impl IntoView {
    let links = move || {
        Suspend::new(async move {
            match session.me().await {
                Ok(Some(_)) => view! {
                    <A href="/studio">{text::nav::STUDIO}</A>
                    <A href="/pictures">{text::nav::PICTURES}</A>
                    <A href="/account">{text::nav::ACCOUNT}</A>
                }
                .into_any(),
                _ => view! {
                    <A href="/log-in">{text::nav::LOG_IN}</A>
                    <A href="/sign-up">{text::nav::SIGN_UP}</A>
                }
                .into_any(),
            }
        })
    };
    view! {
        <header class="top-bar">
            <a class="wordmark" href="/">{text::SITE}</a>
            <nav aria-label=text::nav::LABEL>
                <Transition>{links}</Transition>
            </nav>
        </header>
    }
}
