//! Resolves the names in a query to actors of the lexicon and of the user's file: `by:Mexico` -> everybody who counts for Mexico.

use serde::{Deserialize, Serialize};

use crate::lexicon::{Entry, Lexicon, OutletEntry, Person, StateName, slug};
use crate::own_actors::{OwnActor, OwnActors};
use crate::query::{ActorPattern, Alternative, FieldName, Query, formerly, known_value, normal, without_formerly};

/// A query whose names are resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResolvedQuery {
    pub query: Query,
    /// How each name was read, in the order of the query.
    pub actors: Vec<ActorReading>,
    /// The query with a name's other meaning, the likelier first.
    pub alternatives: Vec<Alternative>,
}

/// How a name in the query was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActorReading {
    pub typed: String,
    pub field: FieldName,
    pub pattern: ActorPattern,
    /// Why, for people: "Mexico City: capital, read as the whole state of Mexico".
    pub explanation: String,
}

/// Resolves actors, outlets, stances, acts and quotation types.
///
/// A name's likeliest meaning is taken; its others make the alternatives. An actor of the user's file comes before those of the
/// lexicon. What neither knows is looked for as a name, and an unknown outlet
/// as typed.
pub fn resolve(query: Query, lexicon: &Lexicon, own: &OwnActors) -> ResolvedQuery {
    let mut resolver = NameResolver { lexicon, own, actors: Vec::new(), others: Vec::new() };
    let query = resolver.query(query);
    let NameResolver { actors, others, .. } = resolver;
    let alternative = |other: Other| Alternative {
        query: replaced(&query, other.field, &other.taken, &other.meaning.pattern),
        unit: None,
        why: other.meaning.explanation,
    };
    let alternatives = others.into_iter().map(alternative).collect();
    ResolvedQuery { query, actors, alternatives }
}

struct NameResolver<'l> {
    lexicon: &'l Lexicon,
    own: &'l OwnActors,
    actors: Vec<ActorReading>,
    others: Vec<Other>,
}

/// A meaning that was not taken.
struct Other {
    field: FieldName,
    taken: ActorPattern,
    meaning: Meaning,
}

/// What a name can mean.
#[derive(Debug, Clone, PartialEq)]
struct Meaning {
    pattern: ActorPattern,
    explanation: String,
}

