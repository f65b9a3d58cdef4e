//! The index on disk and its answers; the only module that imports tantivy.
