//! Cuts a question into operators, words, phrases and clauses, each with its place in the text.

use std::ops::Range;

use chrono::NaiveDate;

use super::dates;
use super::fields::{FIELDS, FieldEntry, FieldKind, PLANNED_FIELDS, field, nearest};
use super::parsed::Note;
use super::token::{Clause, ClauseStart, Token, TokenKind, Value, clause_start};
use super::values::known_value;
use super::words::{WordReading, as_plain_word, is_quote, shortened};

/// Which of two readings to take where the text leaves the choice.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choices {
    /// Reads `actr:` as the field that it most resembles.
    pub correct_fields: bool,
    /// Takes a quotation mark without a partner to open a phrase that runs to the end.
    pub quote_to_end: bool,
}

/// The pieces of a question.
#[derive(Debug, Default)]
pub struct Lexed {
    pub tokens: Vec<Token>,
    pub notes: Vec<Note>,
    /// Some field was nearly a known one.
    pub nearly_field: bool,
    /// Some quotation mark has no partner.
    pub open_quote: bool,
}

/// Cuts the text; `today` is needed to see where a date of several words ends.
pub fn lex(text: &str, today: NaiveDate, choices: Choices) -> Lexed {
    let mut lexer = Lexer { text, today, choices, position: 0, out: Lexed::default() };
    while lexer.skip_spaces() {
        lexer.token();
    }
    lexer.out
}

struct Lexer<'t> {
    text: &'t str,
    today: NaiveDate,
    choices: Choices,
    position: usize,
    out: Lexed,
}

impl<'t> Lexer<'t> {
    fn token(&mut self) {
        let start = self.position;
        let Some(first) = self.peek() else { return };
        match first {
            '(' | ')' => {
                self.position += 1;
                self.push(if first == '(' { TokenKind::Open } else { TokenKind::Close }, start);
            }
            _ if is_quote(first) => self.phrase(),
            '-' | '−'
                if self.rest()[first.len_utf8()..]
                    .starts_with(|c: char| c.is_alphanumeric() || is_quote(c) || "(@=/#$€£-−".contains(c)) =>
            {
                self.position += first.len_utf8();
                self.push(TokenKind::Not, start);
            }
            '/' if self.regex() => {}
            _ => match clause_start(self.rest()) {
                Some(head) => self.clause(head),
                None => self.word(),
            },
        }
    }

    /// Reads from one quotation mark to the next.
    fn phrase(&mut self) {
        let start = self.position;
        let Some(words) = self.quoted() else { return };
        self.slop(start);
        let kind = TokenKind::Phrase(words);
        self.push(kind, start);
    }

    /// Reads a quoted text; `None` where the mark has no partner and is passed over.
    fn quoted(&mut self) -> Option<String> {
        let start = self.position;
        let opening = self.bump()?;
        let mut words = String::new();
        let mut escaped = false;
        // A mark that stood alone before stands alone again: without this, each would search the whole rest.
        if !self.out.open_quote || self.choices.quote_to_end {
            for (offset, c) in self.rest().char_indices() {
                match c {
                    '\\' if !escaped && self.rest()[offset + 1..].starts_with(|n| n == '\\' || is_quote(n)) => {
                        escaped = true
                    }
                    c if is_quote(c) && !escaped => {
                        self.position += offset + c.len_utf8();
                        return Some(spaced(&words));
                    }
                    c => {
                        escaped = false;
                        words.push(c);
                    }
                }
            }
        }
        self.out.open_quote = true;
        if self.choices.quote_to_end {
            self.position = self.text.len();
            return Some(spaced(&words));
        }
        self.note(start, format!("`{opening}` has no partner; read without it"));
        None
    }

    /// Passes over `~3` behind a phrase.
    fn slop(&mut self, start: usize) {
        if !self.rest().starts_with('~') {
            return;
        }
        let digits = self.rest()[1..].bytes().take_while(u8::is_ascii_digit).count();
        self.position += 1 + digits;
        let typed = shortened(&self.text[start..self.position]);
        self.note(start, format!("`{typed}`: words near each other are not supported yet; read as the exact phrase"));
    }

