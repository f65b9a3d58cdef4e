//! `onrecord search`: answers a question.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::args;
use super::exit::Exit;
use super::options::{self, IndexOption, ReadOptions, UnitOption};
use super::outside::shown;
use super::question::{OtherReading, Question, unit_word};
use super::rows::{RowFormat, RowWriter};
use super::style::{BOLD, DIM, counted};
use super::{hits, nothing, place, report, update};
use crate::index::Searcher;
use crate::lexicon::Lexicon;
use crate::query::Unit;
use crate::search::{Aside, FacetCounts, FacetName, FacetRequest, Hit, SearchRequest, SearchResponse, Selection, Sort};

/// Answer a question: who said what, for or against
///
/// The question is plain words ("opposition statements by Mexico") or fields (`by:Mexico stance:oppose since:2025`);
/// docs/query-language.md has them all. The answer says first how the question was read. The exit status is 0 where
/// something was found, 1 where nothing was, 2 after an error.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The question
    #[arg(required = true, value_parser = args::question_word)]
    pub query: Vec<String>,
    /// Search this folder, and bring its index up to date before
    #[arg(long = "in", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub index: IndexOption,
    /// Search the index of `--in` as it is
    #[arg(long)]
    pub no_update: bool,
    #[command(flatten)]
    pub read: ReadOptions,
    /// Print the answer in this form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Answer with these [default: as the question asks, else statements]
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<UnitOption>,
    /// Print so many hits
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Leave out so many hits before
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Put hits in this order
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub sort: SortOption,
    /// Count by this: NAME, or NAME=N for N values; can be given several times
    #[arg(long = "facet", value_name = "NAME[=N]", value_parser = options::facet_and_limit)]
    pub facets: Vec<(FacetName, Option<usize>)>,
    /// Count nothing
    #[arg(long, conflicts_with = "facets")]
    pub no_facets: bool,
    /// Keep only this value of a facet, such as `actor=mexico`; several of one facet are alternatives
    #[arg(long = "select", value_name = "NAME=VALUE", value_parser = options::facet_and_value)]
    pub selected: Vec<(FacetName, String)>,
    /// Leave out this value of a facet
    #[arg(long = "exclude", value_name = "NAME=VALUE", value_parser = options::facet_and_value)]
    pub excluded: Vec<(FacetName, String)>,
    /// Tell in full how the question was read
    #[arg(long)]
    pub explain: bool,
    /// Take this day for today in relative dates
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<NaiveDate>,
}

/// Forms of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One object with everything
    Json,
    /// A row of the record contract a line
    Jsonl,
    /// The same as a table
    Csv,
    /// Markdown
    Md,
}

/// Orders of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortOption {
    /// The best matches first, then the surest
    Relevance,
    /// The latest publication first; undated last
    Newest,
    /// The earliest publication first; undated last
    Oldest,
    /// The surest first
    Confidence,
}

impl From<SortOption> for Sort {
    fn from(sort: SortOption) -> Sort {
        match sort {
            SortOption::Relevance => Sort::Relevance,
            SortOption::Newest => Sort::Newest,
            SortOption::Oldest => Sort::Oldest,
            SortOption::Confidence => Sort::Confidence,
        }
    }
}

/// Everything that an answer holds, as `--format json` prints it.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    /// As typed.
    question: &'a str,
    /// Canonical text of the query as it was read.
    query: &'a str,
    /// The same for people.
    reading: &'a str,
    unit: &'static str,
    /// How each name was read.
    names: &'a [String],
    /// What was guessed or not understood.
    notes: Vec<&'a str>,
    alternatives: &'a [OtherReading],
    total: u64,
    articles: u64,
    offset: usize,
    hits: &'a [Hit],
    facets: &'a [FacetCounts],
    asides: &'a [Aside],
}

