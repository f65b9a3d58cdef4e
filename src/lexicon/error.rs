//! What can be wrong with a lexicon file, with the line and the way out.

/// A lexicon file does not read; names the file, the line and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LexiconError {
    /// The file is not CSV, or a row has more or fewer fields than the header.
    #[error(
        "{file}, line {line}: {fault} (write one field for each column of the header; quote a field that holds a comma)"
    )]
    Csv { file: String, line: u64, fault: String },
    /// The header does not name the columns that the loader expects.
    #[error("{file}: the header is `{found}`; write `{expected}`")]
    Header { file: String, found: String, expected: String },
    /// A field holds a value that its column does not know.
    #[error("{file}, line {line}: `{value}` is not a {column}; write {known}")]
    Value { file: String, line: u64, column: String, value: String, known: String },
}
