//! Passwords are hashed with argon2id, a few at a time.
//!
//! One hash takes 19 MiB and tens of milliseconds of a core, so a crowd that logs in at once must
//! neither fill the memory nor starve the rest of the server: it waits in line, and a line that
//! is too long is turned away.

use std::sync::Arc;

use anyhow::anyhow;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};

use crate::{error::ApiError, line::Line};

/// How many may wait for their turn; on one core at 25 ms each the last one waits for six seconds.
const LINE_MAX: usize = 256;
const TOO_LONG: &str = "too many people log in at this moment; try again in 5 s";

/// The line in front of the hasher.
#[derive(Clone)]
pub struct Passwords {
    line: Line,
    /// Of nobody's password: what an unknown e-mail is compared with, so that it takes as long.
    decoy: Arc<str>,
}

impl Passwords {
    /// Uses half the cores at most.
    pub fn new() -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let nobody = crate::keys::Secret::random()?.text();
        Ok(Self {
            line: Line::new((cores / 2).max(1), LINE_MAX, TOO_LONG),
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
        self.line.in_turn(work).await?.map_err(ApiError::internal)
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

        // Nobody has their turn here, so whoever is answered was not hashed.
        let closed = Passwords {
            line: Line::new(0, 1, ""),
            decoy: Arc::clone(&passwords.decoy),
        };
        for stored in [Some(&*stored), None] {
            let answer = closed.verify("correct house", stored).now_or_never();
            assert!(answer.is_none(), "it was not hashed: {stored:?}");
        }
        assert!(!passwords.verify("correct house", None).await.unwrap());
    }
}
