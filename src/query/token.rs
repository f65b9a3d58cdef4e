//! The pieces that a question is cut into.

use std::ops::Range;

use super::fields::{FieldEntry, field};

/// A piece of the question.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub kind: TokenKind,
    pub at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `and`, `or`, `not` without capitals: operators or words, as their neighbours decide.
    LowerAnd,
    LowerOr,
    LowerNot,
    /// A word with nothing special about it.
    Word(String),
    /// Words side by side; also whatever cannot be read otherwise.
    Phrase(String),
    Clause(Clause),
    /// `*`: everything.
    All,
}

/// A field with its values, any of which will do.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    pub field: &'static FieldEntry,
    /// `=` in place of `:`.
    pub exact: bool,
    /// `~:` in place of `:`.
    pub possible: bool,
    pub values: Vec<Value>,
}

/// One value of a clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    pub text: String,
    pub quoted: bool,
    pub at: Range<usize>,
}

/// `name:`, `name=` or `name~:` at the start of a clause.
#[derive(Debug, Clone, Copy)]
pub struct ClauseStart<'t> {
    pub name: &'t str,
    pub exact: bool,
    pub possible: bool,
    /// Bytes up to the value.
    pub length: usize,
}

/// Reads the head of a clause; a name that is no field's needs its value right behind it, as "Trump: no deal" has no field.
pub fn clause_start(text: &str) -> Option<ClauseStart<'_>> {
    const LONGEST: usize = 40;
    let length = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|l| (1..=LONGEST).contains(l))?;
    let (name, after) = text.split_at(length);
    if !name.starts_with(char::is_alphabetic) {
        return None;
    }
    let (possible, after) = after.strip_prefix('~').map_or((false, after), |after| (true, after));
    let exact = after.starts_with('=');
    let value = after.strip_prefix([':', '='])?;
    let nothing_follows = || {
        let next = value.trim_start_matches([',', ';', ':', '.', '=']).chars().next();
        next.is_none_or(|c| c.is_whitespace() || c == ')')
    };
    if value.starts_with("//") || (field(name).is_none() && nothing_follows()) {
        return None;
    }
    Some(ClauseStart { name, exact, possible, length: length + usize::from(possible) + 1 })
}
