//! Web pages: the article's text by an extractor, its metadata by our own reading of the page.
//!
//! `page` runs the steps in order: size, charset, nesting, extraction (`blocks` writes the text), metadata and dates.

mod blocks;
mod head;
mod json_ld;
mod metadata;
mod nesting;
mod page;
mod pieces;
mod published;
mod spacing;
mod title;
mod visible;

pub(super) use page::{PAGE_LIMIT, fragment_text, parse};
