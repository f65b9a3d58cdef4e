//! An answer in its forms: text, Markdown, JSON, and rows.

use std::io::Write;

use clap::ValueEnum;
use serde::Serialize;

use super::hits;
use super::outside::{json, shown};
use super::question::{OtherReading, Question, unit_word};
use super::rows::{RowFormat, RowWriter};
use super::style::{BOLD, DIM, counted};
use crate::query::Unit;
use crate::search::{Aside, FacetCounts, Hit, SearchResponse};

/// What was found, with the question that it answers.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    pub question: &'a Question,
    pub response: &'a SearchResponse,
    pub others: &'a [OtherReading],
    /// What to know where nothing was found, a line each.
    pub instead: &'a [String],
    /// Each appearance of a statement is a hit of its own.
    pub each_appearance: bool,
    /// Hits left out before.
    pub offset: usize,
    /// Tell in full how the question was read.
    pub explain: bool,
}

/// Forms of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One object with everything
    Json,
    /// A row of the record contract a line
    Jsonl,
    /// The same as a table
    Csv,
    /// Markdown
    Md,
}

impl Answer<'_> {
    /// Prints the answer.
    pub fn print(&self, format: Format) -> anyhow::Result<()> {
        if self.response.total > 0 && self.offset as u64 >= self.hits() {
            let totals = totals(self.question.unit, self.response);
            writeln!(anstream::stderr(), "note: there are {totals}; `--offset {}` is past the last", self.offset)?;
        }
        let is_rows = matches!(format, Format::Jsonl | Format::Csv);
        if is_rows && self.response.hits.iter().any(|hit| !hit.appearances.is_empty()) {
            let note = "a statement that stands in several places is one row; `--each-appearance` gives each";
            writeln!(anstream::stderr(), "note: {note}")?;
        }
        let mut stdout = anstream::stdout().lock();
        match format {
            Format::Text => print_text(&mut stdout, self)?,
            Format::Md => print_markdown(&mut stdout, self)?,
            Format::Json => writeln!(stdout, "{}", json(&self.row())?)?,
            Format::Jsonl | Format::Csv => {
                let format = if format == Format::Csv { RowFormat::Csv } else { RowFormat::Jsonl };
                let mut rows = RowWriter::start(format, self.question.unit, stdout)?;
                for hit in &self.response.hits {
                    rows.row(&hit.record)?;
                }
                rows.end()?;
            }
        }
        Ok(())
    }

    /// Returns how many hits there are on all pages.
    fn hits(&self) -> u64 {
        if self.each_appearance { self.response.total } else { self.response.different }
    }

    fn row(&self) -> AnswerRow<'_> {
        let Answer { question, response, others, offset, .. } = *self;
        AnswerRow {
            question: &question.typed,
            query: &question.canonical,
            reading: &question.reading,
            unit: unit_word(question.unit),
            names: &question.names,
            notes: question.notes.iter().map(|note| note.message.as_str()).collect(),
            alternatives: others,
            total: response.total,
            different: response.different,
            articles: response.articles,
            offset,
            hits: &response.hits,
            facets: &response.facets,
            asides: &response.asides,
        }
    }
}

/// Everything that an answer holds, as `--format json` prints it.
#[derive(Debug, Serialize)]
struct AnswerRow<'a> {
    /// As typed.
    question: &'a str,
    /// Canonical text of the query as it was read.
    query: &'a str,
    /// The same for people.
    reading: &'a str,
    unit: &'static str,
    /// How each name was read.
    names: &'a [String],
    /// What was guessed or not understood.
    notes: Vec<&'a str>,
    alternatives: &'a [OtherReading],
    total: u64,
    /// Each statement counted once, however many articles it appears in.
    different: u64,
    articles: u64,
    offset: usize,
    hits: &'a [Hit],
    facets: &'a [FacetCounts],
    asides: &'a [Aside],
}

fn print_text(out: &mut impl Write, answer: &Answer<'_>) -> std::io::Result<()> {
    let Answer { question, response, others, instead, offset, explain, .. } = *answer;
    writeln!(out, "{BOLD}{}{BOLD:#}", shown(&question.reading))?;
    if explain {
        writeln!(out, "query: {}", shown(&question.canonical))?;
        for name in &question.names {
            writeln!(out, "{}", shown(name))?;
        }
    }
    writeln!(out, "{}", totals(question.unit, response))?;
    for line in instead {
        writeln!(out, "{}", shown(line))?;
    }
    hits::print_text(out, &response.hits, &question.query, offset + 1)?;
    let next = (offset + response.hits.len()) as u64;
    if !response.hits.is_empty() && next < answer.hits() {
        writeln!(out, "\n{DIM}{} more: `--offset {next}`{DIM:#}", answer.hits() - next)?;
    }
    if !response.facets.is_empty() && response.total > 0 {
        hits::print_facets(out, &response.facets, question.unit)?;
    }
    print_asides(out, response, others)
}

fn print_asides(out: &mut impl Write, response: &SearchResponse, others: &[OtherReading]) -> std::io::Result<()> {
    // A reading that finds nothing is no way on; machine-readable answers list it all the same.
    let others: Vec<&OtherReading> = others.iter().filter(|other| other.count > 0).collect();
    if !response.asides.is_empty() || !others.is_empty() {
        writeln!(out)?;
    }
    for aside in &response.asides {
        let query = aside.query.as_ref().map_or(String::new(), |query| format!(": search {}", in_shell(query)));
        writeln!(out, "{} more {}", aside.count, shown(format!("{}{query}", aside.what)))?;
    }
    for other in others {
        let way = format!("{}; search {}", other.why, in_shell(&other.query));
        writeln!(out, "other reading ({} found): {}", other.count, shown(way))?;
    }
    Ok(())
}

/// Puts a query in quotation marks, to be pasted into a shell.
fn in_shell(query: &str) -> String {
    format!("'{}'", query.replace('\'', r"'\''"))
}

fn print_markdown(out: &mut impl Write, answer: &Answer<'_>) -> std::io::Result<()> {
    let Answer { question, response, instead, offset, .. } = *answer;
    writeln!(out, "# {}\n", shown(&question.typed))?;
    writeln!(out, "{}: {}", shown(&question.reading), totals(question.unit, response))?;
    for line in instead {
        writeln!(out, "\n{}", shown(line))?;
    }
    hits::print_markdown(out, &response.hits, &question.query, offset + 1)?;
    for aside in &response.asides {
        let query = aside.query.as_ref().map_or(String::new(), |query| format!(": `{query}`"));
        writeln!(out, "\n{} more {}", aside.count, shown(format!("{}{query}", aside.what)))?;
    }
    Ok(())
}

fn totals(unit: Unit, response: &SearchResponse) -> String {
    match unit {
        Unit::Statements => {
            let different = match response.different {
                different if different < response.total => format!(" ({different} different)"),
                _ => String::new(),
            };
            format!("{}{different} in {}", counted(response.total, "statement"), counted(response.articles, "article"))
        }
        Unit::Articles => counted(response.total, "article"),
    }
}
