//! `onrecord actors`: the speakers of a folder, and those whose names have some words.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::page;
use super::speakers::{self, Speaker};
use crate::cli::exit::Exit;
use crate::cli::failure::failure;
use crate::cli::options::{PlaceOptions, ReportFormat};
use crate::cli::outside::{json, shown};
use crate::cli::own_file;
use crate::cli::style::{BOLD, DIM, counted};
use crate::index::Searcher;
use crate::lexicon::{Lexicon, fold};
use crate::query::{ActorPattern, Query, Unit};

/// What to list.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// A name, or words of names
    pub name: Vec<String>,
    #[command(flatten)]
    pub place: PlaceOptions,
    /// Print so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Print it in this form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

#[derive(Serialize)]
struct List<'a> {
    /// All speakers, or all whose names have the words.
    total: usize,
    speakers: &'a [Speaker],
}

/// Lists, or shows the one who is meant.
pub fn run(args: ListArgs) -> anyhow::Result<Exit> {
    if let Some(command) = args.name.first().filter(|word| ["merge", "unresolved", "resolve"].contains(&word.as_str()))
    {
        let message = format!("`{command}` stands behind an option, and is taken for a name");
        return Err(failure(message, format!("write `onrecord actors {command}` first, and the options behind it")));
    }
    let lexicon = Lexicon::built_in();
    let searcher = own_file::open(&args.place.to_read()?, &args.place, None, lexicon)?;
    let typed = args.name.join(" ");
    let mut names = speakers::names(&searcher, Query::All)?;
    if let Some(query) = one_meant(&typed, &names, &searcher, lexicon)? {
        return page::print(&searcher, &query, args.limit, args.format, lexicon);
    }
    names.retain(|(name, _)| typed.is_empty() || speakers::has_words(name, &typed));
    if names.is_empty() && !typed.is_empty() {
        return Err(failure(format!("nobody called `{typed}` speaks"), "`onrecord actors` lists who speaks"));
    }
    if let ([(name, _)], false) = (names.as_slice(), typed.is_empty()) {
        return page::print(&searcher, &speakers::by(name), args.limit, args.format, lexicon);
    }
    let total = names.len();
    let speakers = speakers::first_speakers(&searcher, &names, args.limit, &Query::All)?;
    let mut stdout = anstream::stdout().lock();
    match args.format {
        ReportFormat::Json => writeln!(stdout, "{}", json(&List { total, speakers: &speakers })?)?,
        ReportFormat::Text => {
            writeln!(stdout, "{BOLD}{}{BOLD:#}", counted(total as u64, "speaker"))?;
            print_table(&mut stdout, &speakers)?;
            if total > speakers.len() {
                writeln!(stdout, "{DIM}{} more: `--limit {total}`{DIM:#}", total - speakers.len())?;
            }
        }
    }
    Ok(if total > 0 { Exit::Success } else { Exit::Nothing })
}

/// Returns the query for whom the whole name means: a speaker of exactly this name, else whom the lexicon or the file means.
fn one_meant(
    typed: &str,
    names: &[(String, u64)],
    searcher: &Searcher,
    lexicon: &Lexicon,
) -> anyhow::Result<Option<Query>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let meant = speakers::meant(typed, searcher, lexicon);
    let is_roll_up = matches!(&meant, Query::Actor { actor: ActorPattern::CountsFor { .. }, .. });
    if let Some((name, _)) = names.iter().find(|(name, _)| name == typed).filter(|_| !is_roll_up) {
        return Ok(Some(speakers::by(name)));
    }
    let is_actor = matches!(&meant, Query::Actor { actor, .. } if !matches!(actor, ActorPattern::Named { .. }));
    if is_actor && searcher.count(&meant, Unit::Statements)? > 0 {
        return Ok(Some(meant));
    }
    Ok(names.iter().find(|(name, _)| fold(name) == fold(typed)).map(|(name, _)| speakers::by(name)))
}

/// Prints speakers, one a line.
pub fn print_table(out: &mut impl Write, speakers: &[Speaker]) -> std::io::Result<()> {
    writeln!(out, "{DIM}{:>10}  {:>6} {:>7} {:>7}  name{DIM:#}", "statements", "oppose", "support", "neutral")?;
    for speaker in speakers {
        let Speaker { name, statements, kind, role, oppose, support, neutral, .. } = speaker;
        let role = role.as_ref().map_or(String::new(), |role| format!(", {role}"));
        let what = format!("{}{role}", kind.name());
        writeln!(
            out,
            "{statements:>10}  {oppose:>6} {support:>7} {neutral:>7}  {} {DIM}({}){DIM:#}",
            shown(name),
            shown(what)
        )?;
    }
    Ok(())
}
