//! A new artist, logged in at once.

use sea_orm::{DatabaseTransaction, TransactionTrait as _};
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{
    account::{Me, Role, SignUp},
    ids::ArtistId,
    problem::Code,
};

use super::{begin_session::begin_session, refresh_session::Freshened};
use crate::{
    app::App,
    clock::to_ms,
    credentials::{check_password, email},
    error::ApiError,
    keys::Secret,
    store::{
        self,
        artists::Account,
        locks::{self, Singleton},
    },
    text,
};

/// Longest name, in characters.
const NAME_MAX_CHARS: usize = 80;

/// Makes the account. An invitation is used up only if the account is made.
pub async fn sign_up(app: &App, wish: SignUp, device: &str) -> Result<(Me, Freshened), ApiError> {
    let email = email(&wish.email).ok_or_else(no_email)?;
    let name = text::line("name", &wish.name, NAME_MAX_CHARS)?;
    check_password(&wish.password, &email)?;
    let invitation = match wish.invitation.as_deref() {
        Some(text) => Some(Secret::parse(text).ok_or_else(spent)?),
        None => None,
    };
    let password_hash = app.passwords.hash(&wish.password).await?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let role = match invitation {
        Some(secret) => invited(&tx, &secret, now).await?,
        None => Role::Artist,
    };
    let me = Me {
        id: ArtistId(Uuid::now_v7()),
        name,
        email,
        role,
        created_ms: to_ms(now),
    };
    let account = Account {
        me: me.clone(),
        password_hash,
    };
    if !store::artists::add(&tx, &account, now).await? {
        return Err(ApiError::new(
            Code::EmailTaken,
            "an account with this e-mail exists; log in instead",
        ));
    }
    let fresh = begin_session(app, &tx, me.id, device).await?;
    tx.commit().await?;
    Ok((me, fresh))
}

/// The role that the invitation gives. One to become an admin makes the first and no other, however
/// many there are and whoever was given the role meanwhile.
async fn invited(
    tx: &DatabaseTransaction,
    secret: &Secret,
    now: OffsetDateTime,
) -> Result<Role, ApiError> {
    // Of two who come with two links at once, one comes too late.
    locks::lock(tx, Singleton::FirstAdmin).await?;
    let role = store::invitations::spend(tx, secret.hash(), now)
        .await?
        .ok_or_else(spent)?;
    if role == Role::Admin {
        if store::artists::any_admin(tx).await? {
            let detail = "there is an admin already; ask them for the role";
            return Err(ApiError::new(Code::InvitationSpent, detail));
        }
        store::invitations::take_back(tx, role).await?;
    }
    Ok(role)
}

fn no_email() -> ApiError {
    ApiError::new(
        Code::Invalid,
        "email must be an e-mail address, like ana@example.org",
    )
}

fn spent() -> ApiError {
    ApiError::new(
        Code::InvitationSpent,
        "this invitation is unknown, used or too old; ask for a new one",
    )
}
