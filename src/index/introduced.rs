//! What somebody is introduced as in one article, for the statements of others that do not say who it is.
//!
//! Nothing is stored: it is found anew in each state of the index, so that a changed or removed article changes it at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::fields::{Fields, columns};
use super::flags;
use crate::lexicon::{Lexicon, slug};

/// An introduction holds for half a year from its day on, and for half a year before it where so many articles agree: a single one
/// may be to an office that was not yet held, or of another person of the name.
const DAYS: i64 = 183;
const AGREEING: usize = 2;

/// What a statement's speaker was introduced as in other articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Introduced {
    /// Of the paths that most articles give, the nearest in time.
    pub as_in: DocAddress,
    /// What the speaker counts for by it, with everything above.
    pub paths: Arc<[String]>,
    /// One statement each where the speaker is introduced as something else in these days, the nearest first.
    pub otherwise: Vec<DocAddress>,
}

/// A statement whose article says what its speaker is.
struct Introduction {
    address: DocAddress,
    article: u64,
    day: i64,
    paths: Arc<[String]>,
}

/// A statement whose article does not say what its speaker is.
struct Unplaced {
    address: DocAddress,
    day: i64,
}

/// Finds what the speakers are introduced as whose own article does not say so. `renamed` gives the name that the user has for a
/// document's speaker, and whether the user says what that actor counts for.
pub fn introduced<'r>(
    searcher: &Searcher,
    fields: &Fields,
    renamed: impl Fn(DocAddress) -> Option<(&'r str, bool)>,
    lexicon: &Lexicon,
) -> tantivy::Result<BTreeMap<DocAddress, Introduced>> {
    let mut unplaced: HashMap<String, Vec<Unplaced>> = HashMap::new();
    let mut introductions: HashMap<String, Vec<Introduction>> = HashMap::new();
    for segment in Segment::all(searcher, fields)? {
        segment.speakers(flags::UNPLACED, |name, statements| {
            for &(address, day) in statements {
                let name = match renamed(address) {
                    None => name,
                    Some((own, false)) => own,
                    Some((_, true)) => continue,
                };
                // The same key again and again: what is looked up first is not copied.
                match unplaced.get_mut(name) {
                    Some(others) => others.push(Unplaced { address, day }),
                    None => drop(unplaced.insert(name.to_string(), vec![Unplaced { address, day }])),
                }
            }
        })?;
    }
    for segment in Segment::all(searcher, fields)? {
        let mut known: HashMap<Vec<u64>, Arc<[String]>> = HashMap::new();
        segment.speakers(flags::INTRODUCED, |name, statements| {
            for &(address, day) in statements {
                let name = renamed(address).map_or(name, |(own, _)| own);
                if unplaced.contains_key(name) {
                    let paths = segment.paths(address.doc_id, &mut known);
                    let article = segment.articles.first(address.doc_id).unwrap_or_default();
                    let introduction = Introduction { address, article, day, paths };
                    introductions.entry(name.to_string()).or_default().push(introduction);
                }
            }
        })?;
    }
    // Whom the lexicon knows, it knows with the days of every office.
    introductions.retain(|name, _| lexicon.person(&slug(name)).is_none());
    let mut found = BTreeMap::new();
    for (name, introductions) in &introductions {
        for statement in &unplaced[name] {
            found.extend(chosen(statement.day, introductions).map(|introduced| (statement.address, introduced)));
        }
    }
    Ok(found)
}

