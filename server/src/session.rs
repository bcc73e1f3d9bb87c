//! Who asks. The extractors are the first word of every handler that is not open to strangers.
//!
//! An access token says which session it belongs to, and the session is looked up in Postgres on
//! every request: so the end of a session, a new role and a deleted account hold at once on every
//! replica, at the price of one indexed query.

mod access;
mod cookies;
mod freshen;
mod origin;

pub use access::{ACCESS_LIFETIME, mint};
pub use cookies::{clear_cookies, refresh_cookie, session_cookies};
pub use freshen::freshen;
pub use origin::refuse_cross_site;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use wire::{
    account::{Role, Scope},
    ids::{ArtistId, SessionId, TokenId},
    problem::Code,
};

use crate::{app::App, error::ApiError, keys::Secret, store};

/// What every personal access token begins with, so that leaked ones are recognised.
pub const TOKEN_PREFIX: &str = "atelier_";

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: ArtistId,
    /// What they may do.
    pub role: Role,
    /// How they proved it.
    pub via: Via,
}

/// How a person proved who they are.
#[derive(Clone, Debug)]
pub enum Via {
    /// With a browser's cookies.
    Session(SessionId),
    /// With a personal access token, which may do less than its owner.
    Token(TokenId, Vec<Scope>),
}

impl Person {
    /// Whether the session or token they came with is good still; for answers that last.
    pub async fn is_still_here(&self, app: &App) -> Result<bool, ApiError> {
        Ok(match &self.via {
            Via::Session(session) => store::sessions::person(&app.db, *session).await?.is_some(),
            Via::Token(token, _) => store::tokens::exists(&app.db, *token).await?,
        })
    }

    fn may(&self, scope: Scope) -> Result<(), ApiError> {
        match &self.via {
            Via::Token(_, scopes) if !scopes.contains(&scope) => Err(ApiError::new(
                Code::NotAllowed,
                format!(
                    "this token lacks the scope {}; make one that has it",
                    scope.name()
                ),
            )),
            Via::Session(_) | Via::Token(..) => Ok(()),
        }
    }
}

/// A person at a browser: matters of the account are out of every token's reach.
pub struct Session(
    /// Who.
    pub Person,
    /// The session of this request.
    pub SessionId,
);

impl FromRequestParts<App> for Session {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let person = identify(&parts.headers, app).await?;
        match person.via {
            Via::Session(session) => Ok(Self(person, session)),
            Via::Token(..) => Err(ApiError::new(
                Code::NotAllowed,
                "no token reaches this far; log in with a browser",
            )),
        }
    }
}

macro_rules! scoped {
    ($($(#[$doc:meta])* $name:ident: $scope:ident),* $(,)?) => {$(
        $(#[$doc])*
        pub struct $name(
            /// Who.
            pub Person,
        );

        impl FromRequestParts<App> for $name {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
                let person = identify(&parts.headers, app).await?;
                person.may(Scope::$scope)?;
                Ok(Self(person))
            }
        }
    )*};
}

scoped! {
    /// A person who may see their styles and pictures.
    CanRead: Read,
    /// A person who may rate their pictures.
    CanRate: Rate,
    /// A person who may make, change and delete their styles.
    CanWrite: Write,
}

/// An admin at a browser.
pub struct Admin(
    /// Who.
    pub Person,
);

impl FromRequestParts<App> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Session(person, _) = Session::from_request_parts(parts, app).await?;
        must_be_admin(&person)?;
        Ok(Self(person))
    }
}

/// An admin at a browser, or an admin's token for whoever collects the metrics.
pub struct CanMeasure(
    /// Who.
    pub Person,
);

impl FromRequestParts<App> for CanMeasure {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let person = identify(&parts.headers, app).await?;
        must_be_admin(&person)?;
        person.may(Scope::Metrics)?;
        Ok(Self(person))
    }
}

fn must_be_admin(person: &Person) -> Result<(), ApiError> {
    if person.role < Role::Admin {
        return Err(ApiError::new(Code::NotAllowed, "only an admin may do this"));
    }
    Ok(())
}

/// Finds out who asks. A bearer token, if there is one, is all that counts.
async fn identify(headers: &HeaderMap, app: &App) -> Result<Person, ApiError> {
    let person = match headers.get(header::AUTHORIZATION) {
        Some(value) => by_token(value.to_str().unwrap_or_default(), app).await?,
        None => by_cookie(headers, app).await?,
    };
    let person = person.ok_or_else(not_logged_in)?;
    app.limits.person(person.id)?;
    Ok(person)
}

async fn by_token(authorization: &str, app: &App) -> Result<Option<Person>, ApiError> {
    let secret = authorization
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .and_then(|(_, token)| token.trim().strip_prefix(TOKEN_PREFIX))
        .and_then(Secret::parse);
    let Some(secret) = secret else {
        return Ok(None);
    };
    let Some(holder) = store::tokens::holder(&app.db, secret.hash()).await? else {
        return Ok(None);
    };
    store::tokens::touch(&app.db, &holder, app.clock.now()).await?;
    Ok(Some(Person {
        id: holder.artist,
        role: holder.role,
        via: Via::Token(holder.token, holder.scopes),
    }))
}

async fn by_cookie(headers: &HeaderMap, app: &App) -> Result<Option<Person>, ApiError> {
    let claims = cookies::access_cookie(headers, app)
        .and_then(|token| access::verify(&app.keys, &token, app.clock.now()));
    let Some((artist, session)) = claims else {
        return Ok(None);
    };
    let found = store::sessions::person(&app.db, session).await?;
    Ok(found
        .filter(|(owner, _)| *owner == artist)
        .map(|(id, role)| Person {
            id,
            role,
            via: Via::Session(session),
        }))
}

fn not_logged_in() -> ApiError {
    ApiError::new(
        Code::NotLoggedIn,
        "log in first, or send a personal access token",
    )
}
