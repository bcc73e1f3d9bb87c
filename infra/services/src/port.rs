//! Free ports.

use std::{
    hash::{BuildHasher as _, RandomState},
    net::{Ipv4Addr, TcpListener},
    ops::Range,
};

/// Below the ports that systems give to outgoing connections (Linux from 32,768, others from 49,152):
/// one of those may be taken by anybody at any moment, also while a server starts again.
const QUIET: Range<u16> = 12_000..32_000;
/// So many are taken in a row only if nearly all are.
const TRIES: u32 = 100;

/// A loopback port that nobody listens on now, and that no outgoing connection will take.
///
/// Another server may take it before the caller does, which is unlikely: it is chosen by chance.
pub fn free_port() -> u16 {
    let chance = RandomState::new();
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let tried = (0..TRIES).map(|turn| {
        let span = u64::from(QUIET.end - QUIET.start);
        QUIET.start + (chance.hash_one(turn) % span) as u16
    });
    let mut free = tried.filter(is_free);
    free.next()
        .expect("one of a hundred loopback ports is free")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_free_quiet_and_seldom_chosen_twice() {
        let mut ports: Vec<u16> = (0..20).map(|_| free_port()).collect();
        assert!(ports.iter().all(|port| QUIET.contains(port)));
        ports.sort_unstable();
        ports.dedup();
        // Twenty of twenty thousand: two are the same once in a hundred runs, six in none.
        assert!(ports.len() >= 15, "{ports:?}");
    }
}
