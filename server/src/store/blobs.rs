//! Which rows point at which blobs.

use std::collections::HashSet;

use entity::{images, styles, versions};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use wire::ids::BlobHash;

use super::columns::hash;

/// Those of the blobs that a picture, a version or a style needs. A picture needs its own bytes, not
/// the drawing it started from: an artist who took that away wants it gone.
pub async fn referenced(
    db: &impl ConnectionTrait,
    blobs: &[BlobHash],
) -> Result<HashSet<BlobHash>, DbErr> {
    let bytes: Vec<Vec<u8>> = blobs.iter().map(|blob| blob.as_bytes().to_vec()).collect();
    let pictures = images::Entity::find()
        .filter(images::Column::Blob.is_in(bytes.clone()))
        .select_only()
        .column(images::Column::Blob)
        .into_tuple::<Vec<u8>>()
        .all(db)
        .await?;
    let policies = versions::Entity::find()
        .filter(versions::Column::Policy.is_in(bytes.clone()))
        .select_only()
        .column(versions::Column::Policy)
        .into_tuple::<Vec<u8>>()
        .all(db)
        .await?;
    let drawings = styles::Entity::find()
        .filter(styles::Column::Drawing.is_in(bytes))
        .select_only()
        .column(styles::Column::Drawing)
        .into_tuple::<Vec<u8>>()
        .all(db)
        .await?;
    pictures
        .iter()
        .chain(&policies)
        .chain(&drawings)
        .map(|bytes| hash(bytes))
        .collect()
}
