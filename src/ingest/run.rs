//! Brings an index up to date with a folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use tracing::{debug, warn};

use super::IngestError;
use super::pipeline::{Sink, ordered};
use super::read::{Step, Task, Work, limits};
use super::report::{FileFailure, IngestReport, Progress};
use super::source::{examined, own_files, read_folder};
use crate::corpus::{CorpusFile, SkipReason, Skipped};
use crate::format::ParsedDocument;
use crate::index::{FileRecord, IndexError, IndexWriter, Prepared, RowFailure};
use crate::record::Article;

/// How to run.
#[derive(Debug, Clone, Copy)]
pub struct IngestOptions {
    /// Threads that parse and extract.
    pub jobs: usize,
    /// Nanoseconds since 1970.
    pub now: i128,
    /// A long run commits after this many bytes, so that a run that is cut short goes on there.
    pub commit_bytes: u64,
    /// The same by time.
    pub commit_after: Duration,
}

impl IngestOptions {
    /// Returns the usual options.
    pub fn new(jobs: usize, now: i128) -> IngestOptions {
        IngestOptions { jobs, now, commit_bytes: 1 << 30, commit_after: Duration::from_secs(300) }
    }
}

/// What turns a parsed document into an article, and its countries' alpha-2 codes into alpha-3.
#[derive(Clone, Copy)]
pub struct Understanding<'a> {
    /// Takes the document and the path of its file.
    pub article: &'a (dyn Fn(ParsedDocument, &str) -> Article + Sync),
    pub alpha3: &'a (dyn Fn(&str) -> String + Sync),
}

/// Rows that could not be read and are remembered of each file.
const ROWS_NAMED: usize = 50;

/// Reads what is new or changed in `folder`, forgets what is gone, and commits.
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
    let examined = |file: &CorpusFile, before| examined(file, before, options.now);
    let work = Work { examined: &examined, made: &made };
    let mut gone = known.clone();
    let own = own_files(folder, run.writer.place());
    let source = |sink: &mut Sink<'_, Task<Made>>| read_folder(folder, own.as_deref(), known, options.now, sink);
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

/// What an article adds to the counts.
#[derive(Debug, Clone, Copy)]
struct ArticleCounts {
    statements: u64,
    undated: bool,
    warnings: bool,
    /// Of the text.
    bytes: u64,
}

impl ArticleCounts {
    fn of(article: &Article) -> ArticleCounts {
        ArticleCounts {
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
    articles: u64,
    statements: u64,
    undated: u64,
    warnings: u64,
    /// Of the texts.
    bytes: u64,
    row_failures: Vec<RowFailure>,
    rows_failed: u64,
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
                if gone.remove(&path).is_some() {
                    self.writer.remove(&path);
                }
                self.counts = FileCounts::default();
            }
            Step::Made(made) => {
                let (prepared, counts) = made?;
                self.writer.add_prepared(prepared)?;
                self.counts.articles += 1;
                self.counts.statements += counts.statements;
                self.counts.undated += u64::from(counts.undated);
                self.counts.warnings += u64::from(counts.warnings);
                self.at.articles += 1;
                self.at.statements += counts.statements;
                self.at.bytes += counts.bytes;
                self.counts.bytes += counts.bytes;
                (self.progress)(self.at);
            }
            Step::RowFailed(row) => {
                self.counts.rows_failed += 1;
                if self.counts.row_failures.len() < ROWS_NAMED {
                    self.counts.row_failures.push(row);
                }
            }
            Step::End(record) => self.end(record)?,
        }
        Ok(())
    }

    fn end(&mut self, mut record: FileRecord) -> Result<(), IndexError> {
        let counts = std::mem::take(&mut self.counts);
        record.articles = counts.articles;
        record.statements = counts.statements;
        record.undated = counts.undated;
        record.warnings = counts.warnings;
        record.row_failures = counts.row_failures;
        record.rows_failed = counts.rows_failed;
        if record.articles == 0 && record.failure.is_none() && record.rows_failed == 0 {
            record.failure = Some("no article in it; docs/formats.md says where articles are looked for".to_string());
        }
        self.writer.add_file(&record)?;
        self.report.read += u64::from(record.failure.is_none());
        self.altered = true;
        self.report.articles += record.articles;
        self.report.statements += record.statements;
        self.report.undated += record.undated;
        self.report.warnings += record.warnings;
        self.report.bytes += record.size;
        self.name_failures(&record);
        self.at.files += 1;
        self.at.bytes += record.size;
        self.at.bytes -= counts.bytes;
        (self.progress)(self.at);
        let due = self.report.bytes - self.bytes_committed >= self.options.commit_bytes
            || self.committed.elapsed() >= self.options.commit_after;
        if due { self.commit(false) } else { Ok(()) }
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
        for failure in &record.row_failures {
            let row = Some(failure.row.clone()).filter(|row| !row.is_empty());
            self.report.fail(FileFailure { path: record.path.clone(), row, reason: failure.reason.clone() });
        }
        self.report.failed_unnamed += record.rows_failed - record.row_failures.len() as u64;
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
