//! Which port the server gets.

use std::net::{IpAddr, TcpListener};

use anyhow::{Result, bail};

/// The one that the README names.
const USUAL: u16 = 3000;
/// How many after it are tried.
const TRIES: u16 = 100;

/// The port asked for, which must be free; else the usual one or the next that is.
pub(super) fn choose(at: IpAddr, asked: Option<u16>) -> Result<u16> {
    match asked {
        Some(port) if is_free(at, port) => Ok(port),
        Some(port) => bail!("port {port} is taken: choose another with --port"),
        None => match (USUAL..USUAL + TRIES).find(|&port| is_free(at, port)) {
            Some(port) => Ok(port),
            None => bail!("no free port from {USUAL} on: choose one with --port"),
        },
    }
}

fn is_free(at: IpAddr, port: u16) -> bool {
    TcpListener::bind((at, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn a_port_that_was_asked_for_is_kept_or_refused_but_never_changed() {
        let taken = TcpListener::bind((HERE, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(
            choose(HERE, Some(port))
                .unwrap_err()
                .to_string()
                .contains(&port.to_string())
        );
        drop(taken);
        assert_eq!(choose(HERE, Some(port)).unwrap(), port);
    }
}
