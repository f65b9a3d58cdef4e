//! Reads plain phrasings, such as "opposition statements by Mexico", as queries.
//!
//! A phrasing counts only when it fits the whole question, but for clauses with fields at its end.

use chrono::NaiveDate;

use super::ast::{FieldName, Query, Unit};
use super::fields::field;
use super::normal::normal;
use super::parsed::{Alternative, Note, Parsed, View};
use super::slots::{Binding, Meaning, RANKS, accepts, bind};
use super::syntax::read_syntax;
use super::template::{Filled, Word, match_all, variants, words_of};
use super::templates::{Other, TEMPLATES, Template};
use super::token::clause_start;

/// Reads a question that fits a phrasing; `None` where it fits none.
pub fn read_phrasing(text: &str, today: NaiveDate) -> Option<Parsed> {
    let clauses_start = clauses_start(text);
    let head = text[..clauses_start].trim_end().trim_end_matches(['?', '.', '!']);
    let words = words_of(head)?;
    let (template, words, filled) = fitting(&words, today)?;
    let mut parsed = meaning(template, words, &filled, today)?;
    let others = read_syntax(head, today);
    if template.plain_words_too {
        let why = "as plain words".to_string();
        parsed.alternatives.push(Alternative { query: others.query, unit: others.unit, why });
    }
    if clauses_start < text.len() {
        add_clauses(&mut parsed, text, clauses_start, today);
    }
    Some(parsed)
}

/// Returns where clauses such as `source:Reuters` begin at the end of the question.
fn clauses_start(text: &str) -> usize {
    let is_clause = |word: &str| {
        let bare = word.strip_prefix('-').unwrap_or(word);
        clause_start(bare).is_some_and(|c| field(c.name).is_some())
    };
    let mut position = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if position > 0 && is_clause(word.trim_end()) {
            return position;
        }
        position += word.len();
    }
    text.len()
}

/// Finds the first template that fits, with polite words before the question passed over.
fn fitting<'w>(words: &'w [Word], today: NaiveDate) -> Option<(&'static Template, &'w [Word], Vec<Filled>)> {
    const POLITE: &[&str] =
        &["please", "show", "find", "list", "give", "get", "search", "for", "me", "all", "any", "the", "every"];
    let accepts = |slot: &str, filling: &[Word], next: Option<&Word>| accepts(slot, filling, next, today);
    let polite = words.iter().take_while(|w| POLITE.contains(&w.lower.as_str())).count();
    for start in (0..=polite).rev() {
        for template in TEMPLATES {
            for variant in variants(template.pattern) {
                if let Some(filled) = match_all(&variant, &words[start..], &accepts) {
                    return Some((template, &words[start..], filled));
                }
            }
        }
    }
    None
}

/// Makes the query of a template whose slots are filled.
fn meaning(template: &'static Template, words: &[Word], filled: &[Filled], today: NaiveDate) -> Option<Parsed> {
    let given = read_syntax(template.given, today);
    let mut bindings = Vec::new();
    for (slot, range) in filled {
        bindings.push(bind(slot, &words[range.clone()], today)?);
    }
    bindings.sort_by_key(|b| b.rank);
    let mut notes: Vec<Note> = bindings.iter().flat_map(|b| b.notes.clone()).collect();
    notes.extend(missing_view(template.view, words));
    notes.sort_by_key(|n| n.at.start);
    let reading = Reading { unit: given.unit, given: given.query, bindings };
    let query = reading.query(&|b| b.query.clone());
    let mut alternatives = reading.other_meanings();
    alternatives.extend(template.others.iter().flat_map(|other| reading.other(*other)));
    alternatives.retain(|a| a.query != query || a.unit != reading.unit);
    Some(Parsed { query, unit: reading.unit, notes, alternatives, view: Some(template.view) })
}

/// A template's clauses, from which the query and its other readings are made.
struct Reading {
    unit: Option<Unit>,
    given: Query,
    bindings: Vec<Binding>,
}

impl Reading {
    /// Joins the clauses; `of` gives each slot's clause.
    fn query(&self, of: &dyn Fn(&Binding) -> Query) -> Query {
        // Stance comes before what the template implies; two words of one rank are two values of one clause.
        let mut all = vec![Query::Or { of: Vec::new() }; RANKS];
        for binding in &self.bindings {
            if let Some(Query::Or { of: clause }) = all.get_mut(usize::from(binding.rank)) {
                clause.push(of(binding));
            }
        }
        all.insert(1, self.given.clone());
        all.retain(|clause| !matches!(clause, Query::Or { of } if of.is_empty()));
        normal(&Query::And { of: all })
    }

