//! Hits as text and as Markdown.

use std::io::Write;

use super::options::facet_word;
use super::outside::shown;
use super::style::{self, BOLD, DIM};
use crate::query::{ActorPattern, FieldName, Query, Unit};
use crate::record::{ActorKind, ArticleRow, StatementRow};
use crate::search::{Appearance, FacetCounts, Hit, Record, Snippet};

/// Prints numbered hits of a query.
pub fn print_text(out: &mut impl Write, hits: &[Hit], query: &Query, first: usize) -> std::io::Result<()> {
    let width = style::width();
    for (number, hit) in hits.iter().enumerate() {
        let number = first + number;
        match &hit.record {
            Record::Statement(row) => {
                writeln!(out, "\n{BOLD}{number:>3}.{BOLD:#} {}", shown(heading(row)))?;
                write!(out, "{}", style::wrapped(&hit.snippet.text, &hit.snippet.marks, 5, width))?;
                if let Some(why) = why_it_counts(row, query) {
                    write!(out, "{DIM}{}{DIM:#}", style::wrapped(&why, &[], 5, width))?;
                }
                writeln!(out, "     {DIM}{}{DIM:#}", shown(whereabouts(row)))?;
                print_appearances(out, hit, width)?;
            }
            Record::Article(row) => {
                writeln!(out, "\n{BOLD}{number:>3}.{BOLD:#} {}", shown(article_heading(row)))?;
                write!(out, "{}", style::wrapped(&row.title, &[(0, row.title.len())], 5, width))?;
                write!(out, "{}", style::wrapped(&hit.snippet.text, &hit.snippet.marks, 5, width))?;
                writeln!(out, "     {DIM}{}{DIM:#}", shown(&row.id))?;
            }
        }
    }
    Ok(())
}

/// Prints hits of a query as a Markdown list.
pub fn print_markdown(out: &mut impl Write, hits: &[Hit], query: &Query, first: usize) -> std::io::Result<()> {
    for (number, hit) in hits.iter().enumerate() {
        let number = first + number;
        let quote = marked_markdown(&hit.snippet);
        match &hit.record {
            Record::Statement(row) => {
                writeln!(
                    out,
                    "\n{number}. **{}**\n\n   > {quote}\n\n   `{}`",
                    escaped(&heading(row)),
                    shown(whereabouts(row))
                )?;
                if let Some(why) = why_it_counts(row, query) {
                    writeln!(out, "\n   {}", escaped(&why))?;
                }
                if !hit.appearances.is_empty() {
                    writeln!(out, "\n   {}", escaped(&elsewhere(hit)))?;
                }
            }
            Record::Article(row) => {
                let heading = escaped(&article_heading(row));
                writeln!(
                    out,
                    "\n{number}. **{}** ({heading})\n\n   > {quote}\n\n   `{}`",
                    escaped(&row.title),
                    shown(&row.id)
                )?;
            }
        }
    }
    Ok(())
}

/// Returns why the speaker counts for the state or body whose statements are asked for.
fn why_it_counts(row: &StatementRow, query: &Query) -> Option<String> {
    let name = match query {
        Query::Actor { field: FieldName::By | FieldName::Actor, actor: ActorPattern::CountsFor { path, name } }
            if row.counts_for.contains(path) && row.actor != *name =>
        {
            name
        }
        Query::And { of } | Query::Or { of } => return of.iter().find_map(|part| why_it_counts(row, part)),
        _ => return None,
    };
    Some(format!("counts for {name}: {}", row.because)).filter(|_| !row.because.is_empty())
}

/// Returns date, outlet, speaker, stance and quotation of a statement in one line.
pub fn heading(row: &StatementRow) -> String {
    let mut parts = vec![row.published.map_or("undated".to_string(), |date| date.to_string())];
    parts.extend(row.outlet.clone());
    parts.push(speaker(row));
    parts.push(format!("{}: {}", row.stance.name(), row.act.name()));
    parts.push(row.quotation.name().to_string());
    parts.join(" · ")
}

