//! A folder, indexed in a temporary place, that can be asked.

use std::path::Path;

use chrono::NaiveDate;
use onrecord::ask;
use onrecord::extract::Extractor;
use onrecord::index::{IndexWriter, Searcher, WriterOptions};
use onrecord::ingest::{IngestOptions, Understanding, ingest};
use onrecord::lexicon::Lexicon;
use onrecord::model::ModelSize;
use onrecord::own_actors::OwnActors;
use onrecord::query::{self, Unit};
use onrecord::record::ArticleRow;
use onrecord::search::{Record, SearchRequest, SearchResponse, Sort};
use tempfile::TempDir;

/// An index and what is needed to ask it.
pub struct Indexed {
    lexicon: &'static Lexicon,
    searcher: Searcher,
    /// Kept until nobody asks any more.
    _place: TempDir,
}

impl Indexed {
    /// Indexes a folder.
    pub fn of(folder: &Path) -> Indexed {
        let place = tempfile::tempdir().unwrap();
        let lexicon = Lexicon::built_in();
        let extractor = Extractor::new(lexicon, ModelSize::Fast);
        let mut writer = IndexWriter::open(place.path(), WriterOptions { memory: 32 << 20, threads: 1 }).unwrap();
        let article = |document, path: &str| extractor.article(document, path);
        let alpha3 = |code: &str| lexicon.alpha3(code);
        let understanding = Understanding { article: &article, alpha3: &alpha3 };
        let report = ingest(folder, &mut writer, understanding, IngestOptions::new(2, 0), &mut |_| {}).unwrap();
        assert!(!report.has_failures(), "{report:?}");
        writer.finish().unwrap();
        let searcher = Searcher::open(place.path()).unwrap();
        Indexed { lexicon, searcher, _place: place }
    }

    /// Asks as a user does, on a day after all articles; `unit` is what the answer holds where the question does not say.
    pub fn ask(&self, text: &str, unit: Unit) -> SearchResponse {
        let today = NaiveDate::from_ymd_opt(2025, 7, 1).unwrap();
        let parsed = query::parse(text, today);
        let request = SearchRequest {
            query: ask::resolve(parsed.query, self.lexicon, &OwnActors::default()).query,
            unit: parsed.unit.unwrap_or(unit),
            selections: Vec::new(),
            facets: Vec::new(),
            sort: Sort::Relevance,
            each_appearance: true,
            limit: 1000,
            offset: 0,
        };
        self.searcher.search(&request).unwrap()
    }

    /// Returns an article by its id.
    pub fn article(&self, id: &str) -> ArticleRow {
        match self.searcher.get(id).unwrap() {
            Some(Record::Article(row)) => *row,
            other => panic!("{id}: {other:?}"),
        }
    }
}
