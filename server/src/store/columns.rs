//! From columns to wire types and back.
//!
//! What the database holds was written by us, so a column that does not read is a fault of ours
//! and never a person's: it becomes a [`DbErr`], not a refusal.

use sea_orm::DbErr;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wire::{
    drawing::{Drawing, Strength},
    ids::BlobHash,
};

/// The hash in a `bytea` column.
pub fn hash(bytes: &[u8]) -> Result<BlobHash, DbErr> {
    bytes.try_into().map(BlobHash::from_bytes).map_err(|_| {
        DbErr::Type(format!(
            "a blob hash has 32 bytes, this one {}",
            bytes.len()
        ))
    })
}

/// The drawing in a pair of columns, which are both null or neither.
pub fn drawing(blob: Option<&[u8]>, strength: Option<f64>) -> Result<Option<Drawing>, DbErr> {
    let (Some(blob), Some(strength)) = (blob, strength) else {
        return Ok(None);
    };
    let strength = Strength::new(strength).map_err(|error| DbErr::Type(error.to_string()))?;
    let blob = hash(blob)?;
    Ok(Some(Drawing { blob, strength }))
}

/// The value in a `jsonb` column.
pub fn from_json<T: DeserializeOwned>(value: Value) -> Result<T, DbErr> {
    serde_json::from_value(value).map_err(|error| DbErr::Json(error.to_string()))
}

/// The value for a `jsonb` column.
pub fn to_json<T: Serialize>(value: &T) -> Result<Value, DbErr> {
    serde_json::to_value(value).map_err(|error| DbErr::Json(error.to_string()))
}

/// The value whose name stands in a `text` column.
pub fn named<T>(name: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, DbErr> {
    read(name).ok_or_else(|| DbErr::Type(format!("the column's value {name:?} has no meaning")))
}
