//! Brings an index up to date with a folder.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use tracing::{debug, info, warn};

use super::change;
use super::pipeline::{Limits, Sink, ordered};
use super::report::{FileFailure, IngestReport, Progress, Total};
use crate::corpus::{self, CorpusFile, SkipReason, Skipped};
use crate::format::{Format, ParsedDocument};
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

/// Bytes of documents that may be under way at once.
pub const UNDER_WAY: u64 = 64 << 20;

/// Documents that may be under way for each job.
pub const ITEMS_PER_JOB: usize = 64;

/// Rows that could not be read and are remembered of each file.
const ROWS_NAMED: usize = 50;

/// Reads what is new or changed in `folder`, forgets what is gone, and commits.
pub fn ingest(
    folder: &Path,
    writer: &mut IndexWriter,
    understanding: Understanding<'_>,
    options: IngestOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<IngestReport, IndexError> {
    let known = writer.files()?;
    let had_payload = writer.has_payload()?;
    let mut run = Run::new(options, writer, progress);
    let limits = Limits { jobs: options.jobs, items: ITEMS_PER_JOB * options.jobs.max(1), weight: UNDER_WAY };
    let prepare = run.writer.preparer();
    let work = |task: Task| {
        task.done(&|document, path| {
            let article = (understanding.article)(document, path);
            let counts = ArticleCounts::of(&article);
            prepare.article(&article, understanding.alpha3).map(|prepared| (prepared, counts))
        })
    };
    let mut gone = known.clone();
    let own = own_files(folder, run.writer.place());
    let source = |sink: &mut Sink<'_, Task>| read_folder(folder, &own, known, options.now, sink);
    ordered(limits, source, work, |steps: Vec<Step>| steps.into_iter().try_for_each(|step| run.take(step, &mut gone)))?;
    for path in gone.keys() {
        debug!(path, "gone");
        run.writer.remove(path);
        run.report.deleted += 1;
    }
    if run.report.has_changes() || run.altered || !had_payload {
        run.commit(true)?;
    }
    run.report.finished = true;
    run.report.took = run.started.elapsed();
    Ok(run.report)
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
fn own_files(folder: &Path, place: &Path) -> Option<String> {
    let (folder, place) = (folder.canonicalize().ok()?, place.canonicalize().ok()?);
    let inside = place.strip_prefix(folder).ok()?;
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/") + "/")
}

/// Walks, and sends on what must be looked into; a container is read here, row by row.
fn read_folder(
    folder: &Path,
    own: &Option<String>,
    mut known: BTreeMap<String, FileRecord>,
    now: i128,
    sink: &mut Sink<'_, Task>,
) {
    for found in corpus::walk(folder) {
        let path = found.as_ref().map_or_else(|skipped| &skipped.path, |file| &file.path);
        if own.as_ref().is_some_and(|own| path.starts_with(own.as_str())) {
            continue;
        }
        let task = match found {
            Err(skipped) => Task::Step(Step::Skipped(skipped)),
            Ok(file) => match known.remove(&file.path) {
                Some(before) if change::surely_unchanged(&file, &before) => Task::Step(Step::Unchanged(before)),
                before if is_container(&file) => {
                    if !read_container(&file, before, now, sink) {
                        return;
                    }
                    continue;
                }
                before => Task::File { file, before, now },
            },
        };
        if !sink.put(task.weight(), task) {
            return;
        }
    }
}

/// Files of an array of articles from this size on are read row by row.
const LARGE_ARRAY: u64 = 1 << 20;

/// Tells whether a file's articles are worth spreading over the workers.
pub fn is_container(file: &CorpusFile) -> bool {
    file.format == Format::Jsonl || (file.format == Format::Json && file.size >= LARGE_ARRAY)
}

/// Sends on the rows of a container one by one; false when nobody wants more.
fn read_container(file: &CorpusFile, before: Option<FileRecord>, now: i128, sink: &mut Sink<'_, Task>) -> bool {
    let mut record = match examined(file, before, now) {
        Ok(record) => record,
        Err(step) => return sink.put(0, Task::Step(*step)),
    };
    if !sink.put(0, Task::Step(Step::Begin(file.path.clone()))) {
        return false;
    }
    let mut documents = match caught(|| file.documents()) {
        Ok(Ok(documents)) => documents,
        Ok(Err(error)) => {
            record.failure = Some(error.to_string());
            return sink.put(0, Task::Step(Step::End(record)));
        }
        Err(panic) => {
            record.failure = Some(panic);
            return sink.put(0, Task::Step(Step::End(record)));
        }
    };
    loop {
        let task = match caught(|| documents.next()) {
            Ok(None) => break,
            Ok(Some(Ok(document))) => Task::Document { path: file.path.clone(), document },
            Ok(Some(Err(error))) => {
                let row = RowFailure { row: error.row.to_string(), reason: error.error.to_string() };
                Task::Step(Step::RowFailed(row))
            }
            Err(panic) => {
                record.failure = Some(panic);
                break;
            }
        };
        if !sink.put(task.weight(), task) {
            return false;
        }
    }
    sink.put(0, Task::Step(Step::End(record)))
}

/// Returns the new record of a file that changed, or the step to take where there is nothing to read.
fn examined(file: &CorpusFile, before: Option<FileRecord>, now: i128) -> Result<FileRecord, Box<Step>> {
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

/// Runs what may meet a defect of ours or of a library; a panic costs one file or row.
fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| format!("internal error: {}", panic_words(&*panic)))
}

fn panic_words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic")
}

