//! `onrecord actors unresolved`: named speakers who count for nobody known, so that a user can say who they are.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::list::print_table;
use super::speakers::{self, Speaker};
use crate::cli::exit::Exit;
use crate::cli::options::{PlaceOptions, ReportFormat};
use crate::cli::outside::json;
use crate::cli::own_file;
use crate::cli::style::{BOLD, DIM, counted};
use crate::corpus::ACTORS_FILE;
use crate::index::Searcher;
use crate::lexicon::Lexicon;
use crate::query::{FieldName, Query, Unit};

/// List the commonest speakers who count for nobody known
///
/// Those who are named, and for whom neither the text nor the lexicon nor the folder's own `actors.toml` says for whom they
/// speak. `onrecord search is:unresolved` finds their statements.
#[derive(Debug, Args)]
pub struct UnresolvedArgs {
    #[command(flatten)]
    pub place: PlaceOptions,
    /// Print so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Print them in this form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

#[derive(Serialize)]
struct Unresolved<'a> {
    /// Statements in the index.
    statements: u64,
    /// Those by somebody named who counts for nobody known.
    unresolved: u64,
    /// Those by nobody whom the text names.
    unnamed: u64,
    /// Different names of the unresolved.
    names: usize,
    speakers: &'a [Speaker],
}

/// Runs the command.
pub fn run(args: UnresolvedArgs) -> anyhow::Result<Exit> {
    let searcher = own_file::open(&args.place.to_read()?, &args.place, None, Lexicon::built_in())?;
    let is = |value: &str| Query::Field { field: FieldName::Is, value: value.to_string(), exact: true };
    let names = speakers::names(&searcher, is("unresolved"))?;
    let total = names.len();
    let speakers = speakers::first_speakers(&searcher, &names, args.limit, &is("unresolved"))?;
    let found = Unresolved {
        statements: searcher.count(&Query::All, Unit::Statements)?,
        unresolved: searcher.count(&is("unresolved"), Unit::Statements)?,
        unnamed: searcher.count(&is("anonymous"), Unit::Statements)?,
        names: total,
        speakers: &speakers,
    };
    let mut stdout = anstream::stdout().lock();
    match args.format {
        ReportFormat::Json => writeln!(stdout, "{}", json(&found)?)?,
        ReportFormat::Text => print(&mut stdout, &found, example(&searcher, &speakers)?)?,
    }
    Ok(if total > 0 { Exit::Success } else { Exit::Nothing })
}

/// The first of the speakers whose every statement is unresolved.
fn example(searcher: &Searcher, speakers: &[Speaker]) -> anyhow::Result<Option<String>> {
    for speaker in speakers {
        if searcher.count(&speakers::by(&speaker.name), Unit::Statements)? == speaker.statements {
            return Ok(Some(speaker.name.clone()));
        }
    }
    Ok(None)
}

fn print(out: &mut impl Write, found: &Unresolved, example: Option<String>) -> std::io::Result<()> {
    let Unresolved { statements, unresolved, unnamed, names, speakers } = found;
    let by = counted(*names as u64, "name");
    writeln!(
        out,
        "{BOLD}{unresolved} of {} by {by} that count for nobody known{BOLD:#}, {unnamed} by nobody named",
        counted(*statements, "statement")
    )?;
    print_table(out, speakers)?;
    if *names > speakers.len() {
        writeln!(out, "{DIM}{} more: `--limit {names}`{DIM:#}", names - speakers.len())?;
    }
    // A role takes the place of all that was found: nobody is shown here who is placed elsewhere.
    if let Some(first) = example {
        writeln!(out, "\nsay in `{ACTORS_FILE}` of the folder who they are (docs/actors.md), such as:\n")?;
        writeln!(out, "[[actor]]\nname = {}", toml::Value::from(first))?;
        writeln!(out, "role = [{{ title = \"senator\", counts_for = \"Mexico\", from = 2018-09-01 }}]")?;
    }
    Ok(())
}
