//! `onrecord search`: answers a question.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::answer::{Answer, Format};
use super::exit::Exit;
use super::facet_choice::{facet_value, in_words, usual_facets, with_labels};
use super::options::{self, QuestionOptions, ReadOptions};
use super::question::{Asked, Question};
use super::{nothing, report, update};
use crate::lexicon::Lexicon;
use crate::query::field_help;
use crate::search::{FacetName, FacetRequest, SearchRequest, Selection, Sort};

/// Answer a question: who said what, for or against
///
/// The question is plain words ("opposition statements by Mexico") or fields (`by:Mexico stance:oppose since:2025`);
/// docs/query-language.md has them all. The answer says first how the question was read. The exit status is 0 where
/// something was found, 1 where nothing was, 2 after an error.
#[derive(Debug, Args)]
#[command(
    mut_arg("query", |arg| arg.required(true).help("The question")),
    mut_arg("folder", |arg| arg.help("Search this folder, and bring its index up to date before")),
    after_long_help = format!("Fields, each with an example:\n{}", field_help())
)]
pub struct SearchArgs {
    #[command(flatten)]
    pub asked: QuestionOptions,
    /// Search the index of `--in` as it is
    #[arg(long)]
    pub no_update: bool,
    #[command(flatten)]
    pub read: ReadOptions,
    /// Print the answer in this form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Print so many hits
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Leave out so many hits before
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Show a statement that stands in several places once for each of them
    #[arg(long)]
    pub each_appearance: bool,
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
}

/// Orders of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortOption {
    /// The best matches and the surest first
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

/// Runs the command.
pub fn run(args: SearchArgs) -> anyhow::Result<Exit> {
    let lexicon = Lexicon::built_in();
    let asked = &args.asked;
    let place = match &asked.place.folder {
        Some(folder) if !args.no_update => {
            let (place, done) = update::before_search(folder, &asked.place.index, &args.read, lexicon)?;
            if done.has_changes() || done.has_failures() {
                write!(anstream::stderr(), "{}", report::in_words(&done))?;
            }
            place
        }
        _ => asked.place.to_read()?,
    };
    let Asked { mut question, searcher } = Asked::at(&place, asked, lexicon)?;
    let selections = selections(&args, lexicon);
    question.reading += &in_words(&selections, lexicon);
    let mut response = searcher.search(&request(&args, &question, selections.clone()))?;
    with_labels(&mut response.facets, lexicon);
    let others = match args.format {
        Format::Jsonl | Format::Csv => Vec::new(),
        _ => question.others(&searcher, lexicon)?,
    };
    let instead = match args.format {
        Format::Text | Format::Md if response.total == 0 => nothing::why(&question, &selections, &searcher)?,
        _ => Vec::new(),
    };
    let answer = Answer {
        question: &question,
        response: &response,
        others: &others,
        instead: &instead,
        each_appearance: args.each_appearance,
        offset: args.offset,
        explain: args.explain,
    };
    answer.print(args.format)?;
    Ok(if response.total > 0 { Exit::Success } else { Exit::Nothing })
}

/// Values of each facet below an answer.
const FACET_VALUES: usize = 8;

fn request(args: &SearchArgs, question: &Question, selections: Vec<Selection>) -> SearchRequest {
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
        selections,
        facets,
        sort: args.sort.into(),
        each_appearance: args.each_appearance,
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
