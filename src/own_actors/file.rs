//! Reads the file: TOML tables of actors, checked against each other and against the lexicon.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::actors::{OwnActor, OwnActors, OwnRole};
use super::error::OwnActorsError;
use crate::lexicon::{Entry, Lexicon, slug};
use crate::query::{Query, parse};
use crate::record::{ActorKind, PartialDate};

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, rename = "actor")]
    actors: Vec<WrittenActor>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenActor {
    #[serde(default)]
    name: String,
    /// Other names whose statements are the actor's.
    #[serde(default)]
    also: Vec<String>,
    kind: Option<ActorKind>,
    /// A question that finds the statements that are the actor's, where others by these names are not.
    #[serde(rename = "where")]
    only: Option<String>,
    #[serde(rename = "role")]
    roles: Option<Vec<WrittenRole>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRole {
    title: Option<String>,
    #[serde(default)]
    counts_for: OneOrMore,
    from: Option<Moment>,
    to: Option<Moment>,
}

/// `"Mexico"` or `["Mexico", "the Senate"]`.
#[derive(Debug, Default, Deserialize)]
#[serde(untagged, expecting = "a name, or a list of names")]
enum OneOrMore {
    #[default]
    None,
    One(String),
    More(Vec<String>),
}

/// `2018-11-30`, with quotation marks or without, `"2018-11"`, `"2018"` or `2018`.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a day, month or year, such as 2018-11-30, \"2018-11\" or 2018")]
enum Moment {
    Toml(toml::value::Datetime),
    Text(String),
    Year(i32),
}

impl OwnActors {
    /// Reads the text of a file that is shown as `file`; relative dates in conditions start from `today`.
    pub fn read(
        text: &str,
        file: impl Into<String>,
        today: NaiveDate,
        lexicon: &Lexicon,
    ) -> Result<OwnActors, OwnActorsError> {
        let written: Written = toml::from_str(text).map_err(|error| malformed(text, &error))?;
        let ids = ids_by_name(&written.actors);
        let mut all = Vec::with_capacity(written.actors.len());
        for (at, actor) in written.actors.into_iter().enumerate() {
            if slug(&actor.name).is_empty() {
                return Err(OwnActorsError::NoName { number: at + 1 });
            }
            all.push(read_actor(actor, &ids, today, lexicon)?);
        }
        check_names(&all)?;
        Ok(OwnActors::new(all, file.into()))
    }
}

/// A statement can be only one actor's.
fn check_names(all: &[OwnActor]) -> Result<(), OwnActorsError> {
    let mut ids: HashMap<&str, &OwnActor> = HashMap::new();
    let mut without_condition: HashMap<&str, &OwnActor> = HashMap::new();
    for actor in all {
        if ids.insert(&actor.id, actor).is_some() {
            return Err(OwnActorsError::SameName { name: actor.name.clone() });
        }
        for id in actor.ids.iter().filter(|_| actor.only.is_none()) {
            if let Some(first) = without_condition.insert(id, actor) {
                let name = actor.names.iter().find(|name| slug(name) == *id).unwrap_or(id);
                return Err(OwnActorsError::Twice {
                    name: name.clone(),
                    first: first.name.clone(),
                    second: actor.name.clone(),
                });
            }
        }
    }
    Ok(())
}

/// Returns the id of each actor by the slugs of all its names; of two that share one, those without a condition come first.
fn ids_by_name(actors: &[WrittenActor]) -> HashMap<String, String> {
    let mut ids = HashMap::new();
    let (with, without): (Vec<_>, Vec<_>) = actors.iter().partition(|actor| actor.only.is_some());
    for actor in without.into_iter().chain(with) {
        for name in [&actor.name].into_iter().chain(&actor.also) {
            ids.entry(slug(name)).or_insert_with(|| slug(&actor.name));
        }
    }
    ids
}

/// Names the line, where it is known.
fn malformed(text: &str, error: &toml::de::Error) -> OwnActorsError {
    let message = error.message().lines().collect::<Vec<_>>().join("; ");
    let before = error.span().and_then(|span| text.get(..span.start));
    OwnActorsError::Form(match before {
        Some(before) => format!("line {}: {message}", before.matches('\n').count() + 1),
        None => message,
    })
}

fn read_actor(
    written: WrittenActor,
    own: &HashMap<String, String>,
    today: NaiveDate,
    lexicon: &Lexicon,
) -> Result<OwnActor, OwnActorsError> {
    let WrittenActor { name, also, kind, only, roles } = written;
    let only = only.map(|only| condition(&name, &only, today)).transpose()?;
    let roles = roles.map(|roles| roles.into_iter().map(|role| read_role(&name, role, own, lexicon)).collect());
    let mut names = Vec::new();
    let mut ids = Vec::new();
    for typed in [&name].into_iter().chain(&also) {
        if slug(typed).is_empty() {
            return Err(OwnActorsError::NoLetters { actor: name.clone(), typed: typed.clone() });
        }
        names.push(typed.clone());
        ids.push(slug(typed));
        // Another name of the lexicon's may be that of somebody else here: only its own is meant.
        let is_own = |entry: &Entry| slug(&lexicon.label(entry.path())) == slug(typed);
        if let Some(entry) = lexicon.lookup(typed).into_iter().find(is_own) {
            names.push(lexicon.label(entry.path()));
            ids.push(entry.path().to_string());
        }
    }
    for list in [&mut names, &mut ids] {
        list.sort_unstable();
        list.dedup();
    }
    let id = slug(&name);
    let is_taken = lexicon.region(&id).is_some() || lexicon.state_of_path(&id).is_some_and(|state| state.path == id);
    if is_taken {
        return Err(OwnActorsError::NameOfState { name });
    }
    Ok(OwnActor { id, name, names, ids, kind, roles: roles.transpose()?, only })
}

fn condition(actor: &str, typed: &str, today: NaiveDate) -> Result<Query, OwnActorsError> {
    let parsed = parse(typed, today);
    match parsed.notes.into_iter().next() {
        Some(note) => Err(OwnActorsError::Where { actor: actor.to_string(), note: note.message }),
        None => Ok(parsed.query),
    }
}

fn read_role(
    actor: &str,
    written: WrittenRole,
    own: &HashMap<String, String>,
    lexicon: &Lexicon,
) -> Result<OwnRole, OwnActorsError> {
    let typed = match written.counts_for {
        OneOrMore::None => Vec::new(),
        OneOrMore::One(name) => vec![name],
        OneOrMore::More(names) => names,
    };
    let path = |typed: String| path_of(&typed, own, lexicon).ok_or(typed);
    let counts_for = typed.into_iter().map(path).collect::<Result<_, _>>();
    let counts_for = counts_for.map_err(|typed| OwnActorsError::UnknownBody { actor: actor.to_string(), typed })?;
    let date = |moment: Option<Moment>| moment.map(|moment| read_date(actor, &moment)).transpose();
    let role = OwnRole { title: written.title, counts_for, from: date(written.from)?, to: date(written.to)? };
    match (role.from, role.to, role.days()) {
        (Some(from), Some(to), (Some(first), Some(last))) if last < first => {
            Err(OwnActorsError::Backwards { actor: actor.to_string(), from: from.to_string(), to: to.to_string() })
        }
        _ => Ok(role),
    }
}

fn read_date(actor: &str, moment: &Moment) -> Result<PartialDate, OwnActorsError> {
    let text = match moment {
        Moment::Toml(moment) => moment.date.map_or_else(|| moment.to_string(), |date| date.to_string()),
        Moment::Text(text) => text.clone(),
        Moment::Year(year) => year.to_string(),
    };
    text.parse().map_err(|error| OwnActorsError::Date { actor: actor.to_string(), error })
}

/// Returns the path that a name or path means: a body, region or state, or another actor of the file.
fn path_of(typed: &str, own: &HashMap<String, String>, lexicon: &Lexicon) -> Option<String> {
    if is_path(typed, lexicon) {
        return Some(typed.to_string());
    }
    let known = lexicon.lookup(typed).into_iter().find_map(|entry| match entry {
        Entry::State(..) | Entry::Body(_) | Entry::Region(_) => Some(entry.path().to_string()),
        Entry::Person(_) | Entry::Outlet(_) => None,
    });
    known.or_else(|| own.get(&slug(typed)).cloned())
}

/// Tells whether it is the path of something: of a body, a region, a state, or what an office below a state speaks for.
fn is_path(typed: &str, lexicon: &Lexicon) -> bool {
    let known = |path: &str| {
        let is_state = lexicon.state_of_path(path).is_some_and(|state| state.path == path);
        is_state || lexicon.body(path).is_some() || lexicon.region(path).is_some()
    };
    let below = typed.split_once('/').filter(|(state, _)| known(state)).map(|(_, below)| below);
    known(typed) || below.is_some_and(|below| lexicon.offices().iter().any(|office| office.below == below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<OwnActors, OwnActorsError> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar");
        OwnActors::read(text, "actors.toml", today, Lexicon::built_in())
    }

    #[test]
    fn reads_names_roles_and_conditions() {
        let own = read(
            "[[actor]]\nname = \"Kari Lund\"\nalso = [\"K. Lund\"]\nkind = \"person\"\n\
             [[actor.role]]\ntitle = \"harbour minister\"\ncounts_for = \"Government of Mexico\"\nfrom = 2012-12-04\nto = \"2018-11\"\n\
             [[actor.role]]\ncounts_for = [\"Harbour Union\"]\n\
             [[actor]]\nname = \"Harbour Union\"\nkind = \"ngo\"\n\
             [[actor]]\nname = \"Kari Lund (Bergen)\"\nalso = [\"Kari Lund\"]\nwhere = \"outlet:Reuters\"\n",
        )
        .expect("is well formed");
        let names: Vec<&str> = own.all().iter().map(|actor| actor.name.as_str()).collect();
        assert_eq!(names, ["Kari Lund (Bergen)", "Kari Lund", "Harbour Union"]);
        let lund = own.by_id("kari-lund").expect("is there");
        assert_eq!(lund.names, ["K. Lund", "Kari Lund"]);
        let roles = lund.roles.as_deref().expect("has roles");
        assert_eq!(roles[0].counts_for, ["mexico/government"]);
        assert_eq!(roles[1].counts_for, ["harbour-union"]);
        let day = |month, day| NaiveDate::from_ymd_opt(2018, month, day);
        assert_eq!((roles[0].is_held(day(11, 30)), roles[0].is_held(day(12, 1))), (true, false));
        assert!(roles[0].is_over(None) && !roles[1].is_over(None));
    }

    #[test]
    fn a_role_ends_on_the_day_that_its_end_names() {
        let own = read("[[actor]]\nname = \"A B\"\n[[actor.role]]\nfrom = 2017\nto = 2018-11-30\n").expect("reads");
        let role = &own.all()[0].roles.as_deref().expect("has one")[0];
        let day = |day| NaiveDate::from_ymd_opt(2018, 11, day);
        assert_eq!((role.is_held(day(29)), role.is_held(day(30))), (true, false));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (text, expected) in [
            ("[[actor]]\nalso = [\"x\"]\n", "actor 1 has no name; give it one: `name = \"Jane Doe\"`"),
            (
                "[[actor]]\nname = \"Ana\"\n[[actor]]\nname = \"Kari\"\nalso = [\"ana\"]\n",
                "`ana` is in two actors, `Ana` and `Kari`; keep it in one, or tell them apart with `where`",
            ),
            (
                "[[actor]]\nname = \"Ana\"\n[[actor.role]]\ncounts_for = \"Mexcio\"\n",
                "`Mexcio`, which `Ana` is to count for, is no state or body that is known; write its path, such as \
                 `mexico/government`, or add it as an actor",
            ),
            (
                "[[actor]]\nname = \"Ana\"\n[[actor.role]]\nfrom = 2020\nto = 2019\n",
                "a role of `Ana` ends on 2019, and begins only on 2020",
            ),
            ("[[actor]]\nname = \"Ana\"\nwhere = \"stanse:oppose\"\n", "`where` of `Ana`: unknown field `stanse`"),
            (
                "[[actor]]\nname = \"Ana\"\n[[actor.role]]\ncounts_for = \"mexico/goverment\"\n",
                "`mexico/goverment`, which `Ana` is to count for, is no state",
            ),
            ("[[actor]]\nname = \"Ana\"\nalso = [\"—\"]\n", "`—`, a name of `Ana`, has no letters"),
            ("[[actor]]\nname = \"Georgia\"\n", "`Georgia` is the path of a state or region"),
            (
                "[[actor]]\nname = \"Ana\"\nwhere = \"steel\"\n[[actor]]\nname = \"ana\"\n",
                "two actors are called `ana`; give them different names",
            ),
            ("[[actor]]\nname = \"Ana\"\nkinds = \"ngo\"\n", "line 3: unknown field `kinds`"),
            ("[[actor]]\nname = \"Ana\"\nkind = \"thing\"\n", "unknown variant `thing`"),
            ("[[actor]]\nname = \"Ana\"\n[[actor.role]]\nfrom = \"May\"\n", "`May` is not a date"),
            ("[[actor]\n", "unclosed array table"),
        ] {
            let error = read(text).expect_err(text).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
