//! Finished pictures with their provenance, and which of them nobody has rated yet.

use entity::{
    images::{ActiveModel, Column, Entity, Model},
    ratings, styles,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    RelationTrait as _, Select, SelectTwo,
    sea_query::{Expr, SimpleExpr},
};
use time::OffsetDateTime;
use wire::{
    drawing::Drawing,
    ids::{ArtistId, BlobHash, ImageId, StyleId},
    image::{ImageCard, Provenance},
    job::ImageMade,
    mix::Mix,
    proposal::Proposal,
    taxonomy::TAXONOMY_VERSION,
};

use super::{
    columns::{drawing, from_json, hash, to_json},
    place::Place,
    ratings::card as rating_card,
    styles::Style,
};
use crate::clock::{from_ms, to_ms};

/// What the artist wants to see of their pictures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Of this style only.
    pub style: Option<StyleId>,
    /// Only those with a rating or a skip, or only those without.
    pub rated: Option<bool>,
}

/// Among how many of a style's newest pictures those without an answer are looked for. They are the
/// newest ones but for the few whose answer was taken back, and a style may have any number.
const UNSEEN_WITHIN: u64 = 1000;

/// What a picture was made with, besides its proposal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MadeBy {
    /// The version that proposed it.
    pub version: u32,
    /// The engine's seed.
    pub seed: u32,
    /// What it started from.
    pub drawing: Option<Drawing>,
}

/// Adds a picture that was made for a style.
pub async fn insert(
    db: &impl ConnectionTrait,
    id: ImageId,
    style: StyleId,
    by: MadeBy,
    made: &ImageMade,
    now: OffsetDateTime,
) -> Result<ImageCard, DbErr> {
    let ImageMade {
        proposal,
        blob,
        bytes,
        engine,
        width,
        height,
        painted_in_ms: _,
    } = made;
    let MadeBy {
        version,
        seed,
        drawing,
    } = by;
    let row = ActiveModel {
        id: Set(id.0),
        style_id: Set(style.0),
        prompt: Set(proposal.prompt.clone()),
        proposal: Set(to_json(proposal)?),
        version: Set(version.cast_signed()),
        policy: Set(proposal.policy.as_bytes().to_vec()),
        seed: Set(seed.into()),
        engine: Set(engine.clone()),
        taxonomy: Set(TAXONOMY_VERSION.cast_signed()),
        blob: Set(blob.as_bytes().to_vec()),
        bytes: Set(bytes.cast_signed()),
        width: Set(width.cast_signed()),
        height: Set(height.cast_signed()),
        repeat_of: Set(None),
        created_at: Set(now),
        drawing: Set(drawing.map(|drawing| drawing.blob.as_bytes().to_vec())),
        drawing_strength: Set(drawing.map(|drawing| drawing.strength.get())),
        revealed: Set(false),
    };
    card((Entity::insert(row).exec_with_returning(db).await?, None))
}

/// One of the artist's pictures.
pub async fn find(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    image: ImageId,
) -> Result<Option<ImageCard>, DbErr> {
    let row = with_ratings(owned(artist))
        .filter(Column::Id.eq(image.0))
        .one(db)
        .await?;
    row.map(card).transpose()
}

/// The blob behind one of the artist's pictures.
pub async fn blob(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    image: ImageId,
) -> Result<Option<BlobHash>, DbErr> {
    let bytes = owned(artist)
        .filter(Column::Id.eq(image.0))
        .select_only()
        .column(Column::Blob)
        .into_tuple::<Vec<u8>>()
        .one(db)
        .await?;
    bytes.map(|bytes| hash(&bytes)).transpose()
}

/// The artist's pictures, newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    filter: Filter,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<ImageCard>, DbErr> {
    let Filter { style, rated } = filter;
    let conditions = Condition::all()
        .add_option(style.map(|style| Column::StyleId.eq(style.0)))
        .add_option(rated.map(is_rated))
        .add_option(after.map(|place| place.older(Column::CreatedAt, Column::Id)));
    let rows = with_ratings(owned(artist))
        .filter(conditions)
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(card).collect()
}

/// A style's pictures without a rating or a skip, of its newest thousand, oldest first. What was painted
/// before its prompts or its drawing were changed is set aside, until they are changed back.
pub async fn unseen(
    db: &impl ConnectionTrait,
    style: &Style,
    except: &[ImageId],
    limit: u64,
) -> Result<Vec<ImageCard>, DbErr> {
    let rows = with_ratings(Entity::find())
        .filter(is_unseen(style))
        .filter(Column::Id.is_not_in(except.iter().map(|image| image.0)))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(card).collect()
}

/// How many of those there are.
pub async fn count_unseen(db: &impl ConnectionTrait, style: &Style) -> Result<u32, DbErr> {
    let unseen = Entity::find()
        .join(JoinType::LeftJoin, entity::images::Relation::Ratings.def())
        .filter(is_unseen(style));
    Ok(unseen.count(db).await? as u32)
}

