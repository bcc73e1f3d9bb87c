//! Writes the folder of libtorch into the executables, so that nobody sets `LD_LIBRARY_PATH`.
//!
//! `torch-sys` hands the folder on to packages that depend on it directly, which is the only
//! reason why this one does.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if let Ok(folder) = std::env::var("DEP_TCH_LIBTORCH_LIB") {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{folder}");
    }
}
