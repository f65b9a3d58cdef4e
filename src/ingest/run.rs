//! Brings an index up to date with a folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tracing::{debug, warn};

use super::IngestError;
use super::pipeline::{Sink, ordered};
use super::read::{Step, Task, Work, limits};
use super::report::{FileFailure, IngestReport, Progress};
use super::source::{Comparison, examined, own_files, read_folder};
use crate::corpus::{CorpusFile, SkipReason, Skipped};
use crate::format::ParsedDocument;
use crate::index::{ArticlesReadBy, FileRecord, IndexError, IndexWriter, Prepared, RowFailure};
use crate::record::{Article, ModelSize};

/// How to run.
#[derive(Debug, Clone, Copy)]
pub struct IngestOptions {
    /// Threads that parse and extract.
    pub jobs: usize,
    /// Nanoseconds since 1970.
    pub now: i128,
    /// The model that reads, if it is to read again what a lesser one read of unchanged files.
    pub again_with: Option<ModelSize>,
    /// A long run commits after this many bytes, so that a run that is cut short goes on there.
    pub commit_bytes: u64,
    /// The same by time.
    pub commit_after: Duration,
}

impl IngestOptions {
    /// Returns the usual options.
    pub fn new(jobs: usize, now: i128) -> IngestOptions {
        IngestOptions { jobs, now, again_with: None, commit_bytes: 1 << 30, commit_after: Duration::from_secs(300) }
    }

    /// Reads again, with this model, what a lesser one read; commits more often, because there is more work in less text.
    pub fn again_with(self, model: ModelSize) -> IngestOptions {
        IngestOptions { again_with: Some(model), commit_after: Duration::from_secs(15), ..self }
    }
}

/// What turns a parsed document into an article, and its countries' alpha-2 codes into alpha-3.
#[derive(Clone, Copy)]
pub struct Understanding<'a> {
    /// Takes the document and the path of its file.
    pub article: &'a (dyn Fn(ParsedDocument, &str) -> Article + Sync),
    pub alpha3: &'a (dyn Fn(&str) -> String + Sync),
}

/// Returns the lesser of two models; one that did not read counts for nothing.
fn least(one: Option<ModelSize>, other: Option<ModelSize>) -> Option<ModelSize> {
    one.into_iter().chain(other).min()
}

/// Rows that could not be read and are remembered of each file.
const ROWS_NAMED: usize = 50;

