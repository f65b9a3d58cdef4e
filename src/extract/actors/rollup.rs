//! What an actor counts for on a date: paths, countries and affiliations, from roles in the text and in the lexicon.

use chrono::{Days, NaiveDate};

use super::Role;
use super::written::written;
use crate::extract::annotated::Annotated;
use crate::lexicon::{Body, Entry, Lexicon, Person, RollUp, State, StateName, Term, slug};
use crate::record::{Actor, ActorKind, PartialDate};

/// The lexicon on the article's date.
#[derive(Clone, Copy)]
pub(crate) struct Counting<'l> {
    pub lexicon: &'l Lexicon,
    pub date: Option<NaiveDate>,
    /// The state whose offices are meant where none is named.
    pub home: Option<&'l State>,
}

impl<'l> Counting<'l> {
    /// Takes the day of publication; for an undated text, one on which the offices were held that it names, not before a day
    /// that it proves to have passed.
    pub fn of(text: &Annotated<'l>, date: Option<NaiveDate>, not_before: Option<PartialDate>) -> Counting<'l> {
        Counting { lexicon: text.lexicon, date: date.or_else(|| written(text, not_before)), home: text.home }
    }
}

/// Makes the actor of a person from the role that the text gives and from the lexicon; the text wins.
pub(crate) fn person_actor(name: &str, known: Option<&Person>, role: &Role, counting: Counting) -> Actor {
    let lexicon = counting.lexicon;
    let mut paths = RollUp::default();
    let mut because = Vec::new();
    let is_elsewhere = |path: &&String| known.is_some_and(|known| is_of_another_state(known, role, path, lexicon));
    for path in role.paths.iter().filter(|path| !is_elsewhere(path)) {
        paths.add(path, lexicon);
    }
    for path in &role.former_paths {
        paths.add_former(path);
    }
    if let Some(title) = &role.title {
        because.push(format!("{title} (text)"));
    }
    let mut title = role.title.clone();
    if let Some(person) = known {
        let terms = person.terms_on(counting.date);
        for term in &terms.current {
            let has_left = role.left.as_ref().is_some_and(|below| term.path.ends_with(below.as_str()));
            if has_left {
                paths.add_former(&term.path);
                if let Some(party) = &term.party {
                    paths.add(party, lexicon);
                }
                continue;
            }
            add_term(&mut paths, term, lexicon);
            because.extend(reason(term, lexicon));
            title = title.or_else(|| Some(term.office.clone()).filter(|office| !office.is_empty()));
        }
        for term in &terms.former {
            paths.add_former(&term.path);
            let party = term.party.as_ref().filter(|_| terms.current.is_empty());
            if let Some(party) = party {
                paths.add(party, lexicon);
            }
        }
        if terms.current.is_empty() && terms.former.is_empty() {
            let party =
                terms.later.iter().filter(|term| is_candidate(term, counting)).find_map(|term| term.party.as_ref());
            if let Some(party) = party {
                paths.add(party, lexicon);
                because.push(format!("{} (lexicon)", lexicon.label(party)));
            }
        }
        if terms.current.is_empty() && title.is_none() {
            let last = terms.former.iter().rfind(|term| !term.office.is_empty());
            title = last.map(|term| format!("former {}", term.office));
        }
    }
    for body in &role.affiliations {
        paths.add_affiliation(body.clone());
    }
    let id = known.map_or_else(|| slug(name), |p| p.id.clone());
    let shown = known.map_or_else(|| name.to_string(), |p| p.name.clone());
    paths.settle();
    finish(id, shown, ActorKind::Person, paths, title, because)
}

/// `Sen.` in an article about China: a path that follows from nothing but that, of somebody whose offices are all in other states.
fn is_of_another_state(known: &Person, role: &Role, path: &str, lexicon: &Lexicon) -> bool {
    let state = |path: &str| lexicon.state_of_path(path).map(|state| &state.path);
    let assumed = role.assumed.as_deref().and_then(state);
    let mut own = known.terms.iter().filter_map(|term| state(&term.path)).peekable();
    assumed.is_some() && state(path) == assumed && own.peek().is_some() && own.all(|own| Some(own) != assumed)
}

/// Tells whether the office is soon to be taken: by a candidate, whose party is known.
fn is_candidate(term: &Term, counting: Counting) -> bool {
    const CAMPAIGN: Days = Days::new(3 * 365);
    let soon = |from: PartialDate| from.earliest().checked_sub_days(CAMPAIGN);
    term.from.and_then(soon).zip(counting.date).is_some_and(|(soon, day)| day >= soon)
}

fn add_term(paths: &mut RollUp, term: &Term, lexicon: &Lexicon) {
    if let Some(party) = &term.party {
        paths.add(party, lexicon);
    }
    paths.add(&term.path, lexicon);
}

/// Returns the office with its time, the party or firm where there is none.
fn reason(term: &Term, lexicon: &Lexicon) -> Option<String> {
    let of_party = || term.party.as_ref().map(|party| lexicon.label(party));
    let what = Some(term.office.clone()).filter(|office| !office.is_empty()).or_else(of_party)?;
    Some(match (term.from, term.to) {
        (Some(from), Some(to)) => format!("{what} from {from} to {to} (lexicon)"),
        (Some(from), None) => format!("{what} since {from} (lexicon)"),
        _ => format!("{what} (lexicon)"),
    })
}

/// Makes the actor of a state as a whole: its government speaks for it.
pub(crate) fn state_actor(state: &State, counting: Counting) -> Actor {
    let path = format!("{}/government", state.path);
    let mut paths = RollUp::default();
    paths.add(&path, counting.lexicon);
    let because = vec![format!("the state of {}", state.name_with_article())];
    finish(path.clone(), counting.lexicon.label(&path), ActorKind::Government, paths, None, because)
}

/// Makes the actor of a body of the lexicon.
pub(crate) fn body_actor(body: &Body, counting: Counting) -> Actor {
    let mut paths = RollUp::default();
    paths.add_path(&body.path);
    if let Some(state) = counting.lexicon.state_of_path(&body.path) {
        paths.countries.push(state.alpha2.clone());
    }
    let because = vec![format!("{} (lexicon)", body.path)];
    finish(body.path.clone(), counting.lexicon.label(&body.path), body.kind, paths, None, because)
}

/// Makes the actor of a name that stands for a state, body or outlet; adjectives and people are not one.
pub(crate) fn named_actor(entries: &[Entry], counting: Counting) -> Option<Actor> {
    match entries.first()? {
        Entry::State(state, StateName::Name | StateName::Seat) => Some(state_actor(state, counting)),
        Entry::Body(body) => Some(body_actor(body, counting)),
        Entry::Outlet(outlet) => {
            let mut actor =
                finish(outlet.id.clone(), outlet.name.clone(), ActorKind::Media, RollUp::default(), None, Vec::new());
            actor.because = "outlet (lexicon)".to_string();
            Some(actor)
        }
        _ => None,
    }
}

fn finish(
    id: String,
    name: String,
    kind: ActorKind,
    paths: RollUp,
    role: Option<String>,
    because: Vec<String>,
) -> Actor {
    Actor {
        id,
        name,
        kind,
        countries: paths.countries,
        affiliations: paths.affiliations,
        counts_for: paths.counts_for,
        formerly: paths.formerly,
        role,
        because: because.join("; "),
    }
}

/// Makes an actor of whom nothing but a name and a kind is known.
pub(crate) fn plain_actor(name: String, kind: ActorKind) -> Actor {
    Actor {
        id: slug(&name),
        name,
        kind,
        countries: Vec::new(),
        affiliations: Vec::new(),
        counts_for: Vec::new(),
        formerly: Vec::new(),
        role: None,
        because: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_without_an_office_is_the_reason_and_no_role() {
        let term = Term {
            office: String::new(),
            path: String::new(),
            party: Some("republican-party".to_string()),
            country: None,
            from: None,
            to: None,
        };
        let person = Person {
            id: "orla-quint".to_string(),
            name: "Orla Quint".to_string(),
            surnames: vec!["Quint".to_string()],
            aliases: Vec::new(),
            terms: vec![term],
        };
        let counting = Counting { lexicon: Lexicon::built_in(), date: None, home: None };
        let actor = person_actor("Quint", Some(&person), &Role::default(), counting);
        assert_eq!((actor.role, actor.because.as_str()), (None, "Republican Party (lexicon)"));
    }

    #[test]
    fn a_candidate_counts_for_the_party_of_the_first_office() {
        let lexicon = Lexicon::built_in();
        let known = lexicon.person("donald-trump");
        let day = |year| chrono::NaiveDate::from_ymd_opt(year, 6, 1);
        let paths = |year| {
            let counting = Counting { lexicon, date: day(year), home: None };
            person_actor("Trump", known, &Role::default(), counting).counts_for
        };
        assert_eq!(paths(1990), Vec::<String>::new());
        assert_eq!(paths(2016), ["republican-party"]);
        assert!(paths(2018).contains(&"united-states/government/presidency".to_string()));
    }
}