impl NameResolver<'_> {
    fn query(&mut self, query: Query) -> Query {
        match query {
            Query::Field { field, value, exact } => self.field(field, value, exact),
            Query::And { of } => Query::And { of: of.into_iter().map(|part| self.query(part)).collect() },
            Query::Or { of } => Query::Or { of: of.into_iter().map(|part| self.query(part)).collect() },
            Query::Not { of } => Query::Not { of: Box::new(self.query(*of)) },
            query => query,
        }
    }

    fn field(&mut self, field: FieldName, value: String, exact: bool) -> Query {
        use FieldName::*;
        if value == "*" {
            return Query::Field { field, value, exact };
        }
        match field {
            By | Actor | Mentions => {
                let former = if field == By && !exact { former_meanings(self.lexicon, &value) } else { Vec::new() };
                let known = || self.with_own(&value, exact, meanings(self.lexicon, &value, exact));
                let mut meanings = if former.is_empty() { known() } else { former };
                if meanings.is_empty() {
                    meanings.push(unknown(&value, exact));
                }
                self.actor(field, value, meanings)
            }
            Target => match self.with_own(&value, exact, meanings_of_target(self.lexicon, &value, exact)) {
                meanings if meanings.is_empty() => Query::Field { field, value, exact },
                meanings => self.actor(field, value, meanings),
            },
            Source | Outlet | Cites => self.outlet(field, value, exact),
            _ => match known_value(field, &value) {
                Some(known) => Query::Field { field: known.field, value: known.value, exact },
                None => Query::Field { field, value, exact },
            },
        }
    }

    /// Puts the actors of the user's file among the meanings of a name.
    fn with_own(&self, typed: &str, exact: bool, known: Vec<Meaning>) -> Vec<Meaning> {
        let called = self.own.called(typed);
        // Who has only some statements of a name is another meaning of it, not the first.
        let (called, parted): (Vec<_>, Vec<_>) =
            called.into_iter().partition(|actor| actor.only.is_none() || actor.id == slug(typed));
        let mut known = known;
        if called.is_empty() && known.is_empty() && !parted.is_empty() {
            known.push(unknown(typed, exact));
        }
        // A body of the lexicon that the file names too stays what it is: all who count for it.
        let is_known = known.first().is_some_and(|meaning| match &meaning.pattern {
            ActorPattern::CountsFor { path, .. } => called.iter().all(|actor| actor.ids.contains(path)),
            _ => called.is_empty(),
        });
        let of_file = called.into_iter().map(|actor| self.meaning_of_own(actor, typed, exact));
        let known = known.into_iter().map(|meaning| match &meaning.pattern {
            ActorPattern::Is { id, .. } => {
                let taken = |actor: &&OwnActor| actor.only.is_none() && actor.ids.contains(id);
                self.own.all().iter().find(taken).map_or(meaning, |actor| self.meaning_of_own(actor, typed, exact))
            }
            _ => meaning,
        });
        let parted = parted.into_iter().map(|actor| self.meaning_of_own(actor, typed, exact));
        let first: Vec<Meaning> =
            if is_known { known.chain(of_file).collect() } else { of_file.chain(known).collect() };
        distinct(first.into_iter().chain(parted).collect())
    }

    /// Reads a body that others of the file count for with all of them, unless exactly it is asked for.
    fn meaning_of_own(&self, actor: &OwnActor, typed: &str, exact: bool) -> Meaning {
        let (id, name) = (actor.id.clone(), actor.name.clone());
        let whom = if self.own.is_body(actor) && !exact { "all who count for " } else { "" };
        let explanation = format!("{typed}: read as {whom}{name}, an actor of the user's own file");
        let pattern = match whom.is_empty() {
            true => ActorPattern::Is { id, name },
            false => ActorPattern::CountsFor { path: id, name },
        };
        Meaning { pattern, explanation }
    }

    /// Takes the first meaning and keeps the others.
    fn actor(&mut self, field: FieldName, typed: String, meanings: Vec<Meaning>) -> Query {
        let mut meanings = meanings.into_iter();
        let Some(Meaning { pattern, explanation }) = meanings.next() else {
            return Query::Field { field, value: typed, exact: false };
        };
        let reading = ActorReading { typed, field, pattern: pattern.clone(), explanation };
        if !self.actors.contains(&reading) {
            self.others.extend(meanings.map(|meaning| Other { field, taken: pattern.clone(), meaning }));
            self.actors.push(reading);
        }
        Query::Actor { field, actor: pattern }
    }

    /// Reads an outlet's name or domain as its id, and a state's name as all outlets there.
    fn outlet(&self, field: FieldName, value: String, exact: bool) -> Query {
        let clause = |id: &str| Query::Field { field, value: id.to_string(), exact };
        if let Some(outlet) = outlet_called(self.lexicon, &value) {
            return clause(&outlet.id);
        }
        let state = self.lexicon.lookup(&value).into_iter().find_map(|entry| match entry {
            Entry::State(state, StateName::Name) => Some(state),
            _ => None,
        });
        let there: Vec<Query> = (self.lexicon.outlets().iter())
            .filter(|outlet| state.is_some_and(|s| outlet.country.as_deref() == Some(&s.alpha2)))
            .map(|outlet| clause(&outlet.id))
            .collect();
        match there.is_empty() || exact {
            true => Query::Field { field, value, exact },
            false => normal(&Query::Or { of: there }),
        }
    }
}

fn outlet_called<'l>(lexicon: &'l Lexicon, value: &str) -> Option<&'l OutletEntry> {
    let by_id = lexicon.outlet(value);
    let by_name = || lexicon.outlet_by_name(value);
    let by_domain = || value.contains('.').then(|| lexicon.outlet_by_domain(value)).flatten();
    by_id.or_else(by_name).or_else(by_domain)
}

