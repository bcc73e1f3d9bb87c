//! Where the server listens, and what people type to reach it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use anyhow::Result;

use super::port;
use crate::cli::Run;

/// Both of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Where the server listens.
    pub(super) listen: SocketAddr,
    /// What people type. Browsers that say so little about themselves over plain HTTP are known by it.
    pub(super) public_url: String,
}

impl Address {
    /// As the options say, with a free port.
    pub(super) fn choose(options: &Run) -> Result<Self> {
        let port = port::choose(options.listen, options.port)?;
        let listen = SocketAddr::new(options.listen, port);
        Ok(Self::named(
            listen,
            options.public_url.clone(),
            in_network(),
        ))
    }

    fn named(listen: SocketAddr, public_url: Option<String>, network: Option<IpAddr>) -> Self {
        let typed = match network {
            // Nobody can type "everywhere".
            Some(ip) if listen.ip().is_unspecified() => SocketAddr::new(ip, listen.port()),
            _ => reached_from_here(listen),
        };
        Self {
            listen,
            public_url: public_url.unwrap_or_else(|| format!("http://{typed}")),
        }
    }

    /// Where we ourselves reach it.
    pub(super) fn own(&self) -> SocketAddr {
        reached_from_here(self.listen)
    }
}

fn reached_from_here(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// This machine's address in its network, if it is in one: where it would send from. Nothing is sent.
fn in_network() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address for documents, which is nobody's.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_an_address_that_reaches_it() {
        let lan = Some(IpAddr::V4(Ipv4Addr::new(192, 168, 1, 5)));
        let check = |listen: &str, network, typed: &str, from_here: &str| {
            let address = Address::named(listen.parse().unwrap(), None, network);
            assert_eq!(address.public_url, format!("http://{typed}"), "{listen}");
            assert_eq!(address.own().to_string(), from_here);
        };
        let here = "127.0.0.1:3000";
        check(here, lan, here, here);
        check("0.0.0.0:3000", lan, "192.168.1.5:3000", here);
        check("0.0.0.0:3000", None, here, here);
        check("192.168.1.5:80", lan, "192.168.1.5:80", "192.168.1.5:80");
        check("[::]:3000", None, "[::1]:3000", "[::1]:3000");
        let own = Some("https://atelier.example.org".to_owned());
        let address = Address::named(here.parse().unwrap(), own.clone(), lan);
        assert_eq!(Some(address.public_url), own);
    }
}
