//! `onrecord extract`: everything but the index.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::model_choice::{self, chosen};
use super::options::{ReadOptions, UnitOption};
use super::outside::shown;
use super::rows::{RowFormat, RowWriter};
use crate::ingest::{Read, each_article, words_in};
use crate::lexicon::Lexicon;
use crate::query::Unit;
use crate::record::{Article, ArticleRow, StatementRow};
use crate::search::Record;

/// Print what is found in files, without an index
///
/// The rows come in the order of the files. A file that cannot be read is named on standard error, and the exit status
/// is then 2.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Print a row for each of these
    #[arg(long, value_name = "UNIT", default_value = "statements")]
    pub unit: UnitOption,
    /// Print rows in this form
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: RowFormat,
    #[command(flatten)]
    pub read: ReadOptions,
}

/// Runs the command.
pub fn run(args: ExtractArgs) -> anyhow::Result<Exit> {
    let lexicon = Lexicon::built_in();
    let unit = args.unit.into();
    let mut rows = RowWriter::start(args.format, unit, BufWriter::new(std::io::stdout().lock()))?;
    let mut exit = Exit::Success;
    let model = chosen(&args.read, unit, || words_in(&args.paths), lexicon);
    let article = |document, path: &str| model.extractor.article(document, path);
    let mut articles = 0;
    each_article(&args.paths, args.read.jobs(), &article, |found| -> anyhow::Result<()> {
        match found {
            Read::Article(article) => {
                articles += 1;
                for row in records(&article, unit, lexicon) {
                    rows.row(&row)?;
                }
            }
            Read::Failed(failure) => {
                exit = Exit::Failure;
                writeln!(anstream::stderr(), "failed: {}", shown(failure))?;
            }
            Read::Skipped(skipped) => tracing::info!(path = %skipped.path, reason = %skipped.reason, "skipped"),
        }
        Ok(())
    })?;
    rows.end()?;
    if let Some(spared) = model.spared {
        writeln!(anstream::stderr(), "{}", model_choice::note(articles, spared, "`--model accurate` reads them"))?;
    }
    Ok(exit)
}

fn records(article: &Article, unit: Unit, lexicon: &Lexicon) -> Vec<Record> {
    match unit {
        Unit::Articles => vec![Record::Article(Box::new(ArticleRow::of(article)))],
        Unit::Statements => {
            let rows = StatementRow::all(article, |code| lexicon.alpha3(code));
            rows.into_iter().map(|row| Record::Statement(Box::new(row))).collect()
        }
    }
}
