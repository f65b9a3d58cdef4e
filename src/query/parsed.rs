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
    pub fn under(&self, text: &str) -> String {
        let before = text.get(..self.at.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[line_start..].lines().next().unwrap_or("");
        let column = before[line_start..].chars().count();
        let marked = text.get(self.at.clone()).map_or(1, |t| t.lines().next().unwrap_or("").chars().count().max(1));
        format!("{line}\n{}{}\n{}", " ".repeat(column), "^".repeat(marked), self.message)
    }
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
}
