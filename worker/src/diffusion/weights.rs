//! A file of weights, which hands each tensor out once, by name and by shape.
//!
//! Strict on purpose: a tensor that is missing, of another shape, not a number, or left over means
//! that the file is not what its configuration says, and a picture painted with it would be noise
//! that nobody can explain. Only safetensors are read; pickled files run code when they are opened.

mod error;

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt::{self, Display},
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
};

use safetensors::{Dtype, tensor::Metadata};
use sha2::{Digest as _, Sha256};
use tch::{Device, Kind, TchError, Tensor};

pub use self::error::WeightsError;

/// The largest header by far, SDXL's, has 0.3 MB.
const HEADER_BYTES_MAX: u64 = 16 << 20;
/// The largest file by far, SDXL's denoiser in single precision, has 10.3 GB.
const FILE_BYTES_MAX: u64 = 16 << 30;
/// How much of a file's end is part of its digest.
const TAIL_BYTES: u64 = 1 << 20;

/// An open file of weights, and where its tensors shall live.
#[derive(Debug)]
pub struct Weights {
    path: PathBuf,
    source: Source,
    handed_out: RefCell<BTreeSet<String>>,
    device: Device,
    kind: Kind,
}

/// A place in the tree of names, such as `down_blocks.1.resnets.0`.
#[derive(Clone, Debug)]
pub struct Place<'w> {
    weights: &'w Weights,
    path: String,
}

#[derive(Debug)]
enum Source {
    File(Box<Stored>),
    /// Random numbers of the right shape, to measure the speed of a model that is not at hand.
    Chance,
}

#[derive(Debug)]
struct Stored {
    file: RefCell<File>,
    data_start: u64,
    metadata: Metadata,
    digest: [u8; 32],
}

impl Weights {
    /// Opens a file and reads its list of tensors.
    pub fn open(path: &Path, device: Device, kind: Kind) -> Result<Self, WeightsError> {
        let stored = Stored::open(path)?;
        Ok(Self {
            path: path.to_owned(),
            source: Source::File(Box::new(stored)),
            handed_out: RefCell::default(),
            device,
            kind,
        })
    }

    /// Weights that are only good for measuring speed.
    pub fn chance(device: Device, kind: Kind) -> Self {
        Self {
            path: PathBuf::from("random weights"),
            source: Source::Chance,
            handed_out: RefCell::default(),
            device,
            kind,
        }
    }

    /// The root of the names.
    pub fn root(&self) -> Place<'_> {
        Place {
            weights: self,
            path: String::new(),
        }
    }

    /// Tells this file from others: a hash of its header and of its last tensors.
    pub fn digest(&self) -> [u8; 32] {
        match &self.source {
            Source::File(stored) => stored.digest,
            Source::Chance => [0; 32],
        }
    }

    /// Complains about tensors that were not handed out.
    pub fn finish(self) -> Result<(), WeightsError> {
        let Source::File(stored) = &self.source else {
            return Ok(());
        };
        let handed_out = self.handed_out.borrow();
        let mut left: Vec<String> = stored
            .metadata
            .offset_keys()
            .into_iter()
            // Old versions of the library stored this list of 0 to 76 as if it were a weight.
            .filter(|name| !name.ends_with("embeddings.position_ids"))
            .filter(|name| !handed_out.contains(name))
            .collect();
        left.sort_unstable();
        match left.first() {
            None => Ok(()),
            Some(first) => Err(WeightsError::LeftOver {
                path: self.path.clone(),
                count: left.len(),
                name: first.clone(),
            }),
        }
    }

    fn tensor(&self, name: String, shape: &[i64]) -> Result<Tensor, WeightsError> {
        match &self.source {
            Source::File(stored) => {
                let tensor = stored.tensor(self, &name, shape)?;
                self.handed_out.borrow_mut().insert(name);
                Ok(tensor)
            }
            Source::Chance => {
                let inputs: i64 = shape.iter().skip(1).product();
                let spread = (inputs.max(1) as f64).sqrt().recip();
                Ok(Tensor::randn(shape, (self.kind, self.device)) * spread)
            }
        }
    }
}