    /// Reads `/.../` up to the next slash, when the word ends there.
    fn regex(&mut self) -> bool {
        let body = &self.rest()[1..];
        let Some(length) =
            body.find(|c: char| c == '/' || c.is_whitespace()).filter(|&l| l > 0 && body[l..].starts_with('/'))
        else {
            return false;
        };
        let after = &body[length + 1..];
        if !(after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || c == ')')) {
            return false;
        }
        let start = self.position;
        let words = spaced(&body[..length]);
        self.position += length + 2;
        let typed = shortened(&self.text[start..self.position]);
        self.note(start, format!("`{typed}`: regular expressions are not supported yet; read as plain words"));
        self.push(TokenKind::Phrase(words), start);
        true
    }

    fn word(&mut self) {
        let start = self.position;
        let length = self
            .rest()
            .find(|c: char| c.is_whitespace() || is_quote(c) || "()".contains(c))
            .unwrap_or(self.rest().len());
        self.position += length;
        let typed = &self.text[start..self.position];
        let last = self.rest().trim_start().is_empty();
        match as_plain_word(typed, last, self.rest().starts_with('(')) {
            WordReading::Operator(kind, note) => {
                if let Some(message) = note {
                    self.note(start, message);
                }
                self.push(kind, start);
            }
            WordReading::Word(word, note) => {
                if let Some(message) = note {
                    self.note(start, message);
                }
                self.push(TokenKind::Word(word), start);
            }
            WordReading::Literal(words, note) => {
                if let Some(message) = note {
                    self.note(start, message);
                }
                self.push(TokenKind::Phrase(words), start);
            }
            WordReading::Nothing(message) => self.note(start, message),
        }
    }

    fn clause(&mut self, head: ClauseStart<'t>) {
        let start = self.position;
        let (known, corrected) = match field(head.name) {
            Some(known) => (Some(known), false),
            None => (nearest(head.name).and_then(field).filter(|_| self.choices.correct_fields), true),
        };
        self.position += head.length;
        let values = match known {
            Some(known) if !corrected => {
                self.skip_spaces();
                self.values(Some(known))
            }
            known => self.values(known),
        };
        let Some(known) = known else { return self.unknown(head.name, start) };
        if values.is_empty() {
            self.position = self.position.max(start + head.length);
            self.note(start, format!("`{}` has no value; read as a word", head.name));
            self.push(TokenKind::Phrase(head.name.to_string()), start);
            return;
        }
        let clause = Clause { field: known, exact: head.exact, possible: head.possible, values };
        self.push(TokenKind::Clause(clause), start);
    }

    /// Reads a clause of a field that there is not as the words that were typed.
    fn unknown(&mut self, name: &str, start: usize) {
        let typed = self.text[start..self.position].trim_end();
        let literal = spaced(&typed.replace(is_quote, " "));
        let names = FIELDS.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
        let trouble = match nearest(name) {
            _ if PLANNED_FIELDS.contains(&name.to_lowercase().as_str()) => format!("`{name}:` is not supported yet"),
            Some(near) => {
                self.out.nearly_field = true;
                format!("unknown field `{}`; did you mean `{near}`? (fields: {names})", shortened(name))
            }
            None => format!("unknown field `{}` (fields: {names})", shortened(name)),
        };
        self.note(start, format!("{trouble}; read as the words \"{}\"", shortened(&literal)));
        self.push(TokenKind::Phrase(literal), start);
    }

    /// Reads what follows `name:`: a quoted text, a list in parentheses, or a word.
    fn values(&mut self, known: Option<&'static FieldEntry>) -> Vec<Value> {
        let start = self.position;
        match self.peek() {
            None | Some(')') => Vec::new(),
            Some('(') => self.list(),
            Some(c) if is_quote(c) => match self.quoted() {
                Some(text) => {
                    self.slop(start);
                    vec![Value { text, quoted: true, at: start..self.position }]
                }
                None => self.bare_value(known),
            },
            Some(_) => self.bare_value(known),
        }
    }

    /// Reads one word, or the words of a date or of a listed value: `since:last month`, `stance:critical of`.
    fn bare_value(&mut self, known: Option<&'static FieldEntry>) -> Vec<Value> {
        let start = self.position;
        let ends = |c: char| c.is_whitespace() || is_quote(c) || "()".contains(c);
        // Looked at before the word's end is looked for, so that `by:by:by:` takes one look at each.
        let is_operator = |word: &str| {
            self.rest().strip_prefix(word).is_some_and(|after| after.is_empty() || after.starts_with(ends))
        };
        let is_clause = || clause_start(self.rest()).is_some_and(|c| field(c.name).is_some());
        if known.is_some() && (["AND", "OR", "NOT"].iter().any(|word| is_operator(word)) || is_clause()) {
            return Vec::new();
        }
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        let longer = known.and_then(|known| self.longest_value(known));
        self.position += longer.unwrap_or(length);
        let typed = &self.text[start..self.position];
        let text = typed.trim_end_matches([',', ';']);
        let (text, note) = without_wildcards(text, known);
        if let Some(message) = note {
            self.note(start, message);
        }
        if text.is_empty() {
            return Vec::new();
        }
        vec![Value { text, quoted: false, at: start..self.position }]
    }

    /// Returns the length of the longest run of words that the field understands as one value.
    fn longest_value(&self, known: &FieldEntry) -> Option<usize> {
        const WORDS: usize = 5;
        let understood = |text: &str| match known.kind {
            FieldKind::Days(role) => dates::read_for(role, text, self.today).is_some(),
            FieldKind::Named(name) if !known.values.is_empty() => known_value(name, text).is_some(),
            _ => false,
        };
        let rest = self.rest();
        let mut ends = Vec::new();
        let mut inside = false;
        for (offset, c) in rest.char_indices().chain([(rest.len(), ' ')]) {
            let stops = is_quote(c) || "()".contains(c);
            if (c.is_whitespace() || stops) && inside {
                ends.push(offset);
            }
            inside = !c.is_whitespace();
            if stops || ends.len() == WORDS {
                break;
            }
        }
        ends.into_iter().rev().find(|&end| understood(rest[..end].trim_end_matches([',', ';'])))
    }

    /// Reads `(a, "b c" OR d)`.
    fn list(&mut self) -> Vec<Value> {
        let opened = self.position;
        self.position += 1;
        let mut values = Vec::new();
        let mut item = Item::default();
        loop {
            self.skip_spaces();
            let start = self.position;
            match self.peek() {
                None => {
                    self.note(opened, "`(` is not closed; read to the end as a list".to_string());
                    break;
                }
                Some(')') => {
                    self.position += 1;
                    break;
                }
                Some('(') => {
                    self.position += 1;
                    self.note(start, "a list holds no further parentheses; read without this one".to_string());
                }
                Some(',' | ';') => {
                    self.position += 1;
                    item.finish(&mut values);
                }
                Some(c) if is_quote(c) => {
                    if let Some(text) = self.quoted() {
                        item.add(&text, true, start..self.position);
                    }
                }
                Some(_) => self.list_word(&mut item, &mut values),
            }
        }
        item.finish(&mut values);
        values
    }

    fn list_word(&mut self, item: &mut Item, values: &mut Vec<Value>) {
        let start = self.position;
        let ends = |c: char| c.is_whitespace() || is_quote(c) || "(),;".contains(c);
        self.position += self.rest().find(ends).unwrap_or(self.rest().len());
        let word = &self.text[start..self.position];
        match word {
            "OR" | "or" | "|" | "||" => return item.finish(values),
            "AND" | "NOT" => {
                self.note(start, format!("`{word}` is a plain word inside a list, whose values are joined by OR"));
            }
            _ if word.starts_with('-') && !word[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                self.note(
                    start,
                    format!("`{}`: a list cannot leave out values; write `-field:value` beside it", shortened(word)),
                );
            }
            _ => {}
        }
        let (text, note) = without_wildcards(word, None);
        if let Some(message) = note {
            self.note(start, message);
        }
        item.add(&text, false, start..self.position);
    }

    fn rest(&self) -> &'t str {
        &self.text[self.position..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.position += c.len_utf8();
        Some(c)
    }

    /// Tells whether anything is left.
    fn skip_spaces(&mut self) -> bool {
        self.position += self.rest().len() - self.rest().trim_start().len();
        !self.rest().is_empty()
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.out.tokens.push(Token { kind, at: start..self.position });
    }

    fn note(&mut self, start: usize, message: String) {
        self.out.notes.push(Note { message, at: start..self.position.max(start) });
    }
}

