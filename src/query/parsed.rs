//! What reading a question gives: the query, what was noted on the way, and the readings that were not taken.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::ast::{Query, Unit};

/// A question as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedQuestion {
    pub query: Query,
    /// What the answer is made of, where the question says so.
    pub unit: Option<Unit>,
    /// What the user should know of the reading, in the order of the text.
    pub notes: Vec<Note>,
    /// Other readings, the likelier first.
    pub alternatives: Vec<Alternative>,
    /// How the question asks to see its answer, where it does.
    pub view: Option<View>,
}

/// Something that was guessed, or not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Lowercase, names the culprit and the way out.
    pub message: String,
    /// Bytes of the text that it is about.
    pub at: Range<usize>,
}

/// A reading that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    pub query: Query,
    pub unit: Option<Unit>,
    /// What this reading takes the text to mean.
    pub why: String,
}

/// Ways to see an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// One hit after the other.
    List,
    /// Hits by month.
    Timeline,
    /// A table by actor.
    Actors,
    /// Support and opposition side by side.
    Columns,
    /// Actors side by side.
    Compare,
    /// How a position changed over time.
    Shifts,
}

impl Note {
    /// Shows the note below the text that it is about, with a caret under the place.
    ///
    /// Of a long text, only what stands around the place is shown; the length does not grow with the text.
    pub fn under(&self, text: &str) -> String {
        let before = text.get(..self.at.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let marked = text.get(self.at.clone()).map_or("", |t| t.lines().next().unwrap_or(""));
        let after = text[before.len()..].lines().next().unwrap_or("").get(marked.len()..).unwrap_or("");
        let (left, cut_left) = last_columns(&before[line_start..], COLUMNS_BEFORE);
        let (middle, cut_middle) = first_columns(marked, COLUMNS_MARKED);
        let (right, cut_right) = first_columns(if cut_middle { "" } else { after }, COLUMNS_AFTER);
        let dots = |cut: bool| if cut { "…" } else { "" };
        let column = left.chars().count() + usize::from(cut_left);
        let carets = middle.chars().count().max(1);
        let (message, cut_message) = first_columns(&self.message, LONGEST_MESSAGE);
        format!(
            "{}{left}{middle}{right}{}\n{}{}\n{message}{}",
            dots(cut_left),
            dots(cut_middle || cut_right),
            " ".repeat(column),
            "^".repeat(carets),
            dots(cut_message)
        )
    }
}

/// How much is shown before, at and after the place of a note.
const COLUMNS_BEFORE: usize = 30;
const COLUMNS_MARKED: usize = 40;
const COLUMNS_AFTER: usize = 30;

/// A message repeats what it is about, which can be long.
const LONGEST_MESSAGE: usize = 400;

/// Returns the first characters of a text, and whether there are more.
fn first_columns(text: &str, columns: usize) -> (&str, bool) {
    text.char_indices().nth(columns).map_or((text, false), |(at, _)| (&text[..at], true))
}

/// Returns the last characters of a text, and whether there are more.
fn last_columns(text: &str, columns: usize) -> (&str, bool) {
    let start = text.char_indices().rev().nth(columns.saturating_sub(1)).map_or(0, |(at, _)| at);
    (&text[start..], start > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_caret_under_the_place() {
        let note = Note { message: "unknown field `actr`".to_string(), at: 6..17 };
        assert_eq!(note.under("café actr:Mexico"), "café actr:Mexico\n     ^^^^^^^^^^^\nunknown field `actr`");
        let note = Note { message: "nothing follows".to_string(), at: 4..4 };
        assert_eq!(note.under("a\nby:"), "by:\n  ^\nnothing follows");
    }

    #[test]
    fn a_long_question_is_cut_around_the_place() {
        let text = format!("{}\"broken{}", "é ".repeat(40), " x".repeat(40));
        let note = Note { message: "m".repeat(1000), at: 120..127 };
        let shown = note.under(&text);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], format!("…{}\"broken{}…", "é ".repeat(15), " x".repeat(15)));
        assert_eq!(lines[1], format!("{}^^^^^^^", " ".repeat(31)));
        assert_eq!(lines[2].chars().count(), 401);
        let whole = Note { message: "all of it".to_string(), at: 0..text.len() }.under(&text);
        assert!(whole.lines().all(|line| line.chars().count() <= 41), "{whole}");
    }
}
