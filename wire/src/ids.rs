//! Names of things. A `StyleId` cannot be passed where a `JobId` is meant.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A person with an account.
    ArtistId,
    /// One log-in on one device.
    SessionId,
    /// A personal access token for scripts and plugins.
    TokenId,
    /// A named, versioned policy of one artist.
    StyleId,
    /// One picture.
    ImageId,
    /// One rating; made by the client, so that a retry is recognised.
    RatingId,
    /// One unit of work for a worker.
    JobId,
    /// One worker process.
    WorkerId,
}

/// SHA-256 of a blob's bytes: its name in the blob store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlobHash([u8; 32]);

/// The blob hash of a policy snapshot: two equal policies have one name.
pub type PolicyHash = BlobHash;

/// Text that is not 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a blob hash has 64 lower-case hexadecimal digits, this one reads {0:?}")]
pub struct BlobHashError(String);

impl BlobHash {
    /// Takes a digest that the caller has computed.
    pub const fn from_bytes(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The digest.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Display for BlobHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BlobHash({self})")
    }
}

impl std::str::FromStr for BlobHash {
    type Err = BlobHashError;

    fn from_str(text: &str) -> Result<Self, BlobHashError> {
        let refuse = || BlobHashError(text.chars().take(80).collect());
        let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() != 64 || !text.bytes().all(is_digit) {
            return Err(refuse());
        }
        let mut digest = [0; 32];
        for (i, byte) in digest.iter_mut().enumerate() {
            let pair = text.get(2 * i..2 * i + 2).ok_or_else(refuse)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| refuse())?;
        }
        Ok(Self(digest))
    }
}

impl TryFrom<String> for BlobHash {
    type Error = BlobHashError;

    fn try_from(text: String) -> Result<Self, BlobHashError> {
        text.parse()
    }
}

impl From<BlobHash> for String {
    fn from(hash: BlobHash) -> Self {
        hash.to_string()
    }
}

#[cfg(feature = "openapi")]
mod openapi {
    use super::BlobHash;
    use utoipa::openapi::{Object, RefOr, schema::Schema, schema::Type};

    impl utoipa::PartialSchema for BlobHash {
        fn schema() -> RefOr<Schema> {
            Object::builder()
                .schema_type(Type::String)
                .pattern(Some("^[0-9a-f]{64}$"))
                .description(Some("SHA-256 of the bytes, in lower-case hexadecimal"))
                .into()
        }
    }

    impl utoipa::ToSchema for BlobHash {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_hash_reads_back_what_it_wrote() {
        let hash = BlobHash::from_bytes(std::array::from_fn(|i| i as u8 * 7));
        assert_eq!(hash.to_string().parse(), Ok(hash));
    }

    #[test]
    fn text_that_is_no_hash_is_refused() {
        for text in [
            "",
            "abc",
            &"A".repeat(64),
            &"g".repeat(64),
            &"é".repeat(32),
            "../../etc",
        ] {
            assert!(text.parse::<BlobHash>().is_err(), "{text}");
        }
    }
}
