//! What a title or an apposition says that somebody is: office, state, bodies, and whether it is over.

use super::Counting;
use super::cast::is_head;
use crate::extract::annotated::{Annotated, Name, OfficeAt, bare};
use crate::language::TokenRange;
use crate::lexicon::{
    Entry, NameWord, Office, OfficeKind, Region, RegionKind, SpeakerNoun, State, StateName, WordClass,
};
use crate::record::ActorKind;

/// What the text says that somebody is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Role {
    /// As written: `former Mexican foreign minister`.
    pub title: Option<String>,
    pub former: bool,
    /// Where below a state the office stands that is no longer held: `government/presidency`.
    pub left: Option<String>,
    /// Lexicon paths that the office counts for.
    pub paths: Vec<String>,
    /// Those of offices that the text says are no longer held.
    pub former_paths: Vec<String>,
    /// The one of the paths that follows from nothing but the state that the article is about.
    pub assumed: Option<String>,
    /// Bodies by name.
    pub affiliations: Vec<String>,
    /// Path of the region that somebody is from or serves in.
    pub place: Option<String>,
    /// Whether it stands as letters behind the name: `R-Ky.`
    pub is_letters: bool,
}

impl Role {
    /// Tells whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Role::default()
    }

    /// Takes over what the other role says more.
    pub fn take_over(&mut self, other: Role) {
        if self.title.is_none() || other.former && !self.former {
            self.title = other.title.or(self.title.take());
            self.former |= other.former;
            self.left = other.left.or(self.left.take());
        }
        for path in other.former_paths {
            self.paths.retain(|held| *held != path);
            if !self.former_paths.contains(&path) {
                self.former_paths.push(path);
            }
        }
        for path in other.paths {
            if !self.paths.contains(&path) && !self.former_paths.contains(&path) {
                self.paths.push(path);
            }
        }
        self.assumed = self.assumed.take().or(other.assumed);
        self.place = self.place.take().or(other.place);
        for body in other.affiliations {
            if !self.affiliations.contains(&body) {
                self.affiliations.push(body);
            }
        }
    }
}

/// Reads a title or apposition: office, state, bodies.
pub(crate) fn read_role(text: &Annotated, range: &TokenRange, counting: Counting) -> Role {
    let range = &first_of_pair(text, range);
    let mut bodies = read_bodies(text, range);
    let of_state = body_of_state(text, range);
    if let Some((state, _)) = of_state {
        // `Nigeria's Supreme Court`: not the one of that name that the lexicon knows.
        let state_of = |path: &String| counting.lexicon.state_of_path(path);
        bodies.paths.retain(|path| state_of(path).is_none_or(|own| own.path == state.path));
    }
    let of_state = of_state.map(|(state, below)| counting.lexicon.office_path(state, below));
    let has_left = range.clone().any(|i| text.is(i, WordClass::Former) || text.lower(i).starts_with("ex-"));
    let place = region_within(text, range).map(|r| r.path.clone());
    let former = has_left || is_of_the_past(text, range, counting);
    let mut role = Role { former, place, ..Role::default() };
    let offices = text.offices_within(range).filter(|o| o.office.kind != OfficeKind::Honorific);
    if let Some(at) = offices.max_by_key(|o| o.tokens.len()) {
        role.left = Some(at.office.below.clone()).filter(|below| has_left && !below.is_empty());
        role.title = text.document.span(range).map(|s| s.of(text.document.text).trim_start_matches("the ").to_string());
        if !is_of_the_future(text, range) {
            let path = held(text, range, counting, &bodies, at, of_state);
            role.assumed = if path.is_none() { path_at_home(&bodies, at.office, counting) } else { None };
            let paths = if former { &mut role.former_paths } else { &mut role.paths };
            paths.extend(path.or_else(|| role.assumed.clone()));
        }
    } else {
        role.paths.extend(served(text, range, counting, &bodies, of_state));
    }
    role.affiliations = bodies.affiliations;
    role
}

