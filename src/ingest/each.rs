//! Reads articles in the order of their files and gives them one by one, without an index.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::pipeline::{Limits, ordered};
use super::report::FileFailure;
use super::run::{ITEMS_PER_JOB, UNDER_WAY, is_container, is_failure};
use crate::corpus::{self, CorpusFile};
use crate::format::ParsedDocument;
use crate::record::Article;

/// An article, or why there is none.
#[derive(Debug)]
pub enum Found {
    Article(Box<Article>),
    Failed(FileFailure),
    /// Not an article by its name; the reason for people.
    Skipped(FileFailure),
}

/// What goes to the workers.
enum Task {
    File(CorpusFile),
    Document(String, ParsedDocument),
    Found(Found),
}

/// Reads all files and folders named, `jobs` at a time; `take` gets what is found, in the order of the input.
pub fn each_article<E>(
    paths: &[PathBuf],
    jobs: usize,
    article: &(dyn Fn(ParsedDocument, &str) -> Article + Sync),
    mut take: impl FnMut(Found) -> Result<(), E>,
) -> Result<(), E> {
    let limits = Limits { jobs, items: ITEMS_PER_JOB * jobs.max(1), weight: UNDER_WAY };
    ordered(
        limits,
        |sink| {
            for found in corpus::named(paths) {
                let mut put = |weight, task| sink.put(weight, task);
                let goes_on = match found {
                    Err(skipped) => {
                        let reason = skipped.reason.to_string();
                        let failed = is_failure(&skipped) || paths.iter().any(|path| path.ends_with(&skipped.path));
                        let failure = FileFailure { path: skipped.path, row: None, reason };
                        let found = if failed { Found::Failed(failure) } else { Found::Skipped(failure) };
                        put(0, Task::Found(found))
                    }
                    Ok(file) if is_container(&file) => rows(&file, &mut put),
                    Ok(file) => put(file.size.saturating_mul(4), Task::File(file)),
                };
                if !goes_on {
                    return;
                }
            }
        },
        |task| match task {
            Task::Found(found) => vec![found],
            Task::Document(path, document) => vec![one(&path, document, article)],
            Task::File(file) => whole(&file, article),
        },
        |found: Vec<Found>| found.into_iter().try_for_each(&mut take),
    )
}

/// Sends on the rows of a container; false when nobody wants more.
fn rows(file: &CorpusFile, put: &mut dyn FnMut(u64, Task) -> bool) -> bool {
    let fail = |reason: String, row: Option<String>| {
        Task::Found(Found::Failed(FileFailure { path: file.path.clone(), row, reason }))
    };
    let documents = match file.documents() {
        Ok(documents) => documents,
        Err(error) => return put(0, fail(error.to_string(), None)),
    };
    for document in documents {
        let goes_on = match document {
            Ok(document) => put(document.text.len() as u64 * 2, Task::Document(file.path.clone(), document)),
            Err(error) => put(0, fail(error.error.to_string(), Some(error.row.to_string()))),
        };
        if !goes_on {
            return false;
        }
    }
    true
}

fn whole(file: &CorpusFile, article: &(dyn Fn(ParsedDocument, &str) -> Article + Sync)) -> Vec<Found> {
    let fail =
        |reason: String, row: Option<String>| Found::Failed(FileFailure { path: file.path.clone(), row, reason });
    let parsed = catch_unwind(AssertUnwindSafe(|| file.documents().map(|documents| documents.collect::<Vec<_>>())));
    match parsed {
        Err(_) => vec![fail("internal error while parsing".to_string(), None)],
        Ok(Err(error)) => vec![fail(error.to_string(), None)],
        Ok(Ok(documents)) => documents
            .into_iter()
            .map(|document| match document {
                Ok(document) => one(&file.path, document, article),
                Err(error) => fail(error.error.to_string(), Some(error.row.to_string())),
            })
            .collect(),
    }
}

fn one(path: &str, document: ParsedDocument, article: &(dyn Fn(ParsedDocument, &str) -> Article + Sync)) -> Found {
    let row = document.row.clone();
    match catch_unwind(AssertUnwindSafe(|| article(document, path))) {
        Ok(article) => Found::Article(Box::new(article)),
        Err(_) => Found::Failed(FileFailure {
            path: path.to_string(),
            row,
            reason: "internal error while extracting".to_string(),
        }),
    }
}
