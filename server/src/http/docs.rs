//! The API about itself: its `OpenAPI` document, and a page to read it with.
//!
//! The page is our own, a plain document without script: it needs no library, nothing from
//! elsewhere, and the browser's own search finds everything.

mod page;
mod schema;

use std::sync::Arc;

use axum::{
    Extension, Router,
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, error::ApiError, keys::Secret};

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(document))
        .routes(routes!(browse))
}

/// What the operations answer with, once all of them are known.
#[derive(Clone)]
struct Rendered {
    json: Arc<str>,
    page: Arc<str>,
}

/// Hands the finished document to the operations above.
pub fn with_document(router: Router, document: &OpenApi) -> anyhow::Result<Router> {
    let rendered = Rendered {
        json: document.to_pretty_json()?.into(),
        page: page::render(&serde_json::to_value(document)?).into(),
    };
    Ok(router.layer(Extension(rendered)))
}

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", tag = "docs", operation_id = "docs_openapi", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = Object)),
)]
async fn document(Extension(rendered): Extension<Rendered>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, rendered.json.to_string()).into_response()
}

/// This document, as a page.
#[utoipa::path(
    get, path = "/docs", tag = "docs", operation_id = "docs_page", security(()),
    responses((status = 200, description = "HTML", body = String, content_type = "text/html")),
)]
async fn browse(Extension(rendered): Extension<Rendered>) -> Result<Response, ApiError> {
    let nonce = Secret::random().map_err(ApiError::internal)?.text();
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, rendered.page.replace(page::NONCE, &nonce)).into_response())
}
