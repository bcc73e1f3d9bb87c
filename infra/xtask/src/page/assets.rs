//! Files of the page: named by their content, with compressed twins that the server hands out.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Profile;

/// Six bytes of the digest: two versions of one file that agree in them are not to be met.
const DIGEST_DIGITS: usize = 12;

/// Writes files into one folder and remembers their sizes.
#[derive(Debug)]
pub(super) struct Assets {
    folder: PathBuf,
    profile: Profile,
    sizes: Vec<Size>,
}

/// What one file weighs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) name: String,
    pub(crate) raw_bytes: usize,
    pub(crate) gz_bytes: usize,
    pub(crate) br_bytes: usize,
}

impl Assets {
    pub(super) fn new(folder: &Path, profile: Profile) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self {
            folder: folder.to_owned(),
            profile,
            sizes: Vec::new(),
        })
    }

    /// Writes `<stem>.<digest>.<end>` and its twins; returns the name.
    pub(super) fn put(&mut self, stem: &str, end: &str, bytes: &[u8]) -> Result<String> {
        let digest = crate::digest::of(bytes);
        let name = format!(
            "{stem}.{}.{end}",
            digest.get(..DIGEST_DIGITS).unwrap_or(&digest)
        );
        self.put_as(Path::new(&name), bytes)?;
        Ok(name)
    }

    /// Writes a file under a given name, and its twins.
    pub(super) fn put_as(&mut self, name: &Path, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        std::fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
        let (gz, br) = (gzip(bytes, self.profile)?, brotli(bytes, self.profile)?);
        std::fs::write(&path, bytes)?;
        std::fs::write(path.with_added_extension("gz"), &gz)?;
        std::fs::write(path.with_added_extension("br"), &br)?;
        self.sizes.push(Size {
            name: name.to_string_lossy().into_owned(),
            raw_bytes: bytes.len(),
            gz_bytes: gz.len(),
            br_bytes: br.len(),
        });
        Ok(())
    }

    pub(super) fn sizes(&self) -> &[Size] {
        &self.sizes
    }
}

impl Size {
    /// Reads the sizes of a file that is there with its twins.
    pub(crate) fn of(folder: &Path, name: &str) -> Result<Self> {
        let bytes = |end: &str| -> Result<usize> {
            let path = folder.join(format!("{name}{end}"));
            let data = path
                .metadata()
                .with_context(|| format!("cannot read {}", path.display()))?;
            Ok(usize::try_from(data.len())?)
        };
        Ok(Self {
            name: name.to_owned(),
            raw_bytes: bytes("")?,
            gz_bytes: bytes(".gz")?,
            br_bytes: bytes(".br")?,
        })
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            raw_bytes,
            gz_bytes,
            br_bytes,
        } = self;
        write!(
            f,
            "{name:<32} {raw_bytes:>9} bytes, gz {gz_bytes:>8}, br {br_bytes:>8}"
        )
    }
}

fn gzip(bytes: &[u8], profile: Profile) -> Result<Vec<u8>> {
    let level = match profile {
        Profile::Release => Compression::best(),
        Profile::Dev => Compression::fast(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotli(bytes: &[u8], profile: Profile) -> Result<Vec<u8>> {
    // The best takes seconds for the page; nobody waits for it while trying something out.
    let quality = match profile {
        Profile::Release => 11,
        Profile::Dev => 5,
    };
    let mut compressed = Vec::new();
    let parameters = BrotliEncoderParams {
        quality,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn a_file_is_named_by_its_content_and_its_twins_unpack_to_it() {
        let folder = tempfile::tempdir().unwrap();
        for profile in [Profile::Dev, Profile::Release] {
            let mut assets = Assets::new(folder.path(), profile).unwrap();
            let text = "a lake at dawn, ".repeat(100);
            let name = assets.put("page", "js", text.as_bytes()).unwrap();
            assert_eq!(name, assets.put("page", "js", text.as_bytes()).unwrap());
            assert_ne!(name, assets.put("page", "js", b"else").unwrap());
            assert!(
                name.starts_with("page.") && name.rsplit('.').next() == Some("js"),
                "{name}"
            );

            let twin =
                |end: &str| std::fs::read(folder.path().join(format!("{name}.{end}"))).unwrap();
            let mut unpacked = String::new();
            flate2::read::GzDecoder::new(&twin("gz")[..])
                .read_to_string(&mut unpacked)
                .unwrap();
            assert_eq!(unpacked, text);
            unpacked.clear();
            brotli::Decompressor::new(&twin("br")[..], 4096)
                .read_to_string(&mut unpacked)
                .unwrap();
            assert_eq!(unpacked, text);

            let size = Size::of(folder.path(), &name).unwrap();
            assert_eq!(size.raw_bytes, text.len());
            assert_eq!(&size, &assets.sizes()[0]);
        }
    }
}
