//! `onrecord export`: the rows of the index.

use std::io::BufWriter;

use clap::Args;

use super::exit::Exit;
use super::options::QuestionOptions;
use super::question::Asked;
use super::rows::{RowFormat, RowWriter};
use crate::lexicon::Lexicon;

/// Print all rows of the index, or those that a query finds
///
/// The rows are those of `extract`, in the order of their ids.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub asked: QuestionOptions,
    /// Print rows in this form
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: RowFormat,
}

/// Runs the command.
pub fn run(args: ExportArgs) -> anyhow::Result<Exit> {
    let lexicon = Lexicon::built_in();
    let Asked { question, searcher } = Asked::open(&args.asked, lexicon)?;
    let mut rows = RowWriter::start(args.format, question.unit, BufWriter::new(std::io::stdout().lock()))?;
    let mut any = false;
    searcher.for_each(&question.query, question.unit, |row| -> anyhow::Result<()> {
        any = true;
        rows.row(&row)
    })?;
    rows.end()?;
    Ok(if any { Exit::Success } else { Exit::Nothing })
}
