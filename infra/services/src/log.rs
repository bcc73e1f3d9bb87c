//! Log files of the children, and the end of one for an error message.

use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, Result};

/// A log above this is set aside at the next start: enough for days of ordinary talk.
const LARGE_BYTES: u64 = 16 * 1024 * 1024;

/// Opens `path` to append to it, after moving a large one to `<path>.old`.
pub fn open_log(path: &Path) -> Result<File> {
    let open = || {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        if path.metadata().is_ok_and(|data| data.len() > LARGE_BYTES) {
            std::fs::rename(path, path.with_added_extension("old"))?;
        }
        File::options().append(true).create(true).open(path)
    };
    open().with_context(|| format!("cannot write the log {}", path.display()))
}

/// The last lines of a log, indented, to go below an error.
pub fn tail(path: &Path, lines: usize) -> String {
    let bytes = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let all: Vec<&str> = text.lines().collect();
    let from = all.len().saturating_sub(lines);
    let last = all.get(from..).unwrap_or_default();
    if last.is_empty() {
        String::new()
    } else {
        format!("\n    {}", last.join("\n    "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_last_lines_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("logs/a.log");
        drop(open_log(&path).unwrap());
        assert_eq!(tail(&path, 2), "");
        std::fs::write(&path, "one\ntwo\nthree\n").unwrap();
        assert_eq!(tail(&path, 2), "\n    two\n    three");
    }

    #[test]
    fn a_log_that_has_grown_large_is_set_aside_and_replaces_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let (path, old) = (folder.path().join("a.log"), folder.path().join("a.log.old"));
        std::fs::write(&old, "of last year").unwrap();
        open_log(&path).unwrap().set_len(LARGE_BYTES).unwrap();
        let length = |path: &Path| path.metadata().unwrap().len();
        open_log(&path).unwrap().set_len(LARGE_BYTES + 1).unwrap();
        assert_eq!(length(&path), LARGE_BYTES + 1);
        drop(open_log(&path).unwrap());
        assert_eq!((length(&path), length(&old)), (0, LARGE_BYTES + 1));
    }
}
