//! Bytes of one file -> `ParsedDocument`: what the file holds, before anybody interprets it.
//!
//! One file per format; `detect` chooses, `parse` reads. A container (JSONL, a JSON array) gives many documents, each of
//! which stands or fails alone.

mod byline;
mod date_field;
mod detect;
mod encoding;
mod fields;
mod html;
mod json;
mod json_repair;
mod json_scan;
mod jsonl;
mod markdown;
mod parse;
mod parsed;
mod pattern;
mod plain;
mod row_ids;
mod text;

pub use byline::names_in_byline;
pub use detect::{Format, detect};
pub use encoding::binary_kind;
pub use jsonl::{JsonlReader, LINE_LIMIT};
pub use parse::{Documents, parse};
pub use parsed::{Metadata, ParseError, ParsedDocument, RowError, Written};
pub use text::TEXT_LIMIT;
