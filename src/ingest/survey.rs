//! Finds out how a folder stands to its index, and how much there is to read, without a writer.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use super::change;
use super::estimate::Estimate;
use super::report::{IngestReport, Total};
use super::source::{is_own, own_files};
use crate::corpus::{self, CorpusFile, SkipReason};
use crate::index::{FileRecord, IndexError, Searcher, check_folder};
use crate::record::ModelSize;

/// How a folder stands to its index.
#[derive(Debug, Default)]
pub struct Survey {
    /// The report of a run that would find the folder as the index remembers it, where there is nothing to do or to tell.
    ///
    /// A question asks this first: a writer and its threads take longer to set up than most answers take.
    pub unchanged: Option<IngestReport>,
    pub total: Total,
    /// How much there is to read in new and changed files.
    pub new: Estimate,
}

/// Compares `folder` with what the index in `place` remembers of it; `again_with` is the model that is to read again what
/// a lesser one read.
pub fn survey(folder: &Path, place: &Path, again_with: Option<ModelSize>) -> Result<Survey, IndexError> {
    let started = Instant::now();
    check_folder(place, folder)?;
    let remembered = remembered(place);
    let mut is_unchanged = remembered.is_some();
    let mut known = remembered.unwrap_or_default();
    let own = own_files(folder, place);
    let mut survey = Survey::default();
    let mut report = IngestReport::default();
    let mut passed_over = Vec::new();
    for found in corpus::walk(folder) {
        match found {
            Ok(file) if is_own(own.as_deref(), &file.path) => {}
            Ok(file) => {
                survey.total.files += 1;
                survey.total.bytes += file.size;
                match known.remove(&file.path) {
                    Some(before) if change::surely_unchanged(&file, &before) => {
                        report.unchanged += 1;
                        let better = again_with.is_some_and(|model| before.is_for(model));
                        is_unchanged &= !before.has_failures() && !better;
                    }
                    before => {
                        is_unchanged = false;
                        if !before.is_some_and(|before| holds_the_same(&file, &before)) {
                            survey.new.add(file);
                        }
                    }
                }
            }
            Err(skipped) if is_own(own.as_deref(), &skipped.path) || skipped.reason == SkipReason::Index => {}
            Err(skipped) => {
                is_unchanged &= !skipped.is_failure();
                passed_over.push(skipped);
            }
        }
    }
    if is_unchanged && known.is_empty() {
        passed_over.iter().for_each(|skipped| report.pass_over(skipped));
        report.finished = true;
        report.took = started.elapsed();
        survey.unchanged = Some(report);
    }
    Ok(survey)
}

/// Tells whether a file of which the time alone differs, or that was young when it was read, holds what it held.
fn holds_the_same(file: &CorpusFile, before: &FileRecord) -> bool {
    file.size == before.size && file.content_hash().is_ok_and(|hash| hash == before.hash)
}

/// Returns what is remembered of every file, where there is an index to go on with; a damaged one is the writer's business.
fn remembered(place: &Path) -> Option<BTreeMap<String, FileRecord>> {
    let searcher = Searcher::open_current(place).ok().flatten()?;
    searcher.payload()?;
    searcher.files().ok()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;
    use crate::extract::Extractor;
    use crate::index::{IndexWriter, WriterOptions};
    use crate::ingest::{IngestOptions, Understanding, ingest};
    use crate::lexicon::Lexicon;

    /// Indexes a folder as if it were read long after its files were written.
    fn index(folder: &Path, place: &Path) -> IngestReport {
        let extractor = Extractor::new(Lexicon::built_in(), ModelSize::Fast);
        let article = |document, path: &str| extractor.article(document, path);
        let understanding = Understanding { article: &article, alpha3: &str::to_string };
        let options = WriterOptions { memory: 16 << 20, threads: 1 };
        let mut writer = IndexWriter::open(place, options).unwrap();
        let run = IngestOptions::new(1, change::now() + 3_600_000_000_000);
        let report = ingest(folder, &mut writer, understanding, run, &mut |_| {}).unwrap();
        writer.finish().unwrap();
        report
    }

    #[test]
    fn a_folder_is_unchanged_until_a_file_comes_changes_or_goes() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join(".onrecord");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let is_unchanged = || survey(folder.path(), &place, None).unwrap().unchanged.is_some();
        write("a.txt", "Mexico opposes tariffs, its president said on Monday.");
        write("notes.xyz", "no article");
        assert!(!is_unchanged(), "there is no index");
        index(folder.path(), &place);
        let report = survey(folder.path(), &place, None).unwrap().unchanged.unwrap();
        assert_eq!(
            IngestReport { took: Duration::ZERO, ..report },
            IngestReport { took: Duration::ZERO, ..index(folder.path(), &place) }
        );
        write("b.txt", "Canada welcomed the agreement, its minister said.");
        assert!(!is_unchanged(), "a file came");
        index(folder.path(), &place);
        assert!(is_unchanged());
        write("b.txt", "Canada rejected the agreement, its minister said.!");
        assert!(!is_unchanged(), "a file changed");
        index(folder.path(), &place);
        fs::remove_file(folder.path().join("b.txt")).unwrap();
        assert!(!is_unchanged(), "a file went");
        index(folder.path(), &place);
        write("c.txt", "");
        index(folder.path(), &place);
        assert!(!is_unchanged(), "a failure is to be told");
    }

    #[test]
    fn words_are_those_of_what_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join(".onrecord");
        fs::write(folder.path().join("a.txt"), "Mexico opposes tariffs. ".repeat(100)).unwrap();
        let surveyed = || survey(folder.path(), &place, None).unwrap();
        assert_eq!((surveyed().new.words(), surveyed().total), (400, Total { files: 1, bytes: 2400 }));
        index(folder.path(), &place);
        assert_eq!(surveyed().new.words(), 0);
        let file = fs::File::options().write(true).open(folder.path().join("a.txt")).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!((surveyed().new.words(), surveyed().unchanged), (0, None), "another time, the same words");
        fs::write(folder.path().join("b.txt"), " ".repeat(6000)).unwrap();
        assert_eq!((surveyed().new.words(), surveyed().total), (1000, Total { files: 2, bytes: 8400 }));
    }
}
