//! What a run did, and how far it is.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tracing::info;

use crate::corpus::Skipped;
use crate::record::ModelSize;

/// What was read, skipped and failed, and why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct IngestReport {
    /// False in the report of a commit in the middle: the run was cut short after it.
    pub finished: bool,
    /// Files that were read in this run.
    pub read: u64,
    /// Files that stand in the index as they are.
    pub unchanged: u64,
    /// Files that are gone, with their articles.
    pub deleted: u64,
    /// Files and folders that are no articles, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Files and rows that should have been read and could not be; unchanged ones are named again.
    pub failed: Vec<FileFailure>,
    /// Failures that are not named, because there are very many.
    pub failed_unnamed: u64,
    /// Articles that were read in this run.
    pub articles: u64,
    pub statements: u64,
    pub undated: u64,
    /// The model that looked for their statements, `None` where none did.
    pub model: Option<ModelSize>,
    /// Articles of unchanged files that a better model read in the place of a lesser one; not counted above.
    pub read_again: u64,
    /// Articles of changed files that a better model had read before and a lesser one read now.
    #[serde(default)]
    pub read_worse: u64,
    /// Articles in which something was odd.
    pub warnings: u64,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// Why an existing index was built anew.
    pub rebuilt: Option<String>,
    /// In seconds where it is written.
    #[serde(rename = "took_seconds", with = "seconds")]
    pub took: Duration,
}

/// A duration as a number of seconds.
mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(took: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(took.as_secs_f64())
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Duration, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        Duration::try_from_secs_f64(seconds).map_err(serde::de::Error::custom)
    }
}

/// A file or row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFailure {
    pub path: String,
    /// Of a container.
    pub row: Option<String>,
    pub reason: String,
}

impl std::fmt::Display for FileFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.row {
            Some(row) => write!(f, "{}#{row}: {}", self.path, self.reason),
            None => write!(f, "{}: {}", self.path, self.reason),
        }
    }
}

/// Failures that a report names.
const NAMED: usize = 1000;

impl IngestReport {
    /// Tells whether some file or row could not be read.
    pub fn has_failures(&self) -> bool {
        !self.failed.is_empty() || self.failed_unnamed > 0
    }

    /// Tells whether the run altered the index.
    pub fn has_changes(&self) -> bool {
        self.read + self.deleted + self.read_again > 0 || self.rebuilt.is_some()
    }

    /// Returns the report of both runs, of which `next` found what this one left.
    pub fn then(self, next: IngestReport) -> IngestReport {
        IngestReport {
            read: self.read + next.read,
            unchanged: self.unchanged,
            deleted: self.deleted + next.deleted,
            articles: self.articles + next.articles,
            statements: self.statements + next.statements,
            undated: self.undated + next.undated,
            model: self.model.or(next.model),
            warnings: self.warnings + next.warnings,
            bytes: self.bytes + next.bytes,
            rebuilt: self.rebuilt,
            took: self.took + next.took,
            ..next
        }
    }

    /// Counts what is no article.
    pub(super) fn pass_over(&mut self, skipped: &Skipped) {
        info!(path = %skipped.path, reason = %skipped.reason, "skipped");
        *self.skipped.entry(skipped.reason.to_string()).or_default() += 1;
    }

    pub(super) fn fail(&mut self, failure: FileFailure) {
        if self.failed.len() < NAMED {
            self.failed.push(failure);
        } else {
            self.failed_unnamed += 1;
        }
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files that are done, whether read or unchanged.
    pub files: u64,
    /// Bytes of these files, and of the texts that are done of the one under way.
    pub bytes: u64,
    pub articles: u64,
    pub statements: u64,
}

/// How much there is to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    pub files: u64,
    pub bytes: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_in_a_row_are_told_as_one() {
        let first = IngestReport {
            finished: true,
            read: 3,
            unchanged: 2,
            deleted: 1,
            articles: 30,
            statements: 60,
            model: Some(ModelSize::Fast),
            rebuilt: Some("it is damaged".to_string()),
            ..IngestReport::default()
        };
        let next = IngestReport { finished: true, unchanged: 5, read_again: 32, ..IngestReport::default() };
        assert_eq!(first.clone().then(next), IngestReport { read_again: 32, ..first });
    }
}
