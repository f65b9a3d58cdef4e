//! `onrecord actors`: who is behind a name.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use super::exit::Exit;
use super::outside::shown;
use crate::extract::actors::resolve_phrase;
use crate::lexicon::Lexicon;
use crate::record::{ActorKind, PartialDate};

/// Look into the actors that the lexicon knows
#[derive(Debug, Subcommand)]
pub enum ActorsCommand {
    Resolve(ResolveArgs),
}

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
struct Resolved {
    id: serde_json::Value,
    actor: String,
    kind: ActorKind,
    countries: Vec<String>,
    source_actor: Vec<String>,
    because: String,
}

/// Runs the command.
pub fn run(command: ActorsCommand) -> anyhow::Result<Exit> {
    let ActorsCommand::Resolve(args) = command;
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
        match serde_json::from_str::<Phrase>(&line) {
            Ok(phrase) => writeln!(out, "{}", serde_json::to_string(&resolved(phrase, lexicon))?)?,
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

fn resolved(phrase: Phrase, lexicon: &Lexicon) -> Resolved {
    // The first day that a partial date can mean; what is no date tells nothing.
    let date = phrase.date.as_deref().and_then(|date| date.get(..10).unwrap_or(date).parse::<PartialDate>().ok());
    let context = phrase.context.unwrap_or_default();
    let reading = resolve_phrase(&phrase.text, &context, date.map(PartialDate::earliest), lexicon);
    Resolved {
        id: phrase.id,
        actor: reading.actor.name,
        kind: reading.actor.kind,
        countries: reading.actor.countries,
        source_actor: reading.codes,
        because: reading.actor.because,
    }
}
