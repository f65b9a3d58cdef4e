//! When an undated text was written, as far as the offices tell that it gives to people whom the lexicon knows.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use crate::extract::annotated::{Annotated, OfficeAt};
use crate::lexicon::{Entry, OfficeKind, Person, Term, WordClass, fold};
use crate::record::PartialDate;

/// Somebody whom the text names, and when what it says of them was so; without an end where it still is.
struct Witness<'a> {
    person: &'a str,
    terms: Vec<(NaiveDate, Option<NaiveDate>)>,
    weight: usize,
}

/// A title counts more than a name: whoever is named may have left all offices.
const WEIGHT_OF_TITLE: usize = 3;

/// Returns a day on which more of the people whom the text names hold the offices that it gives them than do now; `None` where
/// the offices of now fit as well.
pub(super) fn written(text: &Annotated, not_before: Option<PartialDate>) -> Option<NaiveDate> {
    let earliest = not_before.map(PartialDate::earliest);
    let witnesses = witnesses(text);
    let holds = |witness: &Witness, day: Option<NaiveDate>| {
        let over = |&(from, to): &(NaiveDate, Option<NaiveDate>)| match day {
            Some(day) => from <= day && to.is_none_or(|to| day < to),
            None => to.is_none(),
        };
        witness.terms.iter().any(over)
    };
    let weight = |day: Option<NaiveDate>| -> usize {
        witnesses.iter().filter(|witness| holds(witness, day)).map(|witness| witness.weight).sum()
    };
    let begins = witnesses.iter().flat_map(|w| w.terms.iter().map(|term| term.0)).chain(earliest);
    let begin = begins.filter(|&day| earliest.is_none_or(|e| e <= day)).max_by_key(|&day| (weight(Some(day)), day))?;
    if weight(Some(begin)) <= weight(None).max(WEIGHT_OF_TITLE - 1) {
        return None;
    }
    let ends = witnesses.iter().filter(|witness| holds(witness, Some(begin))).flat_map(|witness| &witness.terms);
    let end = ends.filter(|term| term.0 <= begin).filter_map(|term| term.1).filter(|&to| begin < to).min();
    end.and_then(|end| begin.checked_add_days(Days::new((end - begin).num_days().unsigned_abs() / 2))).or(Some(begin))
}

/// The people of the lexicon whom the text names with an office that they held, and those whom it names in full.
fn witnesses<'a>(text: &Annotated<'a>) -> Vec<Witness<'a>> {
    let titled = text.offices.iter().filter(|office| is_present(text, office)).flat_map(|office| titled(text, office));
    let named = text.names.iter().flat_map(|name| &name.entries).filter_map(|entry| match entry {
        Entry::Person(person) => Some(*person),
        _ => None,
    });
    let named = named.map(|person| Witness { person: &person.id, terms: terms(&person.terms, |_| true), weight: 1 });
    let mut seen = HashSet::new();
    let told = titled.chain(named).filter(|witness| !witness.terms.is_empty());
    told.filter(|witness| seen.insert((witness.person, witness.weight))).collect()
}

/// `President Obama`: whoever of that name held that office.
fn titled<'a>(text: &Annotated<'a>, title: &OfficeAt<'a>) -> Vec<Witness<'a>> {
    let at = title.tokens.end + usize::from(text.lower(title.tokens.end) == ".");
    let people: Vec<&Person> = match text.name_at(at).filter(|name| name.tokens.start == at) {
        Some(name) => {
            name.entries.iter().filter_map(|e| if let Entry::Person(p) = e { Some(*p) } else { None }).collect()
        }
        None if at < text.words.len() && text.is_capital(at) => text.lexicon.persons_by_surname(&fold(text.lower(at))),
        None => Vec::new(),
    };
    let below = &title.office.below;
    let is_meant = |term: &Term| {
        let office = fold(&term.office);
        let has = |word: &str| office.split(' ').any(|own| own == word);
        let vice = text.words[title.tokens.clone()].iter().any(|word| word == "vice");
        let named = title.tokens.clone().all(|i| text.lower(i) == "-" || has(text.lower(i)));
        term.path.contains(below.as_str()) && named && has("vice") == vice
    };
    let witness = |person: &'a Person| Witness {
        person: &person.id,
        terms: terms(&person.terms, is_meant),
        weight: WEIGHT_OF_TITLE,
    };
    people.into_iter().map(witness).collect()
}

/// Tells whether the text gives the office as one that is held.
fn is_present(text: &Annotated, title: &OfficeAt) -> bool {
    const REACH: usize = 3;
    let public = !title.office.below.is_empty() && title.office.kind != OfficeKind::Spokesperson;
    let before = title.tokens.start.saturating_sub(REACH)..title.tokens.start;
    let over = before.into_iter().any(|i| text.is(i, WordClass::Former) || text.lower(i).starts_with("then"));
    public && !over && text.is_capital(title.tokens.start)
}

/// When the terms were that fit; those without a beginning tell nothing.
fn terms(terms: &[Term], fits: impl Fn(&Term) -> bool) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    let days = |term: &Term| Some((term.from?.earliest(), term.to.map(PartialDate::latest)));
    terms.iter().filter(|term| fits(term)).filter_map(days).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::annotated;

    #[track_caller]
    fn year(text: &str) -> Option<i32> {
        annotated(text, |text, _| written(text, None).map(|day| chrono::Datelike::year(&day)))
    }

    #[test]
    fn offices_tell_when_a_text_was_written() {
        let year = |text: &str| year(text);
        assert_eq!(year("President Obama met Treasury Secretary Jack Lew and Speaker John Boehner."), Some(2014));
        assert_eq!(year("The harbour was closed."), None);
        assert_eq!(year("Former President Obama met former Treasury Secretary Jack Lew."), None);
    }

    #[test]
    fn one_title_of_long_ago_does_not_outweigh_offices_of_now() {
        assert_eq!(year("President Donald Trump and Vice President JD Vance praised President Reagan."), None);
    }
}
