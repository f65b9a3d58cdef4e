//! Reads plain phrasings, such as "opposition statements by Mexico", as queries.
//!
//! A phrasing counts only when it fits the whole question, but for clauses with fields at its end.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::ast::{FieldName, Query, Unit};
use super::fields::{edit_distance, field};
use super::normal::normal;
use super::parsed::{Alternative, Note, ParsedQuestion, View};
use super::slots::{Meaning, RANKS, SlotBinding, accepts, bind};
use super::syntax::read_syntax;
use super::template::{Filled, Variant, Word, match_all, variants, words_of};
use super::templates::{Other, TEMPLATES, Template};
use super::token::clause_start;
use super::word_lists::lone_nouns;

/// Reads a question that fits a phrasing; `None` where it fits none.
pub fn read_phrasing(text: &str, today: NaiveDate) -> Option<ParsedQuestion> {
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

/// Returns the word of a phrasing that a word is a slip of the pen from: `statments`.
pub fn near_phrasing(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    if !(6..=20).contains(&letters) {
        return None;
    }
    let allowed = if letters < 9 { 1 } else { 2 };
    let in_patterns = TEMPLATES.iter().flat_map(|t| t.pattern.split(|c: char| !c.is_ascii_alphabetic()));
    let known = lone_nouns().chain(in_patterns).filter(|known| known.len() > 5);
    let near = known.map(|known| (edit_distance(&word, known), known));
    let (distance, near) = near.min()?;
    // A word in another of its forms is no slip.
    let form = near.starts_with(&*word) || word.starts_with(near);
    (distance <= allowed && !form).then_some(near)
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
fn fitting(words: &[Word], today: NaiveDate) -> Option<(&'static Template, &[Word], Vec<Filled>)> {
    const POLITE: &[&str] =
        &["please", "show", "find", "list", "give", "get", "search", "for", "me", "all", "any", "the", "every"];
    let accepts = |slot: &str, filling: &[Word], next: Option<&Word>| accepts(slot, filling, next, today);
    let polite = words.iter().take_while(|w| POLITE.contains(&w.lower.as_str())).count();
    for start in (0..=polite).rev() {
        for (template, variants) in VARIANTS.iter() {
            for variant in variants {
                if let Some(filled) = match_all(variant, &words[start..], &accepts) {
                    return Some((template, &words[start..], filled));
                }
            }
        }
    }
    None
}

/// The templates with all ways to read them.
static VARIANTS: LazyLock<Vec<(&Template, Vec<Variant>)>> =
    LazyLock::new(|| TEMPLATES.iter().map(|template| (template, variants(template.pattern))).collect());

/// Makes the query of a template whose slots are filled.
fn meaning(template: &'static Template, words: &[Word], filled: &[Filled], today: NaiveDate) -> Option<ParsedQuestion> {
    let given = read_syntax(template.given, today);
    let mut bindings = Vec::new();
    for (slot, range) in filled {
        bindings.push(bind(slot, &words[range.clone()], today)?);
    }
    bindings.sort_by_key(|b| b.rank);
    let mut notes: Vec<Note> = bindings.iter().flat_map(|b| b.notes.clone()).collect();
    notes.extend(missing_view(template.view, words));
    notes.sort_by_key(|n| n.at.start);
    let reading = TemplateReading { unit: given.unit, given: given.query, bindings };
    let query = reading.query(&|b| b.query.clone());
    let mut alternatives = reading.other_meanings();
    alternatives.extend(template.others.iter().flat_map(|other| reading.other(*other)));
    alternatives.retain(|a| a.query != query || a.unit != reading.unit);
    Some(ParsedQuestion { query, unit: reading.unit, notes, alternatives, view: Some(template.view) })
}

/// A template's clauses, from which the query and its other readings are made.
struct TemplateReading {
    unit: Option<Unit>,
    given: Query,
    bindings: Vec<SlotBinding>,
}

impl TemplateReading {
    /// Joins the clauses; `of` gives each slot's clause.
    fn query(&self, of: &dyn Fn(&SlotBinding) -> Query) -> Query {
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
                let changed = |b: &SlotBinding| {
                    if std::ptr::eq(b, &self.bindings[place]) { query.clone() } else { b.query.clone() }
                };
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
        let sides = |b: &&SlotBinding| has_field(&b.query, FieldName::By) || has_field(&b.query, FieldName::Target);
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
fn add_clauses(parsed: &mut ParsedQuestion, text: &str, start: usize, today: NaiveDate) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::display::{display, display_unit};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar")
    }

    fn canonical(query: &Query, unit: Option<Unit>) -> String {
        format!("{} {}", unit.map_or("", display_unit), display(query)).trim_start().to_string()
    }

    fn check(typed: &str, expected: &str, view: View) {
        let parsed = read_phrasing(typed, today()).unwrap_or_else(|| panic!("{typed} fits no phrasing"));
        let wanted = read_syntax(expected, today());
        assert_eq!(canonical(&parsed.query, parsed.unit), canonical(&wanted.query, wanted.unit), "{typed}");
        assert_eq!(parsed.view, Some(view), "{typed}");
    }

    fn others(typed: &str) -> Vec<String> {
        let parsed = read_phrasing(typed, today()).unwrap_or_else(|| panic!("{typed} fits no phrasing"));
        parsed.alternatives.iter().map(|a| canonical(&a.query, a.unit)).collect()
    }

    #[test]
    fn knows_slips_of_the_pen() {
        for (word, expected) in [
            ("statments", Some("statements")),
            ("Oposition", Some("opposition")),
            ("critisism", Some("criticism")),
            ("statement", None),
            ("statements", None),
            ("tariffs", None),
            ("steel", None),
        ] {
            assert_eq!(near_phrasing(word), expected, "{word}");
        }
    }

    #[test]
    fn reads_the_phrasings_of_the_design() {
        for (typed, expected, view) in [
            ("opposition statements by Mexico", "unit:statements stance:oppose by:Mexico", View::List),
            (
                "what did Sheinbaum say about sovereignty since September",
                "unit:statements by:Sheinbaum about:sovereignty since:2026-09-01",
                View::List,
            ),
            (
                "Reuters coverage of tariffs 2024..2025",
                "unit:articles source:Reuters text:tariffs date:2024..2025",
                View::Timeline,
            ),
            ("who opposed the strikes", "unit:statements stance:oppose target:strikes", View::Actors),
            (
                "who supports and who opposes the reform",
                "unit:statements stance:(support,oppose) target:reform",
                View::Columns,
            ),
            ("Mexico against the US on tariffs", "stance:oppose by:Mexico target:US about:tariffs", View::List),
            (
                "compare Mexico and Canada on tariffs in 2025",
                "by:(Mexico,Canada) about:tariffs date:2025",
                View::Compare,
            ),
            ("when did Mexico change its position on tariffs", "by:Mexico about:tariffs", View::Shifts),
            (
                "anonymous officials quoted by the New York Times last month",
                "is:anonymous source:\"New York Times\" last:month",
                View::List,
            ),
            (
                "direct quotes only, not Reuters, before the vote on 5 March",
                "type:direct -source:Reuters before:2026-03-05",
                View::List,
            ),
            ("articles that mention Mexico but never quote it", "unit:articles mentions:Mexico -by:Mexico", View::List),
        ] {
            check(typed, expected, view);
        }
    }

    #[test]
    fn reads_statements_of_actors() {
        for (typed, expected) in [
            ("Opposition statements by Mexico?", "stance:oppose by:Mexico"),
            ("show me all opposition statements by the Mexican government", "stance:oppose by:\"Mexican government\""),
            ("opposition by Mexico", "stance:oppose by:Mexico"),
            ("opposition by Mexico to the tariffs", "stance:oppose by:Mexico target:tariffs"),
            (
                "opposition by Mexico to the US on tariffs since 2024",
                "stance:oppose by:Mexico target:US about:tariffs since:2024",
            ),
            ("opposition from Mexico and Canada to the tariffs", "stance:oppose by:(Mexico,Canada) target:tariffs"),
            ("opposition by Mexico, Canada or Chile", "stance:oppose by:(Mexico,Canada,Chile)"),
            ("opposition by Trinidad and Tobago", "stance:oppose by:\"Trinidad and Tobago\""),
            (
                "opposition by the Department of Health and Human Services in 2025",
                "stance:oppose by:\"Department of Health and Human Services\" date:2025",
            ),
            ("opposition to the tariffs by Mexico", "stance:oppose by:Mexico target:tariffs"),
            ("opposition to tariffs", "stance:oppose target:tariffs"),
            ("support from Germany for Ukraine in 2024", "stance:support by:Germany target:Ukraine date:2024"),
            (
                "support for the ceasefire by the European Union",
                "stance:support by:\"European Union\" target:ceasefire",
            ),
            ("criticism by the Bank of England of the budget", "stance:oppose by:\"Bank of England\" target:budget"),
            ("Sheinbaum’s criticism of the United States", "stance:oppose by:Sheinbaum target:\"United States\""),
            ("the United States' opposition to the court", "stance:oppose by:\"United States\" target:court"),
            ("US opposition to the deal", "stance:oppose by:US target:deal"),
            ("condemnation by France of the attack", "act:condemn by:France target:attack"),
            ("warnings by China about Taiwan", "act:warn by:China about:Taiwan"),
            ("critical remarks by Petro about the visit", "stance:oppose by:Petro about:visit"),
            ("supportive comments from Brazil on BRICS", "stance:support by:Brazil about:BRICS"),
            ("statements by Mexico", "by:Mexico"),
            ("statements by Mexico on tariffs", "by:Mexico about:tariffs"),
            ("statements by Mexico on 5 March 2025", "by:Mexico date:2025-03-05"),
            ("statements by Mexico between May and July 2024", "by:Mexico date:2024-05..2024-07"),
            ("statements by Mexico from 2019 to 2021", "by:Mexico date:2019..2021"),
            ("statements by Mexico in the last 3 months", "by:Mexico last:3m"),
            ("statements by May on Brexit", "by:May about:Brexit"),
            ("statements by Mexico against the tariffs", "stance:oppose by:Mexico target:tariffs"),
            ("statements by Mexico in favour of free trade", "stance:support by:Mexico target:\"free trade\""),
            ("Mexico's statements on migration", "by:Mexico about:migration"),
            (
                "statements supporting the border wall by Republicans",
                "stance:support by:Republicans target:\"border wall\"",
            ),
            ("statements critical of the reform", "stance:oppose target:reform"),
            ("statements about health and safety", "about:\"health and safety\""),
            ("statements on tariffs or quotas", "about:(tariffs,quotas)"),
            ("negative statements about migration", "stance:oppose about:migration"),
            ("quotes from Sheinbaum on sovereignty", "is:quoted by:Sheinbaum about:sovereignty"),
            (
                "quotes by \"Jens Stoltenberg\" about NATO since 2022",
                "is:quoted by:\"Jens Stoltenberg\" about:NATO since:2022",
            ),
            ("reactions to the tariffs", "about:tariffs"),
            ("reactions to the verdict by Turkey", "about:verdict by:Turkey"),
            ("reaction by Iran to the sanctions", "about:sanctions by:Iran"),
            ("what did the White House say about NATO", "by:\"White House\" about:NATO"),
            ("what has Canada said about tariffs this year", "by:Canada about:tariffs date:2026"),
            ("what does Lula think about the Amazon", "by:Lula about:Amazon"),
            ("what Merkel said about refugees between 2015 and 2017", "by:Merkel about:refugees date:2015..2017"),
            ("what did Mexico say?", "by:Mexico"),
            ("what is Mexico's position on tariffs?", "by:Mexico about:tariffs"),
            ("how did Mexico react to the tariffs", "by:Mexico about:tariffs"),
            ("what has been said about NATO in 2024", "about:NATO date:2024"),
            ("did Mexico oppose the tariffs?", "stance:oppose by:Mexico target:tariffs"),
            ("is Mexico against the tariffs?", "stance:oppose by:Mexico target:tariffs"),
            ("statements of opposition by Mexico to the wall", "stance:oppose by:Mexico target:wall"),
            ("Mexico opposition statements", "stance:oppose by:Mexico"),
            ("Mexico's opposition", "stance:oppose by:Mexico"),
            ("the position of Mexico on tariffs", "by:Mexico about:tariffs"),
            (
                "opposition statements by Mexico source:Reuters -lang:es",
                "stance:oppose by:Mexico source:Reuters -lang:es",
            ),
        ] {
            let expected = ordered(&format!("unit:statements {expected}"));
            let parsed = read_phrasing(typed, today()).unwrap_or_else(|| panic!("{typed} fits no phrasing"));
            assert_eq!(ordered(&canonical(&parsed.query, parsed.unit)), expected, "{typed}");
        }
    }

    /// Clauses in the order of the alphabet.
    fn ordered(text: &str) -> Vec<String> {
        let parsed = read_syntax(text, today());
        let of = match parsed.query {
            Query::And { of } => of,
            query => vec![query],
        };
        let mut clauses: Vec<String> = of.iter().map(|q| canonical(q, parsed.unit)).collect();
        clauses.sort();
        clauses
    }

    #[test]
    fn reads_questions_for_actors_articles_and_comparisons() {
        for (typed, expected, view) in [
            ("who supported the ceasefire?", "unit:statements stance:support target:ceasefire", View::Actors),
            (
                "who criticised the reform in March 2025",
                "unit:statements stance:oppose target:reform date:2025-03",
                View::Actors,
            ),
            ("who is for the amnesty", "unit:statements stance:support target:amnesty", View::Actors),
            ("who said what about the amnesty", "unit:statements about:amnesty", View::Actors),
            ("articles by Reuters", "unit:articles source:Reuters", View::Timeline),
            ("articles from Reuters about oil", "unit:articles source:Reuters text:oil", View::Timeline),
            ("who is against the strikes", "unit:statements stance:oppose target:strikes", View::Actors),
            ("who has been critical of NATO", "unit:statements stance:oppose target:NATO", View::Actors),
            ("which countries backed the resolution", "unit:statements stance:support target:resolution", View::Actors),
            (
                "who condemned the coup yesterday",
                "unit:statements act:condemn target:coup date:2026-11-21",
                View::Actors,
            ),
            ("who spoke about migration last week", "unit:statements about:migration last:week", View::Actors),
            (
                "who supports or opposes the pipeline",
                "unit:statements stance:(support,oppose) target:pipeline",
                View::Columns,
            ),
            (
                "support for and opposition to the deal",
                "unit:statements stance:(support,oppose) target:deal",
                View::Columns,
            ),
            (
                "compare Mexico with the United States on fentanyl",
                "by:(Mexico,\"United States\") about:fentanyl",
                View::Compare,
            ),
            ("compare France vs Germany", "by:(France,Germany)", View::Compare),
            (
                "when did Germany reverse its position on nuclear power",
                "by:Germany about:\"nuclear power\"",
                View::Shifts,
            ),
            ("how has Turkey's stance on Sweden changed since 2022", "by:Turkey about:Sweden since:2022", View::Shifts),
            ("has India shifted its policy on Russia", "by:India about:Russia", View::Shifts),
            ("the Guardian's coverage of Brexit", "unit:articles source:Guardian text:Brexit", View::Timeline),
            ("coverage of Brexit by the BBC in 2019", "unit:articles source:BBC text:Brexit date:2019", View::Timeline),
            (
                "New York Times articles about migration",
                "unit:articles source:\"New York Times\" text:migration",
                View::Timeline,
            ),
            ("articles about migration", "unit:articles text:migration", View::List),
            ("articles mentioning Mexico without quoting it", "unit:articles mentions:Mexico -by:Mexico", View::List),
            ("articles that mention the EU but do not quote it", "unit:articles mentions:EU -by:EU", View::List),
            ("articles which mention Canada", "unit:articles mentions:Canada", View::List),
            ("articles quoting Sheinbaum on oil", "unit:articles by:Sheinbaum about:oil", View::List),
            ("anonymous sources in the Washington Post", "is:anonymous source:\"Washington Post\"", View::List),
            ("unnamed officials on Iran since May 2025", "is:anonymous about:Iran since:2025-05", View::List),
            ("only direct quotes by Biden", "type:direct by:Biden", View::List),
            ("direct quotes on NATO except Reuters", "type:direct about:NATO -source:Reuters", View::List),
            ("mexico vs canada on dairy", "stance:oppose by:mexico target:canada about:dairy", View::List),
        ] {
            check(typed, expected, view);
        }
    }

    #[test]
    fn leaves_plain_words_alone() {
        for typed in [
            "",
            "?",
            "tariffs",
            "opposition",
            "opposition tariffs Mexico",
            "trade war with China",
            "violence against women",
            "the case for reform",
            "attacks by Russia on Kyiv",
            "opposition by Mexico OR Canada",
            "(opposition statements by Mexico)",
            "stance:oppose by:Mexico",
            "opposition statements by",
            "opposition statements by Mexico since forever",
            "who opposed tariff*",
            "public support for the reform",
            "compare",
            "Mexico opposes tariffs",
            "compare coverage of Brexit by Reuters and EFE",
        ] {
            assert_eq!(read_phrasing(typed, today()).map(|p| canonical(&p.query, p.unit)), None, "{typed}");
        }
    }

    #[test]
    fn offers_the_other_readings() {
        assert_eq!(
            others("opposition statements by Mexico"),
            ["unit:statements stance:oppose about:Mexico", "unit:statements stance:oppose outlet:Mexico"]
        );
        assert_eq!(others("Reuters coverage of tariffs"), ["unit:articles cites:Reuters text:tariffs"]);
        assert_eq!(
            others("Mexico against the US on tariffs"),
            ["by:(Mexico, US) about:tariffs", "Mexico against the US on tariffs"]
        );
        assert_eq!(
            others("who condemned the coup"),
            ["unit:statements stance:oppose target:coup", "unit:statements act:condemn about:coup"]
        );
        assert_eq!(
            others("statements on oil in El País"),
            ["unit:statements about:oil source:\"El País\"", "unit:statements target:\"oil in El País\""]
        );
        assert_eq!(others("reactions to the coup"), ["unit:statements target:coup"]);
    }

    #[test]
    fn notes_what_was_guessed_and_which_view_is_missing() {
        let notes = |typed: &str| {
            read_phrasing(typed, today()).map(|p| p.notes.into_iter().map(|n| n.message).collect::<Vec<_>>())
        };
        assert_eq!(
            notes("what did Sheinbaum say since September").unwrap_or_default(),
            ["`since September`: the year was guessed: read as 2026-09"]
        );
        assert_eq!(
            notes("compare Mexico and Canada on tariffs").unwrap_or_default(),
            ["the view \"comparison of actors\" is not there yet; its statements are listed"]
        );
        assert_eq!(notes("opposition by Mexico in 2024"), Some(Vec::new()));
    }
}
