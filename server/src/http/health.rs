//! Whether this process lives, and whether it can serve.

use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::problem::{Code, Problem};

use crate::{app::App, error::ApiError, store};

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(alive))
        .routes(routes!(ready))
}

/// The process runs.
#[utoipa::path(
    get, path = "/health/alive", tag = "health", operation_id = "health_alive", security(()),
    responses((status = 200, description = "It runs", body = String, content_type = "text/plain")),
)]
async fn alive() -> &'static str {
    "alive"
}

/// The process can serve: its database, its migrations and its bus are there, and it is not
/// about to stop.
#[utoipa::path(
    get, path = "/health/ready", tag = "health", operation_id = "health_ready", security(()),
    responses(
        (status = 200, description = "It can serve", body = String, content_type = "text/plain"),
        (status = 503, description = "It cannot; `detail` says why", body = Problem),
    ),
)]
async fn ready(State(app): State<App>) -> Result<&'static str, ApiError> {
    let no = |why: &str| Err(ApiError::new(Code::Unavailable, why).retry_after(1));
    if app.leaving.is_cancelled() {
        return no("the server is about to stop");
    }
    if app.nats.connection_state() != async_nats::connection::State::Connected {
        return no("NATS is away");
    }
    match store::migrations::are_done(&app.db, &app.schema).await {
        Ok(true) => Ok("ready"),
        Ok(false) => no("migrations are pending; run `atelier-server migrate`"),
        Err(_) => no("the database is away"),
    }
}
