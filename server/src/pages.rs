//! The pages: the only file that knows `frontend`. It renders them, serves their files, and lends
//! them the API in process, so that a page is drawn from the same answers a script would get.
//!
//! No data is read here and nothing is decided: what a person may see is the API's matter.

use std::{path::Path, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Request, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use frontend::{
    Assets, Shell,
    api::{Answer, Call, InProcess},
    status::PageStatus,
};
use http_body_util::BodyExt as _;
use leptos::{
    nonce::use_nonce,
    prelude::{LeptosOptions, expect_context, provide_context, use_context},
    view,
};
use leptos_axum::{
    LeptosRoutes as _, ResponseOptions, generate_route_list, render_app_async_with_context,
};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use crate::app::App;

/// Files named after their content never change under their name.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Files named by hand are asked for again after an hour.
const SHORTLY: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// A page is one person's and is drawn anew each time.
const FRESH: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The API with the pages around it.
pub fn routes(app: &App, api: Router) -> Router {
    let options = LeptosOptions::builder().output_name("frontend").build();
    let site = app.config.site.clone();
    let assets = site.as_deref().and_then(read_assets);
    let shell = {
        move || {
            let assets = assets.clone();
            view! { <Shell assets/> }
        }
    };
    let context = {
        let api = api.clone();
        move || lend_context(&api)
    };
    let not_found = render_app_async_with_context(context.clone(), shell.clone());
    let pages = Router::new()
        .leptos_routes_with_context(&options, generate_route_list(frontend::App), context, shell)
        .with_state(options);
    let files = site.map(|site| {
        ServeDir::new(site)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip()
    });
    api.merge(pages).fallback(move |request: Request<Body>| {
        let (files, not_found) = (files.clone(), not_found.clone());
        let asked = head(&request);
        async move {
            match serve_file(files, asked).await {
                Some(file) => file,
                None => missing(not_found(request).await),
            }
        }
    })
}

/// The page for an address that has none, unless it is a redirect or worse.
fn missing(mut page: Response) -> Response {
    if page.status() == StatusCode::OK {
        *page.status_mut() = StatusCode::NOT_FOUND;
    }
    page
}

fn read_assets(site: &Path) -> Option<Assets> {
    let manifest = site.join("manifest.json");
    let assets = std::fs::read(&manifest)
        .ok()
        .and_then(|json| Assets::read(&json));
    if assets.is_none() {
        let manifest = manifest.display();
        tracing::warn!(%manifest, "no bundle here, so pages have no script; run cargo xtask bundle");
    }
    assets
}

/// The same question without its body, which no file needs.
fn head(request: &Request<Body>) -> Request<Body> {
    let mut head = Request::new(Body::empty());
    *head.method_mut() = request.method().clone();
    *head.uri_mut() = request.uri().clone();
    *head.headers_mut() = request.headers().clone();
    head
}

/// A file of the site folder, if the path names one.
async fn serve_file(files: Option<ServeDir>, asked: Request<Body>) -> Option<Response> {
    let is_bundle = asked.uri().path().starts_with("/pkg/");
    let mut response = files?.oneshot(asked).await.ok()?.into_response();
    let caching = if is_bundle { IMMUTABLE } else { SHORTLY };
    match response.status() {
        StatusCode::OK => {
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, caching);
            Some(response)
        }
        StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT => Some(response),
        // A missing file of the bundle is not a page.
        status if is_bundle => Some(status.into_response()),
        _ => None,
    }
}

/// What a page may ask of us while it is rendered.
fn lend_context(api: &Router) {
    let Some(parts) = use_context::<Parts>() else {
        return;
    };
    provide_context(in_process(api.clone(), &parts));

    let response = expect_context::<ResponseOptions>();
    response.insert_header(header::CACHE_CONTROL, FRESH);
    if let Some(policy) = content_security_policy() {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    let status = response.clone();
    provide_context(PageStatus(Arc::new(move |code| {
        if let Ok(code) = StatusCode::from_u16(code) {
            status.set_status(code);
        }
    })));
    // Leptos's own redirect asks the `Accept` header whether it may be one.
    leptos_router::components::provide_server_redirect(move |path| {
        if let Ok(location) = HeaderValue::from_str(path) {
            response.insert_header(header::LOCATION, location);
            response.set_status(StatusCode::FOUND);
        }
    });
}

fn content_security_policy() -> Option<HeaderValue> {
    let nonce = use_nonce()?;
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
    policy.try_into().ok()
}

/// The API on behalf of whoever asked for the page: the same cookie, the same address.
fn in_process(api: Router, page: &Parts) -> InProcess {
    let mut template = Request::new(());
    for name in ["cookie", "x-forwarded-for", "user-agent"] {
        if let Some(value) = page.headers.get(name) {
            template.headers_mut().insert(name, value.clone());
        }
    }
    if let Some(address) = page.extensions.get::<ConnectInfo<std::net::SocketAddr>>() {
        template.extensions_mut().insert(*address);
    }
    let (template, ()) = template.into_parts();
    InProcess(Arc::new(move |call| {
        let (api, template) = (api.clone(), template.clone());
        Box::pin(async move { answer(api, template, call).await })
    }))
}

async fn answer(api: Router, mut parts: Parts, call: Call) -> Answer {
    let refused = |status: StatusCode| Answer {
        status: status.as_u16(),
        body: Vec::new(),
    };
    let (Ok(method), Ok(uri)) = (call.method.parse(), call.path.parse()) else {
        return refused(StatusCode::BAD_REQUEST);
    };
    (parts.method, parts.uri) = (method, uri);
    let json = HeaderValue::from_static("application/json");
    parts.headers.insert(header::CONTENT_TYPE, json);
    let body = Body::from(call.body.unwrap_or_default());
    let response = match api.oneshot(Request::from_parts(parts, body)).await {
        Ok(response) => response,
        Err(impossible) => match impossible {},
    };
    let status = response.status();
    match response.into_body().collect().await {
        Ok(body) => Answer {
            status: status.as_u16(),
            body: body.to_bytes().into(),
        },
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR),
    }
}
