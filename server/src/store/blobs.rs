//! Which rows point at which blobs.

use std::collections::HashSet;

use entity::{images, versions};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use wire::ids::BlobHash;

use super::columns::hash;

/// Those of the blobs that a picture or a version needs.
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
        .filter(versions::Column::Policy.is_in(bytes))
        .select_only()
        .column(versions::Column::Policy)
        .into_tuple::<Vec<u8>>()
        .all(db)
        .await?;
    pictures
        .iter()
        .chain(&policies)
        .map(|bytes| hash(bytes))
        .collect()
}
