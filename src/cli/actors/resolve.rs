//! `onrecord actors resolve`: who is behind a phrase.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

use anyhow::Context;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::calendar::{Order, calendar_dates};
use crate::cli::exit::Exit;
use crate::cli::outside::{json, shown};
use crate::extract::actors::resolve_phrase;
use crate::lexicon::Lexicon;
use crate::record::{ActorKind, DateError, PartialDate};

/// Tell whom phrases mean, and which states these are of
///
/// Reads an object a line, `{"id", "text", "context", "date"}`, where `text` names an actor, and prints one a line,
/// `{"id", "actor", "kind", "countries", "source_actor", "because"}`, with alpha-2 and alpha-3 codes of states. A line
/// that cannot be read is named on standard error, and the exit status is then 2.
#[derive(Debug, Args)]
pub struct ResolveArgs {
    /// File of phrases; `-` is standard input
    pub file: PathBuf,
    /// Print rows in this form
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: ResolveFormat,
}

/// Forms of resolved phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ResolveFormat {
    Jsonl,
}

/// A phrase to resolve.
#[derive(Debug, Deserialize)]
struct Phrase {
    id: serde_json::Value,
    text: String,
    context: Option<String>,
    date: Option<String>,
}

/// Whom it means.
#[derive(Debug, Serialize)]
struct PhraseRow {
    id: serde_json::Value,
    actor: String,
    kind: ActorKind,
    countries: Vec<String>,
    source_actor: Vec<String>,
    because: String,
}

/// Runs the command.
pub fn run(args: ResolveArgs) -> anyhow::Result<Exit> {
    let ResolveFormat::Jsonl = args.format;
    let input: Box<dyn Read> = if args.file.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(&args.file).with_context(|| format!("cannot open {}", args.file.display()))?)
    };
    let lexicon = Lexicon::built_in();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut exit = Exit::Success;
    for (number, line) in BufReader::new(input).lines().enumerate() {
        let line = line.with_context(|| format!("cannot read {}", args.file.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        match read(&line) {
            Ok((phrase, day)) => writeln!(out, "{}", json(&resolved(phrase, day, lexicon))?)?,
            Err(error) => {
                exit = Exit::Failure;
                let error = error.to_string().replace(" at line 1 column ", " at column ");
                writeln!(anstream::stderr(), "failed: line {}: {}", number + 1, shown(error))?;
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

/// Reads a phrase, with the first day that its date can mean.
fn read(line: &str) -> Result<(Phrase, Option<NaiveDate>), String> {
    let phrase: Phrase = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let Some(typed) = phrase.date.as_deref().filter(|date| !date.is_empty()) else {
        return Ok((phrase, None));
    };
    // What follows the day is a time; what is not in the usual form may be written out, as `23 May 2018`.
    let usual: Result<PartialDate, DateError> = typed.get(..10).unwrap_or(typed).parse();
    let written = || calendar_dates(typed, Order::DayFirst).first().map(|found| found.date);
    let date = usual.or_else(|error| written().ok_or(error)).map_err(|error| error.to_string())?;
    Ok((phrase, Some(date.earliest())))
}

fn resolved(phrase: Phrase, day: Option<NaiveDate>, lexicon: &Lexicon) -> PhraseRow {
    let context = phrase.context.unwrap_or_default();
    let reading = resolve_phrase(&phrase.text, &context, day, lexicon);
    PhraseRow {
        id: phrase.id,
        actor: reading.actor.name,
        kind: reading.actor.kind,
        countries: reading.actor.countries,
        source_actor: reading.codes,
        because: reading.actor.because,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_is_none_is_a_fault_of_the_line() {
        let day = |date: &str| {
            let line = format!("{{\"id\": 1, \"text\": \"x\", \"date\": {date}}}");
            read(&line).map(|(_, day)| day.map(|day| day.to_string()))
        };
        assert_eq!(day("\"2018-05\""), Ok(Some("2018-05-01".to_string())));
        assert_eq!(day("\"2018-05-23T10:00:00Z\""), Ok(Some("2018-05-23".to_string())));
        assert_eq!(day("\"23 May 2018\""), Ok(Some("2018-05-23".to_string())));
        assert_eq!(day("null"), Ok(None));
        assert_eq!(day("\"\""), Ok(None));
        let refused = day("\"23 May\"").expect_err("no date");
        assert!(refused.starts_with("`23 May` is not a date (known forms"), "{refused}");
    }
}
