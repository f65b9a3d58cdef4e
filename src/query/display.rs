//! Writes a query as canonical text, and as a sentence for people.

use chrono::{Datelike, NaiveDate};

use super::ast::{ActorPattern, Certainty, FieldName, Query, Unit};
use super::fields::entry;
use super::normal::normal;
use super::words::is_quote;
use crate::record::{DateRange, PartialDate};

/// Returns the canonical text of a query: reading it gives the query's normal form.
pub fn display(query: &Query) -> String {
    written(&normal(query), Place::Top)
}

/// Returns the reading for people: "stance: oppose · by: Mexico".
pub fn reading(query: &Query) -> String {
    told(query, Place::Top)
}

/// Returns the unit as a clause.
pub fn display_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Statements => "unit:statements",
        Unit::Articles => "unit:articles",
    }
}

/// What stands around a part of the query: decides on parentheses.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Top,
    And,
    Or,
    Not,
}

fn written(query: &Query, place: Place) -> String {
    let grouped = |text: String, needed: bool| if needed { format!("({text})") } else { text };
    match query {
        Query::All => "*".to_string(),
        Query::Words { words } => {
            let alone = !words.contains(' ') || matches!(place, Place::Top | Place::And);
            grouped(words.clone(), !alone)
        }
        Query::Phrase { words } => quoted(words),
        Query::Field { field, value, exact } => clause(*field, *exact, &value_text(value)),
        Query::Actor { field, actor } => {
            clause(*field, matches!(actor, ActorPattern::Is { .. }), &value_text(name(actor)))
        }
        Query::Dates { range, certainty, .. } => dates_written(*range, *certainty),
        Query::And { of } => {
            let parts: Vec<String> = of.iter().map(|part| written(part, Place::And)).collect();
            grouped(parts.join(" "), place != Place::Top)
        }
        Query::Or { of } => match one_field(of) {
            Some((field, exact, values)) => {
                let values: Vec<String> = values.iter().map(|v| value_text(v)).collect();
                clause(field, exact, &format!("({})", values.join(", ")))
            }
            None => {
                let parts: Vec<String> = of.iter().map(|part| written(part, Place::Or)).collect();
                grouped(parts.join(" OR "), place != Place::Top)
            }
        },
        Query::Not { of } => {
            let text = written(of, Place::Not);
            let takes_minus = text.starts_with(|c: char| c.is_alphanumeric() || c == '"' || c == '(');
            if takes_minus { format!("-{text}") } else { format!("NOT {text}") }
        }
    }
}

fn told(query: &Query, place: Place) -> String {
    let grouped = |text: String, needed: bool| if needed { format!("({text})") } else { text };
    match query {
        Query::All => "everything".to_string(),
        Query::Words { words } => format!("words: {words}"),
        Query::Phrase { words } => format!("phrase: \"{words}\""),
        Query::Field { field, value, .. } if value == "*" => format!("{}: any", entry(*field).name),
        Query::Field { field, value, exact } => {
            format!("{}: {}{value}", entry(*field).name, if *exact { "exactly " } else { "" })
        }
        Query::Actor { field, actor } => format!("{}: {}", entry(*field).name, name(actor)),
        Query::Dates { range, certainty, .. } => dates_told(*range, *certainty),
        Query::And { of } => {
            let parts: Vec<String> = of.iter().map(|part| told(part, Place::And)).collect();
            grouped(parts.join(" · "), place != Place::Top)
        }
        Query::Or { of } => match one_field(of) {
            Some((field, exact, values)) => {
                let exactly = if exact { "exactly " } else { "" };
                grouped(format!("{}: {exactly}{}", entry(field).name, values.join(" or ")), place == Place::Not)
            }
            None => {
                let parts: Vec<String> = of.iter().map(|part| told(part, Place::Or)).collect();
                grouped(parts.join(" or "), place != Place::Top)
            }
        },
        Query::Not { of } => format!("not {}", told(of, Place::Not)),
    }
}

/// Returns the field and the values where all parts ask the same field, so that they can be written as a list.
fn one_field(of: &[Query]) -> Option<(FieldName, bool, Vec<&str>)> {
    let part = |query| match query {
        &Query::Field { field, ref value, exact } if value != "*" => Some((field, exact, value.as_str())),
        Query::Actor { field, actor } => Some((*field, matches!(actor, ActorPattern::Is { .. }), name(actor))),
        _ => None,
    };
    let parts: Vec<(FieldName, bool, &str)> = of.iter().map(part).collect::<Option<_>>()?;
    let &(field, exact, _) = parts.first()?;
    parts.iter().all(|p| (p.0, p.1) == (field, exact)).then(|| (field, exact, parts.iter().map(|p| p.2).collect()))
}

fn name(actor: &ActorPattern) -> &str {
    match actor {
        ActorPattern::CountsFor { name, .. } | ActorPattern::Formerly { name, .. } | ActorPattern::Is { name, .. } => {
            name
        }
        ActorPattern::Named { words } => words,
    }
}

fn clause(field: FieldName, exact: bool, value: &str) -> String {
    format!("{}{}{value}", entry(field).name, if exact { '=' } else { ':' })
}

/// Writes a value bare where that is read back as the same.
fn value_text(value: &str) -> String {
    let is_bare = value.starts_with(char::is_alphanumeric)
        && value.ends_with(char::is_alphanumeric)
        && value.chars().all(|c| c.is_alphanumeric() || "-_./'’&@#+".contains(c))
        && !matches!(value, "AND" | "OR" | "NOT" | "or");
    if is_bare || value == "*" { value.to_string() } else { quoted(value) }
}

