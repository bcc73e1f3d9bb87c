//! Pictures and snapshots by the hash of their content, in the folder that all processes share.
//!
//! A blob never changes, so writing one twice is no conflict and reading one can be checked. The
//! server keeps the same layout, and is the one that throws blobs away.

use std::{fs::File, io, sync::Arc};

use bytes::Bytes;
use object_store::{ObjectStoreExt as _, local::LocalFileSystem, path::Path};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use wire::ids::BlobHash;

use crate::handler::Failure;

/// The store.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<LocalFileSystem>,
}

/// Why a blob could not be had or kept.
#[derive(Debug, Error)]
pub enum BlobError {
    /// Nobody stored it, or somebody removed it.
    #[error("there is no blob {0}")]
    Missing(BlobHash),
    /// The disk or somebody's hand changed it.
    #[error("blob {expected} is damaged: its bytes hash to {found}")]
    Damaged {
        /// Its name.
        expected: BlobHash,
        /// What its name should be, going by its bytes.
        found: BlobHash,
    },
    /// The store did not answer.
    #[error("the blob store failed: {0}")]
    Store(#[from] object_store::Error),
    /// The folder did not take it.
    #[error("the blob store failed: {0}")]
    Io(#[from] io::Error),
}

impl From<BlobError> for Failure {
    fn from(error: BlobError) -> Self {
        match error {
            // A damaged blob stays damaged.
            BlobError::Damaged { .. } => Self::Refuse(error.to_string()),
            BlobError::Missing(_) | BlobError::Store(_) | BlobError::Io(_) => {
                Self::Retry(error.to_string())
            }
        }
    }
}

impl Blobs {
    /// Opens the folder, and makes it if it is not there.
    pub fn open(folder: &std::path::Path) -> Result<Self, BlobError> {
        std::fs::create_dir_all(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?;
        Ok(Self {
            store: Arc::new(store),
        })
    }

    /// Stores the bytes and returns their name once they would survive a power cut, because the
    /// row that will name them does.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<BlobHash, BlobError> {
        let hash = hash(&bytes);
        let path = path(hash);
        // Written beside its place and renamed into it, so no reader ever meets half a blob.
        self.store.put(&path, bytes.into()).await?;
        let file = self.store.path_to_filesystem(&path)?;
        tokio::task::spawn_blocking(move || sync(&file))
            .await
            .map_err(io::Error::other)??;
        Ok(hash)
    }

    /// The bytes of that name, which they are checked against.
    pub async fn get(&self, wanted: BlobHash) -> Result<Bytes, BlobError> {
        let got = match self.store.get(&path(wanted)).await {
            Err(object_store::Error::NotFound { .. }) => return Err(BlobError::Missing(wanted)),
            got => got?,
        };
        let bytes = got.bytes().await?;
        let found = hash(&bytes);
        if found != wanted {
            return Err(BlobError::Damaged {
                expected: wanted,
                found,
            });
        }
        Ok(bytes)
    }
}

/// The name of these bytes.
pub fn hash(bytes: &[u8]) -> BlobHash {
    BlobHash::from_bytes(Sha256::digest(bytes).into())
}

/// Two digits for the folder, so that no folder holds millions of files.
fn path(hash: BlobHash) -> Path {
    let digits = hash.to_string();
    let (folder, file) = digits.split_at(2);
    Path::from_iter([folder, file])
}

/// Flushes the file and the entry of its folder.
fn sync(file: &std::path::Path) -> io::Result<()> {
    File::open(file)?.sync_all()?;
    if let Some(folder) = file.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch() -> (tempfile::TempDir, Blobs) {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        (folder, blobs)
    }

    /// SHA-256 of "abc", from FIPS 180-2.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[tokio::test]
    async fn a_blob_comes_back_under_its_hash_however_often_it_is_put() {
        let (folder, blobs) = scratch();
        let hash = blobs.put(b"abc".to_vec()).await.unwrap();
        assert_eq!(hash.to_string(), ABC);
        assert_eq!(blobs.put(b"abc".to_vec()).await.unwrap(), hash);
        assert_eq!(&blobs.get(hash).await.unwrap()[..], b"abc");
        let file = folder.path().join(&ABC[..2]).join(&ABC[2..]);
        assert_eq!(std::fs::read(file).unwrap(), b"abc");
    }

    #[tokio::test]
    async fn a_missing_blob_may_come_and_a_damaged_one_is_refused() {
        let (folder, blobs) = scratch();
        let missing = Failure::from(blobs.get(hash(b"abc")).await.unwrap_err());
        assert_eq!(missing, Failure::Retry(format!("there is no blob {ABC}")));

        let stored = blobs.put(b"abc".to_vec()).await.unwrap();
        let file = folder.path().join(&ABC[..2]).join(&ABC[2..]);
        std::fs::write(&file, b"abd").unwrap();
        let damaged = Failure::from(blobs.get(stored).await.unwrap_err());
        let Failure::Refuse(reason) = damaged else {
            panic!("{damaged:?}")
        };
        assert!(
            reason.starts_with(&format!("blob {ABC} is damaged")),
            "{reason}"
        );

        blobs.put(b"abc".to_vec()).await.unwrap();
        assert_eq!(&blobs.get(stored).await.unwrap()[..], b"abc");
    }
}