/// Reads what is new or changed in `folder`, and what is to be read again; forgets what is gone, and commits.
pub fn ingest(
    folder: &Path,
    writer: &mut IndexWriter,
    understanding: Understanding<'_>,
    options: IngestOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<IngestReport, IngestError> {
    writer.tie(folder)?;
    let known = writer.files()?;
    let before = writer.payload()?;
    let mut run = Run::new(options, writer, progress);
    let prepare = run.writer.preparer();
    let made = |document: ParsedDocument, path: &str| {
        let article = (understanding.article)(document, path);
        let counts = ArticleCounts::of(&article);
        prepare.article(&article, understanding.alpha3).map(|prepared| (prepared, counts))
    };
    let comparison = Comparison { now: options.now, again: again(run.writer, &known, options.again_with)? };
    let examined = |file: &CorpusFile, before| examined(file, before, &comparison);
    let work = Work { examined: &examined, made: &made };
    let mut gone = known.clone();
    let own = own_files(folder, run.writer.place());
    let source = |sink: &mut Sink<'_, Task<Made>>| read_folder(folder, own.as_deref(), known, &comparison, sink);
    let take = |steps: Vec<Step<Made>>| -> Result<(), IngestError> {
        steps.into_iter().try_for_each(|step| Ok(run.take(step, &mut gone)?))
    };
    ordered(limits(options.jobs), source, |task: Task<Made>| task.done(&work), take)?;
    for path in gone.keys() {
        debug!(path, "gone");
        run.writer.remove(path);
        run.report.deleted += 1;
    }
    if run.report.has_changes() || run.altered || before.is_none() {
        run.commit(true)?;
    } else if run.touched {
        // The report of the run that changed something stays: this one read nothing.
        run.writer.commit(&before.unwrap_or_default())?;
    }
    run.report.finished = true;
    run.report.took = run.started.elapsed();
    Ok(run.report)
}

/// Returns the model and the articles that it is better for, where there is a file with such.
fn again(
    writer: &IndexWriter,
    known: &BTreeMap<String, FileRecord>,
    model: Option<ModelSize>,
) -> Result<Option<(ModelSize, Arc<ArticlesReadBy>)>, IndexError> {
    match model {
        Some(model) if known.values().any(|file| file.is_for(model)) => {
            Ok(Some((model, Arc::new(writer.read_by(ModelSize::Fast)?))))
        }
        _ => Ok(None),
    }
}

/// What an article adds to the counts.
#[derive(Debug, Clone, Copy)]
struct ArticleCounts {
    model: Option<ModelSize>,
    statements: u64,
    undated: bool,
    warnings: bool,
    /// Of the text.
    bytes: u64,
}

impl ArticleCounts {
    fn of(article: &Article) -> ArticleCounts {
        ArticleCounts {
            model: article.model,
            statements: article.statements.len() as u64,
            undated: article.published.is_none(),
            warnings: !article.warnings.is_empty(),
            bytes: article.text.len() as u64,
        }
    }
}

/// What is made of a document: what the index takes, with its counts.
type Made = Result<(Prepared, ArticleCounts), IndexError>;

/// The caller's side: writes what comes, in order.
struct Run<'a> {
    options: IngestOptions,
    writer: &'a mut IndexWriter,
    progress: &'a mut dyn FnMut(Progress),
    at: Progress,
    report: IngestReport,
    /// The file that is being written.
    counts: FileCounts,
    /// Its record, where it is as it was and articles of it are read again.
    again: Option<FileRecord>,
    /// Something differs from the last commit.
    altered: bool,
    /// The same, in nothing but when files were last seen.
    touched: bool,
    started: Instant,
    committed: Instant,
    bytes_committed: u64,
}

#[derive(Default)]
struct FileCounts {
    /// How it was known, where it is read anew.
    before: Option<FileRecord>,
    articles: u64,
    /// The least of its articles'.
    model: Option<ModelSize>,
    statements: u64,
    undated: u64,
    warnings: u64,
    /// Of the texts, and of those that stay.
    bytes: u64,
    row_failures: Vec<RowFailure>,
    rows_failed: u64,
}

impl FileCounts {
    fn add(&mut self, article: ArticleCounts) {
        self.model = least(self.model, article.model);
        self.articles += 1;
        self.statements += article.statements;
        self.undated += u64::from(article.undated);
        self.warnings += u64::from(article.warnings);
        self.bytes += article.bytes;
    }
}