fn quoted(words: &str) -> String {
    let mut text = String::from("\"");
    for c in words.chars() {
        if c == '\\' || is_quote(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
    text
}

fn dates_written(range: DateRange, certainty: Certainty) -> String {
    let sign = if certainty == Certainty::Possible { "~:" } else { ":" };
    match (range.earliest, range.latest) {
        (None, None) => format!("date{sign}*"),
        (Some(earliest), None) => format!("since{sign}{}", day(earliest)),
        (None, Some(latest)) => format!("until{sign}{}", day(latest)),
        (Some(earliest), Some(latest)) => match ends(earliest, latest) {
            (from, to) if from == to => format!("date{sign}{from}"),
            (from, to) => format!("date{sign}{from}..{to}"),
        },
    }
}

fn dates_told(range: DateRange, certainty: Certainty) -> String {
    let days = match (range.earliest, range.latest) {
        (None, None) => "any date".to_string(),
        (Some(earliest), None) => format!("since {}", day(earliest)),
        (None, Some(latest)) => format!("until {}", day(latest)),
        (Some(earliest), Some(latest)) => match ends(earliest, latest) {
            (from, to) if from == to => from,
            (from, to) => format!("{from} to {to}"),
        },
    };
    let perhaps = if certainty == Certainty::Possible { "possibly " } else { "" };
    format!("published: {perhaps}{days}")
}

/// Writes both ends of a range as coarsely as they are exact: as years, quarters, months or days.
fn ends(earliest: NaiveDate, latest: NaiveDate) -> (String, String) {
    let year = |d: NaiveDate| PartialDate::year(d.year());
    let quarter = |d: NaiveDate| PartialDate::quarter(d.year(), d.month0() / 3 + 1);
    let month = |d: NaiveDate| PartialDate::month(d.year(), d.month());
    let fits = |of: &dyn Fn(NaiveDate) -> Option<PartialDate>| {
        let (from, to) = of(earliest).zip(of(latest))?;
        (from.earliest() == earliest && to.latest() == latest).then_some((from, to))
    };
    if let Some((from, to)) = fits(&year) {
        return (from.to_string(), to.to_string());
    }
    if let Some((from, to)) = fits(&quarter).filter(|(from, to)| from == to) {
        let text = |q: PartialDate| format!("{:04}-Q{}", q.earliest().year(), q.earliest().month0() / 3 + 1);
        return (text(from), text(to));
    }
    if let Some((from, to)) = fits(&month) {
        return (from.to_string(), to.to_string());
    }
    (day(earliest), day(latest))
}

fn day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> Query {
        Query::Words { words: words.to_string() }
    }

    fn field(field: FieldName, value: &str) -> Query {
        Query::Field { field, value: value.to_string(), exact: false }
    }

    fn not(query: Query) -> Query {
        Query::Not { of: Box::new(query) }
    }

    fn dates(earliest: &str, latest: &str) -> Query {
        let range = DateRange { earliest: earliest.parse().ok(), latest: latest.parse().ok() };
        Query::Dates { field: super::super::ast::DateField::Published, range, certainty: Certainty::Certain }
    }

    #[test]
    fn writes_canonical_text_and_reading() {
        let check = |query: Query, text: &str, sentence: &str| {
            assert_eq!(display(&query), text);
            assert_eq!(reading(&query), sentence);
        };
        use FieldName::*;
        check(Query::All, "*", "everything");
        check(
            Query::And { of: vec![field(Stance, "oppose"), field(By, "Mexico")] },
            "stance:oppose by:Mexico",
            "stance: oppose · by: Mexico",
        );
        check(
            Query::Or { of: vec![field(By, "Mexico"), field(By, "United States")] },
            "by:(Mexico, \"United States\")",
            "by: Mexico or United States",
        );
        check(not(field(Source, "Reuters")), "-source:Reuters", "not source: Reuters");
        check(not(words("trade war")), "-(trade war)", "not words: trade war");
        check(
            Query::Or { of: vec![words("trade war"), field(About, "tariffs")] },
            "(trade war) OR about:tariffs",
            "words: trade war or about: tariffs",
        );
        check(words("a OR"), "a \"OR\"", "words: a OR");
        check(dates("2024-01-01", "2024-12-31"), "date:2024", "published: 2024");
        check(dates("2024-01-01", "2025-12-31"), "date:2024..2025", "published: 2024 to 2025");
        check(dates("2024-07-01", "2024-09-30"), "date:2024-Q3", "published: 2024-Q3");
        check(dates("2024-07-01", "2025-02-28"), "date:2024-07..2025-02", "published: 2024-07 to 2025-02");
        check(dates("2024-07-02", "2024-07-02"), "date:2024-07-02", "published: 2024-07-02");
        check(dates("2026-09-01", ""), "since:2026-09-01", "published: since 2026-09-01");
        check(dates("", "2026-03-04"), "until:2026-03-04", "published: until 2026-03-04");
        check(dates("", ""), "date:*", "published: any date");
        let actor = ActorPattern::CountsFor { path: "mexico".to_string(), name: "Mexico".to_string() };
        check(Query::Actor { field: By, actor }, "by:Mexico", "by: Mexico");
    }
}
