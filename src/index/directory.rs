//! The index's folder: whose it is, its format version, and the lock that keeps two writers apart.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::{Index, IndexReader, ReloadPolicy};

use super::storage::{NEW, Storage, is_engine_file, replace};
use super::{IndexError, fields};
use crate::corpus::INDEX_FOLDER;

/// Goes up whenever an index written before would be read wrongly.
const FORMAT: u32 = 6;

const VERSION_FILE: &str = "format.json";
const LOCK_FILE: &str = "lock";
const IGNORE_FILE: &str = ".gitignore";
const IGNORE_ALL: &str = "*\n";
/// Begins the name of an empty file by which a run finds out whether it may write.
pub const PROBE: &str = ".probe-";
/// Holds the engine's files.
pub const ENGINE_FOLDER: &str = "index";

/// Why an index was built from nothing though there was one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rebuild {
    /// For people: "it was written by onrecord 0.0.9 in format 0".
    pub because: String,
}

/// What stands in the version file, which marks a folder as an index.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Version {
    format: u32,
    onrecord: String,
    /// The folder of articles: as seen from the index where the index lies in it, else its full path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    folder: Option<String>,
    /// Missing while an index is being made.
    #[serde(default = "yes")]
    ready: bool,
    /// Why it must be built anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    damage: Option<String>,
}

fn yes() -> bool {
    true
}

/// An index that is open, and the files below it.
pub struct Opened {
    pub(super) index: Index,
    pub(super) storage: Storage,
}

/// Opens the index in `place` for reading.
pub fn open(place: &Path) -> Result<Opened, IndexError> {
    let Some(version) = read_version(place)?.filter(|version| version.ready) else {
        return Err(IndexError::Missing(place.to_path_buf()));
    };
    if version.format != FORMAT {
        return Err(IndexError::OtherFormat {
            place: place.to_path_buf(),
            written_by: version.onrecord,
            found: version.format,
            expected: FORMAT,
        });
    }
    if version.damage.is_some() {
        return Err(IndexError::Damaged(place.to_path_buf()));
    }
    let damaged = |error: tantivy::TantivyError| IndexError::from(error).of_damage(place);
    let storage = Storage::open(&place.join(ENGINE_FOLDER)).map_err(|error| damaged(error.into()))?;
    let index = Index::open(storage.clone()).map_err(damaged)?;
    fields::register_tokenizers(&index);
    Ok(Opened { index, storage })
}

/// Opens the index in `place` for writing; makes a new one where there is none that this version can go on with.
pub fn open_or_create(place: &Path) -> Result<(Opened, Option<Rebuild>), IndexError> {
    let because = match existing(place) {
        Existing::Current(opened) => match opened.reader() {
            Ok(_) => return Ok((*opened, None)),
            Err(_) => Some(Rebuild { because: "it is damaged".to_string() }),
        },
        Existing::Nothing => None,
        Existing::Unfit(because) => Some(Rebuild { because }),
    };
    Ok((create(place)?, because))
}

/// Opens the index in `place` for reading if it is one that this version goes on with.
pub fn open_current(place: &Path) -> Option<Opened> {
    match existing(place) {
        Existing::Current(opened) => Some(*opened),
        Existing::Nothing | Existing::Unfit(_) => None,
    }
}

impl Opened {
    /// Opens the last commit.
    pub(super) fn reader(&self) -> tantivy::Result<IndexReader> {
        self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
    }
}

/// Reads every byte of the index in `place`; one that is damaged is marked, and the next writer builds it anew.
pub fn check(place: &Path) -> Result<(), IndexError> {
    if open_current(place).is_none() {
        return Ok(());
    }
    // Files may come and go while somebody else writes, and who cannot write cannot build anew either.
    let Ok(_lock) = WriteLock::take(place) else { return Ok(()) };
    match (damage(place), read_version(place)?) {
        (Some(damage), Some(version)) => write_version(place, &Version { damage: Some(damage), ..version }),
        _ => Ok(()),
    }
}

/// Reads every byte of the index in `place`, and names what is damaged.
pub fn damage(place: &Path) -> Option<String> {
    match open_current(place)?.index.validate_checksum() {
        Ok(files) => files.into_iter().min().map(|file| file.display().to_string()),
        Err(error) => Some(innermost(&error)),
    }
}

