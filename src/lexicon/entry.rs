//! What a name stands for: entries and their matches in a text.

use super::{Body, OutletEntry, Person, Region, State};

/// One thing that a name can mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry<'l> {
    State(&'l State, StateName),
    Region(&'l Region),
    Body(&'l Body),
    Person(&'l Person),
    Outlet(&'l OutletEntry),
}

/// Which kind of name leads to a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateName {
    /// `Mexico`, `U.S.`
    Name,
    /// `Mexican`
    Adjective,
    /// `Mexicans`
    People,
    /// `Mexico City`
    Capital,
    /// `Los Pinos`
    Seat,
}

/// A name in a text with all that it can mean.
#[derive(Debug, Clone, PartialEq)]
pub struct NameMatch<'l> {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    pub entries: Vec<Entry<'l>>,
}

impl<'l> Entry<'l> {
    /// Returns the path or id: `mexico`, `mexico/government`, `claudia-sheinbaum`, `new-york-times`.
    pub fn path(&self) -> &'l str {
        match self {
            Entry::State(state, _) => &state.path,
            Entry::Region(region) => &region.path,
            Entry::Body(body) => &body.path,
            Entry::Person(person) => &person.id,
            Entry::Outlet(outlet) => &outlet.id,
        }
    }
}
