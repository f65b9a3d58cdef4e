//! `onrecord export`: the rows of the index.

use std::io::BufWriter;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::args;
use super::exit::Exit;
use super::options::{self, IndexOption, UnitOption};
use super::place;
use super::question::Question;
use super::rows::{RowFormat, RowWriter};
use crate::index::Searcher;
use crate::lexicon::Lexicon;

/// Print all rows of the index, or those that a query finds
///
/// The rows are those of `extract`, in the order of their ids.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Only what this finds
    #[arg(value_parser = args::question_word)]
    pub query: Vec<String>,
    /// The folder [default: the current one, or the nearest above it that has an index]
    #[arg(long = "in", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub index: IndexOption,
    /// Print a row for each of these
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<UnitOption>,
    /// Print rows in this form
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: RowFormat,
    /// Take this day for today in relative dates
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<NaiveDate>,
}

/// Runs the command.
pub fn run(args: ExportArgs) -> anyhow::Result<Exit> {
    let lexicon = Lexicon::built_in();
    let searcher = Searcher::open(&place::to_read(args.folder.as_deref(), &args.index)?)?;
    let unit = args.unit.map(Into::into);
    let question = Question::read(&args.query.join(" "), unit, options::today(args.today), lexicon);
    question.print_notes()?;
    let mut rows = RowWriter::start(args.format, question.unit, BufWriter::new(std::io::stdout().lock()))?;
    let mut any = false;
    searcher.for_each(&question.query, question.unit, |row| -> anyhow::Result<()> {
        any = true;
        rows.row(&row)
    })?;
    rows.end()?;
    Ok(if any { Exit::Success } else { Exit::Nothing })
}
