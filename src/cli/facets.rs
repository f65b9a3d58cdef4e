//! `onrecord facets`: how many statements or articles have which values.

use std::io::Write;

use clap::Args;

use super::exit::Exit;
use super::facet_choice::{usual_facets, with_labels};
use super::options::{self, QuestionOptions, ReportFormat};
use super::outside::{json, shown};
use super::question::{Asked, unit_word};
use super::style::{BOLD, DIM};
use crate::lexicon::Lexicon;
use crate::search::{FacetCounts, FacetName, FacetRequest, SearchRequest, Sort};

/// Count statements or articles by actor, stance, outlet, date and so on
#[derive(Debug, Args)]
pub struct FacetsArgs {
    #[command(flatten)]
    pub asked: QuestionOptions,
    /// Count by this: NAME, or NAME=N for N values; can be given several times
    #[arg(long = "facet", value_name = "NAME[=N]", value_parser = options::facet_and_limit)]
    pub facets: Vec<(FacetName, Option<usize>)>,
    /// Only actors right below this one, such as `mexico/government`
    #[arg(long, value_name = "ACTOR")]
    pub below: Option<String>,
    /// Print counts in this form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

/// Values shown of each facet unless asked otherwise.
const USUAL_LIMIT: usize = 20;

/// Runs the command.
pub fn run(args: FacetsArgs) -> anyhow::Result<Exit> {
    let lexicon = Lexicon::built_in();
    let Asked { question, searcher } = Asked::open(&args.asked, lexicon)?;
    let chosen = if args.facets.is_empty() {
        usual_facets(question.unit).into_iter().map(|facet| (facet, None)).collect()
    } else {
        args.facets
    };
    let facets = chosen.into_iter().map(|(facet, limit)| FacetRequest {
        facet,
        limit: limit.unwrap_or(USUAL_LIMIT),
        below: args.below.clone().filter(|_| facet == FacetName::Actor),
    });
    let request = SearchRequest {
        query: question.query.clone(),
        unit: question.unit,
        selections: Vec::new(),
        facets: facets.collect(),
        sort: Sort::Relevance,
        each_appearance: true,
        limit: 0,
        offset: 0,
    };
    let mut response = searcher.search(&request)?;
    if let Some(below) = &args.below
        && response.facets.iter().all(|counts| counts.facet != FacetName::Actor || counts.values.is_empty())
    {
        writeln!(
            anstream::stderr(),
            "note: no actor right below `{}`; actors are paths such as `mexico`",
            shown(below)
        )?;
    }
    with_labels(&mut response.facets, lexicon);
    let mut stdout = anstream::stdout().lock();
    match args.format {
        ReportFormat::Json => {
            let counts = serde_json::json!({
                "query": question.canonical, "reading": question.reading, "total": response.total,
                "articles": response.articles, "facets": response.facets,
            });
            writeln!(stdout, "{}", json(&counts)?)?;
        }
        ReportFormat::Text => {
            writeln!(stdout, "{BOLD}{}{BOLD:#}", shown(&question.reading))?;
            writeln!(stdout, "{} {}", response.total, unit_word(question.unit))?;
            for counts in &response.facets {
                print(&mut stdout, counts)?;
            }
        }
    }
    Ok(if response.total > 0 { Exit::Success } else { Exit::Nothing })
}

fn print(out: &mut impl Write, counts: &FacetCounts) -> std::io::Result<()> {
    writeln!(out, "\n{BOLD}{}{BOLD:#}", options::facet_word(counts.facet))?;
    for value in &counts.values {
        write!(out, "{:>8}  {}", value.count, shown(&value.label))?;
        if value.label != value.value {
            write!(out, "  {DIM}{}{DIM:#}", shown(&value.value))?;
        }
        writeln!(out)?;
    }
    if counts.other > 0 {
        writeln!(out, "{:>8}  other values", counts.other)?;
    }
    if counts.missing > 0 {
        writeln!(out, "{:>8}  none", counts.missing)?;
    }
    Ok(())
}
