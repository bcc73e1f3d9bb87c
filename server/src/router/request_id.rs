//! The id under which a request stands in the logs, where the caller brings one.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue},
    middleware::Next,
    response::Response,
};

/// A UUID or a trace id has half as many characters.
const MAX_BYTES: usize = 64;

const NAME: &str = "x-request-id";

/// Drops an id that is none; it is then made here, as for a caller who brings none. What a stranger
/// sends stands in every line that the request leaves in the log, so it is short and plain.
pub(super) async fn check(mut request: Request, next: Next) -> Response {
    drop_if_odd(request.headers_mut());
    next.run(request).await
}

fn drop_if_odd(headers: &mut HeaderMap) {
    let is_one = |value: &HeaderValue| {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
        (1..=MAX_BYTES).contains(&value.len()) && value.as_bytes().iter().all(plain)
    };
    let mut all = headers.get_all(NAME).iter();
    let is_good = all.next().is_none_or(is_one) && all.next().is_none();
    if !is_good {
        headers.remove(NAME);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_plain_id_is_kept_and_any_other_dropped() {
        let kept = |id: &str| {
            let mut headers =
                HeaderMap::from_iter([(NAME.parse().unwrap(), HeaderValue::from_str(id).unwrap())]);
            drop_if_odd(&mut headers);
            headers.contains_key(NAME)
        };
        assert!(kept("0192f000-0000-7000-8000-000000000001") && kept("trace:7_a.b"));
        assert!(kept(&"a".repeat(64)) && !kept(&"a".repeat(65)));
        assert!(!kept("") && !kept("two words") && !kept("\"quoted\""));
    }
}
