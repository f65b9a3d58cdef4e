//! `SearchRequest` -> `SearchResponse`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use serde::de::DeserializeOwned;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString};
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, Query as TantivyQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Order, Score, TantivyDocument, TantivyError, Term};

use super::appearances::{Fingerprints, Repeats};
use super::collect::{Articles, Values};
use super::compile::{Compiler, conjuncts};
use super::directory::Opened;
use super::document_sets::ArticleSet;
use super::facets::Answer;
use super::fields::{Fields, columns, kinds};
use super::introduced::Introduced;
use super::own::Own;
use super::relevance::SortByRelevance;
use super::snippet::{self, Wanted};
use super::{ArticlesReadBy, FileRecord, IndexError, directory, facets};
use crate::lexicon::Lexicon;
use crate::own_actors::OwnActors;
use crate::query::{ActorPattern, Certainty, FieldName, Query, Unit, canonical, formerly};
use crate::record::{ArticleRow, ModelSize, StatementRow};
use crate::search::{Appearance, Aside, Hit, Record, SearchRequest, SearchResponse, Sort};

/// So many more documents are looked at where few hits are wanted, because some of them may be the same statement.
const REPEATS_AMONG_FEW: usize = 15;

/// Places of a statement that are named.
const APPEARANCES: usize = 100;

/// Answers from one commit of an index, whatever is written meanwhile.
pub struct Searcher {
    engine: tantivy::Searcher,
    fields: Fields,
    payload: Option<String>,
    place: PathBuf,
    own: Own,
}

/// How much an index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexCounts {
    pub articles: u64,
    pub statements: u64,
    pub undated: u64,
    /// Articles read by each model; those in languages that none reads are missing.
    pub by_model: [(ModelSize, u64); 2],
    /// Bytes on disk.
    pub bytes: u64,
}

impl Searcher {
    /// Opens the index in `place` as of its last commit.
    pub fn open(place: &Path) -> Result<Searcher, IndexError> {
        Searcher::of(&directory::open(place)?, place)
    }

    /// Opens the index in `place` as of its last commit, if this version would go on writing to it.
    pub fn open_current(place: &Path) -> Result<Option<Searcher>, IndexError> {
        directory::open_current(place).map(|opened| Searcher::of(&opened, place)).transpose()
    }

    /// Takes the last commit of an index.
    pub(super) fn of(opened: &Opened, place: &Path) -> Result<Searcher, IndexError> {
        let damaged = |error| IndexError::from(error).of_damage(place);
        let engine = opened.reader().map_err(damaged)?.searcher();
        let payload = opened.index.load_metas().map_err(damaged)?.payload;
        Ok(Searcher {
            engine,
            fields: Fields::of(&opened.index.schema())?,
            payload,
            place: place.to_path_buf(),
            own: Own::default(),
        })
    }

    /// Answers with the actors of the user's file from now on; their conditions were resolved by `ask::resolve`. Fails where the
    /// index is damaged.
    pub fn with_own_actors(mut self, own: OwnActors, lexicon: &Lexicon) -> Result<Searcher, IndexError> {
        self.own = self.guarded(|| Own::of(own, &self.engine, &self.fields, lexicon))?;
        Ok(self)
    }

    /// Returns the names in the user's file that no statement has, each behind its actor.
    pub fn own_names_without_statements(&self) -> Vec<(&str, &str)> {
        self.own.names_without_statements()
    }

    /// Returns the actors of the user's file.
    pub fn own_actors(&self) -> &OwnActors {
        &self.own.actors
    }

