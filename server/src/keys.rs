//! The keys derived from the operator's one secret, and random secrets for people.
//!
//! One secret with one derived key per use: a key for one purpose proves nothing for another.

use std::path::Path;

use anyhow::{Context as _, ensure};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

/// Shortest secret, in bytes.
const SECRET_MIN_BYTES: usize = 32;

/// All keys of the server. Every replica derives the same ones.
#[derive(Clone)]
pub struct Keys {
    /// Signs access tokens.
    pub access: [u8; 32],
    successor: [u8; 32],
}

impl Keys {
    /// Reads the secret, in hexadecimal, from a file.
    pub fn from_file(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| {
            format!(
                "cannot read the secret file {}; make it with `openssl rand -hex 32`",
                path.display()
            )
        })?;
        let secret = hex::decode(text.trim()).context("the secret file is not hexadecimal")?;
        Self::from_secret(&secret)
    }

    /// Derives the keys.
    pub fn from_secret(secret: &[u8]) -> anyhow::Result<Self> {
        ensure!(
            secret.len() >= SECRET_MIN_BYTES,
            "the secret has {} bytes, but it needs {SECRET_MIN_BYTES} or more",
            secret.len()
        );
        let hkdf = Hkdf::<Sha256>::new(None, secret);
        let derive = |purpose: &str| {
            let mut key = [0; 32];
            hkdf.expand(purpose.as_bytes(), &mut key)
                .map_err(|error| anyhow::anyhow!("cannot derive the key of {purpose}: {error}"))?;
            anyhow::Ok(key)
        };
        Ok(Self {
            access: derive("atelier access token 1")?,
            successor: derive("atelier refresh token successor 1")?,
        })
    }

    /// The one token that follows a refresh token. Derived, not drawn, so that two requests that
    /// renew the same session at the same moment are given the same answer without storing it.
    pub fn successor(&self, token: &Secret) -> Secret {
        let mac = Hmac::<Sha256>::new_from_slice(&self.successor)
            .map(|mac| mac.chain_update(token.0).finalize().into_bytes().into());
        // HMAC takes keys of every length.
        Secret(mac.unwrap_or_else(|_| unreachable!("a key of 32 bytes is a key")))
    }
}

/// 32 random bytes that prove something; stored only as a hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Draws a new one from the operating system.
    pub fn random() -> anyhow::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).context("the operating system gives no random bytes")?;
        Ok(Self(bytes))
    }

    /// Reads what [`Self::text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// As it is handed out.
    pub fn text(&self) -> String {
        hex::encode(self.0)
    }

    /// As it is stored. A fast hash is enough: there is nothing to guess in 256 random bits.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_one_successor_and_only_we_know_it() {
        let (ours, theirs) = (
            Keys::from_secret(&[1; 32]).unwrap(),
            Keys::from_secret(&[2; 32]).unwrap(),
        );
        let token = Secret::random().unwrap();
        assert!(ours.successor(&token) == ours.successor(&token));
        assert!(ours.successor(&token) != theirs.successor(&token));
        assert!(ours.successor(&token) != token);
        assert_ne!(
            ours.successor(&token).hash(),
            ours.successor(&ours.successor(&token)).hash()
        );
    }

    #[test]
    fn each_purpose_has_its_own_key() {
        let keys = Keys::from_secret(&[1; 32]).unwrap();
        assert_ne!(keys.access, keys.successor);
    }

    #[test]
    fn a_short_secret_is_refused() {
        let error = Keys::from_secret(&[1; 16]).err().unwrap().to_string();
        assert_eq!(error, "the secret has 16 bytes, but it needs 32 or more");
    }

    #[test]
    fn a_secret_reads_back_and_nothing_else_does() {
        let secret = Secret::random().unwrap();
        assert!(Secret::parse(&secret.text()) == Some(secret));
        assert!(Secret::parse("").is_none());
        assert!(Secret::parse(&"0".repeat(63)).is_none());
        assert!(Secret::parse(&"g".repeat(64)).is_none());
    }
}
