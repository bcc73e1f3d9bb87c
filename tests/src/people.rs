//! Somebody at a browser or with a script: a cookie jar and an address.

use std::{fmt, time::Duration};

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use wire::{
    account::{Me, NewToken, Scope, TokenMade},
    problem::{Code, Problem},
};

/// What the server answers: the thing asked for, or a refusal.
pub type Answer<T> = Result<T, Refused>;

/// A refusal, in the server's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The status line.
    pub status: u16,
    /// The body.
    pub problem: Problem,
    /// When to come back, in seconds, if the server says so.
    pub retry_after_s: Option<u64>,
}

/// A person with a browser of their own.
#[derive(Clone, Debug)]
pub struct Person {
    /// What they are called.
    pub name: String,
    /// Where they log in with.
    pub email: String,
    /// And what with.
    pub password: String,
    http: Client,
    token: Option<String>,
    url: String,
    origin: String,
}

impl Person {
    /// A browser that was never here. `origin` is the site's public address.
    pub fn new(name: &str, url: &str, origin: &str) -> Self {
        Self {
            name: name.into(),
            email: format!("{name}@example.org"),
            password: format!("the long password of {name}"),
            http: browser(),
            token: None,
            url: url.into(),
            origin: origin.into(),
        }
    }

    /// The same browser, cookies and all, at another replica.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self {
            url: url.into(),
            ..self.clone()
        }
    }

    /// The same person at another device: no cookie yet.
    #[must_use]
    pub fn other_device(&self) -> Self {
        Self {
            http: browser(),
            ..self.clone()
        }
    }

    /// A script with a token instead of a cookie.
    #[must_use]
    pub fn with_token(&self, secret: &str) -> Self {
        Self {
            http: browser(),
            token: Some(secret.into()),
            ..self.clone()
        }
    }

    /// Makes the account; the browser is logged in afterwards.
    pub async fn sign_up(&self) -> Me {
        let account = json!({"email": self.email, "password": self.password, "name": self.name});
        self.post("/sign-up", &account)
            .await
            .expect("the sign-up works")
    }

    /// Logs in.
    pub async fn log_in(&self) -> Answer<Me> {
        self.post(
            "/log-in",
            &json!({"email": self.email, "password": self.password}),
        )
        .await
    }

    /// Who the server thinks this is.
    pub async fn me(&self) -> Answer<Me> {
        self.get("/me").await
    }

    /// A new token with these scopes.
    pub async fn make_token(&self, scopes: &[Scope]) -> TokenMade {
        let token = NewToken {
            name: "a script".into(),
            scopes: scopes.to_vec(),
        };
        self.post("/me/tokens", &token)
            .await
            .expect("the token is made")
    }

    /// `GET` of a path below `/api/v1`.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Answer<T> {
        read(self.request(Method::GET, path)).await
    }

    /// `POST` of a body.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Answer<T> {
        read(self.request(Method::POST, path).json(body)).await
    }

    /// `PUT` of a body.
    pub async fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Answer<T> {
        read(self.request(Method::PUT, path).json(body)).await
    }

    /// `PATCH` with a body.
    pub async fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Answer<T> {
        read(self.request(Method::PATCH, path).json(body)).await
    }

    /// `DELETE`, with an empty answer.
    pub async fn delete(&self, path: &str) -> Answer<()> {
        read(self.request(Method::DELETE, path)).await
    }

    /// A request as this person's browser sends it from our own pages, to be changed and sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .http
            .request(method, format!("{}/api/v1{path}", self.url));
        match &self.token {
            Some(secret) => request.bearer_auth(secret),
            None => request.header(header::ORIGIN, &self.origin),
        }
    }

    /// The browser itself, for a request that was changed by hand.
    pub const fn http(&self) -> &Client {
        &self.http
    }

    /// A page of the site, without `/api/v1`; redirects are not followed.
    pub async fn page(&self, path: &str) -> Response {
        let request = self.http.get(format!("{}{path}", self.url));
        request
            .send()
            .await
            .unwrap_or_else(|error| panic!("GET {path}: {error:?}"))
    }
}

impl Refused {
    /// The status and the code, which is what most tests want to know.
    pub fn is(&self, status: u16, code: Code) -> bool {
        self.status == status && self.problem.code == code
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {:?}: {}",
            self.status, self.problem.code, self.problem.detail
        )
    }
}

/// Sends the request; a refusal must be a [`Problem`], whoever refuses.
pub async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Answer<T> {
    let answer = match request.send().await {
        Ok(answer) => answer,
        // The server is down: for a caller that is the same as one that is starting.
        Err(error) => {
            return Err(Refused {
                status: 0,
                problem: Problem::new(Code::Unavailable, format!("{error:?}")),
                retry_after_s: None,
            });
        }
    };
    read_answer(answer).await
}

async fn read_answer<T: DeserializeOwned>(answer: Response) -> Answer<T> {
    let (status, path) = (answer.status(), answer.url().path().to_owned());
    let retry_after = answer.headers().get(header::RETRY_AFTER);
    let retry_after_s = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
    let text = answer.text().await.unwrap_or_default();
    if status.is_success() {
        let body = if text.is_empty() || status == StatusCode::NO_CONTENT {
            "null"
        } else {
            &text
        };
        return Ok(serde_json::from_str(body)
            .unwrap_or_else(|error| panic!("{path} answered {status} {text:?}: {error}")));
    }
    let problem = serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{path} refused with {status} {text:?}: {error}"));
    Err(Refused {
        status: status.as_u16(),
        problem,
        retry_after_s,
    })
}

/// As a browser, but it shows redirects instead of following them.
fn browser() -> Client {
    Client::builder()
        .cookie_store(true)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_mins(1))
        .build()
        .expect("a client of our own making")
}
