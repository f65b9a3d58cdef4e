//! Reads a phrase that names an actor, without an article around it: which actor, and of which state.

use chrono::NaiveDate;

use super::cast::is_head;
use super::resolve::Resolver;
use super::{Cast, Counting};
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{Entry, Lexicon};
use crate::record::{Actor, ActorKind};

/// What a phrase that names an actor tells, without an article around it.
pub struct PhraseReading {
    pub actor: Actor,
    /// Alpha-3 codes of the states that it belongs to, whether or not it speaks for them; `EUR`, `UNO` and `IGO` for
    /// the European Union, the United Nations and other bodies of several states.
    pub codes: Vec<String>,
}

/// Reads a phrase that names an actor, with a few words of context, on a date.
pub fn resolve_phrase(
    phrase: &str,
    context: &str,
    counting_date: Option<NaiveDate>,
    lexicon: &Lexicon,
) -> PhraseReading {
    let joined = if context.is_empty() { phrase.to_string() } else { format!("{phrase}\n{context}") };
    let text = Annotated::new(&joined, lexicon);
    let counting = Counting { lexicon, date: counting_date, home: None };
    let cast = Cast::of(&text, counting);
    let resolver = Resolver::new(&text, &cast, counting);
    let whole = text.document.paragraphs.first().cloned().unwrap_or(0..0);
    if whole.is_empty() {
        return PhraseReading { actor: resolver.nobody("").actor, codes: Vec::new() };
    }
    let actor = resolver.resolve(&whole, whole.end).actor;
    let mut codes: Vec<String> = actor.countries.clone();
    if codes.is_empty() {
        codes = states_named(&text, &whole);
    }
    if codes.is_empty() {
        codes = past_states(&cast, &whole, counting);
    }
    if codes.is_empty() {
        let rest = whole.end..text.document.tokens.len();
        codes = states_named(&text, &rest);
    }
    codes.truncate(1);
    let codes = codes.into_iter().map(|c| if c.len() == 2 { lexicon.alpha3(&c) } else { c }).collect();
    PhraseReading { actor, codes }
}

/// The states that the names of a phrase belong to.
fn states_named(text: &Annotated, range: &TokenRange) -> Vec<String> {
    let mut codes = Vec::new();
    for name in text.names_within(range) {
        let code = match name.entries[0] {
            Entry::State(state, _) => Some(state.alpha2.clone()),
            Entry::Region(region) => region.country.clone(),
            Entry::Body(body) if body.kind == ActorKind::Intergovernmental => Some(union_code(&body.path).to_string()),
            Entry::Body(body) => {
                body.country.clone().or_else(|| text.lexicon.state_of_path(&body.path).map(|s| s.alpha2.clone()))
            }
            Entry::Outlet(outlet) => outlet.country.clone(),
            Entry::Person(_) => None,
        };
        codes.extend(code);
    }
    codes
}

fn union_code(path: &str) -> &'static str {
    match path.split('/').next() {
        Some("european-union") => "EUR",
        Some("united-nations") => "UNO",
        _ => "IGO",
    }
}

/// The state that a person of the phrase held office in before or after.
fn past_states(cast: &Cast, range: &TokenRange, counting: Counting) -> Vec<String> {
    let people = cast.mentions_within(range).filter_map(|m| cast.people[m.person].known);
    let paths = people.flat_map(|p| p.terms.iter().rev().map(|t| t.path.clone()));
    let mut paths: Vec<String> = paths.collect();
    paths.sort_by_key(|p| !is_head(p));
    paths.iter().filter_map(|p| counting.lexicon.state_of_path(p)).map(|s| s.alpha2.clone()).collect()
}
