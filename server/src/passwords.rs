//! Passwords are hashed with argon2id, a few at a time.
//!
//! One hash takes 19 MiB and tens of milliseconds of a core, so a crowd that logs in at once must
//! neither fill the memory nor starve the rest of the server: it waits in line, and a line that
//! is too long is turned away.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::anyhow;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use wire::problem::Code;

use crate::error::ApiError;

/// How many may wait for their turn; on one core at 25 ms each the last one waits for six seconds.
const LINE_MAX: usize = 256;

/// The line in front of the hasher.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    /// Of nobody's password: what an unknown e-mail is compared with, so that it takes as long.
    decoy: Arc<str>,
}

impl Passwords {
    /// Uses half the cores at most.
    pub fn new() -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let nobody = crate::keys::Secret::random()?.text();
        Ok(Self {
            turns: Arc::new(Semaphore::new((cores / 2).max(1))),
            waiting: Arc::default(),
            decoy: hash(&nobody)?.into(),
        })
    }

    /// The text to store for a password.
    pub async fn hash(&self, password: &str) -> Result<String, ApiError> {
        let password = password.to_owned();
        self.in_turn(move || hash(&password)).await
    }

    /// Whether the password is the one that was stored. Where nothing was stored the answer is no,
    /// after the same work.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, ApiError> {
        let password = password.to_owned();
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.decoy).to_owned();
        let same = self.in_turn(move || verify(&password, &stored)).await?;
        Ok(same && known)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, ApiError> {
        let place = Place::take(&self.waiting)?;
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(ApiError::internal)?;
        drop(place);
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work, not by the caller: who hangs up does not free the core.
            let _turn = turn;
            work()
        });
        done.await
            .map_err(ApiError::internal)?
            .map_err(ApiError::internal)
    }
}

/// One who waits in line; leaving the line gives the place back, also when the caller hangs up.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Result<Self, ApiError> {
        let place = Self(Arc::clone(waiting));
        if waiting.fetch_add(1, Ordering::SeqCst) >= LINE_MAX {
            let detail = "too many people log in at this moment; try again in 5 s";
            return Err(ApiError::new(Code::TooMany, detail).retry_after(5));
        }
        Ok(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// OWASP's figures for argon2id: 19 MiB, two passes, one lane.
fn argon2id() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| anyhow!("{error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> anyhow::Result<String> {
    let hash = argon2id()?.hash_password(password.as_bytes());
    Ok(hash
        .map_err(|error| anyhow!("cannot hash a password: {error}"))?
        .to_string())
}

fn verify(password: &str, stored: &str) -> anyhow::Result<bool> {
    let stored = PasswordHash::new(stored).map_err(|error| anyhow!("stored hash: {error}"))?;
    // The parameters are those of the stored hash, so that raising ours locks nobody out.
    Ok(argon2id()?
        .verify_password(password.as_bytes(), &stored)
        .is_ok())
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn only_the_same_password_is_the_same() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("correct horse").await.unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert!(
            passwords
                .verify("correct horse", Some(&stored))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify("correct house", Some(&stored))
                .await
                .unwrap()
        );
        assert!(!passwords.verify("correct horse", None).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_e_mail_takes_the_same_turn_at_the_same_work_as_a_known_one() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("correct horse").await.unwrap();
        // What a hash costs stands before its salt.
        let cost = |hash: &str| hash.rsplitn(3, '$').last().map(str::to_owned);
        assert_eq!(cost(&passwords.decoy), cost(&stored));

        let cores = passwords.turns.available_permits() as u32;
        let turns = passwords.turns.acquire_many(cores).await.unwrap();
        for stored in [Some(&*stored), None] {
            let answer = passwords.verify("correct house", stored).now_or_never();
            assert!(answer.is_none(), "it was not hashed: {stored:?}");
        }
        drop(turns);
        assert!(!passwords.verify("correct house", None).await.unwrap());
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_is_turned_away() {
        let passwords = Passwords::new().unwrap();
        let places: Vec<_> = (0..LINE_MAX)
            .map(|_| Place::take(&passwords.waiting).unwrap())
            .collect();
        let refusal = passwords.hash("correct horse").await.unwrap_err();
        assert_eq!(refusal.code(), Code::TooMany);
        drop(places);
        assert!(passwords.hash("correct horse").await.is_ok());
    }
}
