//! Text -> paragraphs, sentences, tokens, quotations: knows English, knows nothing of news.
//!
//! `Document` does all of it once; every later step reads its tokens by index.

mod document;
mod paragraphs;
mod quotes;
mod sentences;
mod tokens;

pub use document::{Document, Token, TokenRange};
pub use paragraphs::paragraphs;
pub use quotes::{QuoteSpan, QuoteStyle};
pub use sentences::{Abbreviation, sentence_ends};
pub use tokens::words;