/// Runs the command.
pub fn run(args: SearchArgs) -> anyhow::Result<Exit> {
    let lexicon = Lexicon::built_in();
    let unit = args.unit.map(Into::into);
    let mut question = Question::read(&args.query.join(" "), unit, options::today(args.today), lexicon);
    question.reading += &selections_in_words(&selections(&args, lexicon), lexicon);
    let place = match &args.folder {
        Some(folder) if !args.no_update => {
            let (place, done) = update::before_search(folder, &args.index, &args.read, lexicon)?;
            if done.has_changes() || done.has_failures() {
                write!(anstream::stderr(), "{}", report::in_words(&done))?;
            }
            place
        }
        folder => place::to_read(folder.as_deref(), &args.index)?,
    };
    question.print_notes()?;
    let searcher = Searcher::open(&place)?;
    let mut response = searcher.search(&request(&args, &question, lexicon))?;
    with_labels(&mut response.facets, lexicon);
    let others = match args.format {
        Format::Jsonl | Format::Csv => Vec::new(),
        _ => question.others(&searcher, lexicon)?,
    };
    if response.total > 0 && args.offset as u64 >= response.total {
        let totals = totals(question.unit, &response);
        writeln!(anstream::stderr(), "note: there are {totals}; `--offset {}` is past the last", args.offset)?;
    }
    let instead = match args.format {
        Format::Text | Format::Md if response.total == 0 => {
            nothing::why(&question, &selections(&args, lexicon), &searcher)?
        }
        _ => Vec::new(),
    };
    print(&args, &question, &response, &others, &instead)?;
    Ok(if response.total > 0 { Exit::Success } else { Exit::Nothing })
}

/// Facets that are counted unless others are asked for.
pub fn usual_facets(unit: Unit) -> Vec<FacetName> {
    let shared = [FacetName::Outlet, FacetName::Cites, FacetName::Year];
    match unit {
        Unit::Statements => [FacetName::Actor, FacetName::Speaker, FacetName::Stance, FacetName::Quotation]
            .into_iter()
            .chain(shared)
            .collect(),
        Unit::Articles => [FacetName::Actor, FacetName::Stance].into_iter().chain(shared).collect(),
    }
}

/// Puts the lexicon's names in the place of paths.
pub fn with_labels(facets: &mut [FacetCounts], lexicon: &Lexicon) {
    for counts in facets.iter_mut().filter(|counts| counts.facet == FacetName::Actor) {
        for value in &mut counts.values {
            value.label = lexicon.label(&value.value);
        }
    }
}

/// Values of each facet below an answer.
const FACET_VALUES: usize = 8;

fn request(args: &SearchArgs, question: &Question, lexicon: &Lexicon) -> SearchRequest {
    let asked = match (args.no_facets, args.facets.is_empty()) {
        (true, _) => Vec::new(),
        (false, true) => usual_facets(question.unit).into_iter().map(|facet| (facet, None)).collect(),
        (false, false) => args.facets.clone(),
    };
    let facets = asked
        .into_iter()
        .map(|(facet, limit)| FacetRequest { facet, limit: limit.unwrap_or(FACET_VALUES), below: None })
        .collect();
    SearchRequest {
        query: question.query.clone(),
        unit: question.unit,
        selections: selections(args, lexicon),
        facets,
        sort: args.sort.into(),
        limit: args.limit,
        offset: args.offset,
    }
}

fn selections(args: &SearchArgs, lexicon: &Lexicon) -> Vec<Selection> {
    let mut selections: Vec<Selection> = Vec::new();
    let chosen = args.selected.iter().map(|value| (value, false));
    for ((facet, value), excluded) in chosen.chain(args.excluded.iter().map(|value| (value, true))) {
        let at = selections.iter().position(|selection| selection.facet == *facet).unwrap_or_else(|| {
            selections.push(Selection { facet: *facet, values: Vec::new(), excluded: Vec::new() });
            selections.len() - 1
        });
        let value = facet_value(*facet, value, lexicon);
        let list = if excluded { &mut selections[at].excluded } else { &mut selections[at].values };
        list.push(value);
    }
    selections
}

/// Returns what was chosen beside the question, as it stands behind its reading.
fn selections_in_words(selections: &[Selection], lexicon: &Lexicon) -> String {
    let label = |facet: FacetName, value: &String| match facet {
        FacetName::Actor => lexicon.label(value),
        _ => value.clone(),
    };
    let mut words = String::new();
    for selection in selections {
        let facet = selection.facet;
        for (values, sign) in [(&selection.values, ""), (&selection.excluded, "not ")] {
            let values: Vec<String> = values.iter().map(|value| label(facet, value)).collect();
            if !values.is_empty() {
                words += &format!(" · {sign}{}: {}", options::facet_word(facet), values.join(" or "));
            }
        }
    }
    words
}

