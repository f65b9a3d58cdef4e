//! Which person of the lexicon a name means.

use chrono::NaiveDate;

use crate::extract::actors::Counting;
use crate::extract::annotated::Name;
use crate::lexicon::{Entry, Lexicon, Office, Person, Term, fold};
use crate::record::PartialDate;

/// Returns whom a name of the lexicon means: of several people, the one in office.
pub(super) fn person_named<'a>(name: &Name<'a>, date: Option<NaiveDate>) -> Option<&'a Person> {
    let people = name.entries.iter().filter_map(|e| if let Entry::Person(p) = e { Some(*p) } else { None });
    let in_office = |p: &&Person| !p.terms_on(date).current.is_empty();
    people.clone().find(in_office).or(people.clone().next())
}

/// Returns the person of the lexicon whose name begins and ends alike, whatever stands between.
pub(super) fn known_by_name<'a>(surname: &str, first: &str, lexicon: &'a Lexicon) -> Option<&'a Person> {
    let alike = |p: &&Person| {
        let names = std::iter::once(&p.name).chain(&p.aliases);
        names.into_iter().any(|n| fold(n.split(' ').next().unwrap_or("")) == first)
    };
    lexicon.persons_by_surname(surname).into_iter().find(alike)
}

/// Returns the one person of the surname who holds an office of the state that the article is about.
pub(super) fn known_at_home<'a>(surname: &str, counting: Counting<'a>) -> Option<&'a Person> {
    let home = counting.home?;
    let holds = |term: &&Term| counting.lexicon.state_of_path(&term.path).is_some_and(|state| state.path == home.path);
    let in_office = |person: &&Person| person.terms_on(counting.date).current.iter().any(holds);
    only(counting.lexicon.persons_by_surname(surname).into_iter().filter(in_office))
}

/// Returns the one person whose surname has these two words: `Peña Nieto`.
pub(super) fn known_by_double_surname<'a>(written: &str, lexicon: &'a Lexicon) -> Option<&'a Person> {
    only(lexicon.persons_by_surname(&fold(written)))
}

/// Returns what there is one of alone.
fn only<T>(all: impl IntoIterator<Item = T>) -> Option<T> {
    let mut all = all.into_iter();
    all.next().filter(|_| all.next().is_none())
}

/// Returns the one person of the surname who fits the title, or who heads a state on that date.
pub(super) fn known_by_surname<'a>(
    surname: &str,
    office: Option<&Office>,
    counting: Counting<'a>,
) -> Option<&'a Person> {
    let people = counting.lexicon.persons_by_surname(surname);
    if let Some(office) = office.filter(|o| !o.below.is_empty()) {
        let fits = |p: &&&Person| {
            let terms = p.terms_on(counting.date);
            terms.current.iter().any(|t| t.path.ends_with(&office.below) || leads_below(t, office))
        };
        if let Some(one) = only(people.iter().filter(fits)) {
            return Some(one);
        }
    }
    let heads = |t: &&&Term| leads_state(t);
    let mut leading: Vec<(&Person, bool, Option<PartialDate>)> = people
        .into_iter()
        .filter_map(|p| {
            let terms = p.terms_on(counting.date);
            let now = terms.current.iter().find(heads);
            let once = terms.former.iter().rfind(heads);
            now.or(once).map(|t| (p, now.is_some(), t.from))
        })
        .collect();
    leading.sort_by(|a, b| (b.1, b.2, &a.0.id).cmp(&(a.1, a.2, &b.0.id)));
    leading.first().map(|l| l.0)
}

/// `Vice President Doe`: of an office below the head's.
fn leads_below(term: &Term, office: &Office) -> bool {
    let words = fold(&term.office);
    let inside = term.path.rsplit_once('/').is_some_and(|(above, _)| above.ends_with(&office.below));
    inside && words.starts_with(office.expressions[0].as_str())
}

/// Tells whether whoever holds an office there speaks for the whole state.
pub(crate) fn is_head(path: &str) -> bool {
    path.ends_with("/presidency") || path.ends_with("/premiership") || path.ends_with("/monarchy")
}

/// Tells whether the office is the head's own, not that of somebody who serves there.
fn leads_state(term: &Term) -> bool {
    const TITLES: [&str; 9] = [
        "president",
        "prime minister",
        "chancellor",
        "supreme leader",
        "king",
        "queen",
        "emperor",
        "pope",
        "taoiseach",
    ];
    let office = term.office.to_lowercase();
    is_head(&term.path) && TITLES.iter().any(|t| office.starts_with(t))
}
