//! Styles. Whatever changes a style, its ratings, versions or jobs locks its row first, so that
//! all of that happens in one order.

use entity::{
    images,
    styles::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select, Statement, raw_sql,
    sea_query::{Expr, LockType, SimpleExpr},
};
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{
    drawing::Drawing,
    ids::{ArtistId, ImageId, StyleId},
    learning::{BUILT_IN_PRIOR, LearnerKind},
    style::{NewStyle, StyleCard},
    variety::Variety,
};

use super::columns::{drawing, from_json, named};
use crate::clock::to_ms;

/// A style as the actions need it.
#[derive(Clone, Debug)]
pub struct Style {
    /// Its id.
    pub id: StyleId,
    /// Whose it is.
    pub artist: ArtistId,
    /// What its pictures show, in turn.
    pub prompts: Vec<String>,
    /// Who learns.
    pub learner: LearnerKind,
    /// What it knew before its first rating, by name.
    pub prior: String,
    /// Number of the newest version, once there is one.
    pub head: Option<u32>,
    /// What its pictures start from.
    pub drawing: Option<Drawing>,
    /// Until when a drawing is waited for that was announced.
    pub drawing_due: Option<OffsetDateTime>,
    /// How different its pictures are from each other.
    pub variety: Variety,
}

/// Locks a style until the transaction ends.
pub async fn lock(db: &impl ConnectionTrait, style: StyleId) -> Result<Option<Style>, DbErr> {
    locked(db, Entity::find_by_id(style.0)).await
}

/// A style as it is now, if it is the artist's.
pub async fn find_owned(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    style: StyleId,
) -> Result<Option<Style>, DbErr> {
    let row = owned(artist, style).one(db).await?;
    row.map(Style::try_from).transpose()
}

/// Locks a style if it is the artist's.
pub async fn lock_owned(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    style: StyleId,
) -> Result<Option<Style>, DbErr> {
    locked(db, owned(artist, style)).await
}

/// Locks all styles of the artist, always in the same order.
pub async fn lock_all(db: &impl ConnectionTrait, artist: ArtistId) -> Result<(), DbErr> {
    let query = Entity::find()
        .filter(Column::ArtistId.eq(artist.0))
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate);
    query.all(db).await.map(drop)
}

/// Locks the style that one of the artist's pictures belongs to.
pub async fn lock_of_image(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    image: ImageId,
) -> Result<Option<Style>, DbErr> {
    let style = images::Entity::find_by_id(image.0)
        .select_only()
        .column(images::Column::StyleId)
        .into_tuple::<Uuid>()
        .one(db)
        .await?;
    match style {
        Some(style) => lock_owned(db, artist, StyleId(style)).await,
        None => Ok(None),
    }
}

fn owned(artist: ArtistId, style: StyleId) -> Select<Entity> {
    Entity::find_by_id(style.0).filter(Column::ArtistId.eq(artist.0))
}

// Not `for update`: rows that point at the style may still be written meanwhile.
async fn locked(db: &impl ConnectionTrait, query: Select<Entity>) -> Result<Option<Style>, DbErr> {
    let row = query.lock(LockType::NoKeyUpdate).one(db).await?;
    row.map(Style::try_from).transpose()
}

/// Whether the style exists and is the artist's.
pub async fn is_owned(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    style: StyleId,
) -> Result<bool, DbErr> {
    let row = owned(artist, style).one(db).await?;
    Ok(row.is_some())
}

/// How many styles the artist has.
pub async fn count(db: &impl ConnectionTrait, artist: ArtistId) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait as _;
    let all = Entity::find().filter(Column::ArtistId.eq(artist.0));
    all.count(db).await
}

