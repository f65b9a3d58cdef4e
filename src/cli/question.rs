//! From what the user asks to what the index is asked, and back to how it was read.

use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;

use super::options::{self, QuestionOptions};
use super::outside::shown;
use super::own_file;
use super::style::counted;
use crate::ask;
use crate::index::{IndexError, Searcher};
use crate::lexicon::Lexicon;
use crate::own_actors::OwnActors;
use crate::query::{self, Alternative, Query, Unit};

/// A question with the index that it is put to.
pub struct Asked {
    pub question: Question,
    pub searcher: Searcher,
}

impl Asked {
    /// Reads the question and opens the index that the options lead to.
    pub fn open(options: &QuestionOptions, lexicon: &Lexicon) -> anyhow::Result<Asked> {
        Asked::at(&options.place.to_read()?, options, lexicon)
    }

    /// Reads the question, opens the index in `place`, and tells what was guessed or not understood.
    pub fn at(place: &Path, options: &QuestionOptions, lexicon: &Lexicon) -> anyhow::Result<Asked> {
        let searcher = own_file::open(place, &options.place, options.today, lexicon)?;
        let unit = options.unit.map(Into::into);
        let question = Question::read(
            &options.query.join(" "),
            unit,
            options::today(options.today),
            lexicon,
            searcher.own_actors(),
        );
        question.print_notes()?;
        Ok(Asked { question, searcher })
    }
}

/// A question that was read and resolved.
pub struct Question {
    pub typed: String,
    pub query: Query,
    pub unit: Unit,
    /// For people: "statements · stance: oppose · by: Mexico".
    pub reading: String,
    /// Text that reads back as the same query.
    pub canonical: String,
    /// How each name was read.
    pub names: Vec<String>,
    pub notes: Vec<query::Note>,
    alternatives: Vec<Alternative>,
}

/// A reading that was not taken, with what it would find.
#[derive(Debug, Serialize)]
pub struct OtherReading {
    pub why: String,
    pub query: String,
    pub count: u64,
}

/// Notes that are printed in full.
const NOTES_SHOWN: usize = 10;

/// Other readings that are counted and shown.
const OTHERS_SHOWN: usize = 4;

impl Question {
    /// Reads a question; `unit` is what was asked for beside it.
    fn read(typed: &str, unit: Option<Unit>, today: NaiveDate, lexicon: &Lexicon, own: &OwnActors) -> Question {
        let parsed = query::parse(typed, today);
        let given = unit.or(parsed.unit);
        let unit = given.unwrap_or_else(|| query::usual_unit(&parsed.query));
        let credited = (given.is_none() && unit == Unit::Articles).then(|| Alternative {
            query: parsed.query.clone(),
            unit: Some(Unit::Statements),
            why: "statements that are themselves credited to it".to_string(),
        });
        let resolved = ask::resolve(parsed.query, lexicon, own);
        let names = resolved.actors.iter().map(|a| format!("`{}`: {}", a.typed, a.explanation)).collect();
        let alternatives = credited.into_iter().chain(parsed.alternatives).chain(resolved.alternatives).collect();
        Question {
            typed: typed.to_string(),
            reading: format!("{} · {}", unit_word(unit), query::reading(&resolved.query)),
            canonical: query::canonical(&resolved.query, Some(unit)),
            query: resolved.query,
            unit,
            names,
            notes: parsed.notes,
            alternatives,
        }
    }

    /// Counts what the other readings would find.
    pub fn others(&self, searcher: &Searcher, lexicon: &Lexicon) -> Result<Vec<OtherReading>, IndexError> {
        let mut others = Vec::new();
        for alternative in self.alternatives.iter().take(OTHERS_SHOWN) {
            let unit = alternative.unit.unwrap_or(self.unit);
            let query = ask::resolve(alternative.query.clone(), lexicon, searcher.own_actors()).query;
            let count = searcher.count(&query, unit)?;
            others.push(OtherReading {
                why: alternative.why.clone(),
                query: query::canonical(&query, Some(unit)),
                count,
            });
        }
        Ok(others)
    }

    /// Prints what was guessed or not understood, under its place in the question.
    fn print_notes(&self) -> std::io::Result<()> {
        let mut stderr = anstream::stderr().lock();
        for note in self.notes.iter().take(NOTES_SHOWN) {
            writeln!(stderr, "note:")?;
            for line in note.under(&self.typed).lines() {
                writeln!(stderr, "{}", shown(line))?;
            }
        }
        if self.notes.len() > NOTES_SHOWN {
            writeln!(stderr, "and {}", counted((self.notes.len() - NOTES_SHOWN) as u64, "more note"))?;
        }
        Ok(())
    }
}

/// Returns the unit in the plural.
pub fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Statements => "statements",
        Unit::Articles => "articles",
    }
}
