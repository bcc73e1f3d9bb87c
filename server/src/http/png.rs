//! A PNG of the blob store as an answer, or the news that the client has it already.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use wire::ids::BlobHash;

use crate::{app::App, error::ApiError};

/// How long a client may keep it. In either case it is one person's.
#[derive(Clone, Copy, Debug)]
pub enum Keep {
    /// The address always means this picture.
    ForEver,
    /// The address may mean another picture any time: ask before it is shown.
    WhileItIsSo,
}

/// The answer. `of` says whose bytes they are, for the log, should they be gone.
pub async fn answer(
    app: &App,
    blob: BlobHash,
    keep: Keep,
    headers: &HeaderMap,
    of: &str,
) -> Result<Response, ApiError> {
    let tag = format!("\"{blob}\"");
    let keep = match keep {
        Keep::ForEver => "private, max-age=31536000, immutable",
        Keep::WhileItIsSo => "private, no-cache",
    };
    let about = [
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
        (
            header::ETAG,
            HeaderValue::try_from(&tag).map_err(ApiError::internal)?,
        ),
    ];
    if has(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let bytes = app.blobs.get(blob).await.map_err(ApiError::unavailable)?;
    let bytes = bytes
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("the blob {blob} of {of} is gone")))?;
    let kind = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ];
    Ok((about, kind, bytes).into_response())
}

/// Whether the client says that it has this version.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|v| v.to_str().ok());
    let mut tags = known.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_has_the_picture_is_told_so() {
        let asks = |value: &'static str| {
            let value = HeaderValue::from_static(value);
            has(
                &HeaderMap::from_iter([(header::IF_NONE_MATCH, value)]),
                "\"ab\"",
            )
        };
        assert!(asks("\"ab\"") && asks("W/\"ab\"") && asks("\"cd\", \"ab\"") && asks("*"));
        assert!(!asks("\"cd\"") && !asks("ab") && !has(&HeaderMap::new(), "\"ab\""));
    }
}
