//! Measures warm searches: opens an index once and asks each question several times.
//!
//! ```text
//! cargo bench --bench search-index -- FOLDER/.onrecord QUESTION...
//! ```
//!
//! Prints for each question one line of JSON: hits, and the milliseconds of the quickest of some answers with ten hits,
//! without facets and with all usual ones. Without arguments there is nothing to ask.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use chrono::NaiveDate;
use onrecord::ask;
use onrecord::index::Searcher;
use onrecord::lexicon::Lexicon;
use onrecord::own_actors::OwnActors;
use onrecord::query::{self, Unit};
use onrecord::search::{FacetName, FacetRequest, SearchRequest, SearchResponse, Sort};

const REPEATS: usize = 5;

const FACETS: [FacetName; 7] = [
    FacetName::Actor,
    FacetName::Speaker,
    FacetName::Stance,
    FacetName::Quotation,
    FacetName::Outlet,
    FacetName::Cites,
    FacetName::Year,
];

fn main() -> Result<()> {
    // Cargo adds `--bench` to what it is given.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let Some((index, questions)) = arguments.split_first() else { return Ok(()) };
    let lexicon = Lexicon::built_in();
    let searcher = Searcher::open(Path::new(index))?;
    for question in questions {
        let (plain, response) = quickest(&searcher, &request(question, lexicon, &[]))?;
        let (facets, _) = quickest(&searcher, &request(question, lexicon, &FACETS))?;
        let milliseconds = |took: Duration| took.as_secs_f64() * 1e3;
        println!(
            "{}",
            serde_json::json!({
                "question": question,
                "total": response.total,
                "plain": milliseconds(plain),
                "facets": milliseconds(facets),
            })
        );
    }
    Ok(())
}

fn quickest(searcher: &Searcher, request: &SearchRequest) -> Result<(Duration, SearchResponse)> {
    let mut response = searcher.search(request)?;
    let mut least = response.took;
    for _ in 1..REPEATS {
        response = searcher.search(request)?;
        least = least.min(response.took);
    }
    Ok((least, response))
}

fn request(question: &str, lexicon: &Lexicon, facets: &[FacetName]) -> SearchRequest {
    let today = NaiveDate::from_ymd_opt(2026, 6, 1).expect("it is a day");
    let parsed = query::parse(question, today);
    SearchRequest {
        query: ask::resolve(parsed.query, lexicon, &OwnActors::default()).query,
        unit: parsed.unit.unwrap_or(Unit::Statements),
        selections: Vec::new(),
        facets: facets.iter().map(|&facet| FacetRequest { facet, limit: 8, below: None }).collect(),
        sort: Sort::Relevance,
        each_appearance: false,
        limit: 10,
        offset: 0,
    }
}
