//! Reads what `--applied` names.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use crate::bundle::Document;
use crate::read;

/// The objects in these files, and in all below these folders.
pub(super) fn read(paths: &[PathBuf]) -> anyhow::Result<Arc<[Document]>> {
    let mut applied = Vec::new();
    let files = read::files(paths);
    if let Some(error) = files.unreadable.into_iter().next() {
        return Err(error.into());
    }
    for name in files.files {
        let file = read::file(&name, &read::bytes(&name)?)
            .with_context(|| format!("cannot read what is applied from `{}`", name.display()))?;
        applied.extend(file.documents);
    }
    if !paths.is_empty() && applied.is_empty() {
        bail!("there is no object in what `--applied` names");
    }
    Ok(applied.into())
}