/// Returns what a name can mean as an actor, the likeliest first.
fn meanings(lexicon: &Lexicon, typed: &str, exact: bool) -> Vec<Meaning> {
    if let Some(meaning) = meaning_of_path(lexicon, typed, exact) {
        return vec![meaning];
    }
    let mut entries = lexicon.lookup(typed);
    if entries.is_empty() {
        entries = owned(typed).map_or(Vec::new(), |turned| lexicon.lookup(&turned));
    }
    // Brussels is the European Union's seat before it is Belgium's capital.
    entries.sort_by_key(|entry| !matches!(entry, Entry::State(_, StateName::Seat)));
    let mut meanings: Vec<Meaning> = entries.iter().map(|entry| meaning(lexicon, entry, typed, exact)).collect();
    meanings.extend(entries.iter().filter_map(|entry| whole_state(lexicon, entry, typed)).filter(|_| !exact));
    let by_surname = by_surname(lexicon, typed);
    meanings.extend(by_surname.iter().map(|person| meaning(lexicon, &Entry::Person(person), typed, exact)));
    distinct(meanings)
}

/// Keeps the first of the meanings that ask for the same.
fn distinct(meanings: Vec<Meaning>) -> Vec<Meaning> {
    let mut distinct: Vec<Meaning> = Vec::new();
    for meaning in meanings {
        if distinct.iter().all(|known| known.pattern != meaning.pattern) {
            distinct.push(meaning);
        }
    }
    distinct
}

/// Returns what `former officials of Mexico` can mean: those who counted for Mexico and no longer do.
fn former_meanings(lexicon: &Lexicon, typed: &str) -> Vec<Meaning> {
    let Some(of) = without_formerly(typed) else { return Vec::new() };
    let former = |meaning: Meaning| match meaning.pattern {
        ActorPattern::CountsFor { path, name } => Some(Meaning {
            explanation: format!("{typed}: read as all who spoke for {} and no longer did", lexicon.label(&path)),
            pattern: ActorPattern::Formerly { path, name: formerly(&name) },
        }),
        _ => None,
    };
    meanings(lexicon, of, false).into_iter().filter_map(former).collect()
}

/// Returns the actors that a target's words name; most targets are things ("tariffs"), not actors.
fn meanings_of_target(lexicon: &Lexicon, typed: &str, exact: bool) -> Vec<Meaning> {
    let mut meanings = meanings(lexicon, typed, exact);
    let is_outlet = |m: &Meaning| matches!(&m.pattern, ActorPattern::Is { id, .. } if lexicon.outlet(id).is_some());
    meanings.retain(|m| !is_outlet(m));
    let is_name = typed.starts_with(char::is_uppercase) || typed.contains('/') || !meanings_need_capitals(&meanings);
    if is_name { meanings } else { Vec::new() }
}

/// Tells that only people are meant, whose surnames are everyday words too.
fn meanings_need_capitals(meanings: &[Meaning]) -> bool {
    meanings.iter().all(|m| matches!(m.pattern, ActorPattern::Is { .. }))
}

/// Reads `mexico/government` as the path.
fn meaning_of_path(lexicon: &Lexicon, typed: &str, exact: bool) -> Option<Meaning> {
    let is_path = typed.contains('/') && (lexicon.body(typed).is_some() || lexicon.region(typed).is_some());
    is_path.then(|| {
        let label = lexicon.label(typed);
        let explanation = format!("{typed}: the path of {label}");
        Meaning { pattern: pattern(lexicon, typed, exact), explanation }
    })
}

