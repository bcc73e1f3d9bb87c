//! One style sheet from many small ones, in an order that the file names decide.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// `style/tokens.css`, the rest of `style/`, then every component's.
pub(super) fn collect(frontend: &Path) -> Result<String> {
    let mut sheets = sheets_in(&frontend.join("style"))?;
    sheets.sort_by_key(|sheet| {
        (
            sheet.file_name() != Some("tokens.css".as_ref()),
            sheet.clone(),
        )
    });
    let components = frontend.join("src/components");
    let mut folders: Vec<PathBuf> = match components.read_dir() {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(_) => Vec::new(),
    };
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let mut own = sheets_in(folder)?;
        own.sort();
        sheets.extend(own);
    }
    let mut all = String::new();
    for sheet in sheets {
        let text = std::fs::read_to_string(&sheet)
            .with_context(|| format!("cannot read {}", sheet.display()))?;
        all.push_str(text.trim_end());
        all.push('\n');
    }
    Ok(all)
}

fn sheets_in(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = folder.read_dir()?.collect::<std::io::Result<Vec<_>>>()?;
    let paths = entries.into_iter().map(|entry| entry.path());
    Ok(paths
        .filter(|path| path.extension().is_some_and(|end| end == "css"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_first_and_components_last() {
        let frontend = tempfile::tempdir().unwrap();
        let put = |path: &str| {
            let path = frontend.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            std::fs::write(path, format!("/* {name} */\n\n")).unwrap();
        };
        put("src/components/toast/toast.css");
        put("src/components/dialog/dialog.css");
        put("style/base.css");
        put("style/tokens.css");
        put("style/zoom.css");
        put("style/notes.txt");
        assert_eq!(
            collect(frontend.path()).unwrap(),
            "/* tokens */\n/* base */\n/* zoom */\n/* dialog */\n/* toast */\n"
        );
    }
}
