//! The document of the HTTP API, but for its operations, which stand beside their handlers.

use utoipa::{
    OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};

/// Where the API lives. Version 2 would be another.
pub const BASE: &str = "/api/v1";

/// What the operations are merged into.
pub fn base() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    let components = document.components.get_or_insert_default();
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description(
        "atelier_access",
        "Set by log-in; named `__Host-atelier_access` over TLS. Writes must come from our pages.",
    ));
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "A personal access token that has the scope the operation names.",
        ))
        .build();
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    document
}

/// An operation without `security` of its own asks for a session; `security(())` opens it to
/// strangers, and `security(("session" = []), ("token" = ["rate"]))` adds tokens.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Atelier",
        description = "Teach an image generator your own taste. See docs/api.md for conventions.",
    ),
    security(("session" = [])),
    tags(
        (name = "account", description = "Sign up, log in, and what belongs to one person"),
        (name = "sessions", description = "Log-ins on devices"),
        (name = "tokens", description = "Personal access tokens for scripts and plugins"),
        (name = "admin", description = "Who is here, and what each may do; for admins"),
        (name = "styles", description = "Private, versioned policies of one artist"),
        (name = "images", description = "Pictures, their bytes and their ratings"),
        (name = "live", description = "News as they happen"),
        (name = "learners", description = "The algorithms a style can learn by"),
        (name = "taxonomy", description = "The vocabulary of mixes"),
        (name = "docs", description = "This document"),
        (name = "health", description = "For whoever runs the server"),
    ),
)]
struct Document;
