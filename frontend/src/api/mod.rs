//! ROOM: HTTP, the only one. One function per endpoint; `send` twice: in the browser it is a fetch,
//! while a page is rendered on the server it is the same API in the same process.

pub mod account;
pub mod images;
pub mod learners;
pub mod styles;
pub mod taxonomy;

mod send;

use std::{marker::PhantomData, pin::Pin};

use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wire::problem::{Code, Problem};

use crate::browser::Picked;

#[cfg(feature = "ssr")]
pub use send::{Answer, Call, InProcess};

/// Nobody is sent away for longer than that, whatever a proxy on the way may say.
const RETRY_AFTER_MAX_S: u32 = 300;

/// Slower than that no upload is waited for, nor does the server: half a megabit a second.
const UPLOAD_BYTES_PER_MS: u64 = 64;

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// No answer: the connection or the server is away.
    Offline,
    /// The server said no, and why.
    Refused(Problem),
    /// The server said not now, why, and after how many seconds to ask again.
    NotNow(Problem, u32),
}

impl ApiError {
    /// The reason, if the server gave one.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Offline => None,
            Self::Refused(problem) | Self::NotNow(problem, _) => Some(problem.code),
        }
    }

    /// How long the server wants to be left alone, if it said so.
    pub fn retry_after_ms(&self) -> Option<i32> {
        match self {
            Self::NotNow(_, seconds) => {
                Some((*seconds).min(RETRY_AFTER_MAX_S).cast_signed() * 1_000)
            }
            Self::Offline | Self::Refused(_) => None,
        }
    }

    /// There is no such thing, told without asking the server.
    pub fn not_found() -> Self {
        Self::Refused(Problem::new(Code::NotFound, ""))
    }
}

/// The methods the API knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes.
    Post,
    /// Sets.
    Put,
    /// Changes in part.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// As it stands in a request.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What goes with a request.
#[derive(Debug)]
pub enum Body {
    /// A value.
    Json(String),
    /// A file of the person's, as it is. Only a browser has some.
    File(SendWrapper<web_sys::File>),
}

/// A value to be read from the API: await it, or give it to a page with [`crate::loaded`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read<T> {
    path: String,
    wait_ms: u32,
    value: PhantomData<fn() -> T>,
}

impl<T> Read<T> {
    const fn new(path: String) -> Self {
        Self {
            path,
            wait_ms: 0,
            value: PhantomData,
        }
    }

    /// The server may take that long on purpose.
    fn waiting(self, wait_ms: u32) -> Self {
        Self { wait_ms, ..self }
    }

    /// Where it is read from.
    pub fn path(self) -> String {
        self.path
    }
}

impl<T: DeserializeOwned> IntoFuture for Read<T> {
    type Output = Result<T, ApiError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { parse(&call(Method::Get, self.path, None, self.wait_ms).await?) })
    }
}

/// Writes a value and reads the answer.
async fn write<T: DeserializeOwned>(
    method: Method,
    path: String,
    body: &impl Serialize,
) -> Result<T, ApiError> {
    parse(&submit(method, path, body).await?)
}

/// Writes a value; what comes back does not matter.
async fn submit(method: Method, path: String, body: &impl Serialize) -> Result<String, ApiError> {
    let body = serde_json::to_string(body).map_err(|_| ApiError::Offline)?;
    text(method, path, Some(Body::Json(body))).await
}

/// Sends a file, which may take its time, and reads the answer.
async fn upload<T: DeserializeOwned>(path: String, picked: &Picked) -> Result<T, ApiError> {
    let wait_ms = (picked.bytes / UPLOAD_BYTES_PER_MS) as u32;
    let file = Some(Body::File(picked.file.clone()));
    parse(&call(Method::Put, path, file, wait_ms).await?)
}

/// Does something that needs no body, and whose answer does not matter.
async fn act(method: Method, path: String) -> Result<(), ApiError> {
    text(method, path, None).await.map(|_| ())
}

/// Sends a request and takes the answer as the text it is.
pub(crate) async fn text(
    method: Method,
    path: String,
    body: Option<Body>,
) -> Result<String, ApiError> {
    call(method, path, body, 0).await
}

/// As [`text`], where the server may hold its answer that long.
async fn call(
    method: Method,
    path: String,
    body: Option<Body>,
    wait_ms: u32,
) -> Result<String, ApiError> {
    let answer = send::send(method, path, body, wait_ms).await?;
    let body = String::from_utf8(answer.body).map_err(|_| unreadable(answer.status))?;
    accepted(answer.status, answer.retry_after_s, body)
}

/// The body of a success, or the refusal.
fn accepted(status: u16, retry_after_s: Option<u32>, body: String) -> Result<String, ApiError> {
    if (200..300).contains(&status) {
        return Ok(body);
    }
    let problem = serde_json::from_str(&body).unwrap_or_else(|_| unreadable_problem(status));
    Err(match retry_after_s {
        None => ApiError::Refused(problem),
        Some(seconds) => ApiError::NotNow(problem, seconds),
    })
}

/// Reads an answer's text. One reader for all: `serde_json` is compiled anew for every kind of input.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|_| unreadable(200))
}

/// An answer that is not ours: a proxy's error page, or a server of another version.
fn unreadable(status: u16) -> ApiError {
    ApiError::Refused(unreadable_problem(status))
}

fn unreadable_problem(status: u16) -> Problem {
    let code = match status {
        401 => Code::NotLoggedIn,
        404 => Code::NotFound,
        413 => Code::TooLarge,
        429 => Code::TooMany,
        502..=504 => Code::Unavailable,
        _ => Code::Internal,
    };
    Problem::new(code, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_success_is_its_body() {
        assert_eq!(accepted(204, None, String::new()).unwrap(), "");
        assert_eq!(
            parse::<u8>(&accepted(200, None, "7".into()).unwrap()),
            Ok(7)
        );
        assert!(parse::<u8>("<html>").is_err());
    }

    #[test]
    fn a_refusal_keeps_its_code_and_its_words() {
        let body = r#"{"code":"rating-changed","detail":"load it anew"}"#;
        let problem = Problem::new(Code::RatingChanged, "load it anew");
        assert_eq!(
            accepted(409, None, body.into()),
            Err(ApiError::Refused(problem))
        );
    }

    #[test]
    fn a_proxys_error_page_is_read_by_its_status() {
        let refused = |status| accepted(status, None, "<html>".into()).unwrap_err().code();
        assert_eq!(refused(502), Some(Code::Unavailable));
        assert_eq!(refused(429), Some(Code::TooMany));
        assert_eq!(refused(500), Some(Code::Internal));
    }

    #[test]
    fn a_server_that_says_when_to_come_back_is_heard() {
        let refused = |seconds| accepted(429, seconds, "<html>".into()).unwrap_err();
        assert_eq!(refused(None).retry_after_ms(), None);
        assert_eq!(refused(Some(7)).retry_after_ms(), Some(7_000));
        assert_eq!(refused(Some(7)).code(), Some(Code::TooMany));
        assert_eq!(refused(Some(u32::MAX)).retry_after_ms(), Some(300_000));
    }
}