/// Returns an actor's path also where a name was typed: `actor=Mexico`.
fn facet_value(facet: FacetName, typed: &str, lexicon: &Lexicon) -> String {
    if facet != FacetName::Actor {
        return typed.to_string();
    }
    lexicon.lookup(typed).first().map_or_else(|| typed.to_string(), |entry| entry.path().to_string())
}

fn print(
    args: &SearchArgs,
    question: &Question,
    response: &SearchResponse,
    others: &[OtherReading],
    instead: &[String],
) -> anyhow::Result<()> {
    let mut stdout = anstream::stdout().lock();
    match args.format {
        Format::Text => print_text(&mut stdout, args, question, response, others, instead)?,
        Format::Md => print_markdown(&mut stdout, args, question, response, instead)?,
        Format::Json => {
            let answer = Answer {
                question: &question.typed,
                query: &question.canonical,
                reading: &question.reading,
                unit: unit_word(question.unit),
                names: &question.names,
                notes: question.notes.iter().map(|note| note.message.as_str()).collect(),
                alternatives: others,
                total: response.total,
                articles: response.articles,
                offset: args.offset,
                hits: &response.hits,
                facets: &response.facets,
                asides: &response.asides,
            };
            writeln!(stdout, "{}", serde_json::to_string(&answer)?)?;
        }
        Format::Jsonl | Format::Csv => {
            let format = if args.format == Format::Csv { RowFormat::Csv } else { RowFormat::Jsonl };
            let mut rows = RowWriter::start(format, question.unit, stdout)?;
            for hit in &response.hits {
                rows.row(&hit.record)?;
            }
            rows.end()?;
        }
    }
    Ok(())
}

fn print_text(
    out: &mut impl Write,
    args: &SearchArgs,
    question: &Question,
    response: &SearchResponse,
    others: &[OtherReading],
    instead: &[String],
) -> std::io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", shown(&question.reading))?;
    if args.explain {
        writeln!(out, "query: {}", shown(&question.canonical))?;
        for name in &question.names {
            writeln!(out, "{}", shown(name))?;
        }
    }
    writeln!(out, "{}", totals(question.unit, response))?;
    for line in instead {
        writeln!(out, "{}", shown(line))?;
    }
    hits::print_text(out, &response.hits, args.offset + 1)?;
    let shown = (args.offset + response.hits.len()) as u64;
    if !response.hits.is_empty() && shown < response.total {
        writeln!(out, "\n{DIM}{} more: `--offset {shown}`{DIM:#}", response.total - shown)?;
    }
    if !response.facets.is_empty() && response.total > 0 {
        hits::print_facets(out, &response.facets, question.unit)?;
    }
    print_asides(out, response, others)
}

fn print_asides(out: &mut impl Write, response: &SearchResponse, others: &[OtherReading]) -> std::io::Result<()> {
    // A reading that finds nothing is no way on; machine-readable answers list it all the same.
    let others: Vec<&OtherReading> = others.iter().filter(|other| other.count > 0).collect();
    if !response.asides.is_empty() || !others.is_empty() {
        writeln!(out)?;
    }
    for aside in &response.asides {
        let query = aside.query.as_ref().map_or(String::new(), |query| format!(": search '{query}'"));
        writeln!(out, "{} more {}", aside.count, shown(format!("{}{query}", aside.what)))?;
    }
    for other in others {
        let way = format!("{}; search '{}'", other.why, other.query);
        writeln!(out, "other reading ({} found): {}", other.count, shown(way))?;
    }
    Ok(())
}

fn print_markdown(
    out: &mut impl Write,
    args: &SearchArgs,
    question: &Question,
    response: &SearchResponse,
    instead: &[String],
) -> std::io::Result<()> {
    writeln!(out, "# {}\n", shown(&question.typed))?;
    writeln!(out, "{}: {}", shown(&question.reading), totals(question.unit, response))?;
    for line in instead {
        writeln!(out, "\n{}", shown(line))?;
    }
    hits::print_markdown(out, &response.hits, args.offset + 1)?;
    for aside in &response.asides {
        writeln!(out, "\n{} more {}", aside.count, shown(&aside.what))?;
    }
    Ok(())
}

fn totals(unit: Unit, response: &SearchResponse) -> String {
    match unit {
        Unit::Statements => {
            format!("{} in {}", counted(response.total, "statement"), counted(response.articles, "article"))
        }
        Unit::Articles => counted(response.total, "article"),
    }
}
