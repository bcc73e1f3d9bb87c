//! Pictures, drawings and snapshots by the SHA-256 of their bytes, in a folder shared with the workers.
//!
//! Workers write; the server does where a log is too long for a message, and what artists bring. A
//! blob never changes, so whatever holds its hash may keep it for ever.
//! `worker/src/blobs.rs` has the same layout: `ab/cdef…` for the blob `abcdef…`.

use std::{fs::File, path::Path, sync::Arc};

use anyhow::Context as _;
use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use object_store::{ObjectStore as _, ObjectStoreExt as _, local::LocalFileSystem, path};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use wire::ids::BlobHash;

/// The blob store.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<LocalFileSystem>);

/// A blob as it is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobEntry {
    /// Its name.
    pub hash: BlobHash,
    /// When it was written last.
    pub written: OffsetDateTime,
}

impl Blobs {
    /// Opens the folder, and makes it if it is not there.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let open = || {
            std::fs::create_dir_all(folder)?;
            LocalFileSystem::new_with_prefix(folder).map_err(std::io::Error::other)
        };
        let store =
            open().with_context(|| format!("cannot use {} as the blob store", folder.display()))?;
        Ok(Self(Arc::new(store)))
    }

    /// Stores the bytes and returns their name. Only for what can be made again: it may be lost in
    /// a power cut.
    pub async fn put(&self, bytes: Vec<u8>) -> object_store::Result<BlobHash> {
        let hash = BlobHash::from_bytes(Sha256::digest(&bytes).into());
        self.0.put(&location(hash), bytes.into()).await?;
        Ok(hash)
    }

    /// Stores what nobody can make again, and returns its name once it would survive a power cut.
    pub async fn put_for_good(&self, bytes: Vec<u8>) -> anyhow::Result<BlobHash> {
        let hash = self.put(bytes).await?;
        let file = self.0.path_to_filesystem(&location(hash))?;
        tokio::task::spawn_blocking(move || flush(&file)).await??;
        Ok(hash)
    }

    /// The bytes of a blob, if it is there.
    pub async fn get(&self, blob: BlobHash) -> object_store::Result<Option<Bytes>> {
        let got = match self.0.get(&location(blob)).await {
            Ok(found) => found.bytes().await,
            Err(error) => Err(error),
        };
        if_there(got)
    }

    /// Whether a blob is there.
    pub async fn contains(&self, blob: BlobHash) -> object_store::Result<bool> {
        Ok(if_there(self.0.head(&location(blob)).await)?.is_some())
    }

    /// When a blob was written last, if it is there.
    pub async fn written(&self, blob: BlobHash) -> object_store::Result<Option<OffsetDateTime>> {
        let found = if_there(self.0.head(&location(blob)).await)?;
        Ok(found.and_then(|meta| moment(&meta)))
    }

    /// Every blob there is, in no order. What is not named like a blob is passed over.
    pub fn list(&self) -> impl Stream<Item = object_store::Result<BlobEntry>> + '_ {
        self.0.list(None).filter_map(async |found| match found {
            Ok(meta) => {
                let hash = named(&meta.location)?;
                let written = moment(&meta)?;
                Some(Ok(BlobEntry { hash, written }))
            }
            Err(error) => Some(Err(error)),
        })
    }

    /// Removes a blob; fine if it is not there.
    pub async fn delete(&self, blob: BlobHash) -> object_store::Result<()> {
        if_there(self.0.delete(&location(blob)).await).map(drop)
    }
}

fn location(blob: BlobHash) -> path::Path {
    let hex = blob.to_string();
    let (folder, file) = hex.split_at(2);
    path::Path::from_iter([folder, file])
}

/// Flushes the file and the entry of its folder.
fn flush(file: &Path) -> std::io::Result<()> {
    File::open(file)?.sync_all()?;
    if let Some(folder) = file.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn moment(meta: &object_store::ObjectMeta) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(meta.last_modified.timestamp()).ok()
}

fn named(location: &path::Path) -> Option<BlobHash> {
    let parts: Vec<_> = location.parts().collect();
    let [folder, file] = parts.as_slice() else {
        return None;
    };
    format!("{}{}", folder.as_ref(), file.as_ref()).parse().ok()
}

fn if_there<T>(result: object_store::Result<T>) -> object_store::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        std::env::temp_dir().join(format!("atelier-blobs-{name}-{}", std::process::id()))
    }

    #[tokio::test]
    async fn a_blob_that_a_worker_wrote_is_found_listed_and_removed() {
        let folder = folder("found");
        let blobs = Blobs::open(&folder).unwrap();
        let hash = BlobHash::from_bytes([0xab; 32]);
        assert!(!blobs.contains(hash).await.unwrap());
        assert_eq!(blobs.get(hash).await.unwrap(), None);

        std::fs::create_dir(folder.join("ab")).unwrap();
        std::fs::write(folder.join("ab").join("ab".repeat(31)), "a picture").unwrap();
        std::fs::write(folder.join("README"), "no blob").unwrap();
        assert!(blobs.contains(hash).await.unwrap());
        assert_eq!(blobs.get(hash).await.unwrap().unwrap(), "a picture");
        let listed: Vec<_> = blobs
            .list()
            .map(|entry| entry.unwrap().hash)
            .collect()
            .await;
        assert_eq!(listed, [hash]);

        let own = blobs.put(b"a log".to_vec()).await.unwrap();
        assert_eq!(blobs.get(own).await.unwrap().unwrap(), "a log");

        let drawing = blobs.put_for_good(b"a drawing".to_vec()).await.unwrap();
        assert_eq!(blobs.get(drawing).await.unwrap().unwrap(), "a drawing");

        blobs.delete(hash).await.unwrap();
        blobs.delete(hash).await.unwrap();
        assert!(!blobs.contains(hash).await.unwrap());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_store_that_cannot_be_used_is_named() {
        let file = folder("file");
        std::fs::write(&file, "").unwrap();
        let refusal = Blobs::open(&file).unwrap_err().to_string();
        assert_eq!(
            refusal,
            format!("cannot use {} as the blob store", file.display())
        );
        std::fs::remove_file(file).unwrap();
    }
}
