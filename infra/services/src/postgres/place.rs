//! Where a cluster lies, and which major version made it.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::owner::Owner;

/// Where clusters of root's closed data folders lie.
const ELSEWHERE: &str = "/var/lib/atelier";

/// The cluster's folder: in the data folder, unless its owner cannot go there.
pub(super) fn of_cluster(data: &Path, owner: Owner) -> Result<PathBuf> {
    let inside = data.join("postgres");
    if let Ok(target) = inside.read_link() {
        return Ok(target);
    }
    if inside.is_dir() || owner.may_enter(data) {
        return Ok(inside);
    }
    // The name is random: a data folder that was deleted and made again must not meet its old
    // cluster, whose password is gone.
    let target = Path::new(ELSEWHERE).join(format!("postgres-{}", crate::random_hex::<8>()));
    let link = || {
        std::fs::create_dir_all(ELSEWHERE)?;
        symlink(&target, &inside)
    };
    link().with_context(|| format!("cannot link {} to {ELSEWHERE}", inside.display()))?;
    Ok(target)
}

/// The major version that made the cluster, which is the only one that can start it; none if there
/// is no cluster yet.
pub(super) fn major_version(folder: &Path) -> Result<Option<u32>> {
    let file = folder.join("PG_VERSION");
    if !file
        .try_exists()
        .with_context(|| format!("cannot look into {}", folder.display()))?
    {
        return Ok(None);
    }
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    let major = text.trim().parse().with_context(|| {
        format!(
            "{} should hold a major version of postgres, not {text:?}",
            file.display()
        )
    })?;
    Ok(Some(major))
}
