//! Reads a question: a plain phrasing where it fits one, else words and syntax.

use chrono::NaiveDate;

use super::ast::{Query, Unit};
use super::display::{display, display_unit};
use super::normal::normal;
use super::parsed::ParsedQuestion;
use super::phrasing::read_phrasing;
use super::syntax::read_syntax;

/// Reads a question. It never fails: what it cannot read is looked for as it stands, with a note.
///
/// `today` gives relative dates their meaning.
pub fn parse(text: &str, today: NaiveDate) -> ParsedQuestion {
    read_phrasing(text, today).unwrap_or_else(|| read_syntax(text, today))
}

/// Returns the text that reads back as the query's normal form and the unit.
pub fn canonical(query: &Query, unit: Option<Unit>) -> String {
    let query = &normal(query);
    let text = display(query);
    match unit {
        Some(unit) if *query == Query::All => display_unit(unit).to_string(),
        Some(unit) => format!("{} {}", display_unit(unit), in_group(text, query)),
        // A few words could be a phrasing; in parentheses they are words whatever the day.
        None if read_phrasing(&text, LATE).is_some() => format!("({text})"),
        None => text,
    }
}

/// A day on which every amount of time lies in the past.
const LATE: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day of the calendar");

/// Puts alternatives in parentheses, as they stand beside a clause.
fn in_group(text: String, query: &Query) -> String {
    if text.contains(" OR ") && matches!(query, Query::Or { .. }) { format!("({text})") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::ast::{Certainty, DateField, FieldName};
    use crate::query::fields::{FIELDS, FieldKind, entry, field};
    use crate::record::DateRange;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar")
    }

    #[test]
    fn canonical_text_of_words_is_no_phrasing() {
        let query = Query::Words { words: "who opposed tariffs".to_string() };
        assert_eq!(canonical(&query, None), "(who opposed tariffs)");
        assert_eq!(canonical(&Query::All, Some(Unit::Articles)), "unit:articles");
    }

    #[test]
    fn every_example_of_the_list_is_read_as_its_field() {
        for entry in FIELDS {
            let parsed = parse(entry.example, today());
            assert!(parsed.notes.is_empty(), "{}: {:?}", entry.example, parsed.notes);
            match entry.kind {
                FieldKind::Named(name) => {
                    assert!(matches!(parsed.query, Query::Field { field, .. } if field == name), "{}", entry.example);
                }
                FieldKind::Days(_) => assert!(matches!(parsed.query, Query::Dates { .. }), "{}", entry.example),
                FieldKind::Unit => assert_eq!(parsed.unit, Some(Unit::Articles)),
            }
            for alias in entry.aliases {
                let parsed_alias = parse(&entry.example.replacen(entry.name, alias, 1), today());
                assert_eq!(parsed_alias.query, parsed.query, "{alias}");
            }
        }
    }

    /// Words with and without syntax in them.
    fn a_word() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => "[a-z]{1,6}",
            1 => "[A-Za-zé0-9'’.,:;=*?!~/@+\"“”()\\\\<>\\[\\]-]{0,5}[a-zA-Z0-9é][A-Za-z0-9:=*?!~/)(.'\"-]{0,3}",
            1 => prop::sample::select(vec![
                "OR", "AND", "NOT", "or", "and", "not", "who", "opposed", "by", "since", "statements", "w/10", "by:x", "U.S.",
                "tariff*", "2024", "last", "month", "http://a.b", "-x", "\\\\a",
            ]).prop_map(str::to_string),
        ]
    }

    fn some_words() -> impl Strategy<Value = String> {
        prop::collection::vec(a_word(), 1..4).prop_map(|words| words.join(" "))
    }

    fn a_field() -> impl Strategy<Value = Query> {
        let names: Vec<FieldName> =
            FIELDS.iter().filter_map(|f| if let FieldKind::Named(name) = f.kind { Some(name) } else { None }).collect();
        (prop::sample::select(names), some_words(), any::<prop::sample::Index>(), any::<bool>()).prop_map(
            |(field, words, index, exact)| {
                let pick = |values: &[&str]| values[index.index(values.len())].to_string();
                let value = match field {
                    _ if !entry(field).values.is_empty() => pick(entry(field).values),
                    _ if index.index(10) == 0 => "*".to_string(),
                    _ => words,
                };
                Query::Field { field, value, exact }
            },
        )
    }

    fn a_date() -> impl Strategy<Value = Query> {
        let day = (1i32..=9999, 1u32..=366).prop_filter_map("a day", |(y, d)| NaiveDate::from_yo_opt(y, d));
        (prop::option::of(day.clone()), prop::option::of(day), any::<bool>()).prop_map(|(a, b, certain)| {
            let (earliest, latest) = match (a, b) {
                (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
                ends => ends,
            };
            let certainty = if certain { Certainty::Certain } else { Certainty::Possible };
            Query::Dates { field: DateField::Published, range: DateRange { earliest, latest }, certainty }
        })
    }

    fn a_query() -> impl Strategy<Value = Query> {
        let leaf = prop_oneof![
            3 => some_words().prop_map(|words| Query::Words { words }),
            1 => some_words().prop_map(|words| Query::Phrase { words }),
            2 => a_field(),
            1 => a_date(),
            1 => Just(Query::All),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(|of| Query::And { of }),
                prop::collection::vec(inner.clone(), 0..4).prop_map(|of| Query::Or { of }),
                inner.prop_map(|of| Query::Not { of: Box::new(of) }),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn canonical_text_reads_back(query in a_query(), unit in prop::option::of(prop::sample::select(vec![Unit::Statements, Unit::Articles]))) {
            let text = canonical(&query, unit);
            let parsed = parse(&text, today());
            prop_assert_eq!(&parsed.query, &normal(&query), "{}", &text);
            prop_assert_eq!(parsed.unit, unit);
            prop_assert!(parsed.notes.is_empty(), "{}: {:?}", &text, &parsed.notes);
            prop_assert_eq!(canonical(&parsed.query, unit), text);
        }

        #[test]
        fn no_text_panics_and_each_reads_back(text in "\\PC{0,40}|([a-z]{1,3}|[():\"*~=,-]| |by:|stance:|date:|OR |NOT |“|’|🇲🇽|w/1|\\.\\.|since ){0,30}") {
            let parsed = parse(&text, today());
            for note in &parsed.notes {
                prop_assert!(text.get(note.at.clone()).is_some(), "{:?}", note);
                note.under(&text);
            }
            let canonical_text = canonical(&parsed.query, parsed.unit);
            let again = parse(&canonical_text, today());
            prop_assert_eq!(again.query, parsed.query, "{}", canonical_text);
            prop_assert_eq!(again.unit, parsed.unit);
        }
    }

    #[test]
    fn long_and_deep_texts_are_read_at_once() {
        const BYTES: usize = 100_000;
        let pieces = [
            "(",
            ")",
            "((a ",
            "\"",
            "\"a ",
            "a ",
            "-",
            "NOT ",
            "a OR ",
            "a b OR ",
            "by:",
            "by:( ",
            "by:(a,",
            "a:(",
            "actr:x ",
            "/a(",
            "/a ",
            "date:x ",
            "since:last ",
            "🇲🇽",
            "é",
            "w/1 ",
            "or ",
            "not ",
            "\\\\",
            "\\\\\"",
            "who opposed ",
            "a, ",
            "unit:articles ",
            "*",
            "~1 ",
            " ",
            "-(",
            "a\n",
            "by:\"a\" OR ",
            "“a” ",
            "stance:in favour ",
        ];
        for piece in pieces {
            let text = piece.repeat(BYTES / piece.len());
            // Anything quadratic would take minutes here.
            let parsed = parse(&text, today());
            let written = [canonical(&parsed.query, parsed.unit), crate::query::reading(&parsed.query)];
            assert!(written.iter().all(|written| written.len() <= 8 * BYTES), "{piece:?}");
        }
        assert!(field("by").is_some());
    }
}
