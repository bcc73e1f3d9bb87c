//! HTTP: parse, permit, call one action or one read, answer. Files are nouns.
//!
//! The extractors here are axum's, except that what they refuse is a [`wire::problem::Problem`].

pub mod account;
pub mod admin;
pub mod answers;
pub mod device;
pub mod docs;
pub mod drawings;
pub mod health;
pub mod images;
pub mod learners;
pub mod live;
pub mod metrics;
pub mod paging;
mod png;
pub mod sessions;
pub mod styles;
pub mod taxonomy;
pub mod tokens;

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{
        ConnectInfo, FromRequest, FromRequestParts,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use wire::problem::Code;

use crate::{app::App, error::ApiError, limits::Address};

/// A JSON body.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(ApiError))]
pub struct Json<T>(
    /// The value.
    pub T,
);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// The parts of the path in braces.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub struct Path<T>(
    /// The value.
    pub T,
);

/// What follows the question mark.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
pub struct Query<T>(
    /// The value.
    pub T,
);

/// The caller's address, for the limits only: it is never stored and never logged. `None` for
/// requests that the pages make in process.
pub struct Caller(
    /// The address.
    pub Option<Address>,
);

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let mut address = peer.map(|ConnectInfo(peer)| peer.ip());
        if app.config.trusted_proxy {
            address = forwarded_for(&parts.headers).or(address);
        }
        Ok(Self(address.map(Address::from)))
    }
}

/// The last entry of the last line: the one that our own proxy wrote. Whatever stands before it may be
/// the client's invention, also on a line of its own.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let lines = headers.get_all("x-forwarded-for");
    let last = lines.iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::new(Code::TooLarge, "the body is too large; send less");
        }
        Self::new(
            Code::Invalid,
            match rejection {
                JsonRejection::JsonDataError(_) | JsonRejection::JsonSyntaxError(_) => {
                    format!("the body does not read: {}", cause(&rejection))
                }
                JsonRejection::MissingJsonContentType(_) => {
                    "send JSON, and say so: content-type: application/json".into()
                }
                _ => "the body broke off; send it again".into(),
            },
        )
    }
}

impl From<PathRejection> for ApiError {
    /// An id that is none names nothing.
    fn from(_: PathRejection) -> Self {
        Self::not_found()
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(
            Code::Invalid,
            format!("the query does not read: {}", cause(&rejection)),
        )
    }
}

/// The deepest cause: what stands above it says only that there is one.
fn cause(error: &dyn std::error::Error) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_addresses_the_one_that_our_own_proxy_wrote_counts() {
        let check = |lines: &[&str], expected: Option<[u8; 4]>| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            let expected = expected.map(IpAddr::from);
            assert_eq!(forwarded_for(&headers), expected, "{lines:?}");
        };
        let proxys = Some([192, 0, 2, 1]);
        check(&["192.0.2.1"], proxys);
        check(&["198.51.100.7, 192.0.2.1"], proxys);
        check(&["198.51.100.7", "192.0.2.1"], proxys);
        check(&["198.51.100.7", "203.0.113.9,192.0.2.1"], proxys);
        check(&["198.51.100.7", "nonsense"], None);
        check(&[], None);
    }
}
