//! The user's own file of actors: where it is, and an index that is asked with it.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::failure::failure;
use super::options::{self, PlaceOptions};
use super::outside::shown;
use super::style::counted;
use crate::ask;
use crate::corpus::ACTORS_FILE;
use crate::index::{Searcher, folder_of};
use crate::lexicon::Lexicon;
use crate::own_actors::OwnActors;

/// Bytes of the largest file that is read.
const LARGEST: u64 = 16 << 20;

/// Names without a statement that are named.
const NAMED: usize = 3;

/// The file that holds for an index.
pub struct OwnFile {
    pub path: PathBuf,
    /// Empty where there is no file.
    pub text: String,
}

impl OwnFile {
    /// Reads the file that was given, or that of the folder of the index in `place`; a folder need not have one.
    pub fn of(place: &Path, given: Option<&Path>) -> anyhow::Result<OwnFile> {
        let file = OwnFile::to_change(place, given)?;
        match given {
            Some(path) if !path.exists() => {
                let message = format!("there is no {}", path.display());
                Err(failure(message, "give a file of actors in TOML (docs/actors.md)"))
            }
            _ => Ok(file),
        }
    }

    /// Reads the same, which may be made only now.
    pub fn to_change(place: &Path, given: Option<&Path>) -> anyhow::Result<OwnFile> {
        let path = match given {
            // What a link leads to is written, not the link.
            Some(path) => path.canonicalize().unwrap_or_else(|_| path.to_path_buf()),
            None => {
                let folder = folder_of(place)?;
                let path = folder.canonicalize().unwrap_or(folder).join(ACTORS_FILE);
                path.canonicalize().unwrap_or(path)
            }
        };
        if let Ok(found) = fs::metadata(&path)
            && (!found.is_file() || found.len() > LARGEST)
        {
            let what = if found.is_file() { "larger than 16 MiB" } else { "no plain file" };
            return Err(failure(
                format!("{} is {what}", path.display()),
                "give a file of actors in TOML (docs/actors.md)",
            ));
        }
        match fs::read_to_string(&path) {
            Ok(text) => Ok(OwnFile { path, text }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(OwnFile { path, text: String::new() }),
            Err(error) => {
                let message = format!("cannot read {}: {error}", path.display());
                Err(failure(message, "it is a file of actors in TOML (docs/actors.md)"))
            }
        }
    }

    /// Reads the actors in a text for this file.
    pub fn actors(&self, text: &str, today: NaiveDate, lexicon: &Lexicon) -> anyhow::Result<OwnActors> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let own = OwnActors::read(text, name, today, lexicon).map_err(|error| {
            let message = format!("{}: {error}", self.path.display());
            failure(message, "mend it, or take it away; docs/actors.md tells what can stand there")
        })?;
        Ok(own.with_conditions(|query| ask::resolve(query, lexicon, &OwnActors::default()).query))
    }

    /// Puts a text in the place of the file's, all of it or nothing.
    pub fn write(&self, text: &str) -> anyhow::Result<()> {
        let beside = self.path.with_extension("toml.new");
        let keep_rights = || match fs::metadata(&self.path) {
            Ok(found) => fs::set_permissions(&beside, found.permissions()),
            Err(_) => Ok(()),
        };
        let written = fs::write(&beside, text).and_then(|()| keep_rights());
        let written = written.and_then(|()| fs::rename(&beside, &self.path));
        written.map_err(|error| {
            // What was written in part is of no use; that it cannot be removed is no worse.
            let _ = fs::remove_file(&beside);
            let message = format!("cannot write {}: {error}", self.path.display());
            failure(message, "keep the file elsewhere with `--actors FILE`")
        })
    }
}

/// Opens the index in `place` with the actors that hold for it.
pub fn open(
    place: &Path,
    options: &PlaceOptions,
    today: Option<NaiveDate>,
    lexicon: &Lexicon,
) -> anyhow::Result<Searcher> {
    let searcher = Searcher::open(place)?;
    let file = OwnFile::of(place, options.actors.as_deref())?;
    let own = file.actors(&file.text, options::today(today), lexicon)?;
    let searcher = searcher.with_own_actors(own, lexicon)?;
    let unmatched = searcher.own_names_without_statements();
    let mut stderr = anstream::stderr().lock();
    for (actor, name) in unmatched.iter().take(NAMED) {
        let note = format!("nothing is said by `{name}`, a name of `{actor}`");
        writeln!(stderr, "note: {}: {}", shown(file.path.display()), shown(note))?;
    }
    if unmatched.len() > NAMED {
        writeln!(stderr, "and {}", counted((unmatched.len() - NAMED) as u64, "more such name"))?;
    }
    Ok(searcher)
}
