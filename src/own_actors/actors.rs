//! Actors as the user wants them, and what they make of a row.

use std::collections::{BTreeSet, HashMap};

use chrono::{Days, NaiveDate};

use crate::lexicon::{Lexicon, RollUp, slug};
use crate::query::Query;
use crate::record::{ActorKind, ActorRow, ArticleRow, PartialDate, Precision, StatementRow};

/// All actors of the user's file; none where there is no file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnActors {
    /// Those that take only some statements of a name first: whoever comes first has a statement.
    all: Vec<OwnActor>,
    /// Places in `all`.
    by_id: HashMap<String, usize>,
    /// Ids of those for whom others count.
    bodies: BTreeSet<String>,
    /// The file's name, as shown.
    file: String,
}

/// One actor.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnActor {
    /// The slug of the name.
    pub id: String,
    pub name: String,
    /// Every name whose statements are this actor's, as the program found them, its own among them.
    pub names: Vec<String>,
    /// Slugs of the names, and the lexicon's paths of what is called so, sorted: ids of actors as the program found them.
    pub ids: Vec<String>,
    pub kind: Option<ActorKind>,
    /// What the actor counts for and when, instead of what the program found; `None` leaves that as it is.
    pub roles: Option<Vec<OwnRole>>,
    /// The statements by these names that are this actor's, where others are not.
    pub only: Option<Query>,
}

/// An office or a membership.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnRole {
    pub title: Option<String>,
    /// Lexicon paths, or ids of other actors of the file.
    pub counts_for: Vec<String>,
    pub from: Option<PartialDate>,
    /// The first day without it; a month or a year counts to its end.
    pub to: Option<PartialDate>,
}

impl OwnRole {
    /// Returns the first and the last day of it.
    pub fn days(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let last = |to: PartialDate| match to.precision() {
            Precision::Day => to.earliest().checked_sub_days(Days::new(1)).unwrap_or(to.earliest()),
            _ => to.latest(),
        };
        (self.from.map(|from| from.earliest()), self.to.map(last))
    }

    /// Tells whether it is held on the day; without a day, whether it has no end.
    pub fn is_held(&self, day: Option<NaiveDate>) -> bool {
        let (first, last) = self.days();
        match day {
            Some(day) => first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last),
            None => last.is_none(),
        }
    }

    /// Tells whether it was held before the day; without a day, whether it has ended.
    pub fn is_over(&self, day: Option<NaiveDate>) -> bool {
        self.days().1.is_some_and(|last| day.is_none_or(|day| last < day))
    }
}

impl OwnActor {
    /// Tells whether statements by this name are the actor's, all or some.
    pub fn has_name(&self, name: &str) -> bool {
        self.ids.binary_search(&slug(name)).is_ok()
    }
}

