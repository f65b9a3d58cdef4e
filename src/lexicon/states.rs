//! States with the names that stand for them, and regions and cities that must not be read as states of their own.

use super::table::{Row, read_rows};
use super::{LexiconError, slug};

/// A state, or the European Union, which stands beside them.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// ISO 3166 alpha-2; `XK` for Kosovo, `EU`, and the withdrawn codes of states that are gone (`SU`, `YU`, `CS`, `DD`).
    pub alpha2: String,
    pub alpha3: String,
    /// Root of its paths: `mexico`.
    pub path: String,
    pub name: String,
    /// Whether running text puts "the" before the name.
    pub takes_article: bool,
    pub other_names: Vec<String>,
    pub adjectives: Vec<String>,
    /// Words for its people: `Mexicans`.
    pub people: Vec<String>,
    /// Its capital in its spellings, the usual one first.
    pub capitals: Vec<String>,
    /// Places and buildings that stand for its government: `Kremlin`.
    pub seats: Vec<String>,
    /// Which of these names mean something else as often; they need context.
    pub ambiguous: Vec<String>,
    /// The year in which a state of the past ended.
    pub ended: Option<u16>,
}

/// A part of a state that news text names: a US state, a province, a city; or a place that belongs to no state.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// `united-states/states/texas`, `china/cities/shanghai`; the bare slug where no state owns it.
    pub path: String,
    pub name: String,
    pub kind: RegionKind,
    /// Alpha-2 of the state it belongs to; `None` for a place that only must not be read as a state.
    pub country: Option<String>,
    pub aliases: Vec<String>,
    /// Adjectives and words for its people: `Texan`, `Texans`.
    pub adjectives: Vec<String>,
    /// Postal and newspaper abbreviations (`TX`, `Tex.`): no names in running text.
    pub codes: Vec<String>,
    /// Whether the name means something else as often.
    pub ambiguous: bool,
}

/// What sort of region it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionKind {
    /// A US state, its federal district or a territory.
    State,
    /// A province, land, constituent country or disputed territory.
    Region,
    City,
    /// A sea, a strait, a continent: nobody's.
    Place,
}

impl State {
    /// Returns the name as a sentence uses it after "of": `Mexico`, `the United States`.
    pub fn name_with_article(&self) -> String {
        if self.takes_article { format!("the {}", self.name) } else { self.name.clone() }
    }

    /// Tells whether this name of the state needs context to mean it.
    pub fn is_ambiguous(&self, name: &str) -> bool {
        self.ambiguous.iter().any(|ambiguous| ambiguous == name)
    }
}

impl RegionKind {
    /// Returns the middle part of the path.
    fn segment(self) -> &'static str {
        match self {
            RegionKind::State => "states",
            RegionKind::Region | RegionKind::Place => "regions",
            RegionKind::City => "cities",
        }
    }
}

pub(super) fn read_states(text: &str) -> Result<Vec<State>, LexiconError> {
    let columns = [
        "alpha2",
        "alpha3",
        "path",
        "name",
        "article",
        "other_names",
        "adjectives",
        "people",
        "capital",
        "seats",
        "ambiguous",
        "ended",
    ];
    let mut states = Vec::new();
    read_rows("states.csv", text, &columns, |row| {
        states.push(State {
            alpha2: row.parsed(0, |f| (f.len() == 2).then(|| f.to_string()), "two letters")?,
            alpha3: row.parsed(1, |f| (f.len() == 3).then(|| f.to_string()), "three letters")?,
            path: row.string(2),
            name: row.string(3),
            takes_article: row.parsed(4, read_article, "`the` or nothing")?,
            other_names: row.list(5),
            adjectives: row.list(6),
            people: row.list(7),
            capitals: row.list(8),
            seats: row.list(9),
            ambiguous: row.list(10),
            ended: read_year(&row)?,
        });
        Ok(())
    })?;
    Ok(states)
}

fn read_article(field: &str) -> Option<bool> {
    match field {
        "the" => Some(true),
        "" => Some(false),
        _ => None,
    }
}

fn read_year(row: &Row) -> Result<Option<u16>, LexiconError> {
    let Some(year) = row.optional(11) else { return Ok(None) };
    year.parse().map(Some).map_err(|_| row.fault(11, "a year or nothing"))
}

pub(super) fn read_regions(text: &str, states: &[State]) -> Result<Vec<Region>, LexiconError> {
    let columns = ["country", "kind", "name", "aliases", "adjectives", "codes", "ambiguous"];
    let mut regions = Vec::new();
    read_rows("regions.csv", text, &columns, |row| {
        let country = row.optional(0);
        let kind = row.parsed(1, read_kind, "state, region, city or place")?;
        let name = row.string(2);
        let path = match &country {
            None => slug(&name),
            Some(alpha2) => {
                let state = states.iter().find(|state| state.alpha2 == *alpha2);
                let state = state.ok_or_else(|| row.fault(0, "an alpha-2 code of states.csv"))?;
                format!("{}/{}/{}", state.path, kind.segment(), slug(&name))
            }
        };
        let ambiguous = row.parsed(6, |f| matches!(f, "" | "yes").then(|| f == "yes"), "`yes` or nothing")?;
        let (aliases, adjectives, codes) = (row.list(3), row.list(4), row.list(5));
        regions.push(Region { path, name, kind, country, aliases, adjectives, codes, ambiguous });
        Ok(())
    })?;
    regions.sort_by(|a: &Region, b: &Region| a.path.cmp(&b.path));
    Ok(regions)
}

fn read_kind(field: &str) -> Option<RegionKind> {
    match field {
        "state" => Some(RegionKind::State),
        "region" => Some(RegionKind::Region),
        "city" => Some(RegionKind::City),
        "place" => Some(RegionKind::Place),
        _ => None,
    }
}
