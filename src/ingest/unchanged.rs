//! Finds out that nothing changed, without a writer.

use std::path::Path;
use std::time::Instant;

use super::change;
use super::report::IngestReport;
use super::source::{is_own, own_files};
use crate::corpus::{self, SkipReason};
use crate::index::{IndexError, Searcher, check_folder};

/// Returns the report of a run that would find `folder` as the index in `place` remembers it, or `None` where there is
/// something to do or to tell.
///
/// A question asks this first: a writer and its threads take longer to set up than most answers take.
pub fn unchanged(folder: &Path, place: &Path) -> Result<Option<IngestReport>, IndexError> {
    let started = Instant::now();
    check_folder(place, folder)?;
    // A damaged index is the writer's business.
    let Ok(Some(searcher)) = Searcher::open_current(place) else { return Ok(None) };
    let (Some(_), Ok(mut known)) = (searcher.payload(), searcher.files()) else { return Ok(None) };
    let own = own_files(folder, place);
    let mut report = IngestReport::default();
    for found in corpus::walk(folder) {
        match found {
            Ok(file) if is_own(own.as_deref(), &file.path) => {}
            Ok(file) => match known.remove(&file.path) {
                Some(before) if change::surely_unchanged(&file, &before) && !before.has_failures() => {
                    report.unchanged += 1;
                }
                _ => return Ok(None),
            },
            Err(skipped) if is_own(own.as_deref(), &skipped.path) || skipped.reason == SkipReason::Index => {}
            Err(skipped) if skipped.is_failure() => return Ok(None),
            Err(skipped) => report.pass_over(&skipped),
        }
    }
    if !known.is_empty() {
        return Ok(None);
    }
    report.finished = true;
    report.took = started.elapsed();
    Ok(Some(report))
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
    use crate::model::ModelSize;

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
        let is_unchanged = || unchanged(folder.path(), &place).unwrap().is_some();
        write("a.txt", "Mexico opposes tariffs, its president said on Monday.");
        write("notes.xyz", "no article");
        assert!(!is_unchanged(), "there is no index");
        index(folder.path(), &place);
        let report = unchanged(folder.path(), &place).unwrap().unwrap();
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
}
