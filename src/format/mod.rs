//! Bytes of one file -> `ParsedFile`: what the file holds, before anybody interprets it.
//!
//! One file per format; `detect` chooses. A container (JSONL, a JSON array) gives many documents.

mod parsed;

pub use parsed::{Metadata, ParseError, ParsedDocument, Written};