/// A value of a list that is being read.
#[derive(Default)]
struct Item {
    text: String,
    quoted: bool,
    at: Option<Range<usize>>,
}

impl Item {
    fn add(&mut self, text: &str, quoted: bool, at: Range<usize>) {
        if text.is_empty() {
            return;
        }
        self.quoted |= quoted;
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.at = Some(self.at.as_ref().map_or(at.clone(), |first| first.start..at.end));
    }

    fn finish(&mut self, values: &mut Vec<Value>) {
        let Item { text, quoted, at } = std::mem::take(self);
        if let Some(at) = at {
            values.push(Value { text, quoted, at });
        }
    }
}

/// Takes off the `*` and `~1` of a value, which are not supported yet, and says so.
fn without_wildcards(value: &str, known: Option<&FieldEntry>) -> (String, Option<String>) {
    let is_date = known.is_some_and(|k| matches!(k.kind, FieldKind::Days(_)));
    let plain = value.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('~').unwrap_or(value);
    let plain = plain.trim_end_matches(['*', '!']);
    if is_date || plain == value || plain.is_empty() {
        return (value.to_string(), None);
    }
    let message = format!(
        "`{}`: other endings and spellings are not supported yet; read as `{}`",
        shortened(value),
        shortened(plain)
    );
    (plain.to_string(), Some(message))
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
