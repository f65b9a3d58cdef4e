//! `onrecord index`: reads a folder into its index.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::options::{IndexOption, ReadOptions, ReportFormat};
use super::outside::{json, shown};
use super::{place, report, style, update};
use crate::index::{self, Searcher};
use crate::lexicon::Lexicon;

/// Read a folder of articles into its index
///
/// Only what is new or changed is read. What cannot be read is reported with its reason, and the rest goes on; the
/// exit status is then 2. The index can be searched meanwhile, and a run that is cut short goes on where it was.
///
/// With `--model accurate`, articles that the fast model read are read again, one by one; with `--model fast`, what the
/// accurate one read and did not change stays as it is.
#[derive(Debug, Args)]
pub struct IndexArgs {
    /// The folder
    pub folder: PathBuf,
    #[command(flatten)]
    pub index: IndexOption,
    #[command(flatten)]
    pub read: ReadOptions,
    /// Print the report in this form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

/// Runs the command.
pub fn run(args: IndexArgs) -> anyhow::Result<Exit> {
    let lexicon = Lexicon::built_in();
    index::check(&place::to_write(&args.folder, &args.index)?.dir)?;
    let (place, done) = update::update(&args.folder, &args.index, &args.read, lexicon)?;
    let mut stdout = anstream::stdout().lock();
    match args.format {
        ReportFormat::Json => writeln!(stdout, "{}", json(&done)?)?,
        ReportFormat::Text => {
            write!(stdout, "{}", report::in_words(&done))?;
            let counts = Searcher::open(&place)?.counts()?;
            let (articles, statements) =
                (style::counted(counts.articles, "article"), style::counted(counts.statements, "statement"));
            writeln!(stdout, "the index in {} holds {articles} with {statements}", shown(place.display()))?;
        }
    }
    Ok(if done.has_failures() { Exit::Failure } else { Exit::Success })
}
