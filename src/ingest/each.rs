//! Reads articles in the order of their files and gives them one by one, without an index.

use std::path::PathBuf;

use super::change;
use super::pipeline::ordered;
use super::read::{Reading, Step, Task, Work, is_container, limits, rows};
use super::report::FileFailure;
use crate::corpus::{self, CorpusFile, Skipped};
use crate::format::ParsedDocument;
use crate::index::FileRecord;
use crate::record::Article;

/// An article, or why there is none.
#[derive(Debug)]
pub enum Read {
    Article(Box<Article>),
    Failed(FileFailure),
    /// Not an article by its name; the reason for people.
    Skipped(FileFailure),
}

/// Reads all files and folders named, `jobs` at a time; `take` gets what is found, in the order of the input.
pub fn each_article<E: From<std::io::Error>>(
    paths: &[PathBuf],
    jobs: usize,
    article: &(dyn Fn(ParsedDocument, &str) -> Article + Sync),
    mut take: impl FnMut(Read) -> Result<(), E>,
) -> Result<(), E> {
    let examined = |file: &CorpusFile, _| Ok(fresh(file));
    let made = |document, path: &str| Box::new(article(document, path));
    let work = Work { examined: &examined, made: &made };
    // Steps of rows do not name their file.
    let mut current = String::new();
    let mut taken = |step| read(step, &mut current, paths).map_or(Ok(()), &mut take);
    ordered(
        limits(jobs),
        |sink| {
            let mut put = |task: Task<_>| sink.put(task.weight(), task);
            for found in corpus::named(paths) {
                let goes_on = match found {
                    Err(skipped) => put(Task::Step(Step::Skipped(skipped))),
                    Ok(file) if is_container(&file) => rows(fresh(&file), || file.documents(), &mut put),
                    Ok(file) => put(Task::File(file, None)),
                };
                if !goes_on {
                    return;
                }
            }
        },
        |task| task.done(&work),
        |steps: Vec<Step<_>>| steps.into_iter().try_for_each(&mut taken),
    )
}

/// Returns a record that remembers nothing: without an index, no file is compared with what it was.
fn fresh(file: &CorpusFile) -> Reading {
    Reading::whole(change::record(file, String::new(), 0))
}

fn read(step: Step<Box<Article>>, current: &mut String, paths: &[PathBuf]) -> Option<Read> {
    let failed = |path: String, row: Option<String>, reason| Some(Read::Failed(FileFailure { path, row, reason }));
    match step {
        Step::Begin(path) => {
            *current = path;
            None
        }
        Step::Made(article) => Some(Read::Article(article)),
        Step::RowFailed(row) => failed(current.clone(), Some(row.row).filter(|row| !row.is_empty()), row.reason),
        Step::End(FileRecord { path, failure, .. }) => failed(path, None, failure?),
        Step::Skipped(skipped) => {
            // What the user names is meant to be read.
            let is_failure = skipped.is_failure() || paths.iter().any(|path| path.ends_with(&skipped.path));
            let Skipped { path, reason } = skipped;
            let failure = FileFailure { path, row: None, reason: reason.to_string() };
            Some(if is_failure { Read::Failed(failure) } else { Read::Skipped(failure) })
        }
        Step::Unchanged(_) | Step::Touched(_) | Step::BeginAgain(_) | Step::Stays(_) => None,
    }
}
