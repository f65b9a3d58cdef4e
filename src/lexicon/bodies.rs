//! Governments, parliaments, agencies, parties, companies and other bodies, each at a path that decides its roll-up.

use std::collections::HashMap;

use crate::record::ActorKind;

use super::table::{Row, read_rows};
use super::{LexiconError, State};

/// A body that can speak.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// `mexico/government/foreign-ministry`; a root of its own (`republican-party`) for what no state answers for.
    pub path: String,
    /// Canonical name.
    pub name: String,
    pub aliases: Vec<String>,
    pub kind: ActorKind,
    /// Alpha-2 of the state it belongs to or sits in; only what lies below the state's path speaks for it.
    pub country: Option<String>,
}

/// Reads the bodies; a row whose path starts with `*` is made for every state that has no row of its own there.
pub(super) fn read_bodies(text: &str, states: &[State]) -> Result<Vec<Body>, LexiconError> {
    let mut bodies = Vec::new();
    let mut templates = Vec::new();
    read_rows("bodies.csv", text, &["path", "name", "aliases", "kind", "country"], |row| {
        let body = read_body(&row)?;
        let target = if body.path.starts_with("*/") { &mut templates } else { &mut bodies };
        target.push(body);
        Ok(())
    })?;
    let own: HashMap<String, usize> = bodies.iter().zip(0..).map(|(body, place)| (body.path.clone(), place)).collect();
    for state in states {
        let adjectives = adjectives_of(state);
        for template in &templates {
            let made = for_state(template, state, &adjectives);
            match own.get(&made.path) {
                Some(&place) => add_names(&mut bodies[place], made),
                None if is_replaced(&made.path, state, &own) => {}
                None => bodies.push(made),
            }
        }
    }
    bodies.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(bodies)
}

fn read_body(row: &Row) -> Result<Body, LexiconError> {
    let known = "person, government, legislature, agency, party, company, ngo, intergovernmental, media or group";
    Ok(Body {
        path: row.string(0),
        name: row.string(1),
        aliases: row.list(2),
        kind: row.parsed(3, read_kind, known)?,
        country: row.optional(4),
    })
}

fn read_kind(field: &str) -> Option<ActorKind> {
    Some(match field {
        "person" => ActorKind::Person,
        "government" => ActorKind::Government,
        "legislature" => ActorKind::Legislature,
        "agency" => ActorKind::Agency,
        "party" => ActorKind::Party,
        "company" => ActorKind::Company,
        "ngo" => ActorKind::Ngo,
        "intergovernmental" => ActorKind::Intergovernmental,
        "media" => ActorKind::Media,
        "group" => ActorKind::Group,
        _ => return None,
    })
}

/// Tells whether a state has a legislature under another name, so that it needs no `parliament`.
fn is_replaced(path: &str, state: &State, own: &HashMap<String, usize>) -> bool {
    path.ends_with("/parliament") && own.contains_key(&format!("{}/congress", state.path))
}

/// Returns what stands before a body's name: `Mexican`, but also `US`, `U.S.`
fn adjectives_of(state: &State) -> Vec<&str> {
    let is_acronym = |name: &&String| name.chars().all(|c| c.is_ascii_uppercase() || c == '.');
    state.adjectives.iter().chain(state.other_names.iter().filter(is_acronym)).map(String::as_str).collect()
}

/// Fills a template's `{state}` and `{adjective}` for one state.
fn for_state(template: &Body, state: &State, adjectives: &[&str]) -> Body {
    let mut aliases = Vec::new();
    for alias in &template.aliases {
        if alias.contains("{adjective}") {
            aliases.extend(adjectives.iter().map(|adjective| alias.replace("{adjective}", adjective)));
        } else if alias.starts_with("{state}") {
            aliases.push(alias.replace("{state}", &state.name));
        } else {
            aliases.push(alias.replace("{state}", &state.name_with_article()));
        }
    }
    Body {
        path: template.path.replacen('*', &state.path, 1),
        name: template.name.replace("{state}", &state.name_with_article()),
        aliases,
        kind: template.kind,
        country: Some(state.alpha2.clone()),
    }
}

/// Gives a state's own body the names of the template too.
fn add_names(body: &mut Body, made: Body) {
    for name in made.aliases.into_iter().chain([made.name]) {
        if name != body.name && !body.aliases.contains(&name) {
            body.aliases.push(name);
        }
    }
}
