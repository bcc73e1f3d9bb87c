//! Personal access tokens, by their hashes.

use entity::{access_tokens, artists};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationTrait as _, sea_query::Expr,
};
use time::{Duration, OffsetDateTime};
use wire::{
    account::{Role, Scope, TokenCard},
    ids::{ArtistId, TokenId},
};

use super::broken_row;
use crate::clock::to_ms;

/// Whose token it is, and what it and they may do.
#[derive(Clone, Debug)]
pub struct TokenHolder {
    /// The token.
    pub token: TokenId,
    /// Its owner.
    pub artist: ArtistId,
    /// The owner's role.
    pub role: Role,
    /// What the token may do.
    pub scopes: Vec<Scope>,
    /// When it was last seen, to the minute.
    pub used_at: Option<OffsetDateTime>,
}

/// Stores a new one.
pub async fn add(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    card: &TokenCard,
    hash: [u8; 32],
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = access_tokens::ActiveModel {
        id: Set(card.id.0),
        artist_id: Set(artist.0),
        name: Set(card.name.clone()),
        scopes: Set(card
            .scopes
            .iter()
            .map(|scope| scope.name().to_owned())
            .collect()),
        hash: Set(hash.to_vec()),
        created_at: Set(now),
        used_at: Set(None),
    };
    access_tokens::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// How many this person has.
pub async fn count(db: &impl ConnectionTrait, artist: ArtistId) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait as _;
    access_tokens::Entity::find()
        .filter(access_tokens::Column::ArtistId.eq(artist.0))
        .count(db)
        .await
}

/// This person's tokens, the newest first.
pub async fn list(db: &impl ConnectionTrait, artist: ArtistId) -> Result<Vec<TokenCard>, DbErr> {
    access_tokens::Entity::find()
        .filter(access_tokens::Column::ArtistId.eq(artist.0))
        .order_by_desc(access_tokens::Column::CreatedAt)
        .all(db)
        .await?
        .into_iter()
        .map(card)
        .collect()
}

/// Who holds the token of this hash.
pub async fn holder(
    db: &impl ConnectionTrait,
    hash: [u8; 32],
) -> Result<Option<TokenHolder>, DbErr> {
    type Row = (
        uuid::Uuid,
        uuid::Uuid,
        String,
        Vec<String>,
        Option<OffsetDateTime>,
    );
    let row: Option<Row> = access_tokens::Entity::find()
        .select_only()
        .column(access_tokens::Column::Id)
        .column(access_tokens::Column::ArtistId)
        .column(artists::Column::Role)
        .column(access_tokens::Column::Scopes)
        .column(access_tokens::Column::UsedAt)
        .join(JoinType::InnerJoin, access_tokens::Relation::Artists.def())
        .filter(access_tokens::Column::Hash.eq(hash.to_vec()))
        .into_tuple()
        .one(db)
        .await?;
    let Some((id, artist, role, names, used_at)) = row else {
        return Ok(None);
    };
    Ok(Some(TokenHolder {
        token: TokenId(id),
        artist: ArtistId(artist),
        role: Role::from_name(&role).ok_or_else(|| broken_row("an unknown role"))?,
        scopes: scopes(&names)?,
        used_at,
    }))
}

/// Whether the token is there still.
pub async fn exists(db: &impl ConnectionTrait, id: TokenId) -> Result<bool, DbErr> {
    Ok(access_tokens::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .is_some())
}

/// Remembers the minute of the last use, and writes nothing if that minute is known already.
pub async fn touch(
    db: &impl ConnectionTrait,
    holder: &TokenHolder,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let minute = now - Duration::milliseconds(to_ms(now).0.rem_euclid(60_000));
    if holder.used_at == Some(minute) {
        return Ok(());
    }
    access_tokens::Entity::update_many()
        .col_expr(access_tokens::Column::UsedAt, Expr::value(minute))
        .filter(access_tokens::Column::Id.eq(holder.token.0))
        .exec(db)
        .await
        .map(drop)
}

/// Revokes one of this person's tokens; `false` if there is no such one.
pub async fn delete(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    id: TokenId,
) -> Result<bool, DbErr> {
    let deleted = access_tokens::Entity::delete_many()
        .filter(access_tokens::Column::Id.eq(id.0))
        .filter(access_tokens::Column::ArtistId.eq(artist.0))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Revokes all of this person's tokens.
pub async fn delete_all(db: &impl ConnectionTrait, artist: ArtistId) -> Result<(), DbErr> {
    access_tokens::Entity::delete_many()
        .filter(access_tokens::Column::ArtistId.eq(artist.0))
        .exec(db)
        .await
        .map(drop)
}

fn card(row: access_tokens::Model) -> Result<TokenCard, DbErr> {
    let access_tokens::Model {
        id,
        artist_id: _,
        name,
        scopes: names,
        hash: _,
        created_at,
        used_at,
    } = row;
    Ok(TokenCard {
        id: TokenId(id),
        name,
        scopes: scopes(&names)?,
        created_ms: to_ms(created_at),
        used_ms: used_at.map(to_ms),
    })
}

fn scopes(names: &[String]) -> Result<Vec<Scope>, DbErr> {
    names
        .iter()
        .map(|name| Scope::from_name(name).ok_or_else(|| broken_row("an unknown scope")))
        .collect()
}
