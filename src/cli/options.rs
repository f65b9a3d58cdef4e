//! Options that several commands share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::failure::failure;
use crate::query::Unit;
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
    /// The best that is there
    Auto,
    /// Quick, for large folders
    Fast,
    /// Slower and better; not part of this version
    Accurate,
}

impl ReadOptions {
    /// Returns how many articles to read at a time.
    pub fn jobs(&self) -> usize {
        let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.jobs.map_or(processors, |jobs| jobs.get().min(4 * processors))
    }

    /// Refuses a model that is not there.
    pub fn check_model(&self) -> anyhow::Result<()> {
        if self.model == Model::Accurate {
            return Err(failure("the accurate model is not part of this version", "use `--model fast`"));
        }
        Ok(())
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

/// Facets, as typed.
pub const FACETS: &[(&str, FacetName)] = &[
    ("actor", FacetName::Actor),
    ("speaker", FacetName::Speaker),
    ("stance", FacetName::Stance),
    ("act", FacetName::Act),
    ("quotation", FacetName::Quotation),
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
    let limit = limit.parse().map_err(|_| format!("`{limit}` is not a number of values"))?;
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
    Ok((facet_name(name)?, value.to_string()))
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