/// Returns what the holder of an office counts for, where the phrase says it.
fn held(
    text: &Annotated,
    range: &TokenRange,
    counting: Counting,
    bodies: &Role,
    at: &OfficeAt,
    of_state: Option<String>,
) -> Option<String> {
    let lexicon = counting.lexicon;
    let office = at.office;
    if let Some(region) = region_of_office(text, range, at) {
        return Some(region.path.clone());
    }
    // `special counsel at the Harbour Union`: not the state's.
    let of_others = bodies.paths.is_empty() && !bodies.affiliations.is_empty();
    let own_state = office.country.as_deref().filter(|_| !of_others).and_then(|c| lexicon.state(c));
    // `a Maltese member of the European Parliament` sits there, not in Malta's.
    let named = || state_of_office(text, range, &at.tokens).or(own_state);
    let state = own_state.filter(|own| own.alpha2 == "EU").or_else(named);
    match office.kind {
        OfficeKind::Private | OfficeKind::Honorific => None,
        OfficeKind::Post => office_path(bodies, None, office, counting).or(of_state),
        OfficeKind::Spokesperson => spokesperson_path(bodies, state, office, counting).or(of_state),
        OfficeKind::Subnational => {
            region_within(text, range).map(|r| r.path.clone()).or_else(|| state.map(|s| s.path.clone()))
        }
        _ => office_path(bodies, state, office, counting).or(of_state),
    }
}

/// `who sits in the Bundestag`: what somebody serves without an office that is named.
fn served(
    text: &Annotated,
    range: &TokenRange,
    counting: Counting,
    bodies: &Role,
    of_state: Option<String>,
) -> Option<String> {
    let serves = matches!(
        text.lower(range.start + 1),
        "sits" | "serves" | "chairs" | "heads" | "leads" | "represents" | "advises"
    );
    if text.lower(range.start) != "who" || !serves {
        return None;
    }
    let public = bodies.paths.iter().find(|path| counting.lexicon.state_of_path(path).is_some()).cloned();
    public.or(of_state)
}

/// `a former banker and the brother of a Bolivian senator`: up to where somebody else comes in.
fn first_of_pair(text: &Annotated, range: &TokenRange) -> TokenRange {
    let kin = |i: usize| {
        matches!(
            text.lower(i),
            "wife" | "husband" | "brother" | "sister" | "son" | "daughter" | "widow" | "father" | "mother"
        )
    };
    let parts = |i: &usize| text.lower(*i) == "and" && (i + 1..(i + 4).min(range.end)).any(kin);
    range.start..range.clone().find(parts).unwrap_or(range.end)
}

/// `incoming foreign minister`, `nominee for ambassador`: not held yet, perhaps never.
fn is_of_the_future(text: &Annotated, range: &TokenRange) -> bool {
    range.clone().any(|i| text.is(i, WordClass::NotYet))
        && !range.clone().any(|i| matches!(text.lower(i), "former" | "ex"))
}

/// `then-president`, `who was foreign minister until 2019`, `minister from 2000 to 2003`: held once, whatever is held now.
fn is_of_the_past(text: &Annotated, range: &TokenRange, counting: Counting) -> bool {
    let year = |i: usize| text.lower(i).parse::<i32>().ok().filter(|y| (1900..2100).contains(y));
    let over = |y: i32| counting.date.is_none_or(|date| y < chrono::Datelike::year(&date));
    range.clone().any(|i| {
        let word = text.lower(i);
        let next = text.lower(i + 1);
        match word {
            "then" => true,
            _ if word.starts_with("then-") => true,
            "during" => true,
            "who" => matches!(next, "was" | "served" | "once"),
            "until" | "till" => year(i + 1).is_some_and(over) || next == "last" || next == "recently",
            "to" | "through" | "-" | "–" | "and" => {
                i > range.start && year(i - 1).is_some() && year(i + 1).is_some_and(over)
            }
            _ => match word.split_once(['-', '–']) {
                Some((from, to)) => from.len() == 4 && from.parse::<i32>().is_ok() && to.parse().is_ok_and(over),
                None => false,
            },
        }
    })
}

/// The state of an office: named before it (`Mexican foreign minister`) or right after it (`president of Mexico`), not
/// anywhere in the phrase (`adviser on Mexico`).
fn state_of_office<'a>(text: &Annotated<'a>, range: &TokenRange, office: &TokenRange) -> Option<&'a State> {
    const REACH: usize = 4;
    let before = state_within(text, &(range.start..office.end)).filter(|_| !is_region_of_own(text, range, office));
    let joined = text.lower(office.end) == "of" && text.lower(office.end.saturating_sub(1)) != "ambassador";
    // `president of Audi of America`: whatever stands between is what is presided over.
    let after = || {
        let near = office.end..(office.end + REACH).min(range.end);
        let name = text.names_within(&near).next()?;
        let own = !(near.start..name.tokens.start).any(|i| text.is_capital(i));
        state_within(text, &name.tokens).filter(|_| own)
    };
    before.or_else(|| if joined { after() } else { None })
}

