//! Artists in files and folders; whatever cannot be read is refused by its name.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};

use super::artist::Artist;

/// No artist is longer; this keeps a wrong path from filling the memory.
const LARGEST: u64 = 4 << 20;

/// Reads one artist.
pub fn read_artist(path: &Path) -> anyhow::Result<Artist> {
    let name = path.display();
    let text = read_text(path, "an artist", LARGEST)?;
    Artist::read(&text).with_context(|| format!("{name} is not an artist"))
}

/// Reads a file that is to be `what`, and so has at most so many bytes.
pub fn read_text(path: &Path, what: &str, largest: u64) -> anyhow::Result<String> {
    let name = path.display();
    let about = fs::metadata(path).with_context(|| format!("could not read {name}"))?;
    ensure!(
        about.is_file(),
        "{name} is not a file, name the file of {what}"
    );
    ensure!(
        about.len() <= largest,
        "{name} is too large to be {what}: {} bytes",
        about.len()
    );
    fs::read_to_string(path).with_context(|| format!("could not read {name}"))
}

/// Reads all artists of a folder: its `.json` files in the order of their names.
pub fn read_artists(folder: &Path) -> anyhow::Result<Vec<Artist>> {
    let name = folder.display();
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {name}"))?;
    let paths = entries.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<anyhow::Result<_>>()?;
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort();
    ensure!(
        !paths.is_empty(),
        "{name} holds no artists: there is no .json file in it"
    );
    paths.iter().map(|path| read_artist(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_file_among_good_ones_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let good = include_str!("examples/interacting-1.json");
        fs::write(folder.path().join("a.json"), good).unwrap();
        fs::write(folder.path().join("readme.txt"), "no artist").unwrap();
        assert_eq!(read_artists(folder.path()).unwrap().len(), 1);
        fs::write(folder.path().join("b.json"), "{}").unwrap();
        let refusal = format!("{:#}", read_artists(folder.path()).unwrap_err());
        assert!(refusal.contains("b.json is not an artist"), "{refusal}");
        assert!(refusal.contains("missing field"), "{refusal}");
    }

    #[test]
    fn a_folder_without_artists_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = read_artists(folder.path()).unwrap_err().to_string();
        assert!(refusal.contains("holds no artists"), "{refusal}");
    }
}
