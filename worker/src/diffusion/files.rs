//! The folder of a checkpoint, laid out as diffusers lays it out.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use tch::{Device, Kind};

use super::weights::Weights;

/// The largest text by far, the tokenizers' vocabulary, has 1.1 MB.
const TEXT_BYTES_MAX: u64 = 16 << 20;

/// A folder, and what its tensors shall become.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    device: Device,
    kind: Kind,
}

impl Folder {
    /// A folder that looks like a checkpoint.
    pub fn open(path: &Path, device: Device, kind: Kind) -> anyhow::Result<Self> {
        if !path.join("model_index.json").is_file() {
            bail!(
                "{} holds no model_index.json: give the folder of a checkpoint in diffusers' \
                 layout, or fetch one with `cargo xtask weights ssd-1b`",
                path.display()
            );
        }
        Ok(Self {
            path: path.to_owned(),
            device,
            kind,
        })
    }

    /// The same folder, read as another kind of numbers.
    #[must_use]
    pub fn with_kind(&self, kind: Kind) -> Self {
        Self {
            kind,
            ..self.clone()
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where its tensors go.
    pub fn device(&self) -> Device {
        self.device
    }

    /// What kind of numbers they become.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The weights of a part: of the precision that is computed in, if both are there.
    pub fn weights(&self, part: &str, stem: &str) -> anyhow::Result<Weights> {
        let folder = self.path.join(part);
        let mut names = [
            format!("{stem}.safetensors"),
            format!("{stem}.fp16.safetensors"),
        ];
        if self.kind == Kind::Half {
            names.reverse();
        }
        for name in &names {
            let path = folder.join(name);
            if path.is_file() {
                return Ok(Weights::open(&path, self.device, self.kind)?);
            }
        }
        let pickled = folder.join(format!("{stem}.bin")).is_file();
        let pickled = if pickled {
            "; pickled files (.bin) are not read, since opening one runs code"
        } else {
            ""
        };
        bail!(
            "{} has neither {} nor {}{pickled}",
            folder.display(),
            names[0],
            names[1]
        )
    }
}

/// A text of a checkpoint, unless it is larger than any has.
pub fn read_text(path: &Path) -> anyhow::Result<String> {
    let name = || format!("cannot read {}", path.display());
    let mut text = String::new();
    let file = File::open(path).with_context(name)?;
    // One more byte than may be there, whatever the file says its size is.
    let mut start = file.take(TEXT_BYTES_MAX + 1);
    start.read_to_string(&mut text).with_context(name)?;
    ensure!(
        text.len() as u64 <= TEXT_BYTES_MAX,
        "{} has more than {} MiB, which no checkpoint has",
        path.display(),
        TEXT_BYTES_MAX >> 20
    );
    Ok(text)
}
