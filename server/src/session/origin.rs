//! Writes that a browser makes by itself must come from our own pages.
//!
//! A browser attaches cookies to whatever another site makes it send; a bearer token it does not.
//! `Sec-Fetch-Site` cannot be forged by a page and decides where it is sent; `Origin` decides for
//! older browsers; a write with our cookies and neither header is refused.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::Response,
};
use wire::problem::Code;

use super::cookies::has_cookies;
use crate::{app::App, config::Config, error::ApiError};

/// Lets through what is safe, and what comes from us.
pub async fn refuse_cross_site(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    if is_ours(request.method(), request.headers(), &app.config) {
        return Ok(next.run(request).await);
    }
    Err(ApiError::new(
        Code::CrossSite,
        format!("this must come from a page of {}", app.config.public_url),
    ))
}

fn is_ours(method: &Method, headers: &HeaderMap, config: &Config) -> bool {
    if method.is_safe() || headers.contains_key(header::AUTHORIZATION) {
        return true;
    }
    let header = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => is_same_site(origin, &config.public_url),
        (None, None) => !has_cookies(headers, config),
    }
}

/// On one's own machine a site has several names, and people type any of them.
fn is_same_site(origin: &str, public_url: &str) -> bool {
    let loopback = loopback_port(public_url);
    origin == public_url || loopback.is_some() && loopback_port(origin) == loopback
}

/// What follows the host, if the address is one of this very machine.
fn loopback_port(url: &str) -> Option<&str> {
    let place = url.strip_prefix("http://")?;
    let names = ["localhost", "127.0.0.1", "[::1]"];
    let after = names
        .into_iter()
        .find_map(|name| place.strip_prefix(name))?;
    (after.is_empty() || after.starts_with(':')).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COOKIE: (&str, &str) = ("cookie", "atelier_refresh=00");

    fn is_ours(method: &Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        super::is_ours(method, &headers, &Config::example())
    }

    #[test]
    fn our_own_pages_may_write() {
        assert!(is_ours(
            &Method::POST,
            &[COOKIE, ("sec-fetch-site", "same-origin")]
        ));
        assert!(is_ours(
            &Method::PUT,
            &[COOKIE, ("origin", "http://127.0.0.1:3000")]
        ));
        // Reached by another name, for example localhost: the browser knows that it is one site.
        let other_name = ("origin", "http://localhost:3000");
        assert!(is_ours(
            &Method::PUT,
            &[COOKIE, ("sec-fetch-site", "same-origin"), other_name]
        ));
    }

    #[test]
    fn on_ones_own_machine_any_of_its_names_will_do_also_in_an_older_browser() {
        for origin in ["http://localhost:3000", "http://[::1]:3000"] {
            assert!(is_ours(&Method::POST, &[("origin", origin)]), "{origin}");
        }
        for (origin, public_url) in [
            ("http://localhost:3001", "http://127.0.0.1:3000"),
            ("https://localhost:3000", "http://127.0.0.1:3000"),
            (
                "http://localhost.evil.example:3000",
                "http://127.0.0.1:3000",
            ),
            ("http://localhost", "https://atelier.example.org"),
            ("http://localhost:3000", "http://192.0.2.7:3000"),
        ] {
            assert!(!is_same_site(origin, public_url), "{origin}");
        }
    }

    #[test]
    fn other_sites_may_not() {
        for site in ["cross-site", "same-site", ""] {
            assert!(
                !is_ours(&Method::POST, &[COOKIE, ("sec-fetch-site", site)]),
                "{site}"
            );
        }
        for origin in ["https://evil.example", "null", "http://127.0.0.1:3001", ""] {
            assert!(
                !is_ours(&Method::DELETE, &[COOKIE, ("origin", origin)]),
                "{origin}"
            );
            // Logging somebody into the attacker's account is an attack too.
            assert!(!is_ours(&Method::POST, &[("origin", origin)]), "{origin}");
        }
    }

    #[test]
    fn cookies_alone_are_no_consent() {
        assert!(!is_ours(&Method::POST, &[COOKIE]));
    }

    #[test]
    fn reading_scripts_and_tokens_are_free() {
        assert!(is_ours(
            &Method::GET,
            &[COOKIE, ("sec-fetch-site", "cross-site")]
        ));
        assert!(is_ours(&Method::POST, &[]));
        assert!(is_ours(
            &Method::POST,
            &[("authorization", "Bearer atelier_00")]
        ));
    }
}
