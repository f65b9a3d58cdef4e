//! The index's folder: its format version, and the lock that keeps two writers apart.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Index;

use super::{IndexError, fields};

/// Goes up whenever an index written before would be read wrongly.
const FORMAT: u32 = 1;

const VERSION_FILE: &str = "format.json";
const LOCK_FILE: &str = "lock";
const ENGINE_FOLDER: &str = "index";

/// Why an index was built from nothing though there was one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rebuild {
    /// For people: "it was written by onrecord 0.0.9 in format 0".
    pub because: String,
}

/// What stands in the version file.
#[derive(Debug, Serialize, Deserialize)]
struct Version {
    format: u32,
    onrecord: String,
}

/// Opens the index in `place` for reading.
pub fn open(place: &Path) -> Result<Index, IndexError> {
    let version = match read_version(place) {
        Ok(Some(version)) => version,
        Ok(None) => return Err(IndexError::Missing(place.to_path_buf())),
        Err(error) => return Err(error),
    };
    if version.format != FORMAT {
        return Err(IndexError::OtherFormat {
            place: place.to_path_buf(),
            written_by: version.onrecord,
            found: version.format,
            expected: FORMAT,
        });
    }
    let index = Index::open_in_dir(place.join(ENGINE_FOLDER))?;
    fields::register_tokenizers(&index);
    Ok(index)
}

/// Opens the index in `place` for writing; makes a new one where there is none that this version can go on with.
pub fn open_or_create(place: &Path) -> Result<(Index, Option<Rebuild>), IndexError> {
    let because = match existing(place) {
        Existing::Current(index) => return Ok((*index, None)),
        Existing::Nothing => None,
        Existing::Unfit(because) => Some(Rebuild { because }),
    };
    Ok((create(place)?, because))
}

/// Opens the index in `place` for reading if it is one that this version goes on with.
pub fn open_current(place: &Path) -> Option<Index> {
    match existing(place) {
        Existing::Current(index) => Some(*index),
        Existing::Nothing | Existing::Unfit(_) => None,
    }
}

/// What there is in the place of an index.
enum Existing {
    Nothing,
    Current(Box<Index>),
    /// An index that this version cannot go on with, and why.
    Unfit(String),
}

fn existing(place: &Path) -> Existing {
    match read_version(place) {
        Ok(None) => Existing::Nothing,
        Ok(Some(version)) if version.format != FORMAT || version.onrecord != env!("CARGO_PKG_VERSION") => {
            Existing::Unfit(format!("it was written by onrecord {} in format {}", version.onrecord, version.format))
        }
        Ok(Some(_)) => match open(place) {
            Ok(index) if index.schema() == fields::schema() => Existing::Current(Box::new(index)),
            Ok(_) => Existing::Unfit("it has other fields".to_string()),
            Err(error) => Existing::Unfit(format!("it is damaged ({})", innermost(&error))),
        },
        Err(error) => Existing::Unfit(format!("its version cannot be read ({})", innermost(&error))),
    }
}

/// Makes an empty index; the version file comes last, so that a half-made index counts as none.
fn create(place: &Path) -> Result<Index, IndexError> {
    let engine = place.join(ENGINE_FOLDER);
    let version_file = place.join(VERSION_FILE);
    match fs::remove_file(&version_file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(IndexError::io(&version_file)(error)),
        _ => {}
    }
    if engine.exists() {
        fs::remove_dir_all(&engine).map_err(IndexError::io(&engine))?;
    }
    fs::create_dir_all(&engine).map_err(IndexError::io(&engine))?;
    let index = Index::create_in_dir(&engine, fields::schema())?;
    fields::register_tokenizers(&index);
    let ignore = place.join(".gitignore");
    fs::write(&ignore, "*\n").map_err(IndexError::io(&ignore))?;
    let version = Version { format: FORMAT, onrecord: env!("CARGO_PKG_VERSION").to_string() };
    let version = serde_json::to_string(&version).map_err(IndexError::Record)?;
    fs::write(&version_file, version).map_err(IndexError::io(&version_file))?;
    Ok(index)
}

fn read_version(place: &Path) -> Result<Option<Version>, IndexError> {
    let file = place.join(VERSION_FILE);
    match fs::read(&file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(IndexError::Record),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(IndexError::io(&file)(error)),
    }
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

/// Keeps other writers out as long as it lives; the system lifts it when the process ends, however it ends.
#[derive(Debug)]
pub struct WriteLock {
    _file: File,
}

impl WriteLock {
    /// Takes the lock of the index in `place`, or tells who has it.
    pub fn take(place: &Path) -> Result<WriteLock, IndexError> {
        fs::create_dir_all(place).map_err(IndexError::io(place))?;
        let path: PathBuf = place.join(LOCK_FILE);
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(IndexError::io(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let known = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
                let holder = if known { holder.trim().to_string() } else { "another process".to_string() };
                return Err(IndexError::Locked { place: place.to_path_buf(), holder });
            }
            Err(TryLockError::Error(error)) => return Err(IndexError::io(&path)(error)),
        }
        let holder = format!("process {}\n", std::process::id());
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(holder.as_bytes()))
            .map_err(IndexError::io(&path))?;
        Ok(WriteLock { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_told_who_holds_the_index() {
        let folder = tempfile::tempdir().unwrap();
        let held = WriteLock::take(folder.path()).unwrap();
        let refused = WriteLock::take(folder.path()).unwrap_err().to_string();
        assert!(refused.ends_with(&format!("is being written by process {}", std::process::id())), "{refused}");
        drop(held);
        assert!(WriteLock::take(folder.path()).is_ok());
    }

    #[test]
    fn other_versions_are_refused_for_reading_and_rebuilt_for_writing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(open(folder.path()), Err(IndexError::Missing(_))));
        assert_eq!(open_or_create(folder.path()).unwrap().1, None);
        assert_eq!(open_or_create(folder.path()).unwrap().1, None);
        fs::write(folder.path().join(VERSION_FILE), r#"{"format":0,"onrecord":"0.0.1"}"#).unwrap();
        assert!(matches!(open(folder.path()), Err(IndexError::OtherFormat { found: 0, .. })));
        let rebuild = open_or_create(folder.path()).unwrap().1.unwrap();
        assert_eq!(rebuild.because, "it was written by onrecord 0.0.1 in format 0");
        assert!(open(folder.path()).is_ok());
    }

    #[test]
    fn a_damaged_index_is_rebuilt() {
        let folder = tempfile::tempdir().unwrap();
        open_or_create(folder.path()).unwrap();
        fs::write(folder.path().join(ENGINE_FOLDER).join("meta.json"), "{").unwrap();
        assert!(open(folder.path()).is_err());
        assert!(open_or_create(folder.path()).unwrap().1.is_some());
        assert!(open(folder.path()).is_ok());
    }
}