/// What goes to the workers.
enum Task {
    /// A file to hash, parse and extract.
    File { file: CorpusFile, before: Option<FileRecord>, now: i128 },
    /// A row of a container to extract.
    Document { path: String, document: ParsedDocument },
    /// Nothing to do but to keep the order.
    Step(Step),
}

/// What comes from the workers, in the order of the walk.
enum Step {
    Skipped(Skipped),
    Unchanged(FileRecord),
    /// Changed on the outside only.
    Touched(FileRecord),
    /// A file is read from here on.
    Begin(String),
    Article(Prepared, ArticleCounts),
    RowFailed(RowFailure),
    /// The file is read.
    End(FileRecord),
    /// The index cannot take an article.
    Refused(IndexError),
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

type Prepare<'a> = dyn Fn(ParsedDocument, &str) -> Result<(Prepared, ArticleCounts), IndexError> + 'a;

impl Task {
    /// Returns about how many bytes of memory it takes.
    fn weight(&self) -> u64 {
        match self {
            // The tree of a page takes several times its text.
            Task::File { file, .. } if file.format == Format::Html => file.size.saturating_mul(8),
            Task::File { file, .. } => file.size.saturating_mul(2),
            Task::Document { document, .. } => document.text.len() as u64 * 2,
            Task::Step(_) => 0,
        }
    }

    fn done(self, prepare: &Prepare<'_>) -> Vec<Step> {
        match self {
            Task::Step(step) => vec![step],
            Task::Document { path, document } => vec![extracted(&path, document, prepare)],
            Task::File { file, before, now } => match examined(&file, before, now) {
                Ok(record) => read_file(&file, record, prepare),
                Err(step) => vec![*step],
            },
        }
    }
}

fn read_file(file: &CorpusFile, mut record: FileRecord, prepare: &Prepare<'_>) -> Vec<Step> {
    let mut steps = vec![Step::Begin(file.path.clone())];
    let parsed = caught(|| {
        let documents = file.documents()?;
        Ok(documents.collect::<Vec<_>>())
    });
    match parsed {
        Ok(Ok(documents)) => {
            for document in documents {
                steps.push(match document {
                    Ok(document) => extracted(&file.path, document, prepare),
                    Err(error) => {
                        Step::RowFailed(RowFailure { row: error.row.to_string(), reason: error.error.to_string() })
                    }
                });
            }
        }
        Ok(Err(error)) => {
            let error: crate::format::ParseError = error;
            record.failure = Some(error.to_string());
        }
        Err(panic) => record.failure = Some(panic),
    }
    steps.push(Step::End(record));
    steps
}

fn extracted(path: &str, document: ParsedDocument, prepare: &Prepare<'_>) -> Step {
    let row = document.row.clone().unwrap_or_default();
    match caught(|| prepare(document, path)) {
        Ok(Ok((prepared, counts))) => Step::Article(prepared, counts),
        Ok(Err(error)) => Step::Refused(error),
        Err(reason) => Step::RowFailed(RowFailure { row, reason }),
    }
}

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
            started: now,
            committed: now,
            bytes_committed: 0,
        }
    }

    fn take(&mut self, step: Step, gone: &mut BTreeMap<String, FileRecord>) -> Result<(), IndexError> {
        match step {
            Step::Skipped(skipped) => self.skip(&skipped, gone),
            Step::Unchanged(record) => {
                gone.remove(&record.path);
                self.keep(&record);
            }
            Step::Touched(record) => {
                gone.remove(&record.path);
                self.writer.replace_file(&record)?;
                self.altered = true;
                self.keep(&record);
            }
            Step::Begin(path) => {
                debug!(path, "reading");
                if gone.remove(&path).is_some() {
                    self.writer.remove(&path);
                }
                self.counts = FileCounts::default();
            }
            Step::Article(prepared, counts) => {
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
            Step::Refused(error) => return Err(error),
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
            record.failure = Some("no article in it".to_string());
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
        if is_failure(skipped) {
            warn!(path = %skipped.path, reason = %skipped.reason, "cannot read");
            let reason = skipped.reason.to_string();
            self.report.fail(FileFailure { path: skipped.path.clone(), row: None, reason });
        } else {
            info!(path = %skipped.path, reason = %skipped.reason, "skipped");
            *self.report.skipped.entry(skipped.reason.to_string()).or_default() += 1;
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

/// Tells whether something was skipped that looks like an article.
pub fn is_failure(skipped: &Skipped) -> bool {
    match &skipped.reason {
        SkipReason::Hidden | SkipReason::Index | SkipReason::Ignored => false,
        SkipReason::UnknownFormat(_) => Format::of_name(Path::new(&skipped.path)).is_some(),
        SkipReason::Empty | SkipReason::NotRegular(_) | SkipReason::LinkLoop => true,
        SkipReason::Unreadable(_) | SkipReason::TooLarge { .. } => true,
    }
}