/// Refuses `folder` where the index in `place` is that of another folder.
pub fn check_folder(place: &Path, folder: &Path) -> Result<(), IndexError> {
    let (Ok(place), Ok(folder)) = (place.canonicalize(), folder.canonicalize()) else { return Ok(()) };
    if place == folder {
        return Err(IndexError::SameFolder(folder));
    }
    let Ok(Some(version)) = read_version(&place) else { return Ok(()) };
    let usual = || place.ends_with(INDEX_FOLDER).then(|| "..".to_string());
    match version.folder.or_else(usual) {
        Some(of) if of != folder_from(&place, &folder) => {
            let of = place.join(of);
            Err(IndexError::OtherFolder { of: of.canonicalize().unwrap_or(of), place })
        }
        _ => Ok(()),
    }
}

/// Writes down that the index in `place` is that of `folder`, or refuses as `check_folder` does.
pub fn tie(place: &Path, folder: &Path) -> Result<(), IndexError> {
    check_folder(place, folder)?;
    let (place, folder) =
        (place.canonicalize().map_err(IndexError::io(place))?, folder.canonicalize().map_err(IndexError::io(folder))?);
    match read_version(&place)? {
        Some(version) if version.folder.is_none() => {
            write_version(&place, &Version { folder: Some(folder_from(&place, &folder)), ..version })
        }
        _ => Ok(()),
    }
}

/// Returns the folder whose files the index in `place` holds.
pub fn folder_of(place: &Path) -> Result<PathBuf, IndexError> {
    let written = read_version(place)?.and_then(|version| version.folder);
    Ok(place.join(written.unwrap_or_else(|| "..".to_string())))
}

/// Names the folder as seen from the index within it, so that both can be moved together; else by its full path.
fn folder_from(place: &Path, folder: &Path) -> String {
    match place.strip_prefix(folder) {
        Ok(below) => vec![".."; below.components().count()].join("/"),
        Err(_) => folder.to_string_lossy().into_owned(),
    }
}

/// What there is in the place of an index.
enum Existing {
    Nothing,
    Current(Box<Opened>),
    /// An index that this version cannot go on with, and why.
    Unfit(String),
}

fn existing(place: &Path) -> Existing {
    match read_version(place) {
        Ok(None | Some(Version { ready: false, .. })) => Existing::Nothing,
        Ok(Some(version)) if version.format != FORMAT || version.onrecord != env!("CARGO_PKG_VERSION") => {
            Existing::Unfit(format!("it was written by onrecord {} in format {}", version.onrecord, version.format))
        }
        Ok(Some(Version { damage: Some(damage), .. })) => Existing::Unfit(format!("it is damaged ({damage})")),
        Ok(Some(_)) => match open(place) {
            Ok(opened) if opened.index.schema() == fields::schema() => Existing::Current(Box::new(opened)),
            Ok(_) => Existing::Unfit("it has other fields".to_string()),
            Err(_) => Existing::Unfit("it is damaged".to_string()),
        },
        Err(error) => Existing::Unfit(format!("its version cannot be read ({})", innermost(&error))),
    }
}

/// Makes an empty index where `claim` found nothing foreign; until it is whole it counts as none.
fn create(place: &Path) -> Result<Opened, IndexError> {
    let engine = place.join(ENGINE_FOLDER);
    let folder = read_version(place).ok().flatten().and_then(|version| version.folder);
    let onrecord = env!("CARGO_PKG_VERSION").to_string();
    let version = Version { format: FORMAT, onrecord, folder, ready: false, damage: None };
    write_version(place, &version)?;
    fs::create_dir_all(&engine).map_err(IndexError::io(&engine))?;
    for name in names_in(&engine)?.iter().filter(|name| is_engine_file(name)) {
        let file = engine.join(name);
        fs::remove_file(&file).map_err(IndexError::io(&file))?;
    }
    let ignore = place.join(IGNORE_FILE);
    match File::create_new(&ignore).and_then(|mut file| file.write_all(IGNORE_ALL.as_bytes())) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(IndexError::io(&ignore)(error)),
        _ => {}
    }
    let storage = Storage::open(&engine).map_err(tantivy::TantivyError::from)?;
    let index = Index::create(storage.clone(), fields::schema(), Default::default());
    let index = index.map_err(|error| IndexError::of_writing(&storage, error))?;
    fields::register_tokenizers(&index);
    write_version(place, &Version { ready: true, ..version })?;
    Ok(Opened { index, storage })
}

