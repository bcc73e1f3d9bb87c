//! ROOM: HTTP, the only one. One function per endpoint; `send` twice: in the browser it is a fetch,
//! while a page is rendered on the server it is the same API in the same process.

pub mod account;
pub mod images;
pub mod styles;
pub mod taxonomy;

mod send;

use serde::{Deserialize, Serialize, de::DeserializeOwned, de::IgnoredAny};
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

/// Reads a value.
async fn get<T: DeserializeOwned>(path: String) -> Result<T, ApiError> {
    let (status, body) = send::send(Method::Get, path, None).await?;
    parse(status, &body)
}

/// Writes a value and reads the answer.
async fn write<T: DeserializeOwned>(
    method: Method,
    path: String,
    body: &impl Serialize,
) -> Result<T, ApiError> {
    let body = serde_json::to_string(body).map_err(|_| ApiError::Offline)?;
    let (status, body) = send::send(method, path, Some(body)).await?;
    parse(status, &body)
}

/// Does something that needs no body, and whose answer does not matter.
async fn act(method: Method, path: String) -> Result<(), ApiError> {
    let (status, body) = send::send(method, path, None).await?;
    parse::<IgnoredAny>(status, &body).map(|_| ())
}

fn parse<T: DeserializeOwned>(status: u16, body: &[u8]) -> Result<T, ApiError> {
    if (200..300).contains(&status) {
        let body = if body.is_empty() { b"null" } else { body };
        return serde_json::from_slice(body).map_err(|_| unreadable(status));
    }
    Err(serde_json::from_slice(body).map_or_else(|_| unreadable(status), ApiError::Refused))
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
    fn an_answer_without_a_body_is_fine_where_none_is_expected() {
        assert!(parse::<IgnoredAny>(204, b"").is_ok());
        assert!(parse::<Option<u8>>(200, b"").is_ok());
    }

    #[test]
    fn a_refusal_keeps_its_code_and_its_words() {
        let body = br#"{"code":"already-learned","detail":"later ratings build on it"}"#;
        let Err(ApiError::Refused(problem)) = parse::<u8>(409, body) else {
            panic!("a 409 is a refusal");
        };
        assert_eq!(
            problem,
            Problem::new(Code::AlreadyLearned, "later ratings build on it")
        );
    }

    #[test]
    fn a_proxys_error_page_is_read_by_its_status() {
        let refused = |status| parse::<u8>(status, b"<html>").unwrap_err().code();
        assert_eq!(refused(502), Some(Code::Unavailable));
        assert_eq!(refused(429), Some(Code::TooMany));
        assert_eq!(refused(500), Some(Code::Internal));
    }
}