    /// Answers a request.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, IndexError> {
        self.guarded(|| self.answer(request))
    }

    /// The engine checks no sums when it opens a file, and may stumble over one whose bytes were altered.
    fn guarded<T>(&self, ask: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
        match catch_unwind(AssertUnwindSafe(ask)) {
            Ok(answer) => answer.map_err(|error| error.of_damage(&self.place)),
            Err(_) if directory::damage(&self.place).is_some() => Err(IndexError::Damaged(self.place.clone())),
            Err(panic) => resume_unwind(panic),
        }
    }

    fn answer(&self, request: &SearchRequest) -> Result<SearchResponse, IndexError> {
        let start = Instant::now();
        let compiler = self.compiler();
        let query = facets::selected(request, None);
        let matching = compiler.compile(&query, request.unit)?;
        let (found, repeats) = match request.unit {
            Unit::Statements => self.engine.search(&*matching, &(Articles, Repeats))?,
            Unit::Articles => (self.engine.search(&*matching, &Articles)?, 0),
        };
        let wanted = Wanted::of(&request.query);
        let hit = |(score, address)| self.hit(score, address, request, &wanted);
        let hits = self.page(&*matching, request)?.into_iter().map(hit).collect::<Result<_, _>>()?;
        let (total, different) = (found.documents, found.documents - repeats);
        let asides = self.asides(&query, request.unit, total)?;
        let articles = found.keys.len() as u64;
        let answer = Answer { query: &query, matching: &*matching, articles: Arc::new(found.keys), total };
        let facets = facets::count(&compiler, request, &answer)?;
        Ok(SearchResponse { total, different, articles, hits, facets, asides, took: start.elapsed() })
    }

    /// Returns how many statements or articles match.
    pub fn count(&self, query: &Query, unit: Unit) -> Result<u64, IndexError> {
        let matching = self.compiler().compile(query, unit)?;
        Ok(self.engine.search(&*matching, &Count)? as u64)
    }

    /// Gives every matching row in the order of the ids.
    pub fn for_each<E: From<IndexError>>(
        &self,
        query: &Query,
        unit: Unit,
        mut take: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        let matching = self.compiler().compile(query, unit)?;
        for address in self.by_id(&*matching).map_err(E::from)? {
            take(self.record(address, unit).map_err(E::from)?)?;
        }
        Ok(())
    }

    /// Returns who speaks in the articles that have a matching statement, with the number of articles, the most first.
    pub fn beside(&self, query: &Query) -> Result<Vec<(String, u64)>, IndexError> {
        let compiler = self.compiler();
        let matching = compiler.compile(query, Unit::Statements)?;
        let keys = Arc::new(self.engine.search(&*matching, &Articles)?.keys);
        let there = BooleanQuery::intersection(vec![self.of_kind(kinds::STATEMENT), Box::new(ArticleSet { keys })]);
        let values = Values { columns: vec![columns::SPEAKER], by_article: true, own: &self.own };
        let counts = self.engine.search(&there, &values)?.swap_remove(0);
        let mut speakers: Vec<(String, u64)> = counts.values.into_iter().collect();
        speakers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(speakers)
    }

    /// Returns the article or statement with this id.
    pub fn get(&self, id: &str) -> Result<Option<Record>, IndexError> {
        let same_id = TermQuery::new(Term::from_field_text(self.fields.id, id), IndexRecordOption::Basic);
        for (kind, unit) in [(kinds::ARTICLE, Unit::Articles), (kinds::STATEMENT, Unit::Statements)] {
            let query = BooleanQuery::intersection(vec![Box::new(same_id.clone()), self.of_kind(kind)]);
            if let Some(&address) = self.engine.search(&query, &DocSetCollector)?.iter().min() {
                return self.record(address, unit).map(Some);
            }
        }
        Ok(None)
    }

    /// Returns what is remembered of every file, by path.
    pub fn files(&self) -> Result<BTreeMap<String, FileRecord>, IndexError> {
        let mut addresses: Vec<DocAddress> =
            self.engine.search(&*self.of_kind(kinds::FILE), &DocSetCollector)?.into_iter().collect();
        addresses.sort_unstable();
        let mut files = BTreeMap::new();
        for address in addresses {
            let file: FileRecord = self.stored(address)?;
            files.insert(file.path.clone(), file);
        }
        Ok(files)
    }

    /// Returns the text that came with the last commit.
    pub fn payload(&self) -> Option<&str> {
        self.payload.as_deref()
    }

    /// Returns how much the index holds.
    pub fn counts(&self) -> Result<IndexCounts, IndexError> {
        let undated = Query::Field { field: FieldName::Is, value: "undated".to_string(), exact: true };
        let mut by_model = ModelSize::ALL.map(|model| (model, 0));
        for (model, count) in &mut by_model {
            *count = self.engine.search(&self.model(*model), &Count)? as u64;
        }
        Ok(IndexCounts {
            articles: self.count(&Query::All, Unit::Articles)?,
            statements: self.count(&Query::All, Unit::Statements)?,
            undated: self.count(&undated, Unit::Articles)?,
            by_model,
            bytes: self.engine.space_usage().map_err(TantivyError::from)?.total().get_bytes(),
        })
    }

    /// Returns the articles that the model read.
    pub fn read_by(&self, model: ModelSize) -> Result<ArticlesReadBy, IndexError> {
        Ok(ArticlesReadBy { keys: self.engine.search(&self.model(model), &Articles)?.keys })
    }

    /// The articles' own documents, those of one model.
    fn model(&self, model: ModelSize) -> TermQuery {
        TermQuery::new(Term::from_field_text(self.fields.model, model.name()), IndexRecordOption::Basic)
    }

    fn compiler(&self) -> Compiler<'_> {
        Compiler { searcher: &self.engine, fields: &self.fields, own: &self.own }
    }

    fn of_kind(&self, kind: &str) -> Box<dyn TantivyQuery> {
        Box::new(TermQuery::new(Term::from_field_text(self.fields.kind, kind), IndexRecordOption::Basic))
    }

    /// Returns the page that is asked for, in its order.
    fn page(&self, query: &dyn TantivyQuery, request: &SearchRequest) -> Result<Vec<(Score, DocAddress)>, IndexError> {
        let all = self.engine.num_docs() as usize;
        let (limit, offset) = (request.limit.min(all), request.offset);
        if limit == 0 || offset >= all {
            return Ok(Vec::new());
        }
        if request.each_appearance || request.unit == Unit::Articles {
            return self.top(query, request, limit, offset);
        }
        let fingerprints = Fingerprints::of(&self.engine)?;
        let wanted = (limit + offset).min(all);
        let mut most = wanted + wanted / 2 + REPEATS_AMONG_FEW;
        loop {
            let mut found = self.top(query, request, most, 0)?;
            let is_all = found.len() < most;
            fingerprints.firsts(&mut found);
            if is_all || found.len() >= wanted {
                return Ok(found.into_iter().skip(offset).take(limit).collect());
            }
            most *= 2;
        }
    }

    /// Returns so many documents in the order asked for, behind those left out.
    fn top(
        &self,
        query: &dyn TantivyQuery,
        request: &SearchRequest,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<(Score, DocAddress)>, IndexError> {
        let page = TopDocs::with_limit(limit).and_offset(offset);
        let id = || (SortByString::for_field(columns::ID), Order::Asc);
        let score = || (SortBySimilarityScore, Order::Desc);
        let confidence = || (SortByStaticFastValue::<f64>::for_field(columns::CONFIDENCE), Order::Desc);
        let published = |order| (SortByStaticFastValue::<i64>::for_field(columns::PUBLISHED_FROM), order);
        let found = match request.sort {
            Sort::Relevance if request.unit == Unit::Statements => {
                let found = self.engine.search(query, &page.order_by((SortByRelevance, id())))?;
                found.into_iter().map(|((score, _), address)| (score, address)).collect()
            }
            Sort::Relevance => {
                let found = self.engine.search(query, &page.order_by((score(), id())))?;
                found.into_iter().map(|((score, _), address)| (score, address)).collect()
            }
            Sort::Confidence => {
                let found = self.engine.search(query, &page.order_by((confidence(), id(), score())))?;
                found.into_iter().map(|((_, _, score), address)| (score, address)).collect()
            }
            Sort::Newest => {
                let found = self.engine.search(query, &page.order_by((published(Order::Desc), id(), score())))?;
                found.into_iter().map(|((_, _, score), address)| (score, address)).collect()
            }
            Sort::Oldest => {
                let found = self.engine.search(query, &page.order_by((published(Order::Asc), id(), score())))?;
                found.into_iter().map(|((_, _, score), address)| (score, address)).collect()
            }
        };
        Ok(found)
    }

    fn by_id(&self, query: &dyn TantivyQuery) -> Result<Vec<DocAddress>, IndexError> {
        let most = (self.engine.num_docs() as usize).max(1);
        let order = TopDocs::with_limit(most).order_by_string_fast_field(columns::ID, Order::Asc);
        Ok(self.engine.search(query, &order)?.into_iter().map(|(_, address)| address).collect())
    }

    fn hit(
        &self,
        score: Score,
        address: DocAddress,
        request: &SearchRequest,
        wanted: &Wanted,
    ) -> Result<Hit, IndexError> {
        let record = self.record(address, request.unit)?;
        let snippet = match &record {
            Record::Statement(row) => snippet::of_statement(row, wanted),
            Record::Article(row) => snippet::of_article(row, wanted),
        };
        let (appearances, appearance_count) = match &record {
            Record::Statement(row) if !request.each_appearance => self.appearances(row)?,
            _ => (Vec::new(), 0),
        };
        Ok(Hit { score, record, snippet, appearances, appearance_count })
    }

    /// Returns where else the statement stands, the earliest first, of very many the first hundred; and how many places those are in all.
    pub fn appearances(&self, statement: &StatementRow) -> Result<(Vec<Appearance>, u64), IndexError> {
        let Some(fingerprint) = statement.fingerprint else { return Ok((Vec::new(), 0)) };
        let term = Term::from_field_u64(self.fields.fingerprint, fingerprint.0);
        let earliest = (SortByStaticFastValue::<i64>::for_field(columns::PUBLISHED_FROM), Order::Asc);
        let id = (SortByString::for_field(columns::ID), Order::Asc);
        let first = TopDocs::with_limit(APPEARANCES + 1).order_by((earliest, id));
        let same = TermQuery::new(term, IndexRecordOption::Basic);
        let (found, all) = self.engine.search(&same, &(first, Count))?;
        let mut appearances = Vec::new();
        for (_, address) in found {
            let row: StatementRow = self.stored(address)?;
            if row.id != statement.id {
                let StatementRow { id, title, outlet, published, .. } = row;
                appearances.push(Appearance { id, title, outlet, published });
            }
        }
        appearances.truncate(APPEARANCES);
        // The statement itself is one of them.
        Ok((appearances, (all as u64).saturating_sub(1)))
    }

    fn record(&self, address: DocAddress, unit: Unit) -> Result<Record, IndexError> {
        Ok(match unit {
            Unit::Statements => {
                let mut row = self.stored::<StatementRow>(address)?;
                if let Some(introduced) = self.own.introduced(address) {
                    self.introduce(&mut row, introduced)?;
                }
                if let Some(actor) = self.own.owner(address) {
                    self.own.actors.apply(actor, &mut row, Lexicon::built_in());
                }
                Record::Statement(Box::new(row))
            }
            Unit::Articles => {
                let mut row = self.stored::<ArticleRow>(address)?;
                self.own.actors.apply_to_article(&mut row, Lexicon::built_in());
                Record::Article(Box::new(row))
            }
        })
    }

    /// Gives a statement what its speaker was introduced as in another article.
    fn introduce(&self, row: &mut StatementRow, introduced: &Introduced) -> Result<(), IndexError> {
        let told = |row: &StatementRow| {
            let day = row.published.map(|day| format!(" of {day}")).unwrap_or_default();
            format!("{} in {}{day}", row.role.as_deref().unwrap_or_default(), row.article)
        };
        let other: StatementRow = self.stored(introduced.as_in)?;
        let mut because = vec![format!("introduced as {}", told(&other))];
        for &address in &introduced.otherwise {
            because.push(format!("but as {}", told(&self.stored(address)?)));
        }
        row.because = because.join(", ");
        row.counts_for = introduced.paths.to_vec();
        (row.role, row.affiliations) = (other.role, other.affiliations);
        (row.countries, row.countries_alpha3) = (other.countries, other.countries_alpha3);
        Ok(())
    }

    fn stored<T: DeserializeOwned>(&self, address: DocAddress) -> Result<T, IndexError> {
        let document: TantivyDocument =
            self.engine.doc(address).map_err(|error| IndexError::from(error).of_damage(&self.place))?;
        let record = document.get_first(self.fields.record).and_then(|value| value.as_str()).unwrap_or_default();
        serde_json::from_str(record).map_err(|error| IndexError::Record(error).of_damage(&self.place))
    }

    /// Returns what stands beside the answer: former officials, undated articles, dates known in part.
    fn asides(&self, query: &Query, unit: Unit, total: u64) -> Result<Vec<Aside>, IndexError> {
        let mut asides = Vec::new();
        if let Some((former, name)) = by_former(query) {
            let what = format!("by former officials of {name}");
            let count = self.count(&former, unit)?;
            asides.push(Aside { what, count, query: Some(canonical(&former, Some(unit))) });
        }
        if conjuncts(query).iter().any(|clause| matches!(clause, Query::Dates { .. })) {
            let undated = with_dates(query, |_| is_undated());
            let what = "undated, not searched by date".to_string();
            asides.push(Aside {
                what,
                count: self.count(&undated, unit)?,
                query: Some(canonical(&undated, Some(unit))),
            });
            let possible = with_dates(query, possibly);
            let what = "perhaps in these dates, known only in part".to_string();
            let count = self.count(&possible, unit)?.saturating_sub(total);
            asides.push(Aside { what, count, query: Some(canonical(&possible, Some(unit))) });
        }
        asides.retain(|aside| aside.count > 0);
        Ok(asides)
    }
}