/// How many pictures the style has, seen or not.
pub async fn count(db: &impl ConnectionTrait, style: StyleId) -> Result<u64, DbErr> {
    let all = Entity::find().filter(Column::StyleId.eq(style.0));
    all.count(db).await
}

/// What an answer is told of its picture; a skip is told nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Origin {
    /// What its proposal foresaw; of a picture shown again, nothing: that answer was known.
    pub predicted: Option<[f64; 5]>,
    /// The earlier picture that it shows again.
    pub repeats: Option<ImageId>,
    /// Whether an earlier answer was told the same.
    pub after_reveal: bool,
}

/// What an answer with stars is told of the picture. From now on whoever answers to it knows.
pub async fn reveal(db: &impl ConnectionTrait, image: ImageId) -> Result<Origin, DbErr> {
    let row = Entity::find_by_id(image.0).one(db).await?;
    let row =
        row.ok_or_else(|| DbErr::RecordNotFound("a locked style's picture is gone".into()))?;
    let mark = Entity::update_many()
        .col_expr(Column::Revealed, Expr::value(true))
        .filter(Column::Id.eq(image.0));
    mark.exec(db).await?;
    let repeats = row.repeat_of.map(ImageId);
    let proposal: Proposal = from_json(row.proposal)?;
    Ok(Origin {
        predicted: proposal.predicted.filter(|_| repeats.is_none()),
        repeats,
        after_reveal: row.revealed,
    })
}

/// The mixes painted lately for a style, newest first.
pub async fn recent_mixes(
    db: &impl ConnectionTrait,
    style: StyleId,
    limit: u64,
) -> Result<Vec<Mix>, DbErr> {
    let proposals = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::RepeatOf.is_null())
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .select_only()
        .column(Column::Proposal)
        .into_tuple::<serde_json::Value>()
        .all(db)
        .await?;
    proposals
        .into_iter()
        .map(|proposal| from_json::<Proposal>(proposal).map(|proposal| proposal.mix))
        .collect()
}

/// Whether a picture started from this drawing at this strength, or from none.
pub(super) fn starts_from(drawing: Option<Drawing>) -> Condition {
    match drawing {
        None => Condition::all().add(Column::Drawing.is_null()),
        Some(Drawing { blob, strength }) => Condition::all()
            .add(Column::Drawing.eq(blob.as_bytes().to_vec()))
            .add(Column::DrawingStrength.eq(strength.get())),
    }
}

fn owned(artist: ArtistId) -> Select<Entity> {
    Entity::find()
        .join(JoinType::InnerJoin, entity::images::Relation::Styles.def())
        .filter(styles::Column::ArtistId.eq(artist.0))
}

fn with_ratings(images: Select<Entity>) -> SelectTwo<Entity, ratings::Entity> {
    images.find_also_related(ratings::Entity)
}

fn is_unseen(style: &Style) -> Condition {
    let newest = Entity::find()
        .filter(Column::StyleId.eq(style.id.0))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(UNSEEN_WITHIN)
        .select_only()
        .column(Column::Id)
        .into_query();
    Condition::all()
        .add(Column::Id.in_subquery(newest))
        .add(ratings::Column::Id.is_null())
        .add(Column::Prompt.is_in(style.prompts.iter().map(String::as_str)))
        .add(starts_from(style.drawing))
}

fn is_rated(rated: bool) -> SimpleExpr {
    if rated {
        ratings::Column::Id.is_not_null()
    } else {
        ratings::Column::Id.is_null()
    }
}

/// A row and its rating as they cross the wire.
pub(super) fn card((image, rating): (Model, Option<ratings::Model>)) -> Result<ImageCard, DbErr> {
    let Model {
        id,
        style_id,
        prompt,
        proposal,
        version,
        policy,
        seed,
        engine,
        taxonomy,
        blob: _,
        bytes: _,
        width,
        height,
        repeat_of: _,
        created_at,
        drawing: drawn,
        drawing_strength,
        revealed: _,
    } = image;
    Ok(ImageCard {
        id: ImageId(id),
        style: StyleId(style_id),
        prompt,
        mix: from_json::<Proposal>(proposal)?.mix,
        width: width as u32,
        height: height as u32,
        provenance: Provenance {
            version: version as u32,
            policy: hash(&policy)?,
            seed: seed as u32,
            drawing: drawing(drawn.as_deref(), drawing_strength)?,
            engine,
            taxonomy: taxonomy as u32,
        },
        rating: rating.as_ref().map(rating_card).transpose()?,
        made_ms: to_ms(created_at),
    })
}

impl From<&ImageCard> for Place {
    fn from(card: &ImageCard) -> Self {
        Self {
            at: from_ms(card.made_ms),
            id: card.id.0,
        }
    }
}
