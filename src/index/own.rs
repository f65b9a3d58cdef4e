//! What holds of the statements in one state of the index beside what was read in their articles: whose they are by the user's own
//! file, and what their speakers were introduced as in other articles.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use chrono::NaiveDate;
use tantivy::collector::DocSetCollector;
use tantivy::index::SegmentId;
use tantivy::query::{AllQuery, RangeQuery};
use tantivy::{DocAddress, DocId, Searcher, Term};

use super::compile::{Compiled, Compiler, all_of, any_of, except, term, unscored};
use super::document_sets::DocumentSet;
use super::documents::day_number;
use super::fields::{Fields, columns};
use super::introduced::{Introduced, introduced};
use super::{IndexError, analysis};
use crate::lexicon::{Lexicon, RollUp, slug};
use crate::own_actors::{OwnActor, OwnActors, OwnRole};
use crate::query::Unit;

/// The actors of the user's file with their statements, each with those that nobody before it has; and whom other articles introduce.
#[derive(Debug, Default)]
pub struct Own {
    pub actors: OwnActors,
    /// Of each actor.
    statements: Vec<DocumentSet>,
    /// Of all of them.
    all: DocumentSet,
    /// Of those for which the file says what they count for.
    with_roles: DocumentSet,
    /// By statement.
    introduced: BTreeMap<DocAddress, Introduced>,
    with_introduction: DocumentSet,
    /// Those that count for a path by the file or by an introduction, or by the file for one no longer.
    by_path: HashMap<String, DocumentSet>,
    formerly: HashMap<String, DocumentSet>,
    /// Names of each actor that no statement has.
    unmatched: Vec<Vec<String>>,
    /// Whose each statement is.
    owners: HashMap<DocAddress, usize>,
    /// What stands in the place of the values of a column.
    values: HashMap<&'static str, HashMap<SegmentId, Vec<OwnValues>>>,
}

/// A roll-up, and its paths as they are shared.
type RollUpOnDay = (RollUp, Arc<[String]>);

/// Documents by path.
type Documents = BTreeMap<String, Vec<DocAddress>>;

/// What a statement has in a column by the user's file.
#[derive(Debug, Clone)]
pub struct OwnValues {
    pub doc: DocId,
    pub values: Arc<[String]>,
    /// Whether they stand in the place of what was read, or beside it.
    pub replace: bool,
}

impl Own {
    /// Finds the statements of the actors, whose conditions were resolved by `ask::resolve`, and what they count for.
    pub fn of(actors: OwnActors, searcher: &Searcher, fields: &Fields, lexicon: &Lexicon) -> Result<Own, IndexError> {
        // What a condition says is said of the articles as they were read.
        let as_read = Compiler { searcher, fields, own: &Own::default() };
        let mut owners = HashMap::new();
        let mut statements = Vec::with_capacity(actors.all().len());
        let mut unmatched = Vec::with_capacity(actors.all().len());
        for (number, actor) in actors.all().iter().enumerate() {
            let mut found: Vec<DocAddress> =
                searcher.search(&*as_read.claimed(actor)?, &DocSetCollector)?.into_iter().collect();
            found.retain(|address| !owners.contains_key(address));
            owners.extend(found.iter().map(|&address| (address, number)));
            statements.push(DocumentSet::new(found, searcher));
            unmatched.push(as_read.unmatched(actor)?);
        }
        let all = DocumentSet::new(owners.keys().copied().collect(), searcher);
        let renamed = |address| {
            let actor: Option<&OwnActor> = owners.get(&address).map(|&number| &actors.all()[number]);
            actor.map(|actor| (actor.name.as_str(), actor.roles.is_some() || actors.is_body(actor)))
        };
        let introduced = introduced(searcher, fields, renamed, lexicon)?;
        let with_introduction = DocumentSet::new(introduced.keys().copied().collect(), searcher);
        let own = Own { actors, statements, unmatched, all, owners, introduced, with_introduction, ..Own::default() };
        own.rolled_up(searcher, lexicon)
    }