/// Makes sure that `place` is ours to write in: new, empty, or an index, whole or half made.
fn claim(place: &Path) -> Result<(), IndexError> {
    match fs::metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return fs::create_dir_all(place).map_err(IndexError::io(place));
        }
        Err(error) => return Err(IndexError::io(place)(error)),
        Ok(metadata) if !metadata.is_dir() => {
            return Err(IndexError::io(place)(std::io::Error::from(ErrorKind::NotADirectory)));
        }
        Ok(_) => {}
    }
    let leads_away = |name: &&str| fs::symlink_metadata(place.join(name)).is_ok_and(|found| found.is_symlink());
    if let Some(found) = [VERSION_FILE, LOCK_FILE, IGNORE_FILE, ENGINE_FOLDER].into_iter().find(leads_away) {
        return Err(IndexError::Foreign { place: place.to_path_buf(), found: format!("{found}, a link") });
    }
    if matches!(read_version(place), Ok(Some(_))) {
        return Ok(());
    }
    match names_in(place)?.into_iter().find(|name| !is_own(place, name)) {
        Some(found) => Err(IndexError::Foreign { place: place.to_path_buf(), found }),
        None => Ok(()),
    }
}

/// Tells whether something in the folder of an index is what the index puts there.
fn is_own(place: &Path, name: &str) -> bool {
    let holds = |name: &str, own: &dyn Fn(&str) -> bool| fs::read_to_string(place.join(name)).is_ok_and(|t| own(&t));
    let lock = || holds(LOCK_FILE, &|text| text.is_empty() || text.starts_with("process "));
    let ignore = || holds(IGNORE_FILE, &|text| text == IGNORE_ALL);
    match name {
        LOCK_FILE => lock(),
        IGNORE_FILE => ignore(),
        // A marker that cannot be read marks nothing alone; an empty one was being written.
        VERSION_FILE => lock() && ignore() || holds(name, &str::is_empty),
        // A run that was killed leaves these.
        _ if name.strip_suffix(NEW) == Some(VERSION_FILE) => {
            holds(name, &|text| "{\"format\":".starts_with(text) || text.starts_with("{\"format\":"))
        }
        _ if name.starts_with(PROBE) => holds(name, &str::is_empty),
        ENGINE_FOLDER => names_in(&place.join(name)).is_ok_and(|names| names.iter().all(|name| is_engine_file(name))),
        _ => false,
    }
}

/// Returns the names in a folder, in order.
fn names_in(folder: &Path) -> Result<Vec<String>, IndexError> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let entries = entries.map_err(IndexError::io(folder))?;
    let mut names: Vec<String> = entries.iter().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    Ok(names)
}

fn read_version(place: &Path) -> Result<Option<Version>, IndexError> {
    let file = place.join(VERSION_FILE);
    match fs::read(&file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(IndexError::Record),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(IndexError::io(&file)(error)),
    }
}