/// Returns the speaker with the role, or what stands in the text where nobody is named.
fn speaker(row: &StatementRow) -> String {
    if row.actor.is_empty() || row.kind == ActorKind::Unnamed {
        return if row.speaker.is_empty() { "nobody named".to_string() } else { row.speaker.clone() };
    }
    match &row.role {
        Some(role) => format!("{} ({role})", row.actor),
        None => row.actor.clone(),
    }
}

/// Returns the statement's id and its place in the text, in code points.
pub fn whereabouts(row: &StatementRow) -> String {
    let content = (row.spans.content.first(), row.spans.content.last());
    match content {
        (Some(first), Some(last)) => format!("{} at {}-{}", row.id, first[0], last[1]),
        _ => format!("{} in the title", row.id),
    }
}

/// Prints where else a statement stands.
fn print_appearances(out: &mut impl Write, hit: &Hit, width: usize) -> std::io::Result<()> {
    if hit.appearances.is_empty() {
        return Ok(());
    }
    write!(out, "{}", style::wrapped(&shown(elsewhere(hit)).to_string(), &[], 5, width))
}

/// Returns the first appearances in one line, and how many more there are.
fn elsewhere(hit: &Hit) -> String {
    const NAMED: usize = 3;
    let mut named: Vec<String> = hit.appearances.iter().take(NAMED).map(appearance).collect();
    let more = hit.appearance_count - named.len() as u64;
    if more > 0 {
        named.push(format!("{more} more"));
    }
    format!("also in {}", named.join("; "))
}

/// Returns date, outlet and id of an appearance in one line.
pub fn appearance(appearance: &Appearance) -> String {
    let date = appearance.published.map_or("undated".to_string(), |date| date.to_string());
    let parts = [Some(date), appearance.outlet.clone(), Some(appearance.id.clone())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn article_heading(row: &ArticleRow) -> String {
    let date = row.published.map_or("undated".to_string(), |date| date.to_string());
    let parts: Vec<String> = std::iter::once(date).chain(row.outlet.clone()).chain(row.authors.clone()).collect();
    parts.join(" · ")
}

/// Prints facets, one line each.
pub fn print_facets(out: &mut impl Write, facets: &[FacetCounts], unit: Unit) -> std::io::Result<()> {
    let width = style::width();
    writeln!(out)?;
    for counts in facets.iter().filter(|counts| !counts.values.is_empty()) {
        let mut values: Vec<String> = counts
            .values
            .iter()
            .map(|v| format!("{}{} {}", if v.selected { "✓ " } else { "" }, v.label, v.count))
            .collect();
        if counts.other > 0 {
            values.push(format!("others {}", counts.other));
        }
        if counts.missing > 0 {
            values.push(format!("none {}", counts.missing));
        }
        let text = style::wrapped(&values.join(" · "), &[], 11, width);
        write!(out, "{BOLD}{:<11}{BOLD:#}{}", facet_word(counts.facet), text.trim_start())?;
    }
    if facets.iter().all(|counts| counts.values.is_empty()) {
        writeln!(out, "{DIM}no facet has values among these {}{DIM:#}", super::question::unit_word(unit))?;
    }
    Ok(())
}

fn marked_markdown(snippet: &Snippet) -> String {
    let mut text = String::new();
    let mut at = 0;
    for &(start, end) in &snippet.marks {
        text += &escaped(&snippet.text[at..start]);
        text += &format!("**{}**", escaped(&snippet.text[start..end]));
        at = end;
    }
    text += &escaped(&snippet.text[at..]);
    text
}

/// Puts a backslash before what Markdown would take for markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in shown(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_marks_and_escapes() {
        let snippet = Snippet { text: "a *b* tariff".into(), marks: vec![(6, 12)] };
        assert_eq!(marked_markdown(&snippet), r"a \*b\* **tariff**");
    }
}
