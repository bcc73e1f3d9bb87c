//! What went wrong, in a code for programs and a sentence for people.

use serde::{Deserialize, Serialize};

/// The body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Stable; programs and translations go by it.
    pub code: Code,
    /// What happened and what to do, in English.
    pub detail: String,
}

/// Every refusal a person or a program can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// Nobody is logged in, or the session has ended.
    NotLoggedIn,
    /// Unknown e-mail or wrong password; deliberately not which.
    WrongCredentials,
    /// Logged in, but the role or the token's scope does not reach this far.
    NotAllowed,
    /// There is no such thing, or it is somebody else's; deliberately not which.
    NotFound,
    /// A field of the request is missing, of the wrong type or out of bounds; `detail` names it.
    Invalid,
    /// An account with that e-mail exists.
    EmailTaken,
    /// The invitation is unknown, used or too old.
    InvitationSpent,
    /// A cookie-authenticated write that did not come from our own pages.
    CrossSite,
    /// The rating id was used before for another picture or with other stars.
    RatingConflict,
    /// The picture has a rating already, under another id.
    AlreadyRated,
    /// Without this admin there would be none; make another one first.
    LastAdmin,
    /// The rating was taken back or changed since; its id is spent, make a new one.
    RatingUndone,
    /// `replaces` is not the picture's present rating; load the picture anew.
    RatingChanged,
    /// Too many requests; `Retry-After` says when to come back.
    TooMany,
    /// The body is larger than this endpoint takes.
    TooLarge,
    /// The file is no PNG, JPEG or WebP picture, is broken or has too many pixels; `detail` says which.
    UnusablePicture,
    /// The server is starting, draining or has lost its database; come back shortly.
    Unavailable,
    /// Something broke that is not the caller's fault; it has been logged.
    Internal,
}

impl Problem {
    /// Puts the two parts together.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }
}
