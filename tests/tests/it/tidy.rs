//! Rooms: which crate may see which, and which words may stand in which folder.

mod edges;
mod words;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The top of the repository.
fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("tests lies in the repository")
}

/// Our own Rust files below a folder of the repository, as paths relative to its top.
fn rust_files(below: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    walk(&root().join(below), &mut files);
    assert!(!files.is_empty(), "no Rust file below {below}");
    files.sort();
    files
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("the folder is read").path();
        let name = path
            .file_name()
            .expect("an entry has a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() && name != "target" && name != "data" && !name.starts_with('.') {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(
                path.strip_prefix(root())
                    .expect("below the top")
                    .to_path_buf(),
            );
        }
    }
}

fn read(file: &Path) -> String {
    fs::read_to_string(root().join(file)).expect("a source file is text")
}
