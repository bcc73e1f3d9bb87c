//! The table of contents of the HTTP API, and what surrounds every request.

mod request_id;

use std::time::Duration;

use axum::{
    Router,
    body::HttpBody as _,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::any,
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
};
use utoipa_axum::router::OpenApiRouter;
use wire::{
    drawing::FILE_MAX_BYTES,
    problem::{Code, Problem},
};

use crate::{app::App, error::ApiError, http, metrics, openapi, pages, session};

/// The largest body an operation takes that does not say otherwise: a style of twelve long prompts is
/// a tenth of it.
const BODY_MAX_BYTES: usize = 64 * 1024;

/// Longer than the longest wait an operation offers, which is 6 s, on a slow day. It bounds the
/// answer's head, not a stream of events.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Slower than that nobody sends a body that is worth waiting for: half a megabit a second.
const UPLOAD_BYTES_PER_S: u64 = 64 * 1024;

/// Every operation, and the document that describes them.
pub fn operations() -> OpenApiRouter<App> {
    let operations = OpenApiRouter::new()
        .merge(http::account::routes())
        .merge(http::sessions::routes())
        .merge(http::tokens::routes())
        .merge(http::admin::routes())
        .merge(http::styles::routes())
        .merge(http::drawings::routes())
        .merge(http::images::routes())
        .merge(http::live::routes())
        .merge(http::taxonomy::routes())
        .merge(http::learners::routes())
        .merge(http::health::routes())
        .merge(http::metrics::routes())
        .merge(http::docs::routes());
    OpenApiRouter::with_openapi(openapi::base()).nest(openapi::BASE, operations)
}

/// The API alone, as the pages call it in process.
pub fn api(app: &App) -> anyhow::Result<Router> {
    let (router, document) = operations().split_for_parts();
    let router = router
        // A route, not a fallback: what is not under /api is for the pages to miss.
        .route("/api/{*path}", any(async || ApiError::not_found()))
        .method_not_allowed_fallback(async || {
            let problem = Problem::new(Code::NotFound, "this path has no such method");
            (StatusCode::METHOD_NOT_ALLOWED, axum::Json(problem))
        })
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            session::refuse_cross_site,
        ))
        .layer(always("cache-control", "no-store"))
        .layer(always(
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'",
        ))
        .with_state(app.clone());
    http::docs::with_document(router, &document)
}

/// Everything this process serves.
pub fn router(app: App) -> anyhow::Result<Router> {
    let api = api(&app)?;
    Ok(surround(pages::routes(&app, api), app))
}

/// The outermost layer comes first.
fn surround(router: Router, app: App) -> Router {
    // Whoever came over TLS once comes over TLS always.
    let tls = app.config.is_https();
    let tls = tls.then(|| always("strict-transport-security", "max-age=31536000"));
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn(request_id::check))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(middleware::from_fn(metrics::observe))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(always("x-content-type-options", "nosniff"))
        .layer(always("referrer-policy", "same-origin"))
        .layer(always("cross-origin-opener-policy", "same-origin"))
        .layer(always("cross-origin-resource-policy", "same-origin"))
        .layer(always(
            "permissions-policy",
            "camera=(), microphone=(), geolocation=()",
        ))
        .layer(always("x-frame-options", "DENY"))
        .option_layer(tls)
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(app, session::freshen));
    router.layer(layers)
}

/// Gives up on an answer that does not come. A long body may take its time to arrive.
async fn in_time(request: Request, next: Next) -> Response {
    let length = request.body().size_hint().lower();
    let upload = length.min(FILE_MAX_BYTES as u64) / UPLOAD_BYTES_PER_S;
    let timeout = TIMEOUT + Duration::from_secs(upload);
    match tokio::time::timeout(timeout, next.run(request)).await {
        Ok(response) => response,
        Err(late) => ApiError::unavailable(late).into_response(),
    }
}

/// A header of every answer that does not say otherwise.
fn always(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    let (name, value) = (
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    );
    SetResponseHeaderLayer::if_not_present(name, value)
}

/// A bug: the caller learns that it was ours, the log learns what it was.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that `CatchPanicLayer` asks for"
)]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    let mut response = ApiError::internal(anyhow::anyhow!("panicked: {message}")).into_response();
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
