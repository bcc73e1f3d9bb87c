//! Whether a file is what the hub stored: it lies here under the name that the hub gave its bytes.
//!
//! Large files are named by their SHA-256. Small ones are named as git names them, by the SHA-1 of
//! their length and bytes; some mirrors leave the length out. SHA-1 is no defence against somebody
//! who wants to deceive, but it tells a damaged file. Another name says nothing, and nothing is
//! checked then.

use std::fs::File;
use std::io;
use std::path::Path;

use anyhow::Result;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// Whether the file's bytes are those it is named by.
pub(crate) fn is_whole(file: &Path) -> Result<bool> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_lowercase();
    if !name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(true);
    }
    Ok(match name.len() {
        64 => digest(Sha256::new(), file)? == name,
        40 => {
            let length = file.metadata()?.len();
            let as_git = Sha1::new_with_prefix(format!("blob {length}\0"));
            digest(as_git, file)? == name || digest(Sha1::new(), file)? == name
        }
        _ => true,
    })
}

fn digest<D: Digest + io::Write>(mut hash: D, file: &Path) -> Result<String> {
    io::copy(&mut File::open(file)?, &mut hash)?;
    Ok(hex::encode(hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_each_of_its_names_and_by_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let is_whole = |name: &str| {
            let file = folder.path().join(name);
            std::fs::write(&file, "hello\n").unwrap();
            is_whole(&file).unwrap()
        };
        // As `git hash-object`, `sha1sum` and `sha256sum` say.
        assert!(is_whole("ce013625030ba8dba906f756967f9e9ca394464a"));
        assert!(is_whole("f572d396fae9206628714fb2ce00f72e94f2258f"));
        let sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        assert!(is_whole(sha256));
        assert!(!is_whole("ce013625030ba8dba906f756967f9e9ca394464b"));
        assert!(!is_whole(&sha256.replace('5', "6")));
        assert!(
            is_whole("vocab.json"),
            "a name that says nothing of the bytes"
        );
    }
}
