//! Reads files into documents and makes something of each; a defect costs one file or row.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::pipeline::Limits;
use crate::corpus::{CorpusFile, Skipped};
use crate::format::{Documents, Format, ParseError, ParsedDocument, RowError};
use crate::index::{ArticlesReadBy, FileRecord, RowFailure};

/// What goes to the workers; `M` is what is made of a document.
pub enum Task<M> {
    /// A file to read whole, with its record of the last time.
    File(CorpusFile, Option<FileRecord>),
    /// A row of a container, with the container's path.
    Document(String, ParsedDocument),
    /// Nothing to do but to keep the order.
    Step(Step<M>),
}

/// What comes from the workers, in the order of the source.
pub enum Step<M> {
    Skipped(Skipped),
    Unchanged(FileRecord),
    /// Changed on the outside only.
    Touched(FileRecord),
    /// A file is read from here on.
    Begin(String),
    /// A file is as it was, and from here on articles of it are read again; what is made of them takes their place.
    BeginAgain(FileRecord),
    /// An article stays as it is; the bytes of its text.
    Stays(u64),
    /// What was made of a document.
    Made(M),
    RowFailed(RowFailure),
    /// The file is read, or cannot be.
    End(FileRecord),
}

/// What is to be read of a file.
pub struct Reading {
    /// How the file stands now.
    pub record: FileRecord,
    /// The articles that are read again, where the others stay as they are.
    pub again: Option<Arc<ArticlesReadBy>>,
}

/// What is to be read of a file, or the step to take where there is nothing.
pub type Examined<M> = Result<Reading, Box<Step<M>>>;

/// What is done with files and documents.
pub struct Work<'a, M> {
    /// Takes the file and its record of the last time.
    pub examined: &'a (dyn Fn(&CorpusFile, Option<FileRecord>) -> Examined<M> + Sync),
    /// Takes the document and the path of its file.
    pub made: &'a (dyn Fn(ParsedDocument, &str) -> M + Sync),
}

/// Where tasks are put; false when nobody wants more.
pub type Put<'a, M> = &'a mut dyn FnMut(Task<M>) -> bool;

/// Returns how much may be under way with so many jobs.
pub fn limits(jobs: usize) -> Limits {
    const BYTES: u64 = 64 << 20;
    const DOCUMENTS_PER_JOB: usize = 64;
    Limits { jobs, items: DOCUMENTS_PER_JOB * jobs.max(1), weight: BYTES }
}

impl<M> Task<M> {
    /// Returns about how many bytes of memory it takes.
    pub fn weight(&self) -> u64 {
        match self {
            // The tree of a page takes several times its text.
            Task::File(file, _) if file.format == Format::Html => file.size.saturating_mul(8),
            Task::File(file, _) => file.size.saturating_mul(2),
            Task::Document(_, document) => document.text.len() as u64 * 2,
            Task::Step(_) => 0,
        }
    }

    /// Does what is to be done.
    pub fn done(self, work: &Work<'_, M>) -> Vec<Step<M>> {
        match self {
            Task::Step(step) => vec![step],
            Task::Document(path, document) => vec![made(&path, document, work)],
            Task::File(file, before) => match (work.examined)(&file, before) {
                Ok(reading) => whole(&file, reading, work),
                Err(step) => vec![*step],
            },
        }
    }
}

/// Tells whether a file's articles are worth spreading over the workers.
pub fn is_container(file: &CorpusFile) -> bool {
    // Smaller arrays of articles are read as one.
    const LARGE_ARRAY: u64 = 1 << 20;
    file.format == Format::Jsonl || (file.format == Format::Json && file.size >= LARGE_ARRAY)
}

impl Reading {
    /// All of the file is read.
    pub fn whole(record: FileRecord) -> Reading {
        Reading { record, again: None }
    }

    fn begin<M>(&self) -> Step<M> {
        match self.again {
            None => Step::Begin(self.record.path.clone()),
            Some(_) => Step::BeginAgain(self.record.clone()),
        }
    }

    /// Sorts out what came of a row; nothing is to be done where a row that could not be read is remembered already.
    fn row<M>(&self, row: Result<ParsedDocument, RowError>) -> Option<Task<M>> {
        let stays = |document: &ParsedDocument| {
            self.again.as_ref().is_some_and(|again| !again.contains(&document.article_id(&self.record.path)))
        };
        match row {
            Ok(document) if stays(&document) => Some(Task::Step(Step::Stays(document.text.len() as u64))),
            Ok(document) => Some(Task::Document(self.record.path.clone(), document)),
            Err(_) if self.again.is_some() => None,
            Err(error) => {
                let row = RowFailure { row: error.row.to_string(), reason: error.error.to_string() };
                Some(Task::Step(Step::RowFailed(row)))
            }
        }
    }
}

