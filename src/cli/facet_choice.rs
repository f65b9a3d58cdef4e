//! Which facets are counted, and how their values are typed and shown.

use crate::lexicon::Lexicon;
use crate::query::Unit;
use crate::search::{FacetCounts, FacetName};

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

/// Returns an actor's path also where a name was typed: `actor=Mexico`.
pub fn facet_value(facet: FacetName, typed: &str, lexicon: &Lexicon) -> String {
    if facet != FacetName::Actor {
        return typed.to_string();
    }
    lexicon.lookup(typed).first().map_or_else(|| typed.to_string(), |entry| entry.path().to_string())
}