/// Chooses what counts on a day: the paths that most articles give, of equals the nearest.
fn chosen<'i>(day: i64, introductions: &'i [Introduction]) -> Option<Introduced> {
    let distance = |introduction: &Introduction| (introduction.day - day).abs();
    let nearest = |one: &&Introduction| (distance(one), one.day, one.article, one.address);
    let mut by_paths: BTreeMap<&[String], Vec<&'i Introduction>> = BTreeMap::new();
    for introduction in introductions.iter().filter(|introduction| distance(introduction) <= DAYS) {
        by_paths.entry(&introduction.paths).or_default().push(introduction);
    }
    let articles = |all: &[&Introduction]| all.iter().map(|one| one.article).collect::<BTreeSet<_>>().len();
    let way = |all: &Vec<&'i Introduction>| {
        let articles = articles(all);
        let holds = |one: &&Introduction| articles >= AGREEING || one.day <= day;
        Some((articles, all.iter().copied().filter(holds).min_by_key(nearest)?))
    };
    let mut ways: Vec<(usize, &Introduction)> = by_paths.values().filter_map(way).collect();
    ways.sort_by_key(|(articles, one)| (std::cmp::Reverse(*articles), nearest(one)));
    let ((_, first), others) = ways.split_first()?;
    let is_part = |of: &[String], part: &[String]| part.iter().all(|path| of.contains(path));
    let mut otherwise: Vec<&Introduction> = others
        .iter()
        .map(|(_, one)| *one)
        .filter(|one| !is_part(&first.paths, &one.paths) && !is_part(&one.paths, &first.paths))
        .collect();
    otherwise.sort_by_key(nearest);
    let otherwise = otherwise.into_iter().map(|one| one.address).collect();
    Some(Introduced { as_in: first.address, paths: first.paths.clone(), otherwise })
}

/// The columns of a segment that are looked at.
struct Segment<'s> {
    number: u32,
    reader: &'s SegmentReader,
    fields: &'s Fields,
    names: StrColumn,
    paths: StrColumn,
    days: Column<i64>,
    articles: Column<u64>,
}

impl<'s> Segment<'s> {
    /// Opens those in which somebody named counts for something or somebody speaks.
    fn all(searcher: &'s Searcher, fields: &'s Fields) -> tantivy::Result<Vec<Segment<'s>>> {
        let mut segments = Vec::new();
        for (number, reader) in (0..).zip(searcher.segment_readers()) {
            let fast = reader.fast_fields();
            let (Some(names), Some(paths)) = (fast.str(columns::SPEAKER)?, fast.str(columns::BY_PATH)?) else {
                continue;
            };
            let days = fast.i64(columns::PUBLISHED_FROM)?;
            let articles = fast.u64(columns::ARTICLE_KEY)?;
            segments.push(Segment { number, reader, fields, names, paths, days, articles });
        }
        Ok(segments)
    }

    /// Gives the dated statements that have a flag, with their days, by the speaker's name.
    fn speakers(&self, flag: &str, mut take: impl FnMut(&str, &[(DocAddress, i64)])) -> tantivy::Result<()> {
        let flag = Term::from_field_text(self.fields.is, flag);
        let postings = self.reader.inverted_index(self.fields.is)?.read_postings(&flag, IndexRecordOption::Basic)?;
        let Some(mut postings) = postings else { return Ok(()) };
        let mut by_name: BTreeMap<u64, Vec<(DocAddress, i64)>> = BTreeMap::new();
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            let is_deleted = self.reader.alive_bitset().is_some_and(|alive| alive.is_deleted(doc));
            if !is_deleted && let (Some(name), Some(day)) = (self.names.ords().first(doc), self.days.first(doc)) {
                by_name.entry(name).or_default().push((DocAddress::new(self.number, doc), day));
            }
            postings.advance();
        }
        // In one pass: a look-up for each name would unpack a block of the dictionary each time.
        let ordinals: Vec<u64> = by_name.keys().copied().collect();
        let mut statements = by_name.values();
        self.names.dictionary().sorted_ords_to_term_cb(&ordinals, |name| {
            take(&String::from_utf8_lossy(name), statements.next().map_or(&[], Vec::as_slice));
        })?;
        Ok(())
    }

    /// Returns what a statement's speaker counts for.
    fn paths(&self, doc: DocId, known: &mut HashMap<Vec<u64>, Arc<[String]>>) -> Arc<[String]> {
        let ordinals: Vec<u64> = self.paths.term_ords(doc).collect();
        let text = |&ordinal: &u64| {
            let mut text = String::new();
            self.paths.ord_to_str(ordinal, &mut text).is_ok_and(|found| found).then_some(text)
        };
        known.entry(ordinals).or_insert_with_key(|ordinals| ordinals.iter().filter_map(text).collect()).clone()
    }
}
