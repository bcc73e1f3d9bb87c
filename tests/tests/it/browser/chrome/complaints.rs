//! What the browser's console may say without failing a walk.

use super::Chrome;

/// What a browser says of requests whose server is gone, by the beginnings of its names for it.
const LOST: [&str; 6] = [
    "net::ERR_CONNECTION_",
    "net::ERR_SOCKET_",
    "net::ERR_NETWORK_",
    "net::ERR_EMPTY_RESPONSE",
    "net::ERR_INCOMPLETE_CHUNKED",
    "net::ERR_ABORTED",
];

/// What is never a fault of the page: on a busy machine a picture or program that was asked for early
/// is there before anybody can use it.
pub(super) const HARMLESS: &str = "was preloaded using link preload but not used";

impl Chrome {
    /// A complaint that this walk provokes on purpose, such as a request without a connection.
    pub fn expect_complaint(&mut self, part: &'static str) {
        self.ignored.push(part);
    }

    /// This walk takes the server away. The browser has a dozen names for what a request meets then
    /// (refused, reset, empty, cut short, no longer connected), and which one is a matter of timing.
    pub fn expect_lost_connections(&mut self) {
        for family in LOST {
            self.expect_complaint(family);
        }
        // The one that starts again is up before its database connections are.
        self.expect_complaint("status of 503");
    }
}