fn meaning(lexicon: &Lexicon, entry: &Entry, typed: &str, exact: bool) -> Meaning {
    let path = entry.path();
    let label = lexicon.label(path);
    let whole = if exact { "exactly" } else { "all who speak for" };
    let explanation = match entry {
        Entry::State(_, StateName::Capital) => format!("{typed}: capital; read as {whole} {label}"),
        Entry::State(_, StateName::Seat) => format!("{typed}: seat of government; read as {whole} {label}"),
        Entry::State(..) => format!("{typed}: read as {whole} {label}: its offices, and people while they hold one"),
        Entry::Region(_) => format!("{typed}: read as {whole} {label}, a part of a state"),
        Entry::Body(_) => format!("{typed}: read as {whole} {label}"),
        Entry::Person(_) => format!("{typed}: read as the person {label}"),
        Entry::Outlet(_) => format!("{typed}: read as the outlet {label}"),
    };
    let is_one = matches!(entry, Entry::Person(_) | Entry::Outlet(_));
    // A state itself speaks as its government.
    let government = format!("{path}/government");
    let is_state = exact && matches!(entry, Entry::State(..)) && lexicon.body(&government).is_some();
    Meaning { pattern: pattern(lexicon, if is_state { &government } else { path }, exact || is_one), explanation }
}

/// Returns the state of a government: who says "Mexican government" may mean its parliament and parties too.
fn whole_state(lexicon: &Lexicon, entry: &Entry, typed: &str) -> Option<Meaning> {
    let state = lexicon.state_of_path(entry.path())?;
    let is_government = matches!(entry, Entry::Body(body) if body.path == format!("{}/government", state.path));
    is_government.then(|| meaning(lexicon, &Entry::State(state, StateName::Name), typed, false))
}

/// Makes the pattern of a path or id, with a name that leads back to it.
fn pattern(lexicon: &Lexicon, path: &str, exact: bool) -> ActorPattern {
    let label = lexicon.label(path);
    let leads_back = lexicon.lookup(&label).first().is_some_and(|entry| entry.path() == path);
    let name = if leads_back { label } else { path.to_string() };
    match exact {
        true => ActorPattern::Is { id: path.to_string(), name },
        false => ActorPattern::CountsFor { path: path.to_string(), name },
    }
}

fn unknown(typed: &str, exact: bool) -> Meaning {
    if exact {
        let pattern = ActorPattern::Is { id: typed.to_string(), name: typed.to_string() };
        return Meaning {
            pattern,
            explanation: format!("{typed}: not in the lexicon; read as the actor of this name"),
        };
    }
    let explanation =
        format!("{typed}: not in the lexicon; looked for in the names of actors and of what they belong to");
    Meaning { pattern: ActorPattern::Named { words: typed.to_string() }, explanation }
}

/// Turns `Mexico's government` into `government of Mexico`.
fn owned(typed: &str) -> Option<String> {
    let straight = typed.replace('’', "'");
    let (owner, thing) = straight.split_once("'s ").or_else(|| straight.split_once("' "))?;
    Some(format!("{thing} of {owner}"))
}

/// Returns the people of a surname, those in office first, then the latest.
fn by_surname<'l>(lexicon: &'l Lexicon, typed: &str) -> Vec<&'l Person> {
    let mut people = lexicon.persons_by_surname(typed);
    let rank = |person: &Person| {
        let in_office = person.terms.iter().any(|t| !t.office.is_empty() && t.to.is_none());
        let latest = person.terms.iter().filter_map(|t| t.from).max();
        (in_office, latest)
    };
    people.sort_by(|a, b| rank(b).cmp(&rank(a)).then_with(|| a.id.cmp(&b.id)));
    people
}