fn write_version(place: &Path, version: &Version) -> Result<(), IndexError> {
    let file = place.join(VERSION_FILE);
    let text = serde_json::to_string(version).map_err(IndexError::Record)?;
    replace(&file, text.as_bytes()).map_err(IndexError::io(&file))
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
        claim(place)?;
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

    fn make(place: &Path) -> Option<Rebuild> {
        let _lock = WriteLock::take(place).unwrap();
        open_or_create(place).unwrap().1
    }

    #[test]
    fn a_run_killed_at_its_very_beginning_locks_nobody_out() {
        for (name, text) in
            [("format.json.new", ""), ("format.json.new", "{\"format\":2,"), ("format.json", ""), (".probe-14", "")]
        {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(name), text).unwrap();
            make(folder.path());
            assert!(open(folder.path()).is_ok(), "{name}: {text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_in_the_folder_are_not_followed() {
        for name in ["lock", "index", "format.json", ".gitignore"] {
            let folder = tempfile::tempdir().unwrap();
            let (place, precious) = (folder.path().join("place"), folder.path().join("precious"));
            fs::create_dir(&place).unwrap();
            fs::write(&precious, "x").unwrap();
            std::os::unix::fs::symlink(&precious, place.join(name)).unwrap();
            assert!(matches!(WriteLock::take(&place), Err(IndexError::Foreign { .. })), "{name}");
            assert_eq!(fs::read_to_string(&precious).unwrap(), "x", "{name}");
        }
    }

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
        assert_eq!(make(folder.path()), None);
        assert_eq!(make(folder.path()), None);
        fs::write(folder.path().join(VERSION_FILE), r#"{"format":0,"onrecord":"0.0.1"}"#).unwrap();
        assert!(matches!(open(folder.path()), Err(IndexError::OtherFormat { found: 0, .. })));
        let rebuild = make(folder.path()).unwrap();
        assert_eq!(rebuild.because, "it was written by onrecord 0.0.1 in format 0");
        assert!(open(folder.path()).is_ok());
    }

    #[test]
    fn a_damaged_index_is_rebuilt() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path());
        for damaged in ["index/meta.json", VERSION_FILE] {
            fs::write(folder.path().join(damaged), "{").unwrap();
            assert!(open(folder.path()).is_err());
            assert!(make(folder.path()).is_some(), "{damaged}");
            assert!(open(folder.path()).is_ok());
        }
    }

    #[test]
    fn a_folder_that_is_no_index_is_left_as_it_is() {
        for (name, text) in [
            (IGNORE_FILE, "target\n"),
            (LOCK_FILE, "a foreign lock"),
            (VERSION_FILE, r#"{"format": "A4"}"#),
            ("index/thesis.txt", "years of work"),
            ("notes.txt", ""),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
            let refused = WriteLock::take(folder.path());
            assert!(matches!(refused, Err(IndexError::Foreign { .. })), "{name}: {refused:?}");
            assert_eq!(fs::read_to_string(&file).unwrap(), text);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{name}");
        }
    }

    #[test]
    fn a_rebuilt_index_leaves_what_somebody_put_there() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path());
        for (name, text) in
            [("index/thesis.txt", "work"), (IGNORE_FILE, "mine"), (VERSION_FILE, r#"{"format":0,"onrecord":"0"}"#)]
        {
            fs::write(folder.path().join(name), text).unwrap();
        }
        assert!(make(folder.path()).is_some());
        assert_eq!(fs::read_to_string(folder.path().join("index/thesis.txt")).unwrap(), "work");
        assert_eq!(fs::read_to_string(folder.path().join(IGNORE_FILE)).unwrap(), "mine");
    }

    #[test]
    fn a_half_made_index_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        drop(WriteLock::take(folder.path()).unwrap());
        make(folder.path());
        let version = read_version(folder.path()).unwrap().unwrap();
        write_version(folder.path(), &Version { ready: false, ..version }).unwrap();
        assert!(matches!(open(folder.path()), Err(IndexError::Missing(_))));
        assert_eq!(make(folder.path()), None);
        assert!(open(folder.path()).is_ok());
    }

    #[test]
    fn an_index_is_that_of_one_folder_and_moves_with_it() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        for name in ["a/.onrecord", "b", "c"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        for (place, folder, other) in [("a/.onrecord", "a", "b"), ("c", "a", "b")] {
            make(&at(place));
            tie(&at(place), &at(folder)).unwrap();
            tie(&at(place), &at(folder)).unwrap();
            let refused = tie(&at(place), &at(other)).unwrap_err();
            assert!(matches!(&refused, IndexError::OtherFolder { of, .. } if of.ends_with("a")), "{refused}");
        }
        assert!(matches!(check_folder(&at("c"), &at("c")), Err(IndexError::SameFolder(_))));
        fs::rename(at("a"), at("moved")).unwrap();
        assert!(check_folder(&at("moved/.onrecord"), &at("moved")).is_ok());
        assert!(check_folder(&at("c"), &at("moved")).is_err());
    }
}
