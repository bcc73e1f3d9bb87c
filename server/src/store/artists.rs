//! Accounts.

use entity::artists;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    SqlErr,
    sea_query::{Expr, ExprTrait, Func},
};
use time::OffsetDateTime;
use wire::{
    account::{Me, Role},
    ids::ArtistId,
};

use super::broken_row;
use crate::clock::to_ms;

/// An account with its password's hash.
#[derive(Clone)]
pub struct Account {
    /// What its owner may see.
    pub me: Me,
    /// What nobody sees.
    pub password_hash: String,
}

/// Stores a new account; `false` if the e-mail has one already.
pub async fn add(
    db: &impl ConnectionTrait,
    account: &Account,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let Account { me, password_hash } = account;
    let row = artists::ActiveModel {
        id: Set(me.id.0),
        email: Set(me.email.clone()),
        password_hash: Set(password_hash.clone()),
        name: Set(me.name.clone()),
        role: Set(me.role.name().to_owned()),
        last_event: Set(0),
        created_at: Set(now),
    };
    match artists::Entity::insert(row)
        .exec_without_returning(db)
        .await
    {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// The account of this e-mail, in whatever case it is written.
pub async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<Account>, DbErr> {
    let lower = Func::lower(Expr::col(artists::Column::Email));
    artists::Entity::find()
        .filter(ExprTrait::eq(Expr::expr(lower), email.to_lowercase()))
        .one(db)
        .await?
        .map(account)
        .transpose()
}

/// The account of this person.
pub async fn by_id(db: &impl ConnectionTrait, id: ArtistId) -> Result<Option<Account>, DbErr> {
    artists::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map(account)
        .transpose()
}

/// The same, held as it is until the transaction ends.
pub async fn hold(tx: &impl ConnectionTrait, id: ArtistId) -> Result<Option<Account>, DbErr> {
    artists::Entity::find_by_id(id.0)
        .lock_shared()
        .one(tx)
        .await?
        .map(account)
        .transpose()
}

/// Whether anybody keeps the house yet.
pub async fn any_admin(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let admin = artists::Entity::find()
        .filter(artists::Column::Role.eq(Role::Admin.name()))
        .one(db)
        .await?;
    Ok(admin.is_some())
}

/// Stores a new password's hash.
pub async fn set_password(
    db: &impl ConnectionTrait,
    id: ArtistId,
    password_hash: &str,
) -> Result<(), DbErr> {
    artists::Entity::update_many()
        .col_expr(artists::Column::PasswordHash, Expr::value(password_hash))
        .filter(artists::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

/// Deletes the account and, by the foreign keys, every row of it.
pub async fn delete(db: &impl ConnectionTrait, id: ArtistId) -> Result<(), DbErr> {
    artists::Entity::delete_by_id(id.0).exec(db).await.map(drop)
}

fn account(row: artists::Model) -> Result<Account, DbErr> {
    let artists::Model {
        id,
        email,
        password_hash,
        name,
        role,
        last_event: _,
        created_at,
    } = row;
    let me = Me {
        id: ArtistId(id),
        name,
        email,
        role: Role::from_name(&role).ok_or_else(|| broken_row("an unknown role"))?,
        created_ms: to_ms(created_at),
    };
    Ok(Account { me, password_hash })
}
