//! How often one address, one account and one person may ask.
//!
//! Everything is kept in memory only, and forgotten once it no longer matters: no address is ever
//! stored. Each replica counts for itself, so with N replicas a limit is up to N times as wide.

use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};
use sha2::{Digest as _, Sha256};
use wire::{ids::ArtistId, problem::Code};

use crate::error::ApiError;

/// All limits, or none where they are switched off.
#[derive(Clone)]
pub struct Limits(Option<Arc<Buckets>>);

struct Buckets {
    sign_up: DefaultKeyedRateLimiter<Address>,
    log_in: DefaultKeyedRateLimiter<Address>,
    account: DefaultKeyedRateLimiter<[u8; 32]>,
    person: DefaultKeyedRateLimiter<ArtistId>,
}

/// Who is on the other end of a connection. One household has one address: of an IPv6 address
/// only the network counts, since its holder chooses the rest freely.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address(IpAddr);

impl From<IpAddr> for Address {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(v4) => IpAddr::V4(v4),
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        })
    }
}

impl Limits {
    /// What the public service uses.
    pub fn new() -> Self {
        // A class of thirty behind one address signs up at once; nobody signs up all day.
        let sign_up = quota(60, Duration::from_secs(10));
        // The same class logs in at once.
        let log_in = quota(60, Duration::from_secs(1));
        // Twenty tries, then two a minute: 3,000 guesses a day at one account.
        let account = quota(20, Duration::from_secs(30));
        // A gallery of pictures at once, then twenty a second: above what keys can do, below what hurts.
        let person = quota(400, Duration::from_millis(50));
        Self(Some(Arc::new(Buckets {
            sign_up: RateLimiter::keyed(sign_up),
            log_in: RateLimiter::keyed(log_in),
            account: RateLimiter::keyed(account),
            person: RateLimiter::keyed(person),
        })))
    }

    /// For load tests.
    pub const fn off() -> Self {
        Self(None)
    }

    /// Somebody at this address wants an account.
    pub fn sign_up(&self, address: Option<Address>) -> Result<(), ApiError> {
        self.check(|buckets| &buckets.sign_up, address)
    }

    /// Somebody at this address gives a password.
    pub fn log_in(&self, address: Option<Address>) -> Result<(), ApiError> {
        self.check(|buckets| &buckets.log_in, address)
    }

    /// Somebody, wherever they are, gives a password for this account, whether it exists or not.
    pub fn account(&self, email: &str) -> Result<(), ApiError> {
        self.check(
            |buckets| &buckets.account,
            Some(Sha256::digest(email).into()),
        )
    }

    /// This person asks for anything at all.
    pub fn person(&self, artist: ArtistId) -> Result<(), ApiError> {
        self.check(|buckets| &buckets.person, Some(artist))
    }

    /// Forgets whoever has not asked lately; without it memory would grow with every visitor.
    pub fn forget_old(&self) {
        let Some(buckets) = &self.0 else { return };
        buckets.sign_up.retain_recent();
        buckets.log_in.retain_recent();
        buckets.account.retain_recent();
        buckets.person.retain_recent();
    }

    fn check<K: Clone + Eq + Hash>(
        &self,
        bucket: impl Fn(&Buckets) -> &DefaultKeyedRateLimiter<K>,
        key: Option<K>,
    ) -> Result<(), ApiError> {
        let (Some(buckets), Some(key)) = (&self.0, key) else {
            return Ok(());
        };
        bucket(buckets).check_key(&key).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            let seconds = wait.as_secs_f64().ceil().max(1.0) as u32;
            ApiError::new(
                Code::TooMany,
                format!("too many requests; try again in {seconds} s"),
            )
            .retry_after(seconds)
        })
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

/// `burst` at once, then one more per `refill`.
fn quota(burst: u32, refill: Duration) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(refill)
        .unwrap_or(Quota::per_second(NonZeroU32::MIN))
        .allow_burst(burst)
}

#[cfg(test)]
mod tests {
    use axum::{http::header, response::IntoResponse as _};

    use super::*;

    #[test]
    fn guessing_at_one_account_is_slowed_from_everywhere() {
        let limits = Limits::new();
        let allowed = (0..100)
            .filter(|_| limits.account("ana@example.org").is_ok())
            .count();
        assert_eq!(allowed, 20);
        assert!(limits.account("ben@example.org").is_ok());
    }

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let limits = Limits::new();
        let refusal = (0..100)
            .find_map(|_| limits.account("ana@example.org").err())
            .unwrap();
        let answer = refusal.into_response();
        let seconds: u32 = answer.headers()[header::RETRY_AFTER]
            .to_str()
            .unwrap()
            .parse()
            .unwrap();
        assert!((1..=30).contains(&seconds), "{seconds}");
    }

    #[test]
    fn a_household_cannot_hop_through_its_own_network() {
        let address = |text: &str| Address::from(text.parse::<IpAddr>().unwrap());
        assert!(address("2001:db8::1") == address("2001:db8::ffff:1"));
        assert!(address("2001:db8::1") != address("2001:db8:0:1::1"));
        assert!(address("::ffff:192.0.2.1") == address("192.0.2.1"));
        assert!(address("192.0.2.1") != address("192.0.2.2"));
    }

    #[test]
    fn load_tests_meet_no_limit() {
        assert!((0..1000).all(|_| Limits::off().account("ana@example.org").is_ok()));
    }
}
