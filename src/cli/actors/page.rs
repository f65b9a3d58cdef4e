//! The page of one actor: what it counted for and when, its statements by stance and target, outlets, and who speaks beside it.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;

use super::speakers::{self, request, values};
use crate::cli::exit::Exit;
use crate::cli::options::ReportFormat;
use crate::cli::outside::{json, shown};
use crate::cli::style::{BOLD, DIM, counted};
use crate::index::Searcher;
use crate::lexicon::Lexicon;
use crate::query::{ActorPattern, FieldName, Query, Unit, canonical, reading};
use crate::record::{ActorKind, PartialDate, StatementRow};
use crate::search::{FacetName, Record, Sort};

/// One actor, or a state or body with all who count for it.
#[derive(Debug, Serialize)]
struct Page {
    name: String,
    /// The query for its statements.
    query: String,
    /// `None` for a state or body with all who count for it.
    kind: Option<ActorKind>,
    statements: u64,
    articles: u64,
    first: Option<PartialDate>,
    last: Option<PartialDate>,
    /// Paths with the time of the statements in which they hold.
    counts_for: Vec<Spell>,
    roles: Vec<Spell>,
    stances: Vec<StanceOfPage>,
    speakers: Vec<(String, u64)>,
    outlets: Vec<(String, u64)>,
    /// Who else speaks in the same articles, with how many articles these are.
    beside: Vec<(String, u64)>,
}

/// Something that is said of the actor, with when.
#[derive(Debug, Serialize)]
struct Spell {
    what: String,
    statements: u64,
    first: Option<PartialDate>,
    last: Option<PartialDate>,
}

/// A stance with what it is about.
#[derive(Debug, Serialize)]
struct StanceOfPage {
    stance: String,
    statements: u64,
    targets: Vec<(String, u64)>,
}

/// Roles, targets and the like that are shown of each kind.
const SHOWN: usize = 6;

/// Prints the page of the actor whose statements the query finds.
pub fn print(
    searcher: &Searcher,
    query: &Query,
    limit: usize,
    format: ReportFormat,
    lexicon: &Lexicon,
) -> anyhow::Result<Exit> {
    let page = page(searcher, query, limit, lexicon)?;
    let mut stdout = anstream::stdout().lock();
    match format {
        ReportFormat::Json => writeln!(stdout, "{}", json(&page)?)?,
        ReportFormat::Text => print_text(&mut stdout, &page)?,
    }
    Ok(Exit::Success)
}

fn page(searcher: &Searcher, query: &Query, limit: usize, lexicon: &Lexicon) -> anyhow::Result<Page> {
    let facets = vec![(FacetName::Stance, 3), (FacetName::Outlet, limit), (FacetName::Speaker, usize::MAX)];
    let newest = searcher.search(&request(query.clone(), facets, Sort::Newest, 1))?;
    let oldest = searcher.search(&request(query.clone(), Vec::new(), Sort::Oldest, 1))?;
    let stances = values(&newest, FacetName::Stance).into_iter().map(|(stance, statements)| {
        let targets = targets(searcher, query, &stance)?;
        Ok(StanceOfPage { stance, statements, targets })
    });
    let stances = stances.collect::<anyhow::Result<_>>()?;
    let outlets = values(&newest, FacetName::Outlet);
    let mut names = values(&newest, FacetName::Speaker);
    let is_one = matches!(query, Query::Actor { actor: ActorPattern::Is { .. }, .. });
    let (mut counts_for, mut roles) = (Spells::default(), Spells::default());
    if is_one {
        searcher.for_each(query, Unit::Statements, |record| -> anyhow::Result<()> {
            if let Record::Statement(row) = record {
                deepest(&row).for_each(|path| counts_for.add(&lexicon.label(path), &row));
                row.role.iter().for_each(|role| roles.add(role, &row));
            }
            Ok(())
        })?;
    }
    let mut beside = searcher.beside(query)?;
    beside.retain(|(name, _)| names.iter().all(|(own, _)| own != name));
    beside.truncate(limit);
    let latest = speakers::first(newest.hits.into_iter().map(|hit| hit.record));
    let earliest = speakers::first(oldest.hits.into_iter().map(|hit| hit.record));
    let name = latest.as_ref().filter(|_| is_one).map_or_else(|| reading(query), |row| row.actor.clone());
    names.truncate(if is_one { 0 } else { limit });
    Ok(Page {
        name,
        query: canonical(query, Some(Unit::Statements)),
        kind: latest.as_ref().filter(|_| is_one).map(|row| row.kind),
        statements: newest.total,
        articles: newest.articles,
        first: earliest.and_then(|row| row.published),
        last: latest.and_then(|row| row.published),
        counts_for: counts_for.sorted(),
        roles: roles.sorted(),
        stances,
        speakers: names,
        outlets,
        beside,
    })
}

