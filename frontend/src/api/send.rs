//! One request and its answer, for the browser and for the server that renders a page.

/// What came back, whatever it says.
pub struct Received {
    /// The HTTP status.
    pub status: u16,
    /// After how many seconds to come back, if the server says so.
    pub retry_after_s: Option<u32>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

#[cfg(target_arch = "wasm32")]
pub use browser::send;
#[cfg(not(target_arch = "wasm32"))]
pub use server::send;
#[cfg(feature = "ssr")]
pub use server::{Answer, Call, InProcess};

#[cfg(target_arch = "wasm32")]
mod browser {
    use super::Received;
    use crate::{
        api::{ApiError, Body, Method},
        browser::within,
    };
    use gloo_net::http::RequestBuilder;
    use send_wrapper::SendWrapper;
    use web_sys::AbortController;

    /// How long to wait for an answer, on top of what the server may wait itself: a connection that
    /// died without a word is as good as none.
    const PATIENCE_MS: i32 = 20_000;

    pub async fn send(
        method: Method,
        path: String,
        body: Option<Body>,
        wait_ms: u32,
    ) -> Result<Received, ApiError> {
        // A browser's futures are not Send; there is one thread, so this says they need not be.
        SendWrapper::new(async move {
            let abort = AbortController::new().map_err(|_| ApiError::Offline)?;
            let request = RequestBuilder::new(&format!("/api/v1{path}"))
                .method(verb(method))
                .abort_signal(Some(&abort.signal()));
            let answer = within(PATIENCE_MS + wait_ms.cast_signed(), fetch(request, body)).await;
            answer.unwrap_or_else(|| {
                abort.abort();
                Err(ApiError::Offline)
            })
        })
        .await
    }

    async fn fetch(request: RequestBuilder, body: Option<Body>) -> Result<Received, ApiError> {
        let request = match body {
            None => request.build(),
            Some(Body::Json(json)) => request
                .header("content-type", "application/json")
                .body(json),
            // The browser names the file's kind itself.
            Some(Body::File(file)) => request.body(file.take()),
        };
        let request = request.map_err(|_| ApiError::Offline)?;
        let answer = request.send().await.map_err(|_| ApiError::Offline)?;
        let retry_after = answer.headers().get("retry-after");
        Ok(Received {
            status: answer.status(),
            retry_after_s: retry_after.and_then(|seconds| seconds.trim().parse().ok()),
            body: answer.binary().await.map_err(|_| ApiError::Offline)?,
        })
    }

    fn verb(method: Method) -> gloo_net::http::Method {
        use gloo_net::http::Method as Verb;
        match method {
            Method::Get => Verb::GET,
            Method::Post => Verb::POST,
            Method::Put => Verb::PUT,
            Method::Patch => Verb::PATCH,
            Method::Delete => Verb::DELETE,
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod server {
    use super::Received;
    use crate::api::{ApiError, Body, Method};
    use std::{pin::Pin, sync::Arc};

    /// A call to the API in this process.
    pub struct Call {
        /// The method's name.
        pub method: &'static str,
        /// Path and query, beginning with `/api/v1`.
        pub path: String,
        /// JSON, if the call has a body.
        pub body: Option<String>,
    }

    /// What the API answered.
    pub struct Answer {
        /// The HTTP status.
        pub status: u16,
        /// The body's bytes.
        pub body: Vec<u8>,
    }

    type Answering = Pin<Box<dyn Future<Output = Answer> + Send>>;

    /// The API in this process, on behalf of the person who asked for the page: the server puts it
    /// into the context of each page it renders.
    #[derive(Clone)]
    pub struct InProcess(pub Arc<dyn Fn(Call) -> Answering + Send + Sync>);

    pub async fn send(
        method: Method,
        path: String,
        body: Option<Body>,
        _wait_ms: u32,
    ) -> Result<Received, ApiError> {
        let api = leptos::prelude::use_context::<InProcess>().ok_or(ApiError::Offline)?;
        let body = match body {
            None => None,
            Some(Body::Json(json)) => Some(json),
            Some(Body::File(_)) => return Err(ApiError::Offline),
        };
        let call = Call {
            method: method.name(),
            path: format!("/api/v1{path}"),
            body,
        };
        let answer = (api.0)(call).await;
        Ok(Received {
            status: answer.status,
            retry_after_s: None,
            body: answer.body,
        })
    }
}
