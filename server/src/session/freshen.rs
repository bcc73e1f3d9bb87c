//! Renews a session in passing, so that no page and no script ever meets the ten minutes' end of
//! an access token.
//!
//! The request goes on with the new cookies and the answer sets them. Requests that arrive side
//! by side with the same refresh token are all given the same successor.

use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use time::Duration;
use wire::problem::Code;

use super::{access, cookies};
use crate::{actions::refresh_session::refresh_session, app::App, keys::Secret};

/// Around everything that knows people: the pages and the API.
pub async fn freshen(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(refresh) = needs_renewal(&request, &app) else {
        return next.run(request).await;
    };
    let fresh = match refresh_session(&app, &refresh).await {
        Ok(fresh) => fresh,
        // The session is over: the request goes on as a stranger's.
        Err(refusal) if refusal.code() == Code::NotLoggedIn => return next.run(request).await,
        // Nobody must be logged out because the database is away for a moment.
        Err(failure) => return failure.into_response(),
    };
    if let Some(replaced) = cookies::replace(request.headers(), &app.config, &fresh) {
        request.headers_mut().insert(header::COOKIE, replaced);
    }
    let response = next.run(request).await;
    if response.headers().contains_key(header::SET_COOKIE) {
        // A log-in, log-out or renewal has the last word.
        return response;
    }
    (cookies::session_cookies(&app.config, &fresh), response).into_response()
}

/// A request must not run out of proof on its way to the handler.
const MARGIN: Duration = Duration::seconds(5);

/// The refresh token, if there is one and the access token proves nothing any more.
fn needs_renewal(request: &Request, app: &App) -> Option<Secret> {
    let headers = request.headers();
    if headers.contains_key(header::AUTHORIZATION) || takes_no_notice(request.uri().path()) {
        return None;
    }
    let is_fresh = cookies::access_cookie(headers, app)
        .and_then(|token| access::verify(&app.keys, &token, app.clock.now() + MARGIN))
        .is_some();
    if is_fresh {
        return None;
    }
    cookies::refresh_cookie(headers, app)
}

/// Files of the site are the same for everybody. And the renewal on demand must not be renewed
/// first: of two trades in one request the second would make the first one's token a used one,
/// which a request beside it may have been given.
fn takes_no_notice(path: &str) -> bool {
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|file| file.contains('.'));
    if path.starts_with("/api/") {
        path == "/api/v1/session/refresh"
    } else {
        is_file
    }
}

#[cfg(test)]
mod tests {
    use super::takes_no_notice;

    #[test]
    fn only_what_knows_people_is_renewed() {
        assert!(takes_no_notice("/pkg/atelier.0a1b.wasm"));
        assert!(takes_no_notice("/favicon.ico"));
        assert!(takes_no_notice("/api/v1/session/refresh"));
        assert!(!takes_no_notice("/"));
        assert!(!takes_no_notice("/studio"));
        assert!(!takes_no_notice("/api/v1/openapi.json"));
    }
}
