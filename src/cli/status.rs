//! `onrecord status`: what the index holds, and how the last run went.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use indicatif::HumanBytes;
use serde_json::json;
use tracing::debug;

use super::exit::Exit;
use super::options::{IndexOption, ReportFormat};
use super::outside::{self, shown};
use super::style::counted;
use super::{place, report};
use crate::index::Searcher;
use crate::ingest::IngestReport;

/// Show what the index holds and how the last run went
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// The folder [default: the current one, or the nearest above it that has an index]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub index: IndexOption,
    /// Print it in this form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

/// Runs the command.
pub fn run(args: StatusArgs) -> anyhow::Result<Exit> {
    let place = place::to_read(args.folder.as_deref(), &args.index)?;
    let searcher = Searcher::open(&place)?;
    let counts = searcher.counts()?;
    // A file that could not be read is remembered too, and holds nothing.
    let files = searcher.files()?.values().filter(|file| file.articles > 0).count() as u64;
    let last: Option<IngestReport> = match searcher.payload().map(serde_json::from_str).transpose() {
        Ok(last) => last,
        Err(error) => {
            debug!(%error, "report of the last run");
            writeln!(anstream::stderr(), "note: the last run's report cannot be read; run `onrecord index`")?;
            None
        }
    };
    let models: BTreeMap<&str, u64> = counts.by_model.iter().map(|(model, count)| (model.name(), *count)).collect();
    let mut stdout = anstream::stdout().lock();
    if args.format == ReportFormat::Json {
        let status = json!({
            "index": place, "files": files, "articles": counts.articles, "statements": counts.statements,
            "undated": counts.undated, "models": models, "bytes": counts.bytes, "last_run": last,
        });
        writeln!(stdout, "{}", outside::json(&status)?)?;
        return Ok(Exit::Success);
    }
    writeln!(stdout, "index: {} ({})", shown(place.display()), HumanBytes(counts.bytes))?;
    writeln!(
        stdout,
        "it holds {} with {} from {}; {} undated",
        counted(counts.articles, "article"),
        counted(counts.statements, "statement"),
        counted(files, "file"),
        counts.undated
    )?;
    let [(_, fast), (_, accurate)] = counts.by_model;
    write!(stdout, "{} read with the accurate model, {fast} with the fast one", counted(accurate, "article"))?;
    match counts.articles - fast - accurate {
        0 => writeln!(stdout)?,
        none => writeln!(stdout, ", {none} in a language that neither reads")?,
    }
    if fast > 0 {
        writeln!(stdout, "`onrecord index FOLDER --model accurate` reads again what was read fast")?;
    }
    if let Some(last) = last {
        let end = if last.finished { "the last run that changed it" } else { "the last run, which was cut short" };
        writeln!(stdout, "\n{end}:\n{}", report::in_words(&last).trim_end())?;
    }
    Ok(Exit::Success)
}
