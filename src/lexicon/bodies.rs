//! Governments, parliaments, agencies, parties, companies and other bodies, each at a path that decides its roll-up.

use crate::record::ActorKind;

use super::hashing::WordMap;
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
    let own: WordMap<usize> = bodies.iter().zip(0..).map(|(body, place)| (body.path.clone(), place)).collect();
    let templates: Vec<Template> = templates.iter().map(Template::of).collect();
    for state in states {
        let fillings = Fillings::of(state);
        for template in &templates {
            let path = template.path_in(state);
            match own.get(&path) {
                Some(&place) => add_names(&mut bodies[place], template.fill(path, &fillings)),
                None if is_replaced(&path, state, &own) => {}
                None => bodies.push(template.fill(path, &fillings)),
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
fn is_replaced(path: &str, state: &State, own: &WordMap<usize>) -> bool {
    path.ends_with("/parliament") && own.contains_key(&format!("{}/congress", state.path))
}

/// Returns what stands before a body's name: `Mexican`, but also `US`, `U.S.`
fn adjectives_of(state: &State) -> Vec<&str> {
    let is_acronym = |name: &&String| name.chars().all(|c| c.is_ascii_uppercase() || c == '.');
    state.adjectives.iter().chain(state.other_names.iter().filter(is_acronym)).map(String::as_str).collect()
}

/// A body of every state, its names cut at what differs: they are put together thousands of times at every start.
struct Template<'t> {
    body: &'t Body,
    name: Pattern<'t>,
    aliases: Vec<Pattern<'t>>,
}

/// A name with a gap for the state.
struct Pattern<'t> {
    before: &'t str,
    gap: Gap,
    after: &'t str,
}

#[derive(Clone, Copy)]
enum Gap {
    None,
    /// The state's name.
    State,
    /// The same inside a name, where some states take an article.
    TheState,
    /// Each of the state's adjectives.
    Adjective,
}

/// What the gaps hold for one state.
struct Fillings<'s> {
    state: &'s State,
    with_article: String,
    adjectives: Vec<&'s str>,
}

impl<'s> Fillings<'s> {
    fn of(state: &'s State) -> Fillings<'s> {
        Fillings { state, with_article: state.name_with_article(), adjectives: adjectives_of(state) }
    }
}

impl<'t> Template<'t> {
    fn of(body: &'t Body) -> Template<'t> {
        let name = Pattern::of(&body.name, Gap::TheState);
        let at_start = |alias: &str| if alias.starts_with("{state}") { Gap::State } else { Gap::TheState };
        let aliases = body.aliases.iter().map(|alias| Pattern::of(alias, at_start(alias))).collect();
        Template { body, name, aliases }
    }

    fn path_in(&self, state: &State) -> String {
        [state.path.as_str(), &self.body.path[1..]].concat()
    }

    fn fill(&self, path: String, fillings: &Fillings) -> Body {
        let mut aliases = Vec::with_capacity(self.aliases.len() * fillings.adjectives.len());
        self.aliases.iter().for_each(|alias| alias.fill(fillings, |alias| aliases.push(alias)));
        let mut name = String::new();
        self.name.fill(fillings, |filled| name = filled);
        Body { path, name, aliases, kind: self.body.kind, country: Some(fillings.state.alpha2.clone()) }
    }
}

impl<'t> Pattern<'t> {
    /// Cuts a name at `{adjective}` or at `{state}`, of which it has one at most.
    fn of(name: &'t str, state: Gap) -> Pattern<'t> {
        if let Some((before, after)) = name.split_once("{adjective}") {
            return Pattern { before, gap: Gap::Adjective, after };
        }
        let (before, after) = name.split_once("{state}").unwrap_or((name, ""));
        let gap = if before.len() == name.len() { Gap::None } else { state };
        Pattern { before, gap, after }
    }

    fn fill(&self, fillings: &Fillings, mut take: impl FnMut(String)) {
        let mut with = |filling: &str| take([self.before, filling, self.after].concat());
        match self.gap {
            Gap::None => with(""),
            Gap::State => with(&fillings.state.name),
            Gap::TheState => with(&fillings.with_article),
            Gap::Adjective => fillings.adjectives.iter().for_each(|adjective| with(adjective)),
        }
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
