//! What can be wrong with a file of weights. Each names the file and what to do.

use std::path::PathBuf;

use safetensors::Dtype;
use tch::Kind;
use thiserror::Error;

/// Why a file of weights cannot be used.
#[derive(Debug, Error)]
pub enum WeightsError {
    /// It cannot be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no such file, or a broken one.
    #[error("{path} is no whole safetensors file ({reason}), fetch it again")]
    NotSafetensors {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The configuration asks for a tensor that is not there.
    #[error("{path} has no tensor {name}, which its config.json asks for")]
    Missing {
        /// Which file.
        path: PathBuf,
        /// Which tensor.
        name: String,
    },
    /// The tensor has another shape.
    #[error("{name} in {path} has the shape {stored:?}, but its config.json asks for {wanted:?}")]
    Shape {
        /// Which file.
        path: PathBuf,
        /// Which tensor.
        name: String,
        /// As stored.
        stored: Vec<usize>,
        /// As configured.
        wanted: Vec<i64>,
    },
    /// Not one of the three kinds of numbers that weights come in.
    #[error("{name} in {path} is stored as {stored}, use float32, float16 or bfloat16")]
    Numbers {
        /// Which file.
        path: PathBuf,
        /// Which tensor.
        name: String,
        /// As stored.
        stored: Dtype,
    },
    /// A number is infinite or none at all.
    #[error("{name} in {path} holds numbers that are not finite, fetch the file again")]
    NotFinite {
        /// Which file.
        path: PathBuf,
        /// Which tensor.
        name: String,
    },
    /// A number is beyond what is computed in.
    #[error(
        "{name} in {path} holds numbers that {kind:?} cannot, compute in float32 or bfloat16 \
         (--dtype, or ATELIER_DTYPE)"
    )]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// Which tensor.
        name: String,
        /// What is computed in.
        kind: Kind,
    },
    /// There are tensors that nobody asked for.
    #[error("{path} holds {count} tensors that its config.json knows nothing of, first {name}")]
    LeftOver {
        /// Which file.
        path: PathBuf,
        /// How many.
        count: usize,
        /// The first of them.
        name: String,
    },
    /// libtorch could not take it.
    #[error("cannot place {name} of {path} on the device")]
    Device {
        /// Which file.
        path: PathBuf,
        /// Which tensor.
        name: String,
        /// Why.
        source: tch::TchError,
    },
}
