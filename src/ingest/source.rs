//! Walks a folder and sends on what must be looked into.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::change;
use super::pipeline::Sink;
use super::read::{Examined, Reading, Step, Task, is_container, rows};
use crate::corpus::{self, CorpusFile, SkipReason, Skipped};
use crate::index::{ArticlesReadBy, FileRecord};
use crate::record::ModelSize;

/// How files are compared with what the index remembers of them.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Nanoseconds since 1970.
    pub now: i128,
    /// The model that reads articles of unchanged files again, and the articles that it is better for.
    pub again: Option<(ModelSize, Arc<ArticlesReadBy>)>,
}

impl Comparison {
    /// Returns the articles to read again where some are in this unchanged file.
    fn again(&self, before: &FileRecord) -> Option<Arc<ArticlesReadBy>> {
        let (model, articles) = self.again.as_ref()?;
        before.is_for(*model).then(|| articles.clone())
    }
}

/// Walks, and sends on what must be looked into; a container is read here, row by row.
///
/// `own` is what the paths of the index's own files start with; `known` tells how the files were.
pub fn read_folder<M>(
    folder: &Path,
    own: Option<&str>,
    mut known: BTreeMap<String, FileRecord>,
    comparison: &Comparison,
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
                Some(before) if change::surely_unchanged(&file, &before) && comparison.again(&before).is_none() => {
                    put(Task::Step(Step::Unchanged(before)))
                }
                before if is_container(&file) => match examined(&file, before, comparison) {
                    Ok(reading) => rows(reading, || file.documents(), &mut put),
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

/// Looks into a file, and returns what is to be read of it.
pub fn examined<M>(file: &CorpusFile, before: Option<FileRecord>, comparison: &Comparison) -> Examined<M> {
    let hash = match file.content_hash() {
        Ok(hash) => hash,
        Err(error) => {
            let reason = SkipReason::Unreadable(error.to_string());
            return Err(Box::new(Step::Skipped(Skipped { path: file.path.clone(), reason })));
        }
    };
    let fresh = change::record(file, hash, comparison.now);
    match before {
        Some(before) if before.hash == fresh.hash => {
            let again = comparison.again(&before);
            let record = FileRecord { read_at: fresh.read_at, modified: fresh.modified, ..before };
            match again {
                // Whether it can be read to its end is seen once more.
                Some(_) => Ok(Reading { record: FileRecord { failure: None, ..record }, again }),
                None => Err(Box::new(Step::Touched(record))),
            }
        }
        _ => Ok(Reading::whole(fresh)),
    }
}

/// Tells whether a path is one of the index's own files.
pub fn is_own(own: Option<&str>, path: &str) -> bool {
    own.is_some_and(|own| path.starts_with(own))
}

/// Returns what the paths of the index's own files start with, where it lies in the folder under another name.
pub fn own_files(folder: &Path, place: &Path) -> Option<String> {
    let (folder, place) = (folder.canonicalize().ok()?, place.canonicalize().ok()?);
    let inside = place.strip_prefix(folder).ok()?;
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/") + "/")
}
