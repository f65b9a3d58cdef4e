//! Measures the steps from a question to its answer and from a file to the index, over `corpus/articles`.
//!
//! Nothing is random: the files, the questions and the day are fixed.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use onrecord::ask;
use onrecord::extract::Extractor;
use onrecord::index::{IndexWriter, Searcher, WriterOptions};
use onrecord::ingest::{IngestOptions, Read, Understanding, each_article, ingest};
use onrecord::lexicon::{Lexicon, Tables};
use onrecord::model::ModelSize;
use onrecord::own_actors::OwnActors;
use onrecord::query::{self, Unit};
use onrecord::record::Article;
use onrecord::search::{FacetName, FacetRequest, SearchRequest, SearchResponse, Sort};

/// Questions of every kind: phrasings, words, phrases, fields, operators.
const QUESTIONS: [&str; 6] = [
    "opposition statements by Mexico",
    "tariff",
    "\"border wall\" OR tariffs",
    "by:mexico stance:oppose since:2018 until:2026-06",
    "what did the president of Mexico say about migration in 2025?",
    "(steel OR aluminum) -tariff outlet:reuters unit:articles",
];

const FACETS: [FacetName; 6] =
    [FacetName::Actor, FacetName::Speaker, FacetName::Stance, FacetName::Outlet, FacetName::Cites, FacetName::Year];

fn articles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles")
}

/// The day that relative dates start from.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 1).expect("it is a day")
}

fn parse_a_query(criterion: &mut Criterion) {
    let lexicon = Lexicon::built_in();
    criterion.bench_function("parse six questions", |bencher| {
        bencher.iter(|| QUESTIONS.map(|question| query::parse(question, today())));
    });
    criterion.bench_function("parse six questions and resolve their names", |bencher| {
        bencher.iter(|| QUESTIONS.map(|question| request(question, lexicon)));
    });
    criterion.bench_function("load the lexicon", |bencher| bencher.iter(|| Lexicon::read(&Tables::BUILT_IN)));
}

fn extract_the_corpus(criterion: &mut Criterion) {
    let lexicon = Lexicon::built_in();
    criterion.bench_function("extract the corpus", |bencher| bencher.iter(|| extracted(lexicon)));
}

fn index_the_corpus(criterion: &mut Criterion) {
    let lexicon = Lexicon::built_in();
    let folder = || tempfile::tempdir().expect("there is room for a temporary folder");
    criterion.bench_function("index the corpus, extraction included", |bencher| {
        bencher.iter_batched(folder, |place| index(place.path(), lexicon), BatchSize::PerIteration);
    });
}

fn search_with_facets(criterion: &mut Criterion) {
    let lexicon = Lexicon::built_in();
    let place = tempfile::tempdir().expect("there is room for a temporary folder");
    index(place.path(), lexicon);
    let searcher = Searcher::open(place.path()).expect("the index was just made");
    let requests = QUESTIONS.map(|question| request(question, lexicon));
    criterion.bench_function("answer six questions with facets", |bencher| {
        bencher.iter(|| requests.each_ref().map(|request| answer(&searcher, request)));
    });
}

fn request(question: &str, lexicon: &Lexicon) -> SearchRequest {
    let parsed = query::parse(question, today());
    SearchRequest {
        query: ask::resolve(parsed.query, lexicon, &OwnActors::default()).query,
        unit: parsed.unit.unwrap_or(Unit::Statements),
        selections: Vec::new(),
        facets: FACETS.map(|facet| FacetRequest { facet, limit: 8, below: None }).to_vec(),
        sort: Sort::Relevance,
        each_appearance: false,
        limit: 10,
        offset: 0,
    }
}

fn answer(searcher: &Searcher, request: &SearchRequest) -> SearchResponse {
    searcher.search(request).expect("the index can be searched")
}

fn extracted(lexicon: &Lexicon) -> Vec<Article> {
    let extractor = Extractor::new(lexicon, ModelSize::Fast);
    let mut articles_found = Vec::new();
    let read = |document, path: &str| extractor.article(document, path);
    let done: std::io::Result<()> = each_article(&[articles()], 1, &read, |found| {
        if let Read::Article(article) = found {
            articles_found.push(*article);
        }
        Ok(())
    });
    done.expect("nothing refuses an article");
    articles_found
}

fn index(place: &Path, lexicon: &Lexicon) {
    let extractor = Extractor::new(lexicon, ModelSize::Fast);
    let options = WriterOptions { memory: 32 << 20, threads: 1 };
    let mut writer = IndexWriter::open(place, options).expect("the folder is empty");
    let article = |document, path: &str| extractor.article(document, path);
    let alpha3 = |code: &str| lexicon.alpha3(code);
    let understanding = Understanding { article: &article, alpha3: &alpha3 };
    ingest(&articles(), &mut writer, understanding, IngestOptions::new(1, 0), &mut |_| {})
        .expect("the corpus is sound");
    writer.finish().expect("segments can be merged");
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = parse_a_query, extract_the_corpus, index_the_corpus, search_with_facets
}
criterion_main!(benches);
