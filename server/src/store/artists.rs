//! Accounts.

use entity::artists;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, SqlErr,
    sea_query::{Expr, ExprTrait, Func, LockType},
};
use time::OffsetDateTime;
use wire::{
    account::{ArtistCard, Me, Role},
    ids::ArtistId,
};

use super::{broken_row, place::Place};
use crate::clock::{from_ms, to_ms};

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

/// Locks the person until the transaction ends, so that what they have is counted while nobody adds
/// to it. After their styles, where those are locked too.
pub async fn lock(tx: &impl ConnectionTrait, id: ArtistId) -> Result<(), DbErr> {
    let query = artists::Entity::find_by_id(id.0).lock(LockType::NoKeyUpdate);
    query.one(tx).await.map(drop)
}

/// Whether anybody keeps the house yet.
pub async fn any_admin(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let admin = artists::Entity::find()
        .filter(artists::Column::Role.eq(Role::Admin.name()))
        .one(db)
        .await?;
    Ok(admin.is_some())
}

/// Locks every admin until the transaction ends, always in the same order, and names them.
pub async fn lock_admins(tx: &impl ConnectionTrait) -> Result<Vec<ArtistId>, DbErr> {
    let rows = artists::Entity::find()
        .filter(artists::Column::Role.eq(Role::Admin.name()))
        .order_by_asc(artists::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| ArtistId(row.id)).collect())
}

/// Gives the account another role; `None` if there is none.
pub async fn set_role(
    db: &impl ConnectionTrait,
    id: ArtistId,
    role: Role,
) -> Result<Option<ArtistCard>, DbErr> {
    let rows = artists::Entity::update_many()
        .col_expr(artists::Column::Role, Expr::value(role.name()))
        .filter(artists::Column::Id.eq(id.0))
        .exec_with_returning(db)
        .await?;
    rows.into_iter().next().map(card).transpose()
}

/// All accounts, the newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<ArtistCard>, DbErr> {
    let older = after.map(|place| place.older(artists::Column::CreatedAt, artists::Column::Id));
    let rows = artists::Entity::find()
        .filter(Condition::all().add_option(older))
        .order_by_desc(artists::Column::CreatedAt)
        .order_by_desc(artists::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(card).collect()
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

fn card(row: artists::Model) -> Result<ArtistCard, DbErr> {
    let Me {
        id,
        name,
        email,
        role,
        created_ms,
    } = account(row)?.me;
    Ok(ArtistCard {
        id,
        name,
        email,
        role,
        created_ms,
    })
}

impl From<&ArtistCard> for Place {
    fn from(card: &ArtistCard) -> Self {
        Self {
            at: from_ms(card.created_ms),
            id: card.id.0,
        }
    }
}
