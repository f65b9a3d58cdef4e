//! Tells whether a file changed since it was read.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::corpus::CorpusFile;
use crate::index::FileRecord;

/// A file that changed this shortly before it was read may have changed again within the same tick of its clock.
const RACE: i128 = 2_000_000_000;

/// Returns nanoseconds since 1970.
pub fn now() -> i128 {
    nanoseconds(SystemTime::now())
}

/// Tells whether the file is surely as it was, without looking into it.
pub fn surely_unchanged(file: &CorpusFile, before: &FileRecord) -> bool {
    let modified = file.modified.map(nanoseconds);
    let same = file.size == before.size && modified == before.modified;
    same && modified.is_some_and(|modified| modified + RACE < before.read_at)
}

/// Starts the record of a file that is about to be read.
pub fn record(file: &CorpusFile, hash: String, read_at: i128) -> FileRecord {
    FileRecord {
        path: file.path.clone(),
        size: file.size,
        modified: file.modified.map(nanoseconds),
        read_at,
        hash,
        articles: 0,
        model: None,
        failure: None,
        row_failures: Vec::new(),
        rows_failed: 0,
    }
}

fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use std::time::Duration;

    #[test]
    fn only_an_old_and_equal_file_is_surely_unchanged() {
        let file = |size: u64, nanos: u64| CorpusFile {
            path: "a.txt".into(),
            location: "a.txt".into(),
            format: Format::Plain,
            size,
            modified: Some(UNIX_EPOCH + Duration::from_nanos(nanos)),
        };
        let second = 1_000_000_000;
        let before = record(&file(5, 10 * second), String::new(), 20 * i128::from(second));
        assert!(surely_unchanged(&file(5, 10 * second), &before));
        assert!(!surely_unchanged(&file(6, 10 * second), &before));
        assert!(!surely_unchanged(&file(5, 10 * second + 1), &before));
        let racy = record(&file(5, 19 * second), String::new(), 20 * i128::from(second));
        assert!(!surely_unchanged(&file(5, 19 * second), &racy));
        let unknown = CorpusFile { modified: None, ..file(5, 0) };
        assert!(!surely_unchanged(&unknown, &record(&unknown, String::new(), 20 * i128::from(second))));
    }
}
