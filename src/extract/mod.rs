//! `ParsedDocument` + `Lexicon` -> `Article`: who says what, for or against, when and where.
//!
//! Never fails: odd input gives fewer findings and a warning.

pub mod dates;
pub mod metadata;
