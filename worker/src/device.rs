//! What tensors are computed on.
//!
//! The executable is linked without the CUDA half of libtorch, so that one build runs on machines
//! with and without a GPU. It is loaded here, before the first tensor; a worker that was told to
//! use a GPU and cannot says so and ends, rather than being a hundred times slower in silence.

mod fault;
pub mod memory;

use std::{fmt, str::FromStr};

use anyhow::{Context as _, bail, ensure};
use clap::ValueEnum;
use libloading::os::unix::{Library, RTLD_GLOBAL, RTLD_NOW};

pub use self::fault::Fault;

const CUDA_LIBRARY: &str = "libtorch_cuda.so";
const HOW_TO_GET_CUDA: &str = "fetch CUDA's half of libtorch with `cargo xtask setup --cuda`, then \
     start with `cargo xtask run`, or with the folder that it names in LD_LIBRARY_PATH";
const HOW_TO_GET_A_DRIVER: &str = "`nvidia-smi` shows what the driver sees; CUDA 13 needs driver 580 \
     or later, and a container needs to be given its GPUs";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceChoice {
    /// The first GPU if there is one, else the processor.
    Auto,
    /// The processor.
    Cpu,
    /// This GPU and nothing else.
    Cuda(usize),
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device(pub tch::Device);

/// Kinds of numbers, by their names in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Precision {
    /// Single precision.
    Float32,
    /// Half precision.
    Float16,
    /// Half as many bits, but all of single precision's range.
    #[value(name = "bfloat16")]
    BFloat16,
}

impl Precision {
    /// As libtorch calls it.
    pub const fn kind(self) -> tch::Kind {
        match self {
            Self::Float32 => tch::Kind::Float,
            Self::Float16 => tch::Kind::Half,
            Self::BFloat16 => tch::Kind::BFloat16,
        }
    }
}

impl DeviceChoice {
    /// Finds the device. Call it once, before anything else touches libtorch.
    pub fn find(self) -> anyhow::Result<Device> {
        self.find_or_tell(|error| tracing::debug!("no GPU: {error:#}"))
    }

    /// The same, for those who want to know why `auto` found no GPU.
    pub fn find_or_tell(self, tell: impl FnOnce(&anyhow::Error)) -> anyhow::Result<Device> {
        // Jobs run side by side on threads of their own; more threads each would only compete.
        tch::set_num_threads(1);
        match self {
            Self::Cpu => Ok(Device(tch::Device::Cpu)),
            Self::Cuda(index) => {
                open_cuda(index).with_context(|| format!("cannot use cuda:{index} as asked for"))
            }
            Self::Auto => match open_cuda(0) {
                Ok(device) => Ok(device),
                Err(error) => {
                    tell(&error);
                    Ok(Device(tch::Device::Cpu))
                }
            },
        }
    }
}

impl FromStr for DeviceChoice {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        match text {
            "auto" => Ok(Self::Auto),
            "cpu" => Ok(Self::Cpu),
            "cuda" => Ok(Self::Cuda(0)),
            _ => {
                let index = text
                    .strip_prefix("cuda:")
                    .and_then(|index| index.parse().ok());
                let index = index.with_context(|| {
                    format!("{text:?} is no device, use auto, cpu, cuda or cuda:1")
                })?;
                Ok(Self::Cuda(index))
            }
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            tch::Device::Cuda(index) => write!(f, "cuda:{index}"),
            _ => f.write_str("cpu"),
        }
    }
}

fn open_cuda(index: usize) -> anyhow::Result<Device> {
    load_cuda()?;
    if !tch::Cuda::is_available() {
        bail!("{CUDA_LIBRARY} is loaded but finds no GPU or no driver: {HOW_TO_GET_A_DRIVER}");
    }
    let count = usize::try_from(tch::Cuda::device_count()).unwrap_or(0);
    ensure!(
        index < count,
        "the machine has {count} of them, counted from 0"
    );
    Ok(Device(tch::Device::Cuda(index)))
}

#[expect(unsafe_code, reason = "loading a library runs its initialisers")]
fn load_cuda() -> anyhow::Result<()> {
    // SAFETY: the library belongs to the libtorch this executable is linked with, whose
    // initialisers expect to be run by the loader at any time and register its operators.
    let library = unsafe { Library::open(Some(CUDA_LIBRARY), RTLD_NOW | RTLD_GLOBAL) }
        .with_context(|| format!("cannot load {CUDA_LIBRARY}: {HOW_TO_GET_CUDA}"))?;
    // Its operators stay registered for as long as the process lives.
    std::mem::forget(library);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gpu_that_cannot_be_had_is_an_error_that_says_what_to_do() {
        // Beyond any machine's last one, wherever this test runs.
        let refused = format!("{:#}", DeviceChoice::Cuda(1000).find().unwrap_err());
        assert!(
            refused.starts_with("cannot use cuda:1000 as asked for: "),
            "{refused}"
        );
        let said = ["xtask setup --cuda", "nvidia-smi", "counted from 0"];
        assert!(
            said.iter().any(|words| refused.contains(words)),
            "{refused}"
        );
        assert!(!refused.contains("ATELIER_DEVICE"), "{refused}");
    }

    #[test]
    fn whoever_asks_hears_why_there_is_no_gpu() {
        let mut heard = String::new();
        let found = DeviceChoice::Auto.find_or_tell(|error| heard = format!("{error:#}"));
        let on_gpu = found.unwrap().0.is_cuda();
        assert!(on_gpu || heard.contains("libtorch_cuda.so"), "{heard}");
        let cpu = DeviceChoice::Cpu.find_or_tell(|_| panic!("nobody asked for a GPU"));
        assert_eq!(cpu.unwrap(), Device(tch::Device::Cpu));
    }

    #[test]
    fn a_device_is_named_as_everywhere_in_libtorch() {
        let parse = |text: &str| text.parse::<DeviceChoice>().map_err(|e| e.to_string());
        assert_eq!(parse("auto"), Ok(DeviceChoice::Auto));
        assert_eq!(parse("cuda"), Ok(DeviceChoice::Cuda(0)));
        assert_eq!(parse("cuda:3"), Ok(DeviceChoice::Cuda(3)));
        let refusal = r#""cuda:x" is no device, use auto, cpu, cuda or cuda:1"#;
        assert_eq!(parse("cuda:x"), Err(refusal.into()));
    }
}
