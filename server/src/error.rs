//! What went wrong, on its way to whoever asked.
//!
//! A refusal that a person can meet has a [`Code`]; everything else is [`ApiError::internal`],
//! which logs the cause here, once, and tells the outside nothing of it.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sea_orm::{DbErr, RuntimeErr, sqlx};
use wire::problem::{Code, Problem};

/// A refusal or a failure, ready to be answered with.
#[derive(Debug, thiserror::Error)]
#[error("{}", .problem.detail)]
pub struct ApiError {
    problem: Problem,
    retry_after_s: Option<u32>,
}

impl ApiError {
    /// A refusal with a sentence that says what to do.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            problem: Problem::new(code, detail),
            retry_after_s: None,
        }
    }

    /// There is no such thing, or it is somebody else's.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "there is nothing here, or it is not yours")
    }

    /// Tells the caller when to come back, in whole seconds.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// Something broke that is not the caller's fault: logs why and says nothing about it.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        tracing::error!(cause = format!("{:#}", cause.into()), "request failed");
        Self::new(
            Code::Internal,
            "something broke on our side; it has been logged",
        )
    }

    /// A dependency is away for the moment: logs which and asks to come back.
    pub fn unavailable(cause: impl Into<anyhow::Error>) -> Self {
        tracing::warn!(
            cause = format!("{:#}", cause.into()),
            "dependency unavailable"
        );
        Self::new(
            Code::Unavailable,
            "a part of the service is away; try again in a moment",
        )
        .retry_after(1)
    }

    /// The refusal's code.
    pub const fn code(&self) -> Code {
        self.problem.code
    }

    /// The HTTP status the code stands for.
    pub const fn status(&self) -> StatusCode {
        match self.problem.code {
            Code::NotLoggedIn | Code::WrongCredentials => StatusCode::UNAUTHORIZED,
            Code::NotAllowed | Code::CrossSite => StatusCode::FORBIDDEN,
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::Invalid | Code::UnusablePicture => StatusCode::UNPROCESSABLE_ENTITY,
            Code::EmailTaken
            | Code::InvitationSpent
            | Code::LastAdmin
            | Code::RatingConflict
            | Code::AlreadyRated
            | Code::RatingUndone
            | Code::RatingChanged => StatusCode::CONFLICT,
            Code::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(self.problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<DbErr> for ApiError {
    fn from(error: DbErr) -> Self {
        if is_connection_loss(&error) {
            Self::unavailable(error)
        } else {
            Self::internal(error)
        }
    }
}

/// Whether the database is away, or busy with itself, rather than the query wrong.
pub fn is_connection_loss(error: &DbErr) -> bool {
    let cause = match error {
        DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => return true,
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
            cause
        }
        _ => return false,
    };
    match &**cause {
        sqlx::Error::Io(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(refusal) => refusal.code().is_some_and(|code| is_passing(&code)),
        _ => false,
    }
}

/// Whether a refusal of Postgres' is about this moment, not about the query.
fn is_passing(code: &str) -> bool {
    // Shut down by an administrator, crashed, starting up; two transactions in each other's way.
    let codes = ["57P01", "57P02", "57P03", "40001", "40P01"];
    // Class 53: no connection, no memory, no disk.
    codes.contains(&code) || code.starts_with("53")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_database_asks_to_come_back() {
        let lost = DbErr::Conn(RuntimeErr::Internal("connection refused".into()));
        let answer = ApiError::from(lost).into_response();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()[header::RETRY_AFTER], "1");
    }

    #[test]
    fn the_cause_of_a_failure_stays_inside() {
        let error = ApiError::from(DbErr::Custom("relation secrets does not exist".into()));
        assert_eq!(error.code(), Code::Internal);
        assert!(!error.to_string().contains("secrets"), "{error}");
    }
}
