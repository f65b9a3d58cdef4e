//! `onrecord show`: one article or statement, with its place marked.

use std::io::Write;

use clap::Args;

use super::exit::Exit;
use super::failure::failure;
use super::hits;
use super::options::{PlaceOptions, ReportFormat};
use super::outside::{json, shown};
use super::own_file;
use super::style::{self, BOLD, DIM};
use crate::index::Searcher;
use crate::lexicon::Lexicon;
use crate::query::{FieldName, Query, Unit};
use crate::record::{ArticleRow, StatementRow};
use crate::search::{Appearance, Record};

/// Print an article or a statement with its place marked
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Id of an article or statement, as `search` prints it
    pub id: String,
    #[command(flatten)]
    pub place: PlaceOptions,
    /// Print it in this form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

/// Runs the command.
pub fn run(args: ShowArgs) -> anyhow::Result<Exit> {
    let searcher = own_file::open(&args.place.to_read()?, &args.place, None, Lexicon::built_in())?;
    let Some(record) = searcher.get(&args.id)? else {
        return Err(failure(format!("no article or statement `{}`", args.id), "ids are printed by `onrecord search`"));
    };
    let mut stdout = anstream::stdout().lock();
    if args.format == ReportFormat::Json {
        writeln!(stdout, "{}", json(&record)?)?;
        return Ok(Exit::Success);
    }
    match record {
        Record::Article(article) => {
            let statements = statements(&searcher, &article)?;
            print_article(&mut stdout, &article, &statements)?;
        }
        Record::Statement(statement) => {
            let article = match searcher.get(&statement.article)? {
                Some(Record::Article(article)) => Some(*article),
                _ => None,
            };
            print_statement(&mut stdout, &statement, searcher.appearances(&statement)?, article.as_ref())?;
        }
    }
    Ok(Exit::Success)
}

fn statements(searcher: &Searcher, article: &ArticleRow) -> anyhow::Result<Vec<StatementRow>> {
    let query = Query::Field { field: FieldName::Id, value: article.id.clone(), exact: true };
    let mut statements = Vec::new();
    searcher.for_each(&query, Unit::Statements, |record| -> anyhow::Result<()> {
        if let Record::Statement(row) = record {
            statements.push(*row);
        }
        Ok(())
    })?;
    statements.sort_by_key(|row| row.spans.content.first().map_or(0, |span| span[0]));
    Ok(statements)
}

fn print_article(out: &mut impl Write, article: &ArticleRow, statements: &[StatementRow]) -> anyhow::Result<()> {
    print_head(out, article)?;
    let spans: Vec<[usize; 2]> = statements.iter().flat_map(|row| row.spans.content.clone()).collect();
    let marks = byte_marks(&article.text, &spans);
    print_text(out, &article.text, &marks)?;
    for row in statements {
        writeln!(out, "\n{DIM}{}{DIM:#}  {}", shown(&row.id), shown(hits::heading(row)))?;
        write!(out, "{}", style::wrapped(&row.content, &[], 4, style::width()))?;
    }
    for warning in &article.warnings {
        writeln!(out, "\nwarning: {}", shown(warning))?;
    }
    Ok(())
}

fn print_statement(
    out: &mut impl Write,
    row: &StatementRow,
    (appearances, appearance_count): (Vec<Appearance>, u64),
    article: Option<&ArticleRow>,
) -> anyhow::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", shown(hits::heading(row)))?;
    for (name, value) in [
        ("speaker", &row.speaker),
        ("because", &row.because),
        ("cue", &row.cue),
        ("target", &row.target),
        ("cites", &row.cites.join("; ")),
        ("counts for", &row.counts_for.join(", ")),
        ("formerly", &row.formerly.join(", ")),
    ] {
        if !value.is_empty() {
            writeln!(out, "{name:<11} {}", shown(value))?;
        }
    }
    writeln!(out, "{:<11} {:.2}", "confidence", row.confidence)?;
    writeln!(out, "{:<11} {}", "place", shown(hits::whereabouts(row)))?;
    for (number, appearance) in appearances.iter().enumerate() {
        let name = if number == 0 { "also in" } else { "" };
        writeln!(out, "{name:<11} {}", shown(hits::appearance(appearance)))?;
    }
    let more = appearance_count - appearances.len() as u64;
    if more > 0 {
        writeln!(out, "{:<11} {more} more", "")?;
    }
    writeln!(out)?;
    let Some(article) = article else { return Ok(()) };
    print_head(out, article)?;
    print_text(out, &article.text, &byte_marks(&article.text, &row.spans.content))
}

fn print_head(out: &mut impl Write, article: &ArticleRow) -> anyhow::Result<()> {
    write!(out, "{}", style::wrapped(&article.title, &[(0, article.title.len())], 0, style::width()))?;
    let date = article.published.map_or("undated".to_string(), |date| date.to_string());
    let outlet = article.outlet.iter().chain(&article.authors).cloned();
    let parts: Vec<String> = std::iter::once(date).chain(outlet).chain([article.id.clone()]).collect();
    writeln!(out, "{}\n", shown(parts.join(" · ")))?;
    Ok(())
}

/// Prints the text, wrapped; marked places are bold on a terminal and stand between `[` and `]` elsewhere.
fn print_text(out: &mut impl Write, text: &str, marks: &[(usize, usize)]) -> anyhow::Result<()> {
    let mut marked = String::with_capacity(text.len());
    let mut at = 0;
    for &(start, end) in marks {
        marked.push_str(&text[at..start]);
        marked.push('[');
        marked.push_str(&text[start..end]);
        marked.push(']');
        at = end;
    }
    marked.push_str(&text[at..]);
    for paragraph in marked.lines() {
        if paragraph.trim().is_empty() {
            writeln!(out)?;
        } else {
            write!(out, "{}", style::wrapped(paragraph, &[], 0, style::width()))?;
        }
    }
    Ok(())
}

/// Returns byte ranges of spans in code points, in order, apart from each other.
fn byte_marks(text: &str, spans: &[[usize; 2]]) -> Vec<(usize, usize)> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut marks: Vec<(usize, usize)> = spans
        .iter()
        .filter_map(|[start, end]| Some((*bytes.get(*start)?, *bytes.get(*end)?)))
        .filter(|(start, end)| start < end)
        .collect();
    marks.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for (start, end) in marks {
        match apart.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => apart.push((start, end)),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_become_bytes() {
        assert_eq!(byte_marks("né🦀x", &[[1, 2], [2, 4], [3, 4], [9, 10], [1, 1]]), [(1, 3), (3, 8)]);
    }
}
