//! Numbers for whoever runs the server.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::problem::Problem;

use crate::{app::App, metrics, session::CanMeasure, store::jobs::upkeep};

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show))
}

/// Everything counted since this replica started.
#[utoipa::path(
    get, path = "/metrics", tag = "health", operation_id = "metrics_show",
    security(("session" = []), ("token" = ["metrics"])),
    responses(
        (status = 200, description = "Prometheus' text format", body = String, content_type = "text/plain"),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "Not an admin, or a token without the scope", body = Problem),
    ),
)]
async fn show(State(app): State<App>, CanMeasure(_admin): CanMeasure) -> Response {
    let content_type = (
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    );
    let open = upkeep::count_open(&app.db).await;
    if let Err(error) = &open {
        tracing::warn!(%error, "open jobs were not counted");
    }
    metrics::set_open_jobs(open.ok().as_deref());
    ([content_type], app.metrics.render()).into_response()
}
