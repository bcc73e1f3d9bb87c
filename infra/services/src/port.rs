//! Free ports.

use std::net::{Ipv4Addr, TcpListener};

/// A loopback port that nobody listens on now.
///
/// Another process may take it before the caller does: whoever needs a port to stay free tries
/// again with another one, as [`crate::postgres::Cluster::start`] does.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .expect("the kernel has a free loopback port")
}
