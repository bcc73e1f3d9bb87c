//! Log-ins, one per device, until they end.

use entity::{artists, sessions};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationTrait as _,
    sea_query::{Expr, LockType},
};
use time::OffsetDateTime;
use wire::{
    account::{Role, SessionCard},
    ids::{ArtistId, SessionId},
};

use super::broken_row;
use crate::clock::to_ms;

/// A device logs in.
pub async fn add(
    db: &impl ConnectionTrait,
    id: SessionId,
    artist: ArtistId,
    device: &str,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = sessions::ActiveModel {
        id: Set(id.0),
        artist_id: Set(artist.0),
        device: Set(device.to_owned()),
        created_at: Set(now),
        used_at: Set(now),
        ended_at: Set(None),
    };
    sessions::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Whose session it is and what they may do; `None` once it has ended.
pub async fn person(
    db: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<(ArtistId, Role)>, DbErr> {
    let row: Option<(uuid::Uuid, String)> = sessions::Entity::find_by_id(id.0)
        .select_only()
        .column(sessions::Column::ArtistId)
        .column(artists::Column::Role)
        .join(JoinType::InnerJoin, sessions::Relation::Artists.def())
        .filter(sessions::Column::EndedAt.is_null())
        .into_tuple()
        .one(db)
        .await?;
    let Some((artist, role)) = row else {
        return Ok(None);
    };
    let role = Role::from_name(&role).ok_or_else(|| broken_row("an unknown role"))?;
    Ok(Some((ArtistId(artist), role)))
}

/// Locks a session until the transaction ends and says whose it is; `None` once it has ended.
pub async fn lock(tx: &impl ConnectionTrait, id: SessionId) -> Result<Option<ArtistId>, DbErr> {
    let row = sessions::Entity::find_by_id(id.0)
        .filter(sessions::Column::EndedAt.is_null())
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    Ok(row.map(|row| ArtistId(row.artist_id)))
}

/// The live sessions of one person that were used since, the latest first.
pub async fn list(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    used_since: OffsetDateTime,
    current: SessionId,
) -> Result<Vec<SessionCard>, DbErr> {
    let rows = sessions::Entity::find()
        .filter(sessions::Column::ArtistId.eq(artist.0))
        .filter(sessions::Column::EndedAt.is_null())
        .filter(sessions::Column::UsedAt.gte(used_since))
        .order_by_desc(sessions::Column::UsedAt)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| card(row, current)).collect())
}

/// Renewed just now.
pub async fn touch(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::UsedAt, Expr::value(now))
        .filter(sessions::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

/// Ends one session of this person; `false` if there is no such live one.
pub async fn end(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    id: SessionId,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let ended = sessions::Entity::update_many()
        .col_expr(sessions::Column::EndedAt, Expr::value(now))
        .filter(sessions::Column::Id.eq(id.0))
        .filter(sessions::Column::ArtistId.eq(artist.0))
        .filter(sessions::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Ends every session of this person but one.
pub async fn end_others(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    keep: SessionId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::EndedAt, Expr::value(now))
        .filter(sessions::Column::ArtistId.eq(artist.0))
        .filter(sessions::Column::Id.ne(keep.0))
        .filter(sessions::Column::EndedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Forgets the sessions that were last renewed before, ended or not, with their refresh tokens.
pub async fn forget(db: &impl ConnectionTrait, used_before: OffsetDateTime) -> Result<u64, DbErr> {
    let old = sessions::Entity::delete_many().filter(sessions::Column::UsedAt.lt(used_before));
    Ok(old.exec(db).await?.rows_affected)
}

fn card(row: sessions::Model, current: SessionId) -> SessionCard {
    let sessions::Model {
        id,
        artist_id: _,
        device,
        created_at,
        used_at,
        ended_at: _,
    } = row;
    SessionCard {
        id: SessionId(id),
        device,
        created_ms: to_ms(created_at),
        used_ms: to_ms(used_at),
        current: id == current.0,
    }
}