/// Returns the query with those who no longer count for the first path that it asks statements to be by, in the place of
/// those who do, and that path's name.
fn by_former(query: &Query) -> Option<(Query, String)> {
    match query {
        Query::Actor { field: FieldName::By, actor: ActorPattern::CountsFor { path, name } } => {
            let actor = ActorPattern::Formerly { path: path.clone(), name: formerly(name) };
            Some((Query::Actor { field: FieldName::By, actor }, name.clone()))
        }
        Query::And { of } => of.iter().enumerate().find_map(|(at, part)| {
            let (former, name) = by_former(part)?;
            let mut of = of.clone();
            of[at] = former;
            Some((Query::And { of }, name))
        }),
        _ => None,
    }
}

/// Returns the query with its clauses on dates replaced.
fn with_dates(query: &Query, replace: impl Fn(&Query) -> Query + Copy) -> Query {
    match query {
        Query::And { of } => Query::And { of: of.iter().map(|q| with_dates(q, replace)).collect() },
        dates @ Query::Dates { .. } => replace(dates),
        other => other.clone(),
    }
}

fn is_undated() -> Query {
    Query::Field { field: FieldName::Is, value: "undated".to_string(), exact: false }
}

fn possibly(dates: &Query) -> Query {
    match dates {
        Query::Dates { field, range, .. } => {
            Query::Dates { field: *field, range: *range, certainty: Certainty::Possible }
        }
        other => other.clone(),
    }
}
