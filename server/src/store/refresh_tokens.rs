//! Refresh tokens, by their hashes.

use entity::refresh_tokens;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};
use time::OffsetDateTime;
use wire::ids::SessionId;

/// What is known of a token that was given out.
#[derive(Clone, Copy, Debug)]
pub struct RefreshToken {
    /// The session it renews.
    pub session: SessionId,
    /// Until when.
    pub expires_at: OffsetDateTime,
    /// When it was traded for its successor, if it was.
    pub used_at: Option<OffsetDateTime>,
}

/// Gives one out; again is no harm, since a token's successor is always the same.
pub async fn add(
    db: &impl ConnectionTrait,
    hash: [u8; 32],
    session: SessionId,
    expires_at: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = refresh_tokens::ActiveModel {
        hash: Set(hash.to_vec()),
        session_id: Set(session.0),
        expires_at: Set(expires_at),
        used_at: Set(None),
    };
    refresh_tokens::Entity::insert(row)
        .on_conflict(
            OnConflict::column(refresh_tokens::Column::Hash)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// The session that a token renews.
pub async fn session(
    db: &impl ConnectionTrait,
    hash: [u8; 32],
) -> Result<Option<SessionId>, DbErr> {
    Ok(find(db, hash).await?.map(|token| token.session))
}

/// Looks one up. Whoever is about to trade it locks its session before: of two requests that bring
/// the same token, one sees what the other did.
pub async fn find(
    db: &impl ConnectionTrait,
    hash: [u8; 32],
) -> Result<Option<RefreshToken>, DbErr> {
    let row = refresh_tokens::Entity::find_by_id(hash.to_vec())
        .one(db)
        .await?;
    Ok(row.map(|row| {
        let refresh_tokens::Model {
            hash: _,
            session_id,
            expires_at,
            used_at,
        } = row;
        RefreshToken {
            session: SessionId(session_id),
            expires_at,
            used_at,
        }
    }))
}

/// Traded for its successor.
pub async fn mark_used(
    tx: &impl ConnectionTrait,
    hash: [u8; 32],
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    refresh_tokens::Entity::update_many()
        .col_expr(refresh_tokens::Column::UsedAt, Expr::value(now))
        .filter(refresh_tokens::Column::Hash.eq(hash.to_vec()))
        .exec(tx)
        .await
        .map(drop)
}

/// Forgets those that are too old to be traded. A session in daily use leaves one behind for every ten
/// minutes of it.
pub async fn forget(db: &impl ConnectionTrait, now: OffsetDateTime) -> Result<u64, DbErr> {
    let old =
        refresh_tokens::Entity::delete_many().filter(refresh_tokens::Column::ExpiresAt.lte(now));
    Ok(old.exec(db).await?.rows_affected)
}
