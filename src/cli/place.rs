//! Where an index is kept and found.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use etcetera::BaseStrategy;

use super::failure::failure;
use super::options::{IndexOption, PlaceOptions};
use crate::corpus::INDEX_FOLDER;
use crate::index::{PROBE, check_folder};

/// Where to write an index.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    pub dir: PathBuf,
    /// What the user should know of the choice.
    pub note: Option<String>,
}

/// Returns where the index of `folder` is written: as asked, in the folder, or in the user's cache where the folder
/// cannot be written to.
pub fn to_write(folder: &Path, option: &IndexOption) -> anyhow::Result<Place> {
    if !folder.is_dir() {
        let what = if folder.exists() { "is not a folder" } else { "does not exist" };
        return Err(failure(format!("{} {what}", folder.display()), "give a folder of articles"));
    }
    if let Some(dir) = &option.dir {
        return Ok(Place { dir: dir.clone(), note: None });
    }
    let inside = folder.join(INDEX_FOLDER);
    match try_writing(&inside) {
        Ok(()) => Ok(Place { dir: inside, note: None }),
        Err(error) if is_refusal(&error) => {
            let dir = in_cache(folder)?;
            let note = format!("{} cannot be written to; its index is in {}", folder.display(), dir.display());
            Ok(Place { dir, note: Some(note) })
        }
        Err(error) => Err(error).with_context(|| format!("cannot make {}", inside.display())),
    }
}

/// Returns the index of `folder` that may be read and not written to, where there is no other.
pub fn read_only(folder: &Path, option: &IndexOption) -> Option<PathBuf> {
    let inside = folder.join(INDEX_FOLDER);
    let other = option.dir.is_some() || in_cache(folder).is_ok_and(|dir| dir.is_dir());
    (!other && inside.is_dir() && try_writing(&inside).is_err_and(|error| is_refusal(&error))).then_some(inside)
}

/// Returns where the index of `folder` is, or that of the current folder or the nearest one above it.
pub fn to_read(folder: Option<&Path>, option: &IndexOption) -> anyhow::Result<PathBuf> {
    if let Some(dir) = &option.dir {
        if let Some(folder) = folder {
            check_folder(dir, folder)?;
        }
        return Ok(dir.clone());
    }
    if let Some(folder) = folder {
        return Ok(existing(folder)?.unwrap_or_else(|| folder.join(INDEX_FOLDER)));
    }
    let current = std::env::current_dir().context("the current folder is not there")?;
    for folder in current.ancestors() {
        if let Some(dir) = existing(folder)? {
            return Ok(dir);
        }
    }
    let message = format!("no index in {} or above it", current.display());
    Err(failure(message, "make one with `onrecord index FOLDER`, or search with `--in FOLDER`"))
}

impl PlaceOptions {
    /// Returns where the index is that the options lead to.
    pub fn to_read(&self) -> anyhow::Result<PathBuf> {
        to_read(self.folder.as_deref(), &self.index)
    }
}

fn existing(folder: &Path) -> anyhow::Result<Option<PathBuf>> {
    let inside = folder.join(INDEX_FOLDER);
    let cached = in_cache(folder).ok().filter(|dir| dir.is_dir());
    if inside.is_dir() && (cached.is_none() || try_writing(&inside).is_ok()) {
        return Ok(Some(inside));
    }
    Ok(cached)
}

fn try_writing(dir: &Path) -> std::io::Result<()> {
    fs::create_dir_all(dir)?;
    let probe = dir.join(format!("{PROBE}{}", std::process::id()));
    fs::File::create_new(&probe)?;
    fs::remove_file(&probe)
}

fn is_refusal(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// Returns the folder's own place in the user's cache.
fn in_cache(folder: &Path) -> anyhow::Result<PathBuf> {
    let folder = fs::canonicalize(folder).with_context(|| format!("cannot find {}", folder.display()))?;
    let strategy = etcetera::choose_base_strategy().context("there is no home folder for a cache")?;
    let key = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    Ok(strategy.cache_dir().join("onrecord").join(&key[..16]))
}
