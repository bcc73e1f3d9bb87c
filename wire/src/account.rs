//! Accounts, sessions and personal access tokens.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ArtistId, SessionId, TokenId},
    stamp::UnixMs,
};

/// Shortest password, in characters.
pub const PASSWORD_MIN_CHARS: usize = 10;
/// Longest password, in bytes: hashing is dear, so its input is bounded.
pub const PASSWORD_MAX_BYTES: usize = 200;

/// What a person may do. Each role may also do what the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Trains styles.
    Artist,
    /// Also holds class sessions.
    Teacher,
    /// Also keeps the house.
    Admin,
}

impl Role {
    /// The name as it stands in JSON and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Artist => "artist",
            Self::Teacher => "teacher",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Artist, Self::Teacher, Self::Admin]
            .into_iter()
            .find(|role| role.name() == name)
    }
}

/// A new account.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// Where to log in with; case does not matter.
    pub email: String,
    /// At least 10 characters, at most 200 bytes.
    pub password: String,
    /// What to be called, 1 to 80 characters.
    pub name: String,
    /// A one-time invitation that carries a role, for example the first admin's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<String>,
}

/// E-mail and password.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// As given at sign-up; case does not matter.
    pub email: String,
    /// The password.
    pub password: String,
}

/// The person who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The artist's id.
    pub id: ArtistId,
    /// What to be called.
    pub name: String,
    /// Where they log in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// When the account was made.
    pub created_ms: UnixMs,
}

/// An account as an admin sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArtistCard {
    /// The artist's id.
    pub id: ArtistId,
    /// What they are called.
    pub name: String,
    /// Where they log in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// When the account was made.
    pub created_ms: UnixMs,
}

/// Another role for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeRole {
    /// What they may do from now on.
    pub role: Role,
}

/// A new password; every other session ends.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The one that holds now.
    pub current: String,
    /// At least 10 characters, at most 200 bytes.
    pub new: String,
}

/// Deletes the account and everything in it.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeleteMe {
    /// The password, asked again because this cannot be undone.
    pub password: String,
}

/// One log-in on one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionCard {
    /// The session's id.
    pub id: SessionId,
    /// Coarse words for the device, for example "Firefox on Linux".
    pub device: String,
    /// When it began.
    pub created_ms: UnixMs,
    /// When it last renewed itself.
    pub used_ms: UnixMs,
    /// Whether this request belongs to it.
    pub current: bool,
}

/// What a personal access token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// See styles and pictures.
    Read,
    /// Rate pictures.
    Rate,
    /// Make, change and delete styles.
    Write,
    /// Read the metrics; only an admin's token may.
    Metrics,
}

impl Scope {
    /// Every scope there is.
    pub const ALL: [Self; 4] = [Self::Read, Self::Rate, Self::Write, Self::Metrics];

    /// The name as it stands in JSON and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Rate => "rate",
            Self::Write => "write",
            Self::Metrics => "metrics",
        }
    }

    /// The scope of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A token to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for, 1 to 80 characters.
    pub name: String,
    /// What it may do; at least one.
    pub scopes: Vec<Scope>,
}

/// A token as it is listed: its secret is never shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenCard {
    /// The token's id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_ms: UnixMs,
    /// When it was last used, to the minute.
    pub used_ms: Option<UnixMs>,
}

/// The one answer that holds a token's secret.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenMade {
    /// As it will be listed.
    pub card: TokenCard,
    /// Send it as `Authorization: Bearer …`; it is stored only as a hash.
    pub secret: String,
}