/// `California Attorney General`, `director of the Georgia Bureau of Investigation`: an office of a part of a country.
fn region_of_office<'a>(text: &Annotated<'a>, range: &TokenRange, office: &OfficeAt) -> Option<&'a Region> {
    let kind = office.office.kind;
    let public = matches!(kind, OfficeKind::State | OfficeKind::Judicial);
    let names_body = range.clone().any(|i| text.is_capital(i) && text.is(i, WordClass::PublicBody));
    let of_body = matches!(kind, OfficeKind::Post | OfficeKind::Spokesperson) && names_body;
    let region =
        |range: &TokenRange| region_within(text, range).filter(|region| region.kind != RegionKind::City || of_body);
    let before = range.start..office.tokens.start;
    if public && state_within(text, range).is_none() {
        return region(&before);
    }
    let no_body = of_body && read_bodies(text, range).paths.is_empty() && state_within(text, range).is_none();
    region(range).filter(|_| no_body)
}

/// `Chile's customs service`, `the Norwegian parliament`: where a body of a state stands below it, by its noun.
pub(super) fn body_of_state<'a>(text: &Annotated<'a>, range: &TokenRange) -> Option<(&'a State, &'static str)> {
    const REACH: usize = 6;
    let below = |i: usize| match text.lower(i) {
        "parliament" | "congress" | "senate" | "assembly" | "chamber" | "legislature" => Some("congress"),
        "court" | "courts" | "tribunal" => Some("courts"),
        "army" | "navy" | "forces" | "force" | "guard" | "military" | "command" => Some("armed-forces"),
        word if text.is(i, WordClass::PublicBody) || text.lexicon.speaker_noun(word) == Some(SpeakerNoun::Agency) => {
            Some("government")
        }
        "service" | "ministry" | "embassy" | "bank" if text.lower(i - 1) != "the" => Some("government"),
        _ => None,
    };
    text.names_within(range).find_map(|name| {
        let Entry::State(state, how) = name.entries[0] else { return None };
        let owns = text.is_possessive(name.tokens.end - 1)
            || matches!(how, StateName::Adjective)
            || text.lower(name.tokens.start).contains('.');
        let ends = |i: &usize| {
            let joins = text.is(*i, WordClass::Preposition) && text.lower(*i) != "of" || text.lower(*i) == ",";
            joins || text.is(*i, WordClass::Relative) || text.name_at(*i).is_some_and(|n| is_of_no_other_state(n, text))
        };
        let near = name.tokens.end..range.end.min(name.tokens.end + REACH);
        let near = near.start..near.clone().find(ends).unwrap_or(near.end);
        Some((state, near.rev().filter(|_| owns).find_map(below)?))
    })
}

/// Tells whether a name is a state's own or that of a body of several states, behind which no body of the state before it stands.
fn is_of_no_other_state(name: &Name, text: &Annotated) -> bool {
    match name.entries[0] {
        Entry::State(..) => true,
        Entry::Body(body) => text.lexicon.state_of_path(&body.path).is_none_or(|state| state.alpha2 == "EU"),
        _ => false,
    }
}

/// `Georgia Rep.`: beside an American title, a name that is also a part of the United States means that part.
fn is_region_of_own(text: &Annotated, range: &TokenRange, office: &TokenRange) -> bool {
    let american = office.clone().any(|i| {
        matches!(
            text.lower(i),
            "rep" | "sen" | "gov" | "congressman" | "congresswoman" | "governor" | "republican" | "democrat"
        )
    });
    let is_region = |entry: &Entry| matches!(entry, Entry::Region(r) if r.country.as_deref() == Some("US"));
    american && text.names_within(range).any(|n| n.entries.iter().any(is_region))
}

fn office_path(bodies: &Role, state: Option<&State>, office: &Office, counting: Counting) -> Option<String> {
    let public = bodies.paths.iter().find(|p| counting.lexicon.state_of_path(p).is_some());
    let of_party = |path: &String| {
        let body = counting.lexicon.body(path).filter(|body| body.kind == ActorKind::Party)?;
        counting.lexicon.state(body.country.as_deref()?)
    };
    let party = || bodies.paths.iter().find_map(of_party).filter(|_| office.kind == OfficeKind::Legislative);
    // `a Nigerian judge of the International Criminal Court`
    let of_several =
        |path: &&String| counting.lexicon.body(path).is_some_and(|body| body.kind == ActorKind::Intergovernmental);
    if let Some(path) = bodies.paths.iter().find(of_several).filter(|_| office.kind == OfficeKind::Judicial) {
        return Some(path.clone());
    }
    let own = state.map(|s| counting.lexicon.office_path(s, &office.below));
    own.or_else(|| public.cloned()).or_else(|| party().map(|s| counting.lexicon.office_path(s, &office.below)))
}

