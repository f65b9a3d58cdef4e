//! Which facets are counted, and how their values are typed and shown.

use super::options::facet_word;
use crate::lexicon::Lexicon;
use crate::query::Unit;
use crate::search::{FacetCounts, FacetName, Selection};

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

/// Returns what was chosen beside the question, as it stands behind its reading.
pub fn in_words(selections: &[Selection], lexicon: &Lexicon) -> String {
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
                words += &format!(" · {sign}{}: {}", facet_word(facet), values.join(" or "));
            }
        }
    }
    words
}
