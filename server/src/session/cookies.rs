//! The two cookies of a session. Script sees neither.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use time::Duration;

use super::access::ACCESS_LIFETIME;
use crate::{
    actions::refresh_session::{Freshened, REFRESH_LIFETIME},
    app::App,
    config::Config,
    keys::Secret,
};

/// The access token the request brings.
pub fn access_cookie(headers: &HeaderMap, app: &App) -> Option<String> {
    value(headers, &access_name(&app.config))
}

/// The refresh token the request brings.
pub fn refresh_cookie(headers: &HeaderMap, app: &App) -> Option<Secret> {
    Secret::parse(&value(headers, &refresh_name(&app.config))?)
}

/// Whether the request brings either.
pub fn has_cookies(headers: &HeaderMap, config: &Config) -> bool {
    let jar = CookieJar::from_headers(headers);
    jar.get(&access_name(config)).is_some() || jar.get(&refresh_name(config)).is_some()
}

/// What to set after a log-in or a renewal.
pub fn session_cookies(config: &Config, fresh: &Freshened) -> CookieJar {
    CookieJar::new()
        .add(cookie(
            config,
            access_name(config),
            fresh.access.clone(),
            ACCESS_LIFETIME,
        ))
        .add(cookie(
            config,
            refresh_name(config),
            fresh.refresh.text(),
            REFRESH_LIFETIME,
        ))
}

/// What to set after a log-out.
pub fn clear_cookies(config: &Config) -> CookieJar {
    CookieJar::new()
        .add(cookie(
            config,
            access_name(config),
            String::new(),
            Duration::ZERO,
        ))
        .add(cookie(
            config,
            refresh_name(config),
            String::new(),
            Duration::ZERO,
        ))
}

/// The request's cookies, with ours replaced: handlers behind see a request that was always fresh.
pub fn replace(headers: &HeaderMap, config: &Config, fresh: &Freshened) -> Option<HeaderValue> {
    let (access, refresh) = (access_name(config), refresh_name(config));
    let jar = CookieJar::from_headers(headers);
    let others = jar
        .iter()
        .filter(|cookie| cookie.name() != access && cookie.name() != refresh)
        .map(|cookie| format!("{}={}", cookie.name(), cookie.value()));
    let ours = [
        format!("{access}={}", fresh.access),
        format!("{refresh}={}", fresh.refresh.text()),
    ];
    let all: Vec<String> = others.chain(ours).collect();
    HeaderValue::from_str(&all.join("; ")).ok()
}

/// The `__Host-` prefix makes the browser refuse the cookie from a neighbouring subdomain, but it
/// asks for TLS.
fn access_name(config: &Config) -> String {
    prefixed(config, "atelier_access")
}

fn refresh_name(config: &Config) -> String {
    prefixed(config, "atelier_refresh")
}

fn prefixed(config: &Config, name: &str) -> String {
    let prefix = if config.is_https() { "__Host-" } else { "" };
    format!("{prefix}{name}")
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name).map(|cookie| cookie.value().to_owned())
}

/// `Lax`, not `Strict`: who follows a link from elsewhere is logged in when they arrive. Writes
/// are kept from other sites by [`super::refuse_cross_site`] besides.
fn cookie(config: &Config, name: String, value: String, lifetime: Duration) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Lax)
        .max_age(lifetime)
        .build()
}
