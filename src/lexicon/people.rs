//! People with the offices they held and when: what makes a speaker count for a state on a day and not on another.

use chrono::NaiveDate;

use crate::record::{PartialDate, Precision};

use super::table::{Row, read_rows};
use super::{LexiconError, slug};

/// A person whom news text names without explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// `claudia-sheinbaum`
    pub id: String,
    pub name: String,
    /// What later mentions call the person: `Sheinbaum`, `López Obrador`.
    pub surnames: Vec<String>,
    pub aliases: Vec<String>,
    /// Offices in the order they were taken.
    pub terms: Vec<Term>,
}

/// One office held without a break.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Title with its place: `President of Mexico`; empty where only the party or firm is known.
    pub office: String,
    /// Body that the holder speaks for: `mexico/government/presidency`; empty like the office.
    pub path: String,
    /// Path of the party, or of the firm, union or group where there is no office.
    pub party: Option<String>,
    /// Alpha-2 of the state whose public office it is.
    pub country: Option<String>,
    pub from: Option<PartialDate>,
    /// `None` while the office is held (as of the date in the files' README).
    pub to: Option<PartialDate>,
}

/// A person's terms as seen on a day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TermsOn<'p> {
    pub current: Vec<&'p Term>,
    pub former: Vec<&'p Term>,
    pub later: Vec<&'p Term>,
}

impl Person {
    /// Sorts the terms by the day; without a day, what has no end is current.
    pub fn terms_on(&self, day: Option<NaiveDate>) -> TermsOn<'_> {
        let mut terms = TermsOn::default();
        for term in &self.terms {
            let has_ended = term.to.is_some_and(|to| day.is_none_or(|day| is_over(to, day)));
            let is_to_come = term.from.zip(day).is_some_and(|(from, day)| day < from.earliest());
            match (has_ended, is_to_come) {
                (_, true) => terms.later.push(term),
                (true, _) => terms.former.push(term),
                _ => terms.current.push(term),
            }
        }
        terms
    }
}

/// Tells whether an office that ended then is over on the day; a successor starts on the last day itself.
fn is_over(to: PartialDate, day: NaiveDate) -> bool {
    if to.precision() == Precision::Day { day >= to.earliest() } else { day > to.latest() }
}

/// Reads the people; rows of one id are one person's terms.
pub(super) fn read_people(text: &str) -> Result<Vec<Person>, LexiconError> {
    let columns = ["id", "name", "surname", "aliases", "country", "office", "path", "party", "from", "to", "source"];
    let mut people: Vec<Person> = Vec::new();
    read_rows("people.csv", text, &columns, |row| {
        let id = if row.field(0).is_empty() { slug(row.field(1)) } else { row.string(0) };
        let term = read_term(&row)?;
        match people.last_mut().filter(|person| person.id == id) {
            Some(person) => {
                person.aliases.extend(row.list(3));
                person.surnames.extend(row.list(2));
                person.terms.extend(term);
            }
            None => people.push(Person {
                id,
                name: row.string(1),
                surnames: row.list(2),
                aliases: row.list(3),
                terms: term.into_iter().collect(),
            }),
        }
        Ok(())
    })?;
    people.sort_by(|a, b| a.id.cmp(&b.id));
    for person in &mut people {
        if person.surnames.is_empty() {
            person.surnames.push(last_name(&person.name).to_string());
        }
        person.terms.sort_by_key(|term| term.from.map(PartialDate::earliest));
    }
    Ok(people)
}

/// Reads the office of a row; a row without office, path and party only names the person.
fn read_term(row: &Row) -> Result<Option<Term>, LexiconError> {
    if [5, 6, 7].iter().all(|&column| row.field(column).is_empty()) {
        return Ok(None);
    }
    Ok(Some(Term {
        country: row.optional(4),
        office: row.string(5),
        path: row.string(6),
        party: row.optional(7),
        from: read_date(row, 8)?,
        to: read_date(row, 9)?,
    }))
}

fn read_date(row: &Row, column: usize) -> Result<Option<PartialDate>, LexiconError> {
    if row.field(column).is_empty() {
        return Ok(None);
    }
    row.field(column).parse().map(Some).map_err(|_| row.fault(column, "2018, 2018-05, 2018-05-23 or nothing"))
}

/// Returns the last word of a name that is no suffix.
fn last_name(name: &str) -> &str {
    let is_suffix = |word: &&str| !matches!(*word, "Jr." | "Sr." | "II" | "III" | "IV");
    name.split(' ').rev().find(is_suffix).unwrap_or(name).trim_end_matches(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse::<PartialDate>().unwrap().earliest())
    }

    #[test]
    fn terms_are_sorted_by_the_day() {
        let text = "id,name,surname,aliases,country,office,path,party,from,to,source\n\
            ,Ana Ruiz,,,MX,Mayor,mexico/a,,2010,2012,x\n\
            ,Ana Ruiz,,A. Ruiz,MX,Senator,mexico/b,,2012-09-01,2018-08-31,x\n\
            ,Ana Ruiz,,,MX,President,mexico/c,,2024-10-01,,x\n";
        let people = read_people(text).unwrap();
        assert_eq!((people[0].surnames[0].as_str(), people[0].aliases.len()), ("Ruiz", 1));
        let offices = |terms: Vec<&Term>| terms.iter().map(|term| term.office.clone()).collect::<Vec<_>>().join(",");
        for (on, current, former, later) in [
            (None, "President", "Mayor,Senator", ""),
            (day("2012-10-01"), "Mayor,Senator", "", "President"),
            (day("2018-08-31"), "", "Mayor,Senator", "President"),
            (day("2024-10-01"), "President", "Mayor,Senator", ""),
            (day("2000-01-01"), "", "", "Mayor,Senator,President"),
        ] {
            let terms = people[0].terms_on(on);
            let found = (offices(terms.current), offices(terms.former), offices(terms.later));
            assert_eq!(found, (current.to_string(), former.to_string(), later.to_string()), "{on:?}");
        }
    }

    #[test]
    fn suffixes_are_no_surnames() {
        for (name, expected) in [("Robert F. Kennedy Jr.", "Kennedy"), ("Angus King", "King"), ("Pelé", "Pelé")] {
            assert_eq!(last_name(name), expected);
        }
    }
}
