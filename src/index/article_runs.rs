//! How the documents of articles lie in a segment: each article's own, and right behind it those of its statements.
//!
//! They are written together (`IndexWriter::add_prepared`), removed together and merged in their order, so the articles'
//! own documents tell where those of every article begin.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::fields::{Fields, kinds};
use super::hashing::KeyHasher;

/// Articles by their `article_key`.
pub type ArticleKeys = HashSet<u64, BuildHasherDefault<KeyHasher>>;

/// Returns the articles' own documents, in their order; up to the next one, or to the end, all belong to that article.
///
/// The documents of files, which belong to none, may follow the last.
pub fn article_starts(reader: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
    let kind = Fields::of(reader.schema())?.kind;
    let article = Term::from_field_text(kind, kinds::ARTICLE);
    let mut starts = Vec::new();
    if let Some(mut postings) = reader.inverted_index(kind)?.read_postings(&article, IndexRecordOption::Basic)? {
        while postings.doc() != TERMINATED {
            starts.push(postings.doc());
            postings.advance();
        }
    }
    Ok(starts)
}
