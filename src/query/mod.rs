//! What the user asks: text -> `Query`, plain data with no engine in it.
//!
//! `parse` first tries the plain phrasings ("opposition statements by Mexico") and otherwise reads words, phrases,
//! fields and operators. Both give the same `Query`; `display` writes it back as canonical text.

mod ast;
mod dates;
mod display;
mod fields;
mod lexer;
mod normal;
mod parse;
mod parsed;
mod phrasing;
mod slots;
mod syntax;
mod template;
mod templates;
mod token;
mod values;
mod word_lists;
mod words;

pub use ast::{ActorPattern, Certainty, DateField, FieldName, Query, Unit};
pub use display::{display, reading};
pub use fields::{FIELDS, FieldEntry, FieldKind, field, field_help};
pub use normal::normal;
pub use parse::{canonical, parse, usual_unit};
pub use parsed::{Alternative, Note, ParsedQuestion, View};
pub use phrasing::near_phrasing;
pub use values::{KnownValue, formerly, known_value, without_formerly};