/// Puts another meaning of a name in its place.
fn replaced(query: &Query, field: FieldName, taken: &ActorPattern, other: &ActorPattern) -> Query {
    let all = |of: &[Query]| of.iter().map(|part| replaced(part, field, taken, other)).collect();
    match query {
        Query::Actor { field: f, actor } if *f == field && actor == taken => {
            Query::Actor { field, actor: other.clone() }
        }
        Query::And { of } => Query::And { of: all(of) },
        Query::Or { of } => Query::Or { of: all(of) },
        Query::Not { of } => Query::Not { of: Box::new(replaced(of, field, taken, other)) },
        _ => query.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Tables;
    use crate::query::{canonical, parse, reading};
    use chrono::NaiveDate;

    const PEOPLE: &str = "\
id,name,surname,aliases,country,office,path,party,from,to,source
ana-torres,Ana Torres,Torres,,MX,President of Mexico,mexico/government/presidency,,2024-10-01,,test
luis-torres,Luis Torres,Torres,,MX,President of Mexico,mexico/government/presidency,,2000-12-01,2006-11-30,test
claudia-sheinbaum,Claudia Sheinbaum,Sheinbaum,,MX,President of Mexico,mexico/government/presidency,,2024-10-01,,test
jane-march,Jane March,March,,CA,Prime Minister of Canada,canada/government/premiership,,2025-01-01,,test
";

    const OUTLETS: &str = "\
id,name,aliases,domains,country,kind,ambiguous
new-york-times,The New York Times,NYT,nytimes.com,US,newspaper,
reuters,Reuters,,reuters.com,GB,agency,
el-universal,El Universal,,eluniversal.com.mx,MX,newspaper,
la-jornada,La Jornada,,jornada.com.mx,MX,newspaper,
";

    fn lexicon() -> Lexicon {
        let tables = Tables { people: PEOPLE, outlets: OUTLETS, ..Tables::BUILT_IN };
        Lexicon::read(&tables).expect("the test's tables are well formed")
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar")
    }

    fn resolved(typed: &str) -> ResolvedQuery {
        resolve(parse(typed, today()).query, &lexicon(), &OwnActors::default())
    }

    /// `counts mexico`, `is claudia-sheinbaum`, `named X`; other queries as canonical text.
    fn shown(query: &Query) -> String {
        match query {
            Query::Actor { actor: ActorPattern::CountsFor { path, .. }, .. } => format!("counts {path}"),
            Query::Actor { actor: ActorPattern::Is { id, .. }, .. } => format!("is {id}"),
            Query::Actor { actor: ActorPattern::Formerly { path, .. }, .. } => format!("formerly {path}"),
            Query::Actor { actor: ActorPattern::Named { words }, .. } => format!("named {words}"),
            query => canonical(query, None),
        }
    }

    #[test]
    fn resolves_names() {
        for (typed, expected) in [
            ("by:Mexico", "counts mexico"),
            ("by:mexico", "counts mexico"),
            ("by:\"the Mexican government\"", "counts mexico/government"),
            ("by:\"Government of Mexico\"", "counts mexico/government"),
            ("by:\"Mexico's government\"", "counts mexico/government"),
            ("by:mexico/government", "counts mexico/government"),
            ("by:\"Mexico City\"", "counts mexico"),
            ("by:\"New Mexico\"", "counts united-states/states/new-mexico"),
            ("by:Kremlin", "counts russia"),
            ("by:Brussels", "counts european-union"),
            ("by:Washington", "counts united-states"),
            ("by=Mexico", "is mexico/government"),
            ("by:\"Mexico, former\"", "formerly mexico"),
            ("by:\"former officials of Mexico\"", "formerly mexico"),
            ("by:\"former Mexican officials\"", "formerly mexico"),
            ("by:\"mexico/government, former\"", "formerly mexico/government"),
            ("statements by former Mexican officials", "formerly mexico"),
            ("by:\"former Border Farmers\"", "named former Border Farmers"),
            ("mentions:\"Mexico, former\"", "named Mexico, former"),
            ("actor:\"Claudia Sheinbaum\"", "is claudia-sheinbaum"),
            ("by:Sheinbaum", "is claudia-sheinbaum"),
            ("mentions:Torres", "is ana-torres"),
            ("by:NYT", "is new-york-times"),
            ("by:\"Border Farmers Union\"", "named Border Farmers Union"),
            ("by=\"Border Farmers Union\"", "is Border Farmers Union"),
            ("by:*", "by:*"),
            ("target:US", "counts united-states"),
            ("target:tariffs", "target:tariffs"),
            ("target:march", "target:march"),
            ("target:March", "is jane-march"),
            ("about:Mexico", "about:Mexico"),
            ("source:NYT", "source:new-york-times"),
            ("outlet:www.nytimes.com", "outlet:new-york-times"),
            ("cites:\"The New York Times\"", "cites:new-york-times"),
            ("cites:\"Border Gazette\"", "cites:\"Border Gazette\""),
            ("outlet:Mexico", "outlet:(el-universal, la-jornada)"),
            ("stance:against", "stance:oppose"),
        ] {
            assert_eq!(shown(&resolved(typed).query), expected, "{typed}");
        }
    }

    #[test]
    fn resolves_names_of_the_embedded_lexicon() {
        let lexicon = Lexicon::built_in();
        let check = |typed: &str, expected: &str| {
            let found = resolve(parse(typed, today()).query, lexicon, &OwnActors::default());
            assert_eq!(shown(&found.query), expected, "{typed}");
        };
        check("by:\"the White House\"", "counts united-states/government/presidency");
        check("by:Senate", "counts united-states/congress/senate");
        check("by:UN", "counts united-nations");
        check("by:\"New Mexico\"", "counts united-states/states/new-mexico");
        check("source:\"New York Times\"", "source:new-york-times");
        check("source:nytimes.com", "source:new-york-times");
    }

    #[test]
    fn resolves_typed_stances_of_any_query() {
        let query = Query::Field { field: FieldName::Stance, value: "critical of".to_string(), exact: false };
        assert_eq!(shown(&resolve(query, &lexicon(), &OwnActors::default()).query), "stance:oppose");
    }

    #[test]
    fn resolves_everywhere_in_the_query() {
        let found = resolved("what did Sheinbaum say about sovereignty since September");
        assert_eq!(reading(&found.query), "by: Claudia Sheinbaum · about: sovereignty · published: since 2026-09-01");
        let found = resolved("-(by:Mexico OR by:Canada) by:Mexico");
        assert_eq!(canonical(&found.query, None), "-by:(Mexico, Canada) by:Mexico");
        assert_eq!(found.actors.len(), 2);
        assert_eq!(
            found.actors[0].explanation,
            "Mexico: read as all who speak for Mexico: its offices, and people while they hold one"
        );
    }

    #[test]
    fn offers_other_meanings() {
        let others = |typed: &str| resolved(typed).alternatives.iter().map(|a| shown(&a.query)).collect::<Vec<_>>();
        assert_eq!(others("by:Georgia"), ["counts united-states/states/georgia"]);
        assert_eq!(others("by:Torres"), ["is luis-torres"]);
        assert_eq!(others("by:\"Mexican government\""), ["counts mexico"]);
        assert_eq!(others("by:Mexico"), Vec::<String>::new());
    }

    #[test]
    fn names_of_resolved_actors_lead_back_to_them() {
        let lexicon = lexicon();
        for typed in [
            "by:Georgia",
            "by:Torres",
            "by=Mexico",
            "by:Washington",
            "by:\"Mexican government\"",
            "by:\"X Y\"",
            "by:\"former officials of the Mexican government\"",
        ] {
            let found = resolved(typed);
            for query in found.alternatives.iter().map(|a| &a.query).chain([&found.query]) {
                let again = resolve(parse(&canonical(query, None), today()).query, &lexicon, &OwnActors::default());
                assert_eq!(&again.query, query, "{typed}");
            }
        }
    }

    #[test]
    fn the_users_own_actors_come_before_the_people_of_the_lexicon() {
        let lexicon = lexicon();
        let file =
            "[[actor]]\nname = \"Ana María Torres\"\nalso = [\"Ana Torres\"]\n[[actor]]\nname = \"Harbour Union\"\n";
        let own = OwnActors::read(file, "actors.toml", today(), &lexicon).expect("is well formed");
        for (typed, expected) in [
            ("by:\"ana maria torres\"", "is ana-maria-torres"),
            ("by:\"Ana Torres\"", "is ana-maria-torres"),
            ("by:Torres", "is ana-maria-torres"),
            ("by=\"Harbour Union\"", "is harbour-union"),
            ("target:\"Harbour Union\"", "is harbour-union"),
            ("by:Mexico", "counts mexico"),
            ("by:\"Luis Torres\"", "is luis-torres"),
        ] {
            let found = resolve(parse(typed, today()).query, &lexicon, &own);
            assert_eq!(shown(&found.query), expected, "{typed}");
            let again = resolve(parse(&canonical(&found.query, None), today()).query, &lexicon, &own);
            assert_eq!(again.query, found.query, "{typed}");
        }
    }
}
