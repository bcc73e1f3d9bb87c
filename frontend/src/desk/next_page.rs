//! Where to go after logging in: a path of this site and nothing else.

use std::fmt::Write as _;

/// The path if it stays on this site, else the studio.
///
/// `//host` and `/\host` would leave it: browsers read both as another host's address.
pub fn after_log_in(wanted: Option<&str>) -> String {
    wanted
        .filter(|path| path.starts_with('/') && !path.starts_with("//"))
        .filter(|path| !path.contains(['\\', '\n', '\r', '\t']))
        .unwrap_or("/studio")
        .to_owned()
}

/// The log-in page that leads back to `path`.
pub fn log_in_first(path: &str) -> String {
    let mut address = String::from("/log-in?next=");
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                address.push(char::from(byte));
            }
            _ => {
                // Writing into a string does not fail.
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_ours_is_where_it_leads() {
        assert_eq!(after_log_in(Some("/styles/7")), "/styles/7");
        assert_eq!(after_log_in(None), "/studio");
    }

    #[test]
    fn no_other_site_is_reached_through_it() {
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "x",
            "",
            "/\t/evil.example",
        ] {
            assert_eq!(after_log_in(Some(elsewhere)), "/studio", "{elsewhere:?}");
        }
    }

    #[test]
    fn what_has_a_meaning_in_an_address_is_escaped() {
        assert_eq!(
            log_in_first("/pictures?style=7&x=ä"),
            "/log-in?next=/pictures%3Fstyle%3D7%26x%3D%C3%A4"
        );
    }
}
