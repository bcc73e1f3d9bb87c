//! How often one address, one account and one person may ask.
//!
//! Everything is kept in memory only, and forgotten once it no longer matters: no address is ever
//! stored. Each replica counts for itself, so with N replicas a limit is up to N times as wide.
//!
//! A limit on guesses at an account must not become a way to lock its owner out. So guesses are
//! counted per account and address; only the sum over all addresses, which slows down somebody who
//! has many, is counted per account, and an address from which the owner came in lately is not asked
//! for it.

mod familiar;

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
use familiar::Familiar;

/// All limits, or none where they are switched off.
#[derive(Clone)]
pub struct Limits(Option<Arc<Buckets>>);

struct Buckets {
    sign_up: DefaultKeyedRateLimiter<Address>,
    log_in: DefaultKeyedRateLimiter<Address>,
    guess: DefaultKeyedRateLimiter<Digest>,
    account: DefaultKeyedRateLimiter<Digest>,
    password: DefaultKeyedRateLimiter<ArtistId>,
    person: DefaultKeyedRateLimiter<ArtistId>,
    drawing: DefaultKeyedRateLimiter<ArtistId>,
    familiar: Familiar,
}

/// Who is meant, without saying so.
type Digest = [u8; 32];

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
        // Twenty tries, then two a minute: 3,000 guesses a day at one account from one address.
        let guess = quota(20, Duration::from_secs(30));
        // From all addresses together ten times as many at once, and 14,000 a day.
        let account = quota(200, Duration::from_secs(6));
        // A gallery of pictures at once, then twenty a second: above what keys can do, below what hurts.
        let person = quota(400, Duration::from_millis(50));
        // Whoever tries out a few drawings does so within a minute; each may take a second of a core.
        let drawing = quota(10, Duration::from_secs(10));
        Self(Some(Arc::new(Buckets {
            sign_up: RateLimiter::keyed(sign_up),
            log_in: RateLimiter::keyed(log_in),
            guess: RateLimiter::keyed(guess),
            account: RateLimiter::keyed(account),
            password: RateLimiter::keyed(guess),
            person: RateLimiter::keyed(person),
            drawing: RateLimiter::keyed(drawing),
            familiar: Familiar::default(),
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

    /// Somebody at this address gives a password for this account, whether it exists or not.
    pub fn guess(&self, email: &str, address: Option<Address>) -> Result<(), ApiError> {
        let Some(buckets) = &self.0 else {
            return Ok(());
        };
        let pair = digest(email, address);
        self.check(|buckets| &buckets.guess, Some(pair))?;
        if buckets.familiar.has(&pair) {
            return Ok(());
        }
        self.check(|buckets| &buckets.account, Some(digest(email, None)))
    }

    /// The owner is there: strangers elsewhere do not count against this address.
    pub fn let_in(&self, email: &str, address: Option<Address>) {
        if let Some(buckets) = &self.0 {
            buckets.familiar.note(digest(email, address));
        }
    }

    /// This person, who is logged in, gives their password once more.
    pub fn password(&self, artist: ArtistId) -> Result<(), ApiError> {
        self.check(|buckets| &buckets.password, Some(artist))
    }

    /// This person asks for anything at all.
    pub fn person(&self, artist: ArtistId) -> Result<(), ApiError> {
        self.check(|buckets| &buckets.person, Some(artist))
    }

    /// This person sends a drawing.
    pub fn drawing(&self, artist: ArtistId) -> Result<(), ApiError> {
        self.check(|buckets| &buckets.drawing, Some(artist))
    }

    /// Forgets whoever has not asked lately; without it memory would grow with every visitor.
    pub fn forget_old(&self) {
        let Some(buckets) = &self.0 else { return };
        buckets.sign_up.retain_recent();
        buckets.log_in.retain_recent();
        buckets.guess.retain_recent();
        buckets.account.retain_recent();
        buckets.password.retain_recent();
        buckets.familiar.forget_old();
        buckets.person.retain_recent();
        buckets.drawing.retain_recent();
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

fn digest(email: &str, address: Option<Address>) -> Digest {
    let address = address.map_or_else(String::new, |Address(ip)| ip.to_string());
    // No address has a line break in it, so no two pairs run together.
    let text = format!("{address}\n{email}");
    Sha256::digest(text).into()
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

    fn address(text: &str) -> Address {
        Address::from(text.parse::<IpAddr>().unwrap())
    }

    const ANA: &str = "ana@example.org";

    #[test]
    fn guessing_at_one_account_from_one_address_is_slowed_down() {
        let limits = Limits::new();
        let thief = Some(address("192.0.2.1"));
        let allowed = (0..100).filter(|_| limits.guess(ANA, thief).is_ok());
        assert_eq!(allowed.count(), 20);
        assert!(limits.guess("ben@example.org", thief).is_ok());
        assert!(limits.guess(ANA, Some(address("192.0.2.2"))).is_ok());
    }

    #[test]
    fn guessing_at_one_account_from_everywhere_is_slowed_down_but_not_for_its_owner_at_home() {
        let limits = Limits::new();
        let home = Some(address("198.51.100.1"));
        assert!(limits.guess(ANA, home).is_ok());
        limits.let_in(ANA, home);
        let net = |n: u32| Some(Address::from(IpAddr::from(n.to_be_bytes())));
        let allowed = (1..1000).filter(|n| limits.guess(ANA, net(*n)).is_ok());
        assert_eq!(allowed.count(), 199);
        assert!(limits.guess(ANA, home).is_ok());
        // At home, too, nobody guesses without end.
        let allowed = (0..100).filter(|_| limits.guess(ANA, home).is_ok());
        assert_eq!(allowed.count(), 18);
    }

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let limits = Limits::new();
        let refusal = (0..100).find_map(|_| limits.guess(ANA, None).err());
        let answer = refusal.unwrap().into_response();
        let seconds = answer.headers()[header::RETRY_AFTER].to_str().unwrap();
        let seconds: u32 = seconds.parse().unwrap();
        assert!((1..=30).contains(&seconds), "{seconds}");
    }

    #[test]
    fn a_household_cannot_hop_through_its_own_network() {
        assert!(address("2001:db8::1") == address("2001:db8::ffff:1"));
        assert!(address("2001:db8::1") != address("2001:db8:0:1::1"));
        assert!(address("::ffff:192.0.2.1") == address("192.0.2.1"));
        assert!(address("192.0.2.1") != address("192.0.2.2"));
    }

    #[test]
    fn load_tests_meet_no_limit() {
        assert!((0..1000).all(|_| Limits::off().guess(ANA, None).is_ok()));
    }
}