impl OwnActors {
    /// Puts actors together; those with a condition come first, in their order.
    pub(super) fn new(mut all: Vec<OwnActor>, file: String) -> OwnActors {
        all.sort_by_key(|actor| actor.only.is_none());
        let by_id: HashMap<String, usize> = all.iter().enumerate().map(|(at, actor)| (actor.id.clone(), at)).collect();
        let roles = all.iter().flat_map(|actor| actor.roles.iter().flatten());
        let bodies =
            roles.flat_map(|role| &role.counts_for).filter(|path| by_id.contains_key(*path)).cloned().collect();
        OwnActors { all, by_id, bodies, file }
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns all, those with a condition first.
    pub fn all(&self) -> &[OwnActor] {
        &self.all
    }

    /// Returns the actor of an id.
    pub fn by_id(&self, id: &str) -> Option<&OwnActor> {
        self.by_id.get(id).map(|&at| &self.all[at])
    }

    /// Returns the actors that are called so, the likeliest first: by the name that they have in the file, then by another.
    pub fn called(&self, name: &str) -> Vec<&OwnActor> {
        let id = slug(name);
        let (own, other): (Vec<&OwnActor>, Vec<&OwnActor>) =
            self.all.iter().filter(|actor| actor.has_name(name)).partition(|actor| actor.id == id);
        own.into_iter().chain(other).collect()
    }

    /// Tells whether other actors of the file count for this one.
    pub fn is_body(&self, actor: &OwnActor) -> bool {
        self.bodies.contains(&actor.id)
    }

    /// Returns what an actor counts for on the day by its roles, and what it no longer does; a body counts for itself.
    pub fn roll_up(&self, actor: &OwnActor, day: Option<NaiveDate>, lexicon: &Lexicon) -> RollUp {
        let mut roll_up = RollUp::default();
        for role in actor.roles.iter().flatten() {
            for path in &role.counts_for {
                match self.by_id(path) {
                    _ if role.is_over(day) => roll_up.add_former(path),
                    _ if !role.is_held(day) => {}
                    Some(body) => {
                        roll_up.add_path(path);
                        roll_up.add_affiliation(body.name.clone());
                    }
                    None => roll_up.add(path, lexicon),
                }
            }
        }
        if self.is_body(actor) {
            roll_up.add_path(&actor.id);
        }
        roll_up.settle();
        roll_up
    }

    /// Makes each condition what `read` makes of it.
    pub fn with_conditions(mut self, read: impl Fn(Query) -> Query) -> OwnActors {
        for actor in &mut self.all {
            actor.only = actor.only.take().map(&read);
        }
        self
    }

    /// Gives a statement to the actor.
    pub fn apply(&self, actor: &OwnActor, row: &mut StatementRow, lexicon: &Lexicon) {
        let mut because = Vec::new();
        if row.actor != actor.name {
            because.push(format!("{} is {} ({})", row.actor, actor.name, self.file));
            row.actor.clone_from(&actor.name);
        }
        row.kind = actor.kind.unwrap_or(row.kind);
        if let Some(roles) = &actor.roles {
            let day = row.published.map(|date| date.earliest());
            let RollUp { counts_for, formerly, countries, affiliations } = self.roll_up(actor, day, lexicon);
            row.countries_alpha3 = countries.iter().map(|code| lexicon.alpha3(code)).collect();
            (row.counts_for, row.formerly, row.countries, row.affiliations) =
                (counts_for, formerly, countries, affiliations);
            let held: Vec<&OwnRole> = roles.iter().filter(|role| role.is_held(day)).collect();
            row.role = held.iter().find_map(|role| role.title.clone());
            let over = roles.iter().filter(|role| role.is_over(day));
            because.extend(
                held.into_iter().chain(over).map(|role| format!("{} ({})", told(role, self, lexicon), self.file)),
            );
        } else {
            if self.is_body(actor) && !row.counts_for.contains(&actor.id) {
                row.counts_for.push(actor.id.clone());
            }
            because.extend(Some(std::mem::take(&mut row.because)).filter(|because| !because.is_empty()));
        }
        row.because = because.join("; ");
    }

    /// Gives the actors that an article names the names, kinds and roles of the file; those of a condition are left.
    pub fn apply_to_article(&self, row: &mut ArticleRow, lexicon: &Lexicon) {
        let day = row.published.map(|date| date.earliest());
        for named in &mut row.actors {
            let own = self.all.iter().find(|actor| actor.only.is_none() && actor.has_name(&named.actor));
            let Some(actor) = own else { continue };
            let ActorRow { actor: name, kind, countries, role, .. } = named;
            name.clone_from(&actor.name);
            *kind = actor.kind.unwrap_or(*kind);
            if let Some(roles) = &actor.roles {
                *countries = self.roll_up(actor, day, lexicon).countries;
                *role = roles.iter().filter(|role| role.is_held(day)).find_map(|role| role.title.clone());
            }
        }
    }
}

/// Returns a role with its time, for people.
fn told(role: &OwnRole, own: &OwnActors, lexicon: &Lexicon) -> String {
    let label = |path: &String| own.by_id(path).map_or_else(|| lexicon.label(path), |body| body.name.clone());
    let bodies = || role.counts_for.iter().map(label).collect::<Vec<_>>().join(", ");
    let what = match (&role.title, role.counts_for.is_empty()) {
        (Some(title), _) => title.clone(),
        (None, false) => bodies(),
        (None, true) => "counts for nobody".to_string(),
    };
    match (role.from, role.to) {
        (Some(from), Some(to)) => format!("{what} from {from} to {to}"),
        (Some(from), None) => format!("{what} since {from}"),
        (None, Some(to)) => format!("{what} until {to}"),
        (None, None) => what,
    }
}
