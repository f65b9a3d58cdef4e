//! Options that several commands share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::args;
use crate::query::Unit;
use crate::record::{Act, ModelSize, NameError, PartialDate, Precision, Quotation, Stance};
use crate::search::FacetName;

/// Where the index is.
#[derive(Debug, Clone, Args)]
pub struct IndexOption {
    /// Keep the index in this folder
    ///
    /// Without it, the index of a folder is `FOLDER/.onrecord`, and one is found by walking up from the current folder.
    #[arg(long = "index", value_name = "DIR", env = "ONRECORD_INDEX")]
    pub dir: Option<PathBuf>,
}

/// Which index to read.
#[derive(Debug, Args)]
pub struct PlaceOptions {
    /// The folder [default: the current one, or the nearest above it that has an index]
    #[arg(long = "in", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub index: IndexOption,
    /// Know actors from this file [default: `actors.toml` of the folder, where there is one]
    #[arg(long = "actors", value_name = "FILE")]
    pub actors: Option<PathBuf>,
}

/// A question to an index, as typed.
#[derive(Debug, Args)]
pub struct QuestionOptions {
    /// Only what this finds
    #[arg(value_parser = args::question_word)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub place: PlaceOptions,
    /// Answer with these [default: as the question asks, else statements]
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<UnitOption>,
    /// Take this day for today in relative dates
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<NaiveDate>,
}

/// How articles are read.
#[derive(Debug, Clone, Args)]
pub struct ReadOptions {
    /// Read this many articles at a time, 1 to 1024, and no more than four for each processor [default: one for each]
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Find statements with this model
    #[arg(long, value_name = "MODEL", default_value = "auto")]
    pub model: Model,
}

/// The models that find statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Model {
    /// The accurate one where reading takes under 3 minutes on this machine, else the fast one, with a note; fast where no
    /// statements are asked for
    Auto,
    /// Quick, for large folders; a file that the accurate one read stays as it is until it changes
    Fast,
    /// Slower and better; what the fast one read into an index is read again
    Accurate,
}

impl ReadOptions {
    /// Returns how many articles to read at a time.
    pub fn jobs(&self) -> usize {
        let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.jobs.map_or(processors, |jobs| jobs.get().min(4 * processors))
    }

    /// Returns the model that is to read again what a lesser one read.
    pub fn again_with(&self) -> Option<ModelSize> {
        (self.model == Model::Accurate).then_some(ModelSize::Accurate)
    }
}

/// What an answer is made of, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UnitOption {
    /// Who said what
    Statements,
    /// Whole articles
    Articles,
}

impl From<UnitOption> for Unit {
    fn from(unit: UnitOption) -> Unit {
        match unit {
            UnitOption::Statements => Unit::Statements,
            UnitOption::Articles => Unit::Articles,
        }
    }
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Text,
    Json,
}

/// Facets, as typed.
pub const FACETS: &[(&str, FacetName)] = &[
    ("actor", FacetName::Actor),
    ("speaker", FacetName::Speaker),
    ("stance", FacetName::Stance),
    ("act", FacetName::Act),
    ("quotation", FacetName::Quotation),
    ("target", FacetName::Target),
    ("outlet", FacetName::Outlet),
    ("cites", FacetName::Cites),
    ("year", FacetName::Year),
    ("month", FacetName::Month),
    ("language", FacetName::Language),
];

/// Reads a facet's name.
pub fn facet_name(typed: &str) -> Result<FacetName, String> {
    let found = FACETS.iter().find(|(name, _)| name.eq_ignore_ascii_case(typed));
    found.map(|(_, facet)| *facet).ok_or_else(|| {
        let names: Vec<&str> = FACETS.iter().map(|(name, _)| *name).collect();
        format!("no facet `{typed}`; there are {}", names.join(", "))
    })
}

/// Returns a facet's name as typed.
pub fn facet_word(facet: FacetName) -> &'static str {
    FACETS.iter().find(|(_, of)| *of == facet).map_or("", |(name, _)| name)
}

/// Reads `NAME` or `NAME=N`.
pub fn facet_and_limit(typed: &str) -> Result<(FacetName, Option<usize>), String> {
    let Some((name, limit)) = typed.split_once('=') else { return Ok((facet_name(typed)?, None)) };
    let limit = limit.parse().map_err(|_| format!("`{limit}` is not a number of values; write it as `{name}=5`"))?;
    if limit == 0 {
        return Err("no values are no facet; ask for 1 or more".to_string());
    }
    Ok((facet_name(name)?, Some(limit)))
}

/// Reads `NAME=VALUE`.
pub fn facet_and_value(typed: &str) -> Result<(FacetName, String), String> {
    let Some((name, value)) = typed.split_once('=') else {
        return Err(format!("`{typed}` has no value; write it as `actor=mexico`"));
    };
    let facet = facet_name(name)?;
    let is_as_precise = |precision| value.parse::<PartialDate>().is_ok_and(|date| date.precision() == precision);
    match facet {
        FacetName::Year if !is_as_precise(Precision::Year) => Err(format!("`{value}` is no year (as 2018)")),
        FacetName::Month if !is_as_precise(Precision::Month) => Err(format!("`{value}` is no month (as 2018-05)")),
        FacetName::Stance => Ok((facet, known(value.parse::<Stance>())?.name().to_string())),
        FacetName::Act => Ok((facet, known(value.parse::<Act>())?.name().to_string())),
        FacetName::Quotation => Ok((facet, known(value.parse::<Quotation>())?.name().to_string())),
        _ => Ok((facet, value.to_string())),
    }
}

fn known<T>(named: Result<T, NameError>) -> Result<T, String> {
    named.map_err(|error| error.to_string())
}

/// Reads a number of jobs.
pub fn jobs(typed: &str) -> Result<NonZeroUsize, String> {
    let number = typed.parse::<NonZeroUsize>().ok().filter(|jobs| jobs.get() <= 1024);
    number.ok_or_else(|| format!("`{typed}` is not a number from 1 to 1024"))
}

/// Reads a day.
pub fn day(typed: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(typed, "%Y-%m-%d").map_err(|_| format!("`{typed}` is not a day such as 2026-03-05"))
}

/// Returns the day that relative dates start from.
pub fn today(typed: Option<NaiveDate>) -> NaiveDate {
    typed.unwrap_or_else(|| chrono::Local::now().date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_a_facet_cannot_have_is_refused() {
        let read = |typed: &str| facet_and_value(typed).map(|(facet, value)| format!("{facet:?} {value}"));
        assert_eq!(read("year=2018"), Ok("Year 2018".to_string()));
        assert_eq!(read("year=abc"), Err("`abc` is no year (as 2018)".to_string()));
        assert_eq!(read("month=2018"), Err("`2018` is no month (as 2018-05)".to_string()));
        assert_eq!(read("stance=purple"), Err("`purple` is no stance (known: oppose, support, neutral)".to_string()));
        assert_eq!(read("actor=Mexico"), Ok("Actor Mexico".to_string()));
        assert_eq!(read("actor"), Err("`actor` has no value; write it as `actor=mexico`".to_string()));
    }
}
