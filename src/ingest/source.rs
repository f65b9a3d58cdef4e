//! Walks a folder and sends on what must be looked into.

use std::collections::BTreeMap;
use std::path::Path;

use super::change;
use super::pipeline::Sink;
use super::read::{Examined, Step, Task, is_container, rows};
use super::report::Total;
use crate::corpus::{self, CorpusFile, SkipReason, Skipped};
use crate::index::FileRecord;

/// Walks, and sends on what must be looked into; a container is read here, row by row.
///
/// `own` is what the paths of the index's own files start with; `known` tells how the files were.
pub fn read_folder<M>(
    folder: &Path,
    own: Option<&str>,
    mut known: BTreeMap<String, FileRecord>,
    now: i128,
    sink: &mut Sink<'_, Task<M>>,
) {
    let mut put = |task: Task<M>| sink.put(task.weight(), task);
    for found in corpus::walk(folder) {
        let path = found.as_ref().map_or_else(|skipped| &skipped.path, |file| &file.path);
        if is_own(own, path) {
            continue;
        }
        let goes_on = match found {
            Err(skipped) => put(Task::Step(Step::Skipped(skipped))),
            Ok(file) => match known.remove(&file.path) {
                Some(before) if change::surely_unchanged(&file, &before) => put(Task::Step(Step::Unchanged(before))),
                before if is_container(&file) => match examined(&file, before, now) {
                    Ok(record) => rows(record, || file.documents(), &mut put),
                    Err(step) => put(Task::Step(*step)),
                },
                before => put(Task::File(file, before)),
            },
        };
        if !goes_on {
            return;
        }
    }
}

/// Returns the new record of a file that changed, or the step to take where there is nothing to read.
pub fn examined<M>(file: &CorpusFile, before: Option<FileRecord>, now: i128) -> Examined<M> {
    let hash = match file.content_hash() {
        Ok(hash) => hash,
        Err(error) => {
            let reason = SkipReason::Unreadable(error.to_string());
            return Err(Box::new(Step::Skipped(Skipped { path: file.path.clone(), reason })));
        }
    };
    match before {
        Some(before) if before.hash == hash => {
            let fresh = change::record(file, hash, now);
            Err(Box::new(Step::Touched(FileRecord { read_at: now, modified: fresh.modified, ..before })))
        }
        _ => Ok(change::record(file, hash, now)),
    }
}

/// Tells whether a path is one of the index's own files.
pub fn is_own(own: Option<&str>, path: &str) -> bool {
    own.is_some_and(|own| path.starts_with(own))
}

/// Counts the files of `folder` without reading them; those of the index in `place` are none of them.
pub fn total(folder: &Path, place: &Path) -> Total {
    let own = own_files(folder, place);
    let mut total = Total::default();
    for file in corpus::walk(folder).flatten() {
        if own.as_ref().is_none_or(|own| !file.path.starts_with(own.as_str())) {
            total.files += 1;
            total.bytes += file.size;
        }
    }
    total
}

/// Returns what the paths of the index's own files start with, where it lies in the folder under another name.
pub fn own_files(folder: &Path, place: &Path) -> Option<String> {
    let (folder, place) = (folder.canonicalize().ok()?, place.canonicalize().ok()?);
    let inside = place.strip_prefix(folder).ok()?;
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/") + "/")
}
