//! SHA-256 in hexadecimal.

use std::io::Read;

use sha2::{Digest as _, Sha256};

/// The digest of everything a reader gives.
pub(crate) fn of_reader(mut reader: impl Read) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    std::io::copy(&mut reader, &mut hasher)?;
    Ok(format!("{:x}", hasher.finalize()))
}

/// The digest of bytes at hand.
pub(crate) fn of(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_give_the_known_digest_of_abc() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of(b"abc"), abc);
        assert_eq!(of_reader(&b"abc"[..]).unwrap(), abc);
    }
}
