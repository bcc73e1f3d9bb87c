//! Finding programs, and reading the version they print.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The program of this name on `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    which::which(name).ok()
}

/// What `program --version` prints, if it runs.
pub(crate) fn version_text(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first `major.minor` in a text such as `nats-server: v2.15.1` or `postgres (PostgreSQL) 18.6`.
pub(crate) fn version(text: &str) -> Option<(u32, u32)> {
    text.split_whitespace().find_map(|word| {
        let word = word.strip_prefix('v').unwrap_or(word);
        let mut numbers = word.split(|c: char| !c.is_ascii_digit());
        let major = numbers.next()?.parse().ok()?;
        let minor = numbers.next().and_then(|n| n.parse().ok()).unwrap_or(0);
        Some((major, minor))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_the_programs_print_them() {
        assert_eq!(version("nats-server: v2.15.1\n"), Some((2, 15)));
        assert_eq!(
            version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some((15, 18))
        );
        assert_eq!(version("postgres (PostgreSQL) 19beta1"), Some((19, 0)));
        assert_eq!(version("nothing to see"), None);
    }
}