impl Place<'_> {
    /// A place below this one.
    pub fn at(&self, name: impl Display) -> Self {
        Self {
            weights: self.weights,
            path: self.name(&name),
        }
    }

    /// The tensor of that name and shape.
    pub fn tensor(&self, name: &str, shape: &[i64]) -> Result<Tensor, WeightsError> {
        self.weights.tensor(self.name(&name), shape)
    }

    /// The first of these names that the file has something below of, for parts that were renamed.
    pub fn first_of(&self, names: &[&'static str]) -> &'static str {
        let Source::File(stored) = &self.weights.source else {
            return names[0];
        };
        let has = |name: &&&str| {
            let weight = format!("{}.weight", self.name(*name));
            stored.metadata.info(&weight).is_some()
        };
        names.iter().find(has).unwrap_or(&names[0])
    }

    fn name(&self, leaf: &impl Display) -> String {
        if self.path.is_empty() {
            leaf.to_string()
        } else {
            format!("{}.{leaf}", self.path)
        }
    }
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl Stored {
    fn open(path: &Path) -> Result<Self, WeightsError> {
        let unreadable = |source| WeightsError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let broken = |reason: String| WeightsError::NotSafetensors {
            path: path.to_owned(),
            reason,
        };
        let mut file = File::open(path).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        if size > FILE_BYTES_MAX {
            return Err(broken(format!("{size} bytes are more than any model has")));
        }
        let mut length = [0; 8];
        if size < 8 {
            return Err(broken(format!("it has {size} bytes")));
        }
        file.read_exact(&mut length).map_err(unreadable)?;
        let header_bytes = u64::from_le_bytes(length);
        // Compared before anything is allocated: the number comes from the file.
        if header_bytes > HEADER_BYTES_MAX || header_bytes > size - 8 {
            return Err(broken(format!("a header of {header_bytes} bytes")));
        }
        let mut header = vec![0; header_bytes as usize];
        file.read_exact(&mut header).map_err(unreadable)?;
        let metadata: Metadata =
            serde_json::from_slice(&header).map_err(|error| broken(error.to_string()))?;
        let data_start = 8 + header_bytes;
        let listed = metadata.data_len() as u64;
        if data_start.checked_add(listed) != Some(size) {
            return Err(broken(format!(
                "its header lists {listed} bytes of tensors and {} follow",
                size - data_start
            )));
        }
        file.seek(SeekFrom::Start(
            size.saturating_sub(TAIL_BYTES).max(data_start),
        ))
        .map_err(unreadable)?;
        let mut tail = Vec::new();
        file.read_to_end(&mut tail).map_err(unreadable)?;
        let digest = Sha256::new()
            .chain_update(&header)
            .chain_update(&tail)
            .finalize()
            .into();
        Ok(Self {
            file: RefCell::new(file),
            data_start,
            metadata,
            digest,
        })
    }

    fn tensor(
        &self,
        weights: &Weights,
        name: &str,
        wanted: &[i64],
    ) -> Result<Tensor, WeightsError> {
        let (path, name) = (weights.path.clone(), name.to_owned());
        let Some(info) = self.metadata.info(&name) else {
            return Err(WeightsError::Missing { path, name });
        };
        let same = info.shape.len() == wanted.len()
            && (info.shape.iter().zip(wanted)).all(|(&s, &w)| i64::try_from(s) == Ok(w));
        if !same {
            let (stored, wanted) = (info.shape.clone(), wanted.to_vec());
            return Err(WeightsError::Shape {
                path,
                name,
                stored,
                wanted,
            });
        }
        let kind = match info.dtype {
            Dtype::F32 => Kind::Float,
            Dtype::F16 => Kind::Half,
            Dtype::BF16 => Kind::BFloat16,
            stored => return Err(WeightsError::Numbers { path, name, stored }),
        };
        let (from, to) = info.data_offsets;
        let mut bytes = vec![0; to - from];
        let mut file = self.file.borrow_mut();
        file.seek(SeekFrom::Start(self.data_start + from as u64))
            .and_then(|_| file.read_exact(&mut bytes))
            .map_err(|source| WeightsError::Unreadable {
                path: path.clone(),
                source,
            })?;
        let placed = Tensor::f_from_data_size(&bytes, wanted, kind)
            .and_then(|read| read.f_to_device(weights.device))
            .and_then(|there| {
                let placed = there.f_to_kind(weights.kind)?;
                // What becomes of the numbers is what counts: a narrower kind may not reach as far.
                if is_finite(&placed)? {
                    return Ok(Ok(placed));
                }
                let kind = weights.kind;
                let (path, name) = (path.clone(), name.clone());
                Ok(Err(if is_finite(&there)? {
                    WeightsError::TooLarge { path, name, kind }
                } else {
                    WeightsError::NotFinite { path, name }
                }))
            });
        match placed {
            Ok(placed) => placed,
            Err(source) => Err(WeightsError::Device { path, name, source }),
        }
    }
}

fn is_finite(tensor: &Tensor) -> Result<bool, TchError> {
    bool::try_from(tensor.f_isfinite()?.f_all()?)
}