/// Sends on the rows of a container one by one; false when nobody wants more.
pub fn rows<M>(mut reading: Reading, open: impl FnOnce() -> Result<Documents, ParseError>, put: Put<'_, M>) -> bool {
    if !put(Task::Step(reading.begin())) {
        return false;
    }
    match opened(open) {
        Ok(mut documents) => loop {
            let row = match caught(|| documents.next()) {
                Ok(None) => break,
                Ok(Some(row)) => row,
                Err(panic) => {
                    reading.record.failure = Some(panic);
                    break;
                }
            };
            if !reading.row(row).is_none_or(&mut *put) {
                return false;
            }
        },
        Err(reason) => reading.record.failure = Some(reason),
    }
    put(Task::Step(Step::End(reading.record)))
}

fn whole<M>(file: &CorpusFile, mut reading: Reading, work: &Work<'_, M>) -> Vec<Step<M>> {
    let mut steps = vec![reading.begin()];
    let parsed = opened(|| file.documents().map(|documents| documents.collect::<Vec<_>>()));
    match parsed {
        Ok(documents) => {
            let tasks = documents.into_iter().filter_map(|document| reading.row(document));
            steps.extend(tasks.flat_map(|task| task.done(work)));
        }
        Err(reason) => reading.record.failure = Some(reason),
    }
    steps.push(Step::End(reading.record));
    steps
}

fn made<M>(path: &str, document: ParsedDocument, work: &Work<'_, M>) -> Step<M> {
    let row = document.row.clone().unwrap_or_default();
    match caught(|| (work.made)(document, path)) {
        Ok(made) => Step::Made(made),
        Err(reason) => Step::RowFailed(RowFailure { row, reason }),
    }
}

/// Opens what may be broken, or hit a defect; gives the reason where it does not open.
fn opened<T>(open: impl FnOnce() -> Result<T, ParseError>) -> Result<T, String> {
    caught(open)?.map_err(|error| error.to_string())
}

/// Runs what may meet a defect of ours or of a library; a panic costs one file or row.
pub fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| format!("internal error: {}", panic_words(&*panic)))
}

fn panic_words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Metadata;
    use crate::ingest::change;

    fn file() -> CorpusFile {
        CorpusFile {
            path: "a.jsonl".into(),
            location: "a.jsonl".into(),
            format: Format::Jsonl,
            size: 9,
            modified: None,
        }
    }

    fn document(row: &str) -> ParsedDocument {
        let metadata = Metadata::default();
        ParsedDocument { row: Some(row.to_string()), text: "Words.".to_string(), metadata, warnings: Vec::new() }
    }

    fn shown(step: Step<String>) -> String {
        match step {
            Step::Begin(path) => format!("begin {path}"),
            Step::Made(made) => made,
            Step::RowFailed(row) => format!("row {} failed: {}", row.row, row.reason),
            Step::End(record) => format!("end: {}", record.failure.unwrap_or_default()),
            Step::BeginAgain(record) => format!("again {}", record.path),
            Step::Stays(bytes) => format!("{bytes} bytes stay"),
            Step::Skipped(_) | Step::Unchanged(_) | Step::Touched(_) => "not read".to_string(),
        }
    }

    fn steps(open: impl FnOnce() -> Result<Documents, ParseError>) -> Vec<String> {
        let examined = |file: &CorpusFile, _| Ok(Reading::whole(change::record(file, String::new(), 0)));
        let made = |document: ParsedDocument, _: &str| {
            assert_ne!(document.row.as_deref(), Some("3"), "no third");
            format!("made {}", document.row.unwrap_or_default())
        };
        let work = Work { examined: &examined, made: &made };
        let mut steps = Vec::new();
        let mut put = |task: Task<String>| {
            steps.extend(task.done(&work).into_iter().map(shown));
            true
        };
        assert!(rows(Reading::whole(change::record(&file(), String::new(), 0)), open, &mut put));
        steps
    }

    #[test]
    fn a_panic_costs_a_row_or_the_rest_of_the_file() {
        let rows = |number: u32| match number {
            4 => panic!("a defect of the reader"),
            _ => Ok(document(&number.to_string())),
        };
        let found = steps(move || Ok(Box::new((1..6).map(rows))));
        let expected = [
            "begin a.jsonl",
            "made 1",
            "made 2",
            "row 3 failed: internal error: ",
            "end: internal error: a defect of the reader",
        ];
        assert_eq!(found.len(), expected.len(), "{found:?}");
        assert!(found.iter().zip(expected).all(|(found, expected)| found.starts_with(expected)), "{found:?}");
    }

    #[test]
    fn what_does_not_open_ends_with_its_reason() {
        assert_eq!(steps(|| panic!("a defect")), ["begin a.jsonl", "end: internal error: a defect"]);
        let broken = steps(|| Err(ParseError::Broken("cut short".to_string())));
        assert_eq!(
            broken,
            ["begin a.jsonl".to_string(), format!("end: {}", ParseError::Broken("cut short".to_string()))]
        );
    }
}
