//! Counters, gauges and histograms, named in one place.
//!
//! Labels have few values: never an id, a path with an id in it, a name or an address.

use std::{sync::OnceLock, time::Instant};

use anyhow::Context as _;
use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing::Instrument as _;
use wire::job::{JobKind, JobState};

/// Requests answered, by `method`, `route` and `status`.
pub const REQUESTS: &str = "atelier_http_requests_total";
/// Seconds from a request's head to its answer's head, by `method` and `route`.
pub const REQUEST_SECONDS: &str = "atelier_http_request_seconds";
/// Log-ins, by `outcome`: `ok` or `refused`.
pub const LOG_INS: &str = "atelier_log_ins_total";
/// Sessions ended because a used refresh token came again.
pub const REPLAYS: &str = "atelier_refresh_replays_total";
/// Tries of jobs that ended, by `kind` and by the `state` of the job after it: `queued` means that
/// it is tried again.
pub const JOBS: &str = "atelier_jobs_total";
/// Jobs that are not over, by `kind` and `state`; every replica reports the same. Not a number while
/// the database is away.
pub const OPEN_JOBS: &str = "atelier_jobs_open";
/// Seconds from the moment a job was due to its start, by `kind`.
pub const JOB_WAIT_SECONDS: &str = "atelier_job_wait_seconds";

/// Bounds of the latency histogram, in seconds.
const SECONDS: [f64; 12] = [
    0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 20.0,
];

/// Reads what was counted.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Makes the process's one recorder; a second call returns the same.
    pub fn install() -> anyhow::Result<Self> {
        static INSTALLED: OnceLock<PrometheusHandle> = OnceLock::new();
        if let Some(handle) = INSTALLED.get() {
            return Ok(Self(handle.clone()));
        }
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full(REQUEST_SECONDS.into()), &SECONDS)?
            .set_buckets_for_metric(Matcher::Full(JOB_WAIT_SECONDS.into()), &SECONDS)?
            .install_recorder()
            .context("cannot install the metrics recorder")?;
        Ok(Self(INSTALLED.get_or_init(|| handle).clone()))
    }

    /// Everything, in Prometheus' text format.
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

/// Counts and times every request, and writes its one line in the log. The line names the route,
/// not the path: a path may carry what a query carries.
pub async fn observe(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = method(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let id = request.headers().get("x-request-id").cloned();
    let id = id
        .as_ref()
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    let span = tracing::info_span!("request", id, method, route);
    let response = next.run(request).instrument(span.clone()).await;
    let elapsed = begun.elapsed();
    let status = response.status().as_u16();
    metrics::counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!(REQUEST_SECONDS, "method" => method, "route" => route)
        .record(elapsed.as_secs_f64());
    span.in_scope(|| tracing::debug!(status, duration_ms = elapsed.as_millis() as u64, "answered"));
    response
}

/// Somebody gave a password.
pub fn count_log_in(is_right: bool) {
    let outcome = if is_right { "ok" } else { "refused" };
    metrics::counter!(LOG_INS, "outcome" => outcome).increment(1);
}

/// A used refresh token came again.
pub fn count_replay() {
    metrics::counter!(REPLAYS).increment(1);
}

/// A try of a job ended.
pub fn count_job(kind: JobKind, state: JobState) {
    metrics::counter!(JOBS, "kind" => kind.name(), "state" => state.name()).increment(1);
}

/// A job was started.
pub fn time_job_wait(kind: JobKind, seconds: f64) {
    metrics::histogram!(JOB_WAIT_SECONDS, "kind" => kind.name()).record(seconds.max(0.0));
}

/// How many jobs are in each open state right now, as far as that is known. A state that none is
/// in is told too.
pub fn set_open_jobs(known: Option<&[(JobKind, JobState, u32)]>) {
    for kind in JobKind::ALL {
        for state in JobState::ALL.into_iter().filter(|state| !state.is_final()) {
            let jobs = known.map_or(f64::NAN, |counts| {
                let this = |count: &&(JobKind, JobState, u32)| (count.0, count.1) == (kind, state);
                counts.iter().find(this).map_or(0.0, |count| count.2.into())
            });
            metrics::gauge!(OPEN_JOBS, "kind" => kind.name(), "state" => state.name()).set(jobs);
        }
    }
}

/// Only the methods there are, so that nobody invents label values.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}
