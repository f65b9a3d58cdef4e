//! Who acts and speaks: the canonical actor behind a name, and where the text mentions it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Span;
use super::name::{NameError, named};

/// What sort of actor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A named human being.
    Person,
    /// A state, or its executive as a whole.
    Government,
    /// A parliament or a chamber of it.
    Legislature,
    /// A ministry, agency, court, armed force or other public body.
    Agency,
    /// A political party.
    Party,
    /// A business.
    Company,
    /// A non-governmental body: NGO, think tank, university, union, association.
    Ngo,
    /// A body of several states.
    Intergovernmental,
    /// A newspaper, broadcaster or news agency.
    Media,
    /// People taken together: protesters, critics, farmers.
    Group,
    /// Somebody whom the text does not name: a source, two officials.
    Unnamed,
}

/// The actor behind a mention, with what it counts for on the article's date.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Stable key: the slug of the canonical name (`claudia-sheinbaum`), or a lexicon path (`mexico/government`).
    pub id: String,
    /// Canonical name as shown: `Claudia Sheinbaum`, `Government of Mexico`.
    pub name: String,
    pub kind: ActorKind,
    /// ISO 3166 alpha-2 codes of the states that it speaks for on that date.
    pub countries: Vec<String>,
    /// Other bodies that it visibly belongs to and speaks for, by name.
    pub affiliations: Vec<String>,
    /// Roll-up on that date: lexicon paths, each with all its ancestors.
    pub counts_for: Vec<String>,
    /// Roll-up of offices that it no longer holds on that date, with ancestors.
    pub formerly: Vec<String>,
    /// Role as the text or the lexicon gives it: `President of Mexico`, `security expert`.
    pub role: Option<String>,
    /// Why it counts for these, for people to read.
    pub because: String,
}

/// An actor with every place where the article names it.
#[derive(Debug, Clone, PartialEq)]
pub struct ActorMention {
    pub actor: Actor,
    pub mentions: Vec<Span>,
}

impl Actor {
    /// Tells whether a lexicon path is the actor's own, or that of the state whose government it is.
    pub fn is_named_by(&self, path: &str) -> bool {
        self.id.strip_prefix(path).is_some_and(|rest| matches!(rest, "" | "/government"))
    }
}

impl ActorKind {
    /// Every kind of actor, in order.
    pub const ALL: [ActorKind; 11] = [
        ActorKind::Person,
        ActorKind::Government,
        ActorKind::Legislature,
        ActorKind::Agency,
        ActorKind::Party,
        ActorKind::Company,
        ActorKind::Ngo,
        ActorKind::Intergovernmental,
        ActorKind::Media,
        ActorKind::Group,
        ActorKind::Unnamed,
    ];

    /// Their names in the record contract, in the same order.
    pub const NAMES: [&'static str; 11] = [
        "person",
        "government",
        "legislature",
        "agency",
        "party",
        "company",
        "ngo",
        "intergovernmental",
        "media",
        "group",
        "unnamed",
    ];

    /// Returns the name that the record contract gives it.
    pub const fn name(self) -> &'static str {
        ActorKind::NAMES[self as usize]
    }
}

impl FromStr for ActorKind {
    type Err = NameError;

    fn from_str(name: &str) -> Result<ActorKind, NameError> {
        named(name, "kind of actor", &ActorKind::NAMES, &ActorKind::ALL)
    }
}

#[cfg(test)]
mod tests {
    use super::super::name::check_names;
    use super::*;

    #[test]
    fn names_are_those_of_the_record_contract() {
        check_names(&ActorKind::ALL, ActorKind::name);
    }
}