    /// Returns the readings with a word's other meaning: `act:condemn` for `stance:oppose`.
    fn other_meanings(&self) -> Vec<Alternative> {
        let mut others = Vec::new();
        for (place, binding) in self.bindings.iter().enumerate() {
            for Meaning { query, why } in &binding.others {
                let changed =
                    |b: &Binding| if std::ptr::eq(b, &self.bindings[place]) { query.clone() } else { b.query.clone() };
                others.push(Alternative { query: self.query(&changed), unit: self.unit, why: why.clone() });
            }
        }
        others
    }

    /// Returns the readings that the template leaves open.
    fn other(&self, other: Other) -> Vec<Alternative> {
        let moved = |from: FieldName, to: FieldName, unit, why: String| Alternative {
            query: self.query(&|b| refielded(&b.query, from, to)),
            unit,
            why,
        };
        let named = self.bindings.iter().find(|b| has_field(&b.query, FieldName::By)).map_or("", |b| b.words.as_str());
        match other {
            Other::AboutOrIn => vec![
                moved(FieldName::By, FieldName::About, self.unit, format!("about {named}, whoever speaks")),
                moved(FieldName::By, FieldName::Outlet, self.unit, format!("published in {named}")),
            ],
            Other::Cites => {
                vec![moved(FieldName::Source, FieldName::Cites, self.unit, "cited as a source".to_string())]
            }
            Other::Target => {
                vec![moved(FieldName::About, FieldName::Target, self.unit, "with this as the target".to_string())]
            }
            Other::Words => {
                vec![moved(
                    FieldName::Target,
                    FieldName::About,
                    self.unit,
                    "about this, whatever the target".to_string(),
                )]
            }
            Other::Compare => self.compared().into_iter().collect(),
        }
    }

    /// Reads "X against Y" as a comparison of the two.
    fn compared(&self) -> Option<Alternative> {
        let sides = |b: &&Binding| has_field(&b.query, FieldName::By) || has_field(&b.query, FieldName::Target);
        let of: Vec<Query> =
            self.bindings.iter().filter(sides).map(|b| refielded(&b.query, FieldName::Target, FieldName::By)).collect();
        let rest = self.bindings.iter().filter(|b| !sides(b) && b.rank > 0).map(|b| b.query.clone());
        let query = normal(&Query::And { of: [Query::Or { of }].into_iter().chain(rest).collect() });
        Some(Alternative { query, unit: self.unit, why: "a comparison of the two".to_string() })
    }
}

fn has_field(query: &Query, wanted: FieldName) -> bool {
    match query {
        Query::Field { field, .. } => *field == wanted,
        Query::Or { of } | Query::And { of } => of.iter().any(|q| has_field(q, wanted)),
        _ => false,
    }
}

/// Moves the clauses of one field to another.
fn refielded(query: &Query, from: FieldName, to: FieldName) -> Query {
    match query {
        Query::Field { field, value, exact } if *field == from => {
            Query::Field { field: to, value: value.clone(), exact: *exact }
        }
        Query::Or { of } => Query::Or { of: of.iter().map(|q| refielded(q, from, to)).collect() },
        Query::And { of } => Query::And { of: of.iter().map(|q| refielded(q, from, to)).collect() },
        Query::Not { of } => Query::Not { of: Box::new(refielded(of, from, to)) },
        _ => query.clone(),
    }
}

/// Says which view is not there yet.
fn missing_view(view: View, words: &[Word]) -> Option<Note> {
    let name = match view {
        View::List | View::Timeline | View::Actors => return None,
        View::Columns => "support and opposition side by side",
        View::Compare => "comparison of actors",
        View::Shifts => "changes of position over time",
    };
    let at = words.first()?.at.start..words.last()?.at.end;
    Some(Note { message: format!("the view \"{name}\" is not there yet; its statements are listed"), at })
}

/// Adds the clauses at the end of the question to every reading.
fn add_clauses(parsed: &mut Parsed, text: &str, start: usize, today: NaiveDate) {
    let clauses = read_syntax(&text[start..], today);
    let with = |query: &Query| normal(&Query::And { of: vec![query.clone(), clauses.query.clone()] });
    parsed.query = with(&parsed.query);
    parsed.unit = clauses.unit.or(parsed.unit);
    for alternative in &mut parsed.alternatives {
        alternative.query = with(&alternative.query);
        alternative.unit = clauses.unit.or(alternative.unit);
    }
    let moved = |note: Note| Note { at: note.at.start + start..note.at.end + start, ..note };
    parsed.notes.extend(clauses.notes.into_iter().map(moved));
}