/// Where an office stands that no state is named for: in the state that the article is about.
fn path_at_home(bodies: &Role, office: &Office, counting: Counting) -> Option<String> {
    let home = counting.home?;
    let of_party = |path: &String| counting.lexicon.body(path).is_some_and(|b| b.kind == ActorKind::Party);
    let is_plain = bodies.paths.iter().all(of_party);
    match office.kind {
        OfficeKind::Subnational => Some(home.path.clone()),
        OfficeKind::Legislative | OfficeKind::Judicial if is_plain => {
            Some(counting.lexicon.office_path(home, &office.below))
        }
        // `the foreign minister`, where the state has a foreign ministry; heads of state are known by name.
        OfficeKind::State if is_plain && bodies.affiliations.is_empty() && office.single => {
            let path = format!("{}/{}", home.path, office.below);
            (counting.lexicon.body(&path).is_some() && !is_head(&path)).then_some(path)
        }
        _ => None,
    }
}

fn spokesperson_path(bodies: &Role, state: Option<&State>, office: &Office, counting: Counting) -> Option<String> {
    let own = state.filter(|_| !office.below.is_empty()).map(|s| counting.lexicon.office_path(s, &office.below));
    own.or_else(|| bodies.paths.first().cloned()).or_else(|| state.map(|s| format!("{}/government", s.path)))
}

/// Returns the first state that the tokens name, by name, adjective or seat.
pub(crate) fn state_within<'a>(text: &Annotated<'a>, range: &TokenRange) -> Option<&'a State> {
    text.names_within(range).find_map(|n| match n.entries[0] {
        Entry::State(state, _) => Some(state),
        _ => None,
    })
}

/// Returns the first region that the tokens name, a part of a country before a city.
pub(crate) fn region_within<'a>(text: &Annotated<'a>, range: &TokenRange) -> Option<&'a Region> {
    let regions = || {
        let entries = text.names_within(range).flat_map(|n| &n.entries);
        entries.filter_map(|e| match e {
            Entry::Region(region) if region.country.is_some() => Some(*region),
            _ => None,
        })
    };
    regions().find(|r| r.kind != RegionKind::City).or_else(|| regions().next())
}

/// Returns the bodies that the tokens name, known or not, as a role without a title.
pub(crate) fn read_bodies(text: &Annotated, range: &TokenRange) -> Role {
    let mut role = Role::default();
    let mut at = range.start;
    while at < range.end {
        if let Some(name) = text.name_at(at) {
            if let Some(Entry::Body(body)) = name.entries.iter().find(|e| matches!(e, Entry::Body(_))) {
                role.paths.push(body.path.clone());
                role.affiliations.push(text.lexicon.label(&body.path));
            }
            at = name.tokens.end;
            continue;
        }
        let opens_name = text.lexicon.name_word(text.lower(at)) != Some(NameWord::Function);
        if text.is_capital(at) && opens_name {
            let end = body_end(text, at, range.end);
            let is_body = (at..end).any(|i| text.lexicon.name_word(text.lower(i)) == Some(NameWord::Body));
            if is_body && end > at + 1 {
                role.affiliations.push(bare(text.document.slice(&(at..end))).to_string());
            }
            at = end;
        }
        at += 1;
    }
    role
}

/// Capitalised words joined by `of`, `for`, `on`, `and the`: `University of Texas School of Law`.
fn body_end(text: &Annotated, at: usize, limit: usize) -> usize {
    let known = |i: usize| text.name_at(i).is_some_and(|n| n.entries.iter().any(|e| matches!(e, Entry::Body(_))));
    let capital = |i: usize| i < limit && text.is_capital(i) && !known(i);
    let mut end = at + 1;
    loop {
        if capital(end) {
            end += 1;
        } else if end < limit && matches!(text.lower(end), "of" | "for" | "on" | "and" | "&" | "in") && capital(end + 1)
        {
            end += 2;
        } else if end + 1 < limit
            && matches!(text.lower(end), "of" | "for" | "on")
            && text.lower(end + 1) == "the"
            && capital(end + 2)
        {
            end += 3;
        } else {
            return end;
        }
    }
}
