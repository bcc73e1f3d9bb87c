//! One-time links that carry a role.

use entity::invitations;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    sea_query::Expr,
};
use time::OffsetDateTime;
use wire::account::Role;

use super::broken_row;

/// Stores a new one.
pub async fn add(
    db: &impl ConnectionTrait,
    hash: [u8; 32],
    role: Role,
    expires_at: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = invitations::ActiveModel {
        hash: Set(hash.to_vec()),
        role: Set(role.name().to_owned()),
        expires_at: Set(expires_at),
        used_at: Set(None),
    };
    invitations::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Forgets those that are too old to be used.
pub async fn delete_old(db: &impl ConnectionTrait, now: OffsetDateTime) -> Result<(), DbErr> {
    invitations::Entity::delete_many()
        .filter(invitations::Column::ExpiresAt.lte(now))
        .exec(db)
        .await
        .map(drop)
}

/// Forgets those to this role, whether they were used or not.
pub async fn take_back(db: &impl ConnectionTrait, role: Role) -> Result<(), DbErr> {
    invitations::Entity::delete_many()
        .filter(invitations::Column::Role.eq(role.name()))
        .exec(db)
        .await
        .map(drop)
}

/// Uses it up and returns its role; `None` if it is unknown, used or too old. Of two who come at
/// once the update's row lock lets one through.
pub async fn spend(
    tx: &impl ConnectionTrait,
    hash: [u8; 32],
    now: OffsetDateTime,
) -> Result<Option<Role>, DbErr> {
    let spent = invitations::Entity::update_many()
        .col_expr(invitations::Column::UsedAt, Expr::value(now))
        .filter(invitations::Column::Hash.eq(hash.to_vec()))
        .filter(invitations::Column::UsedAt.is_null())
        .filter(invitations::Column::ExpiresAt.gt(now))
        .exec_with_returning(tx)
        .await?;
    let Some(invitations::Model {
        hash: _,
        role,
        expires_at: _,
        used_at: _,
    }) = spent.into_iter().next()
    else {
        return Ok(None);
    };
    Role::from_name(&role)
        .map(Some)
        .ok_or_else(|| broken_row("an unknown role"))
}
