//! ROOM: HTTP, the only one. One function per endpoint; `send` twice: in the browser it is a fetch,
//! while a page is rendered on the server it is the same API in the same process.

pub mod account;
pub mod images;
pub mod learners;
pub mod styles;
pub mod taxonomy;

mod send;

use std::{marker::PhantomData, pin::Pin};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wire::problem::{Code, Problem};

#[cfg(feature = "ssr")]
pub use send::{Answer, Call, InProcess};

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// No answer: the connection or the server is away.
    Offline,
    /// The server said no, and why.
    Refused(Problem),
}

impl ApiError {
    /// The reason, if the server gave one.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Offline => None,
            Self::Refused(problem) => Some(problem.code),
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

/// A value to be read from the API: await it, or give it to a page with [`crate::loaded`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read<T> {
    path: String,
    value: PhantomData<fn() -> T>,
}

impl<T> Read<T> {
    const fn new(path: String) -> Self {
        Self {
            path,
            value: PhantomData,
        }
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
        Box::pin(async move { parse(&text(Method::Get, self.path, None).await?) })
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
    text(method, path, Some(body)).await
}

/// Does something that needs no body, and whose answer does not matter.
async fn act(method: Method, path: String) -> Result<(), ApiError> {
    text(method, path, None).await.map(|_| ())
}

/// Sends a request and takes the answer as the text it is.
pub(crate) async fn text(
    method: Method,
    path: String,
    body: Option<String>,
) -> Result<String, ApiError> {
    let (status, body) = send::send(method, path, body).await?;
    let body = String::from_utf8(body).map_err(|_| unreadable(status))?;
    accepted(status, body)
}

/// The body of a success, or the refusal.
fn accepted(status: u16, body: String) -> Result<String, ApiError> {
    if (200..300).contains(&status) {
        return Ok(body);
    }
    Err(serde_json::from_str(&body).map_or_else(|_| unreadable(status), ApiError::Refused))
}

/// Reads an answer's text. One reader for all: `serde_json` is compiled anew for every kind of input.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|_| unreadable(200))
}

/// An answer that is not ours: a proxy's error page, or a server of another version.
fn unreadable(status: u16) -> ApiError {
    let code = match status {
        401 => Code::NotLoggedIn,
        404 => Code::NotFound,
        413 => Code::TooLarge,
        429 => Code::TooMany,
        502..=504 => Code::Unavailable,
        _ => Code::Internal,
    };
    ApiError::Refused(Problem::new(code, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_success_is_its_body() {
        assert_eq!(accepted(204, String::new()).unwrap(), "");
        assert_eq!(parse::<u8>(&accepted(200, "7".into()).unwrap()), Ok(7));
        assert!(parse::<u8>("<html>").is_err());
    }

    #[test]
    fn a_refusal_keeps_its_code_and_its_words() {
        let body = r#"{"code":"already-learned","detail":"later ratings build on it"}"#;
        let problem = Problem::new(Code::AlreadyLearned, "later ratings build on it");
        assert_eq!(accepted(409, body.into()), Err(ApiError::Refused(problem)));
    }

    #[test]
    fn a_proxys_error_page_is_read_by_its_status() {
        let refused = |status| accepted(status, "<html>".into()).unwrap_err().code();
        assert_eq!(refused(502), Some(Code::Unavailable));
        assert_eq!(refused(429), Some(Code::TooMany));
        assert_eq!(refused(500), Some(Code::Internal));
    }
}