impl<'a> Run<'a> {
    fn new(options: IngestOptions, writer: &'a mut IndexWriter, progress: &'a mut dyn FnMut(Progress)) -> Run<'a> {
        let rebuilt = writer.rebuild().map(|rebuild| rebuild.because.clone());
        let now = Instant::now();
        Run {
            options,
            writer,
            progress,
            at: Progress::default(),
            report: IngestReport { rebuilt, ..IngestReport::default() },
            counts: FileCounts::default(),
            again: None,
            altered: false,
            touched: false,
            started: now,
            committed: now,
            bytes_committed: 0,
        }
    }

    fn take(&mut self, step: Step<Made>, gone: &mut BTreeMap<String, FileRecord>) -> Result<(), IndexError> {
        match step {
            Step::Skipped(skipped) => self.skip(&skipped, gone),
            Step::Unchanged(record) => {
                gone.remove(&record.path);
                self.keep(&record);
            }
            Step::Touched(record) => {
                gone.remove(&record.path);
                self.writer.replace_file(&record)?;
                self.touched = true;
                self.keep(&record);
            }
            Step::Begin(path) => {
                debug!(path, "reading");
                let before = gone.remove(&path);
                if before.is_some() {
                    self.writer.remove(&path);
                }
                self.counts = FileCounts { before, ..FileCounts::default() };
            }
            Step::BeginAgain(record) => {
                debug!(path = record.path, "reading again");
                gone.remove(&record.path);
                self.counts = FileCounts::default();
                self.again = Some(record);
            }
            Step::Made(made) => self.write(made?)?,
            Step::Stays(bytes) => {
                self.at.bytes += bytes;
                self.counts.bytes += bytes;
            }
            Step::RowFailed(row) => {
                self.counts.rows_failed += 1;
                if self.counts.row_failures.len() < ROWS_NAMED {
                    self.counts.row_failures.push(row);
                }
            }
            Step::End(record) => match self.again.take() {
                Some(before) => self.end_again(before, record.failure)?,
                None => self.end(record)?,
            },
        }
        Ok(())
    }

    fn write(&mut self, (prepared, counts): (Prepared, ArticleCounts)) -> Result<(), IndexError> {
        self.counts.add(counts);
        self.at.articles += 1;
        self.at.statements += counts.statements;
        self.at.bytes += counts.bytes;
        (self.progress)(self.at);
        let due = self.is_due();
        if self.again.is_none() {
            return self.writer.add_prepared(prepared);
        }
        self.writer.replace_prepared(prepared)?;
        self.report.read_again += 1;
        self.altered = true;
        // In the middle of a file: each of its articles is there once, read by one model or the other.
        if due { self.commit(false) } else { Ok(()) }
    }

    fn end(&mut self, mut record: FileRecord) -> Result<(), IndexError> {
        let counts = std::mem::take(&mut self.counts);
        record.articles = counts.articles;
        record.model = counts.model;
        record.row_failures = counts.row_failures;
        record.rows_failed = counts.rows_failed;
        if record.articles == 0 && record.failure.is_none() && record.rows_failed == 0 {
            record.failure = Some("no article in it; docs/formats.md says where articles are looked for".to_string());
        }
        self.writer.add_file(&record)?;
        self.report.read += u64::from(record.failure.is_none());
        self.report.articles += record.articles;
        self.report.statements += counts.statements;
        self.report.undated += counts.undated;
        self.report.warnings += counts.warnings;
        self.report.model = self.report.model.max(counts.model);
        if let Some(before) = counts.before.filter(|before| before.model > counts.model && counts.model.is_some()) {
            self.report.read_worse += before.articles;
        }
        self.report.bytes += record.size;
        self.ended(&record, counts.bytes)
    }

    /// Ends a file of which articles were read again; `broken` says why it could not be read to its end, then or now.
    ///
    /// An article that could not be read again stays as it was, and the next run tries once more.
    fn end_again(&mut self, mut record: FileRecord, broken: Option<String>) -> Result<(), IndexError> {
        let counts = std::mem::take(&mut self.counts);
        if counts.rows_failed == 0 {
            record.model = self.options.again_with;
        }
        record.failure = broken;
        self.writer.replace_file(&record)?;
        self.name_row_failures(&record.path, &counts.row_failures, counts.rows_failed);
        self.report.unchanged += u64::from(record.failure.is_none());
        self.ended(&record, counts.bytes)
    }

    /// Goes on behind a file that was read; `bytes` of it are counted already.
    fn ended(&mut self, record: &FileRecord, bytes: u64) -> Result<(), IndexError> {
        self.altered = true;
        self.name_failures(record);
        self.at.files += 1;
        self.at.bytes += record.size;
        self.at.bytes -= bytes;
        (self.progress)(self.at);
        if self.is_due() { self.commit(false) } else { Ok(()) }
    }

    /// Tells whether it is time for a commit.
    fn is_due(&self) -> bool {
        self.report.bytes - self.bytes_committed >= self.options.commit_bytes
            || self.committed.elapsed() >= self.options.commit_after
    }

    fn keep(&mut self, record: &FileRecord) {
        self.report.unchanged += u64::from(record.failure.is_none());
        self.name_failures(record);
        self.at.files += 1;
        self.at.bytes += record.size;
        (self.progress)(self.at);
    }

    fn skip(&mut self, skipped: &Skipped, gone: &mut BTreeMap<String, FileRecord>) {
        if matches!(skipped.reason, SkipReason::Unreadable(_)) {
            // What stood there once stays in the index until it can be seen that it is gone.
            let below = format!("{}/", skipped.path);
            gone.retain(|path, _| *path != skipped.path && !path.starts_with(&below));
        }
        if skipped.reason == SkipReason::Index {
            return;
        }
        if skipped.is_failure() {
            warn!(path = %skipped.path, reason = %skipped.reason, "cannot read");
            let reason = skipped.reason.to_string();
            self.report.fail(FileFailure { path: skipped.path.clone(), row: None, reason });
        } else {
            self.report.pass_over(skipped);
        }
    }

    fn name_failures(&mut self, record: &FileRecord) {
        if let Some(reason) = &record.failure {
            warn!(path = %record.path, reason = %reason, "cannot read");
            self.report.fail(FileFailure { path: record.path.clone(), row: None, reason: reason.clone() });
        }
        self.name_row_failures(&record.path, &record.row_failures, record.rows_failed);
    }

    /// Names the failures that are remembered of all those of a file's rows.
    fn name_row_failures(&mut self, path: &str, named: &[RowFailure], all: u64) {
        for failure in named {
            let row = Some(failure.row.clone()).filter(|row| !row.is_empty());
            self.report.fail(FileFailure { path: path.to_string(), row, reason: failure.reason.clone() });
        }
        self.report.failed_unnamed += all - named.len() as u64;
    }

    fn commit(&mut self, finished: bool) -> Result<(), IndexError> {
        let report = IngestReport { finished, took: self.started.elapsed(), ..self.report.clone() };
        let payload = serde_json::to_string(&report).map_err(IndexError::Record)?;
        self.writer.commit(&payload)?;
        self.committed = Instant::now();
        self.bytes_committed = self.report.bytes;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::fs;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Mutex;

    use super::*;
    use crate::extract::Extractor;
    use crate::index::{Searcher, WriterOptions};
    use crate::ingest::{now, survey};
    use crate::lexicon::Lexicon;

    /// A folder with its index, and the rows that were read of it.
    struct Tried {
        folder: tempfile::TempDir,
        extractor: Extractor<'static>,
        read: Mutex<Vec<String>>,
        /// The article that meets a defect.
        defect: Mutex<Option<String>>,
    }

    impl Tried {
        fn new() -> Tried {
            let extractor = Extractor::new(Lexicon::built_in(), ModelSize::Fast);
            Tried { folder: tempfile::tempdir().unwrap(), extractor, read: Mutex::default(), defect: Mutex::default() }
        }

        /// Six rows, one of them in a language that no model reads, and one that cannot be read.
        fn with_container() -> Tried {
            let tried = Tried::new();
            let row = |id: u32| {
                let text = "Mexico opposes the new tariffs, its president said on Monday. Canada welcomed them.";
                format!(r#"{{"id": "{id}", "title": "Tariffs {id}", "text": "{text}"}}"#)
            };
            let mut rows: Vec<String> = (1..6).map(row).collect();
            rows.insert(2, "no row".to_string());
            rows.push(r#"{"id": "6", "language": "es", "text": "México rechaza los nuevos aranceles."}"#.to_string());
            tried.write("rows.jsonl", &rows.join("\n"));
            tried
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.folder.path().join(name), text).unwrap();
        }

        fn place(&self) -> std::path::PathBuf {
            self.folder.path().join(".onrecord")
        }

        /// Reads as if long after the files were written; every article seems to be read by this model.
        fn run(&self, model: ModelSize, again: bool, progress: &mut dyn FnMut(Progress)) -> IngestReport {
            let article = |document: ParsedDocument, path: &str| {
                let id = document.article_id(path);
                let has_defect = self.defect.lock().unwrap().as_ref() == Some(&id);
                assert!(!has_defect, "a defect");
                self.read.lock().unwrap().push(id);
                let article = self.extractor.article(document, path);
                Article { model: article.model.map(|_| model), ..article }
            };
            let understanding = Understanding { article: &article, alpha3: &str::to_string };
            let mut writer = IndexWriter::open(&self.place(), WriterOptions { memory: 16 << 20, threads: 1 }).unwrap();
            let options = IngestOptions::new(1, now() + 3_600_000_000_000);
            let options = if again { options.again_with(model) } else { options };
            let options = IngestOptions { commit_after: Duration::ZERO, ..options };
            let report = ingest(self.folder.path(), &mut writer, understanding, options, progress).unwrap();
            writer.finish().unwrap();
            report
        }

        /// Articles read fast and accurately, all articles, and all statements, as of the last commit.
        fn held(&self) -> (u64, u64, u64, u64) {
            let counts = Searcher::open(&self.place()).unwrap().counts().unwrap();
            let [(_, fast), (_, accurate)] = counts.by_model;
            (fast, accurate, counts.articles, counts.statements)
        }

        fn record(&self, path: &str) -> FileRecord {
            Searcher::open(&self.place()).unwrap().files().unwrap().remove(path).unwrap()
        }

        fn is_unchanged(&self, again_with: Option<ModelSize>) -> bool {
            survey(self.folder.path(), &self.place(), again_with).unwrap().unchanged.is_some()
        }

        fn read(&self) -> Vec<String> {
            std::mem::take(&mut self.read.lock().unwrap())
        }
    }

    #[test]
    fn articles_that_were_read_fast_are_read_again() {
        let tried = Tried::new();
        tried.write("a.txt", "Mexico opposes tariffs, its president said on Monday.");
        let report = tried.run(ModelSize::Fast, false, &mut |_| {});
        assert_eq!((report.model, report.read, report.read_again), (Some(ModelSize::Fast), 1, 0));
        let (_, _, _, statements) = tried.held();
        assert!(tried.is_unchanged(None) && !tried.is_unchanged(Some(ModelSize::Accurate)));
        let report = tried.run(ModelSize::Accurate, true, &mut |_| {});
        assert_eq!((report.model, report.read, report.unchanged, report.read_again), (None, 0, 1, 1));
        assert_eq!(tried.held(), (0, 1, 1, statements));
        assert_eq!(tried.record("a.txt").model, Some(ModelSize::Accurate));
        assert!(tried.is_unchanged(Some(ModelSize::Accurate)));
    }

    #[test]
    fn an_article_that_cannot_be_read_again_stays_and_is_tried_once_more() {
        let tried = Tried::with_container();
        tried.run(ModelSize::Fast, false, &mut |_| {});
        let before = tried.record("rows.jsonl");
        *tried.defect.lock().unwrap() = Some("rows.jsonl#4".to_string());
        let report = tried.run(ModelSize::Accurate, true, &mut |_| {});
        let failed: Vec<_> = report.failed.iter().filter_map(|f| f.row.as_deref()).collect();
        assert_eq!((report.read_again, failed), (4, vec!["4", "3"]));
        let after = tried.record("rows.jsonl");
        assert_eq!(
            (after.model, after.rows_failed, after.articles),
            (before.model, before.rows_failed, before.articles)
        );
        assert_eq!((tried.held().0, tried.held().1), (1, 4));
        *tried.defect.lock().unwrap() = None;
        let report = tried.run(ModelSize::Accurate, true, &mut |_| {});
        assert_eq!((report.read_again, tried.held().0), (1, 0));
        assert_eq!(tried.record("rows.jsonl").model, Some(ModelSize::Accurate));
    }

    #[test]
    fn what_the_accurate_model_read_stays_until_it_changes() {
        let tried = Tried::new();
        tried.write("a.txt", "Mexico opposes tariffs, its president said on Monday.");
        tried.write("b.txt", "Canada welcomed the agreement, its minister said.");
        tried.run(ModelSize::Accurate, false, &mut |_| {});
        tried.run(ModelSize::Fast, true, &mut |_| {});
        assert_eq!(tried.held().0, 0, "nothing changed");
        tried.write("b.txt", "Canada rejected the agreement, its minister said.!");
        tried.run(ModelSize::Fast, true, &mut |_| {});
        assert_eq!((tried.held().0, tried.held().1), (1, 1));
    }

    #[test]
    fn a_run_says_that_a_lesser_model_read_what_a_better_one_had_read() {
        let tried = Tried::new();
        tried.write("a.txt", "Mexico opposes tariffs, its president said on Monday.");
        let report = tried.run(ModelSize::Accurate, false, &mut |_| {});
        assert_eq!(report.read_worse, 0);
        tried.write("a.txt", "Mexico rejects tariffs, its president said on Monday.!");
        let report = tried.run(ModelSize::Fast, false, &mut |_| {});
        assert_eq!((report.read_worse, report.articles), (1, 1));
    }

    #[test]
    fn a_container_that_is_read_again_goes_on_where_it_was_cut_short() {
        let tried = Tried::with_container();
        tried.run(ModelSize::Fast, false, &mut |_| {});
        let (fast, accurate, articles, statements) = tried.held();
        assert_eq!((fast, accurate, articles), (5, 0, 6));
        assert!(statements >= 5, "{statements}");
        assert_eq!(tried.read().len(), 6);
        let commits = RefCell::new(Vec::new());
        let mut cut_short = |progress: Progress| {
            commits.borrow_mut().push(tried.held());
            assert!(progress.articles < 4, "cut short");
        };
        catch_unwind(AssertUnwindSafe(|| tried.run(ModelSize::Accurate, true, &mut cut_short))).unwrap_err();
        // Each article is there once in every commit.
        let expected: Vec<_> = (0..4).map(|done| (5 - done, done, articles, statements)).collect();
        assert_eq!(*commits.borrow(), expected);
        let record = tried.record("rows.jsonl");
        assert_eq!((record.model, record.articles), (Some(ModelSize::Fast), 6));
        tried.read();
        let report = tried.run(ModelSize::Accurate, true, &mut |_| {});
        assert_eq!(tried.read(), ["rows.jsonl#4", "rows.jsonl#5"]);
        assert_eq!((report.read_again, report.unchanged, report.failed.len()), (2, 1, 1));
        assert_eq!(tried.held(), (0, 5, articles, statements));
        let record = tried.record("rows.jsonl");
        assert_eq!((record.model, record.rows_failed), (Some(ModelSize::Accurate), 1));
    }

    #[test]
    fn a_container_that_changes_while_it_is_read_again_is_read_anew() {
        let tried = Tried::with_container();
        tried.run(ModelSize::Fast, false, &mut |_| {});
        tried.write("rows.jsonl", r#"{"id": "1", "text": "Mexico opposes tariffs, its president said on Monday."}"#);
        let report = tried.run(ModelSize::Accurate, true, &mut |_| {});
        assert_eq!((report.read, report.read_again, report.model), (1, 0, Some(ModelSize::Accurate)));
        assert_eq!((tried.held().0, tried.held().1, tried.held().2), (0, 1, 1));
    }
}