/// Begins a style.
pub async fn insert(
    db: &impl ConnectionTrait,
    id: StyleId,
    artist: ArtistId,
    new: &NewStyle,
    drawing_due: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let NewStyle {
        name,
        prompts,
        learner,
        drawing_follows: _,
    } = new;
    let row = ActiveModel {
        id: Set(id.0),
        artist_id: Set(artist.0),
        name: Set(name.clone()),
        prompts: Set(prompts.clone()),
        learner: Set(learner.name().to_owned()),
        prior: Set(BUILT_IN_PRIOR.to_owned()),
        head: NotSet,
        asked: NotSet,
        rated: NotSet,
        created_at: Set(now),
        drawing: NotSet,
        drawing_strength: NotSet,
        drawing_due: Set(drawing_due),
        variety: NotSet,
    };
    Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Gives it another name.
pub async fn rename(db: &impl ConnectionTrait, style: StyleId, name: &str) -> Result<(), DbErr> {
    set(db, style, Column::Name, Expr::value(name)).await
}

/// Gives it other prompts.
pub async fn set_prompts(
    db: &impl ConnectionTrait,
    style: StyleId,
    prompts: &[String],
) -> Result<(), DbErr> {
    set(db, style, Column::Prompts, Expr::value(prompts.to_vec())).await
}

/// Makes its pictures more or less different.
pub async fn set_variety(
    db: &impl ConnectionTrait,
    style: StyleId,
    variety: Variety,
) -> Result<(), DbErr> {
    set(db, style, Column::Variety, Expr::value(variety.name())).await
}

/// Gives it another drawing, or none; whoever waited for one waits no more.
pub async fn set_drawing(
    db: &impl ConnectionTrait,
    style: StyleId,
    drawing: Option<Drawing>,
) -> Result<(), DbErr> {
    let blob = drawing.map(|drawing| drawing.blob.as_bytes().to_vec());
    let strength = drawing.map(|drawing| drawing.strength.get());
    let change = Entity::update_many()
        .col_expr(Column::Drawing, Expr::value(blob))
        .col_expr(Column::DrawingStrength, Expr::value(strength))
        .col_expr(Column::DrawingDue, Expr::value(None::<OffsetDateTime>))
        .filter(Column::Id.eq(style.0));
    change.exec(db).await.map(drop)
}

/// What the pictures of one of the artist's styles start from.
pub async fn find_drawing(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    style: StyleId,
) -> Result<Option<Drawing>, DbErr> {
    let row = owned(artist, style).one(db).await?;
    row.map_or(Ok(None), |row| {
        drawing(row.drawing.as_deref(), row.drawing_strength)
    })
}

/// Points it at another version.
pub async fn set_head(db: &impl ConnectionTrait, style: StyleId, head: u32) -> Result<(), DbErr> {
    set(db, style, Column::Head, Expr::value(head.cast_signed())).await
}

async fn set(
    db: &impl ConnectionTrait,
    style: StyleId,
    column: Column,
    value: SimpleExpr,
) -> Result<(), DbErr> {
    let change = Entity::update_many()
        .col_expr(column, value)
        .filter(Column::Id.eq(style.0));
    change.exec(db).await.map(drop)
}

/// Deletes it with its versions, pictures, ratings and jobs.
pub async fn delete(db: &impl ConnectionTrait, style: StyleId) -> Result<(), DbErr> {
    Entity::delete_by_id(style.0).exec(db).await.map(drop)
}

/// Counts one more picture asked for and returns how many there were before it.
pub async fn next_picture(db: &impl ConnectionTrait, style: StyleId) -> Result<u64, DbErr> {
    let statement = raw_sql!(
        Postgres,
        "update styles set asked = asked + 1 where id = {style.0} returning asked - 1 as number"
    );
    counted(db, statement).await
}

/// Counts one more rating or skip and returns its place in the log, from 1.
pub async fn next_place(db: &impl ConnectionTrait, style: StyleId) -> Result<u32, DbErr> {
    let statement = raw_sql!(
        Postgres,
        "update styles set rated = rated + 1 where id = {style.0}
        returning rated::bigint as number"
    );
    Ok(counted(db, statement).await? as u32)
}

/// How many places the style's log has so far.
pub async fn places(db: &impl ConnectionTrait, style: StyleId) -> Result<u32, DbErr> {
    let row = Entity::find_by_id(style.0).one(db).await?;
    Ok(row.map_or(0, |row| row.rated as u32))
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

async fn counted(db: &impl ConnectionTrait, statement: Statement) -> Result<u64, DbErr> {
    let row = Number::find_by_statement(statement).one(db).await?;
    row.map(|row| row.number as u64)
        .ok_or_else(|| DbErr::RecordNotFound("a locked style is gone".into()))
}

#[derive(FromQueryResult)]
struct CardRow {
    id: Uuid,
    name: String,
    prompts: Vec<String>,
    learner: String,
    prior: String,
    head: Option<i32>,
    state: Option<serde_json::Value>,
    ratings: i64,
    cover: Option<Uuid>,
    drawing: Option<Vec<u8>>,
    drawing_strength: Option<f64>,
    variety: String,
    created_at: OffsetDateTime,
}

/// The artist's styles, newest first.
pub async fn list(db: &impl ConnectionTrait, artist: ArtistId) -> Result<Vec<StyleCard>, DbErr> {
    cards(db, artist, None).await
}

/// One of the artist's styles.
pub async fn card(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    style: StyleId,
) -> Result<Option<StyleCard>, DbErr> {
    Ok(cards(db, artist, Some(style)).await?.pop())
}

async fn cards(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    only: Option<StyleId>,
) -> Result<Vec<StyleCard>, DbErr> {
    let only = only.map(|style| style.0);
    let statement = raw_sql!(
        Postgres,
        "select s.id, s.name, s.prompts, s.learner, s.prior, s.head, s.created_at,
            s.drawing, s.drawing_strength, s.variety,
            v.insight->'state' as state,
            (select count(*) from ratings r where r.style_id = s.id and r.stars is not null)
                as ratings,
            (select r.image_id from ratings r where r.style_id = s.id and r.stars is not null
                order by r.stars desc, r.position desc limit 1) as cover
        from styles s
        left join versions v on v.style_id = s.id and v.number = s.head
        where s.artist_id = {artist.0} and ({only}::uuid is null or s.id = {only})
        order by s.created_at desc, s.id desc"
    );
    let rows = CardRow::find_by_statement(statement).all(db).await?;
    rows.into_iter().map(card_of).collect()
}

fn card_of(row: CardRow) -> Result<StyleCard, DbErr> {
    let CardRow {
        id,
        name,
        prompts,
        learner,
        prior,
        head,
        state,
        ratings,
        cover,
        drawing: drawn,
        drawing_strength,
        variety,
        created_at,
    } = row;
    Ok(StyleCard {
        id: StyleId(id),
        name,
        prompts,
        learner: named(&learner, LearnerKind::from_name)?,
        prior,
        drawing: drawing(drawn.as_deref(), drawing_strength)?,
        variety: named(&variety, Variety::from_name)?,
        version: head.map(|head| head as u32),
        state: state.map(from_json).transpose()?.flatten(),
        ratings: ratings as u32,
        cover: cover.map(ImageId),
        created_ms: to_ms(created_at),
    })
}

impl TryFrom<Model> for Style {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let Model {
            id,
            artist_id,
            name: _,
            prompts,
            learner,
            prior,
            head,
            asked: _,
            rated: _,
            created_at: _,
            drawing: drawn,
            drawing_strength,
            drawing_due,
            variety,
        } = row;
        Ok(Self {
            id: StyleId(id),
            artist: ArtistId(artist_id),
            prompts,
            learner: named(&learner, LearnerKind::from_name)?,
            prior,
            head: head.map(|head| head as u32),
            drawing: drawing(drawn.as_deref(), drawing_strength)?,
            drawing_due,
            variety: named(&variety, Variety::from_name)?,
        })
    }
}