fn targets(searcher: &Searcher, query: &Query, stance: &str) -> anyhow::Result<Vec<(String, u64)>> {
    let of_stance = Query::Field { field: FieldName::Stance, value: stance.to_string(), exact: true };
    let query = Query::And { of: vec![query.clone(), of_stance] };
    let found = searcher.search(&request(query, vec![(FacetName::Target, SHOWN)], Sort::Newest, 0))?;
    Ok(values(&found, FacetName::Target))
}

/// Returns the paths of a row that no other one lies below.
fn deepest(row: &StatementRow) -> impl Iterator<Item = &String> {
    let lies_below =
        |path: &String, other: &String| other.strip_prefix(path.as_str()).is_some_and(|r| r.starts_with('/'));
    row.counts_for.iter().filter(move |path| !row.counts_for.iter().any(|other| lies_below(path, other)))
}

/// What is said of an actor in several statements.
#[derive(Default)]
struct Spells(BTreeMap<String, Spell>);

impl Spells {
    fn add(&mut self, what: &str, row: &StatementRow) {
        let new = || Spell { what: what.to_string(), statements: 0, first: None, last: None };
        let spell = self.0.entry(what.to_string()).or_insert_with(new);
        spell.statements += 1;
        let Some(date) = row.published else { return };
        if spell.first.is_none_or(|first| date.earliest() < first.earliest()) {
            spell.first = Some(date);
        }
        if spell.last.is_none_or(|last| date.earliest() > last.earliest()) {
            spell.last = Some(date);
        }
    }

    /// Returns the commonest in the order of time.
    fn sorted(self) -> Vec<Spell> {
        let mut all: Vec<Spell> = self.0.into_values().collect();
        all.sort_by(|a, b| b.statements.cmp(&a.statements).then_with(|| a.what.cmp(&b.what)));
        all.truncate(SHOWN);
        all.sort_by_key(|spell| spell.first.map(|first| first.earliest()));
        all
    }
}

fn print_text(out: &mut impl Write, page: &Page) -> std::io::Result<()> {
    let kind = page.kind.map_or(String::new(), |kind| format!(" ({})", kind.name()));
    writeln!(out, "{BOLD}{}{BOLD:#}{kind}", shown(&page.name))?;
    let statements = counted(page.statements, "statement");
    writeln!(out, "{statements} in {}{}", counted(page.articles, "article"), time(page.first, page.last))?;
    print_spells(out, "counts for", &page.counts_for)?;
    print_spells(out, "called", &page.roles)?;
    for StanceOfPage { stance, statements, targets } in &page.stances {
        writeln!(out, "\n{BOLD}{stance}{BOLD:#} {statements}")?;
        print_counts(out, targets)?;
    }
    for (heading, counts) in
        [("speakers", &page.speakers), ("outlets", &page.outlets), ("speak in the same articles", &page.beside)]
    {
        if !counts.is_empty() {
            writeln!(out, "\n{BOLD}{heading}{BOLD:#}")?;
            print_counts(out, counts)?;
        }
    }
    writeln!(out, "\n{DIM}onrecord search '{}'{DIM:#}", shown(page.query.replace('\'', r"'\''")))
}

fn print_spells(out: &mut impl Write, heading: &str, spells: &[Spell]) -> std::io::Result<()> {
    if spells.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}{heading}{BOLD:#}")?;
    for Spell { what, statements, first, last } in spells {
        writeln!(out, "{statements:>8}  {}{}", shown(what), time(*first, *last))?;
    }
    Ok(())
}

fn print_counts(out: &mut impl Write, counts: &[(String, u64)]) -> std::io::Result<()> {
    for (value, count) in counts {
        writeln!(out, "{count:>8}  {}", shown(value))?;
    }
    Ok(())
}

/// Returns the time from the first to the last day, with a comma before it.
fn time(first: Option<PartialDate>, last: Option<PartialDate>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    }
}
