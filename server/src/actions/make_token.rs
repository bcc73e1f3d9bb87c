//! A personal access token for a script or a plugin.

use sea_orm::TransactionTrait as _;
use uuid::Uuid;
use wire::{
    account::{NewToken, Role, Scope, TokenCard, TokenMade},
    ids::{SessionId, TokenId},
    problem::Code,
};

use crate::{
    app::App,
    clock::to_ms,
    error::ApiError,
    keys::Secret,
    session::{Person, TOKEN_PREFIX},
    store, text,
};

/// Longest name, in characters.
const NAME_MAX_CHARS: usize = 80;

/// Far more than anybody can tell apart.
const TOKENS_MAX: u64 = 50;

/// Makes it. The secret is in this answer only.
pub async fn make_token(
    app: &App,
    person: &Person,
    session: SessionId,
    wish: NewToken,
) -> Result<TokenMade, ApiError> {
    let name = text::line("name", &wish.name, NAME_MAX_CHARS)?;
    let scopes = scopes(wish.scopes, person.role)?;
    let tx = app.db.begin().await?;
    // Of two who make the last one at once, one comes too late.
    store::artists::lock(&tx, person.id).await?;
    // A new password revokes every token; one that was asked for before must not come after it.
    if store::sessions::person(&tx, session).await?.is_none() {
        let detail = "the session has ended; log in again";
        return Err(ApiError::new(Code::NotLoggedIn, detail));
    }
    if store::tokens::count(&tx, person.id).await? >= TOKENS_MAX {
        let detail = format!("there are {TOKENS_MAX} tokens already; revoke one first");
        return Err(ApiError::new(Code::Invalid, detail));
    }
    let now = app.clock.now();
    let secret = Secret::random().map_err(ApiError::internal)?;
    let card = TokenCard {
        id: TokenId(Uuid::now_v7()),
        name,
        scopes,
        created_ms: to_ms(now),
        used_ms: None,
    };
    store::tokens::add(&tx, person.id, &card, secret.hash(), now).await?;
    tx.commit().await?;
    Ok(TokenMade {
        card,
        secret: format!("{TOKEN_PREFIX}{}", secret.text()),
    })
}

/// In one order and each once; a token may not do what its owner may not.
fn scopes(mut wish: Vec<Scope>, role: Role) -> Result<Vec<Scope>, ApiError> {
    wish.sort_unstable();
    wish.dedup();
    if wish.is_empty() {
        return Err(ApiError::new(
            Code::Invalid,
            "scopes must name one scope at least",
        ));
    }
    if wish.contains(&Scope::Metrics) && role < Role::Admin {
        return Err(ApiError::new(
            Code::NotAllowed,
            "only an admin's token may read the metrics",
        ));
    }
    Ok(wish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_does_no_more_than_its_owner() {
        let wish = vec![Scope::Rate, Scope::Read, Scope::Rate];
        assert_eq!(
            scopes(wish, Role::Artist).unwrap(),
            [Scope::Read, Scope::Rate]
        );
        let metrics = vec![Scope::Metrics];
        let refusal = scopes(metrics.clone(), Role::Teacher).unwrap_err();
        assert_eq!(refusal.code(), Code::NotAllowed);
        assert!(scopes(metrics, Role::Admin).is_ok());
        assert_eq!(
            scopes(vec![], Role::Admin).unwrap_err().code(),
            Code::Invalid
        );
    }
}