    /// Adds what the statements count for.
    fn rolled_up(mut self, searcher: &Searcher, lexicon: &Lexicon) -> Result<Own, IndexError> {
        let days = searcher.segment_readers().iter().map(|reader| reader.fast_fields().i64(columns::PUBLISHED_FROM));
        let days = days.collect::<tantivy::Result<Vec<_>>>()?;
        let mut known: HashMap<(usize, Option<i64>), RollUpOnDay> = HashMap::new();
        let (mut by_path, mut formerly) = (Documents::new(), Documents::new());
        let mut with_roles = Vec::new();
        let mut owned: Vec<(DocAddress, usize)> =
            self.owners.iter().map(|(&address, &number)| (address, number)).collect();
        owned.sort_unstable();
        for (address, number) in owned {
            let actor = &self.actors.all()[number];
            let day = days[address.segment_ord as usize].first(address.doc_id);
            let (roll_up, paths) = known.entry((number, day)).or_insert_with(|| {
                let day = day.and_then(|day| NaiveDate::from_epoch_days(day as i32));
                let roll_up = self.actors.roll_up(actor, day, lexicon);
                let paths = roll_up.counts_for.clone().into();
                (roll_up, paths)
            });
            for (paths, documents) in [(&roll_up.counts_for, &mut by_path), (&roll_up.formerly, &mut formerly)] {
                for path in paths {
                    documents.entry(path.clone()).or_default().push(address);
                }
            }
            let replace = actor.roles.is_some();
            if replace {
                with_roles.push(address);
            }
            let segment = searcher.segment_reader(address.segment_ord).segment_id();
            let mut add = |column, values, replace| {
                let own = OwnValues { doc: address.doc_id, values, replace };
                self.values.entry(column).or_default().entry(segment).or_default().push(own);
            };
            add(columns::SPEAKER, [actor.name.clone()].into(), true);
            if !self.introduced.contains_key(&address) {
                add(columns::BY_PATH, paths.clone(), replace);
            }
        }
        for (&address, introduced) in &self.introduced {
            for path in introduced.paths.iter() {
                by_path.entry(path.clone()).or_default().push(address);
            }
            let segment = searcher.segment_reader(address.segment_ord).segment_id();
            let own = OwnValues { doc: address.doc_id, values: introduced.paths.clone(), replace: false };
            self.values.entry(columns::BY_PATH).or_default().entry(segment).or_default().push(own);
        }
        for values in self.values.values_mut().flat_map(HashMap::values_mut) {
            values.sort_by_key(|own| own.doc);
        }
        let sets = |documents: Documents| {
            documents.into_iter().map(|(path, found)| (path, DocumentSet::new(found, searcher))).collect()
        };
        (self.by_path, self.formerly) = (sets(by_path), sets(formerly));
        self.with_roles = DocumentSet::new(with_roles, searcher);
        Ok(self)
    }

    /// Returns what stands in the place of a column's values in a segment, in the order of the documents.
    pub fn values(&self, column: &str, segment: SegmentId) -> &[OwnValues] {
        self.values.get(column).and_then(|segments| segments.get(&segment)).map_or(&[], Vec::as_slice)
    }

    /// Returns the actor whose statement it is.
    pub fn owner(&self, address: DocAddress) -> Option<&OwnActor> {
        self.owners.get(&address).map(|&number| &self.actors.all()[number])
    }

    /// Returns what the speaker of a statement was introduced as elsewhere.
    pub fn introduced(&self, address: DocAddress) -> Option<&Introduced> {
        self.introduced.get(&address)
    }

    /// Returns the names that no statement has, each behind its actor; one that is only to be shown needs none.
    pub fn names_without_statements(&self) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        for (actor, unmatched) in self.actors.all().iter().zip(&self.unmatched) {
            let has_others = unmatched.len() < actor.names.len() || self.actors.is_body(actor);
            let is_shown_only = |name: &&String| **name == actor.name && has_others;
            found.extend(
                unmatched.iter().filter(|name| !is_shown_only(name)).map(|name| (actor.name.as_str(), name.as_str())),
            );
        }
        found
    }

    /// Returns the statements of an actor.
    fn statements(&self, actor: &OwnActor) -> Compiled {
        let number = self.actors.all().iter().position(|other| other.id == actor.id);
        Box::new(number.map_or_else(DocumentSet::default, |number| self.statements[number].clone()))
    }
}

impl Compiler<'_> {
    /// Returns the statements by the actor's names that its condition holds for, whoever else has them.
    fn claimed(&self, actor: &OwnActor) -> Result<Compiled, IndexError> {
        let names = actor.names.iter().map(|name| term(self.fields.speaker, name));
        let ids = actor.ids.iter().map(|id| term(self.fields.by_exact, id));
        let named = any_of(names.chain(ids).collect());
        match &actor.only {
            Some(only) => Ok(all_of(vec![unscored(named), unscored(self.compile(only, Unit::Statements)?)])),
            None => Ok(named),
        }
    }

    /// Returns the actor's names that no statement has, nor their slugs.
    fn unmatched(&self, actor: &OwnActor) -> Result<Vec<String>, IndexError> {
        let mut unmatched = Vec::new();
        for name in &actor.names {
            let terms = [(self.fields.speaker, name.clone()), (self.fields.by_exact, slug(name))];
            let mut count = 0;
            for (field, value) in terms {
                count += self.searcher.doc_freq(&Term::from_field_text(field, &value))?;
            }
            unmatched.extend(Some(name.clone()).filter(|_| count == 0));
        }
        Ok(unmatched)
    }

    /// Returns the statements of exactly the actor of a name or id.
    pub fn exactly(&self, id: &str, name: &str) -> Compiled {
        match self.own.actors.all().iter().find(|actor| actor.id == id || actor.name == name) {
            Some(actor) => self.own.statements(actor),
            None => self.not_own(any_of(vec![term(self.fields.by_exact, id), term(self.fields.speaker, name)])),
        }
    }

    /// Returns the statements that count for a path or a body of the file: as they were read, and as the file has it.
    pub fn counting_for(&self, path: &str) -> Compiled {
        let as_body = self.not_own(term(self.fields.by_exact, path));
        let as_read = self.without_roles(term(self.fields.by_path, path));
        let own = self.own.by_path.get(path).map(|own| Box::new(own.clone()) as Compiled);
        any_of([as_read, as_body].into_iter().chain(own).collect())
    }

    /// Returns the statements by those who counted for a path and no longer do.
    pub fn formerly(&self, path: &str) -> Compiled {
        let as_read = self.without_roles(term(self.fields.former_path, path));
        let own = self.own.formerly.get(path).map(|own| Box::new(own.clone()) as Compiled);
        except(any_of([as_read].into_iter().chain(own).collect()), self.counting_for(path))
    }

    /// Returns the statements of named speakers of whom neither the program nor the file knows for whom they speak.
    pub fn unresolved(&self) -> Compiled {
        let found = self.without_roles(term(self.fields.is, "unresolved"));
        let introduced = &self.own.with_introduction;
        let found = if introduced.is_empty() { found } else { except(found, Box::new(introduced.clone())) };
        let bodies = self.own.actors.all().iter().filter(|actor| self.own.actors.is_body(actor));
        let bodies: Vec<Compiled> = bodies.map(|body| self.own.statements(body)).collect();
        if bodies.is_empty() { found } else { except(found, any_of(bodies)) }
    }

    /// Returns the statements by actors of the file whose names have the words side by side.
    pub fn own_named(&self, words: &str) -> Vec<Compiled> {
        let plain = |text: &str| -> Vec<String> { analysis::words(text).into_iter().map(|word| word.plain).collect() };
        let words = plain(words);
        let has_words = |actor: &&OwnActor| {
            !words.is_empty() && plain(&actor.name).windows(words.len()).any(|window| window == words)
        };
        self.own.actors.all().iter().filter(has_words).map(|actor| self.own.statements(actor)).collect()
    }

    /// Returns the articles that name an actor of the file by any of its names.
    pub fn own_mentioned(&self, id: &str) -> Option<Compiled> {
        let actor = self.own.actors.by_id(id).filter(|actor| actor.only.is_none())?;
        Some(self.naming(actor))
    }

    /// Returns the articles that name actors of the file in the days in which they count for the path.
    pub fn own_mentioned_for(&self, path: &str) -> Vec<Compiled> {
        let mut ways = Vec::new();
        for actor in self.own.actors.all().iter().filter(|actor| actor.only.is_none()) {
            for role in actor.roles.iter().flatten().filter(|role| counts_for(role, path)) {
                ways.push(all_of(vec![unscored(self.naming(actor)), unscored(self.while_held(role))]));
            }
        }
        ways
    }

    fn naming(&self, actor: &OwnActor) -> Compiled {
        any_of(actor.ids.iter().map(|id| term(self.fields.mentions_path, id)).collect())
    }

    /// Leaves out the statements of the file's actors.
    fn not_own(&self, statements: Compiled) -> Compiled {
        if self.own.all.is_empty() { statements } else { except(statements, Box::new(self.own.all.clone())) }
    }

    /// Leaves out the statements for which the file says what they count for.
    fn without_roles(&self, statements: Compiled) -> Compiled {
        let own = &self.own.with_roles;
        if own.is_empty() { statements } else { except(statements, Box::new(own.clone())) }
    }

    /// Articles of the days of a role; undated ones where it has no end.
    fn while_held(&self, role: &OwnRole) -> Compiled {
        let (first, last) = role.days();
        if (first, last) == (None, None) {
            return Box::new(AllQuery);
        }
        let dated = self.published_between(first, last);
        if last.is_some() { dated } else { any_of(vec![dated, term(self.fields.is, "undated")]) }
    }

    fn published_between(&self, first: Option<NaiveDate>, last: Option<NaiveDate>) -> Compiled {
        let bound = |day: i64| Bound::Included(Term::from_field_i64(self.fields.published_from, day));
        let first = bound(first.map_or(i64::MIN, day_number));
        Box::new(RangeQuery::new(first, last.map_or(Bound::Unbounded, |last| bound(day_number(last)))))
    }
}

fn counts_for(role: &OwnRole, path: &str) -> bool {
    let lies_in = |own: &String| own.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    role.counts_for.iter().any(lies_in)
}
