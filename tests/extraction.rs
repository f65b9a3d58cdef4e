//! Every article of the sample corpus against its gold record: metadata exactly, statements with precision and recall.

mod gold;
mod snapshots;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::Instant;

use onrecord::corpus;
use onrecord::extract::Extractor;
use onrecord::format::{Metadata, ParsedDocument};
use onrecord::lexicon::Lexicon;
use onrecord::model::ModelSize;
use onrecord::record::{ArticleRow, StatementRow};
use serde_json::Value;

/// An article as it was read, beside what must be found in it.
struct Pair {
    covers: Vec<String>,
    text_lacks: Vec<String>,
    gold: Value,
    article: ArticleRow,
    statements: Vec<StatementRow>,
}

/// Reads every file of the corpus; the articles of a file must be those of its gold record, in that order.
fn pairs() -> Vec<Pair> {
    let lexicon = Lexicon::built_in();
    let extractor = Extractor::new(lexicon, ModelSize::Fast);
    let mut pairs = Vec::new();
    for file in corpus::walk(&gold::corpus().join("articles")) {
        let Ok(file) = file else { continue };
        let record = gold::record(&file.path);
        let documents = file.documents().unwrap();
        let found: Vec<_> = documents.map(|document| extractor.article(document.unwrap(), &file.path)).collect();
        let ids: Vec<&str> = found.iter().map(|article| article.id.as_str()).collect();
        let golds = record["articles"].as_array().unwrap();
        assert_eq!(ids, golds.iter().map(|gold| gold["id"].as_str().unwrap()).collect::<Vec<_>>(), "{}", file.path);
        pairs.extend(found.iter().zip(golds).map(|(article, gold)| Pair {
            covers: strings(&record["covers"]),
            text_lacks: strings(&record["text_lacks"]),
            gold: gold.clone(),
            article: ArticleRow::of(article),
            statements: StatementRow::all(article, |code| lexicon.alpha3(code)),
        }));
    }
    assert!(pairs.len() >= 40, "{} articles", pairs.len());
    pairs
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_string).collect()
}

/// Fields of an article that must equal the gold ones.
const FIELDS: &[&str] = &["title", "outlet", "authors", "published", "published_by", "url", "language"];

#[test]
fn articles_are_read_as_the_gold_records_say() {
    let (mut checked, mut wrong) = (0, String::new());
    for pair in &pairs() {
        let found = serde_json::to_value(&pair.article).unwrap();
        for field in FIELDS.iter().filter(|field| pair.gold.get(field).is_some()) {
            checked += 1;
            if pair.gold[field] != found[field] {
                writeln!(wrong, "{}: {field} is {}, not {}", pair.article.id, found[field], pair.gold[field]).unwrap();
            }
        }
        differences_of_sources(pair, &mut wrong);
        differences_of_text(pair, &mut wrong);
    }
    snapshots::check(
        "metadata.txt",
        &format!("{checked} fields checked; what differs from the gold records:\n\n{wrong}"),
    );
}

fn differences_of_sources(pair: &Pair, wrong: &mut String) {
    let listed = |sources: &Value| -> BTreeSet<String> {
        sources.as_array().into_iter().flatten().map(Value::to_string).collect()
    };
    let found = serde_json::to_value(&pair.article.cited_sources).unwrap();
    let (gold, found) = (listed(&pair.gold["cited_sources"]), listed(&found));
    for source in gold.difference(&found) {
        writeln!(wrong, "{}: cited and not found: {source}", pair.article.id).unwrap();
    }
    for source in found.difference(&gold) {
        writeln!(wrong, "{}: found and not cited: {source}", pair.article.id).unwrap();
    }
}

fn differences_of_text(Pair { text_lacks, gold, article, .. }: &Pair, wrong: &mut String) {
    for words in text_lacks.iter().filter(|words| article.text.contains(*words)) {
        writeln!(wrong, "{}: no part of the article: {words:?}", article.id).unwrap();
    }
    let lost = |gold: &&Value| gold::places(gold, &article.title, &article.text).is_empty();
    for statement in gold["statements"].as_array().unwrap().iter().filter(lost) {
        writeln!(wrong, "{}: lost from the text: {}", article.id, statement["content"]).unwrap();
    }
}

/// How many statements there are, were found, and were found right.
#[derive(Default, Clone, Copy)]
struct Counts {
    gold: usize,
    given: usize,
    found: usize,
    kind: usize,
    speaker: usize,
    stance: usize,
    full: usize,
}

/// One gold statement, and the statement found for it.
struct Match<'p> {
    gold: &'p Value,
    found: Option<&'p StatementRow>,
}

/// Matches one to one, the likest first.
fn matches(pair: &Pair) -> Vec<Match<'_>> {
    let golds = pair.gold["statements"].as_array().unwrap();
    let mut likely = Vec::new();
    for (g, gold) in golds.iter().enumerate() {
        let places = gold::places(gold, &pair.article.title, &pair.article.text);
        for (f, found) in pair.statements.iter().enumerate() {
            let likeness = gold::place(found).and_then(|place| gold::likeness(&places, &place));
            likely.extend(likeness.map(|likeness| (likeness, same_speaker(gold, found), g, f)));
        }
    }
    likely.sort_by_key(|&(likeness, same, g, f)| (std::cmp::Reverse((likeness, same)), g, f));
    let mut taken = BTreeMap::new();
    for (.., g, f) in likely {
        if !taken.contains_key(&g) && !taken.values().any(|&other| other == f) {
            taken.insert(g, f);
        }
    }
    let found = |g: &usize| taken.get(g).map(|&f| &pair.statements[f]);
    golds.iter().enumerate().map(|(g, gold)| Match { gold, found: found(&g) }).collect()
}

/// Tells whether the actor is the gold one: a person by the last word, others by half of their words.
fn same_speaker(gold: &Value, found: &StatementRow) -> bool {
    let words = |name: &str| -> Vec<String> {
        let name = name.to_lowercase().replace(['.', '’', '\''], "");
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words
            .filter(|word| !["of", "the", "and", "a", "in"].contains(word))
            .map(|w| w.trim_end_matches('s').into())
            .collect()
    };
    let (wanted, found) = (words(gold["actor"].as_str().unwrap_or_default()), words(&found.actor));
    if gold["kind"] == "person" {
        return wanted.last() == found.last();
    }
    let shared = wanted.iter().filter(|word| found.contains(word)).count();
    wanted == found || (shared > 0 && 2 * shared >= wanted.len().min(found.len()))
}

impl Counts {
    fn add(&mut self, found: &Match<'_>) {
        self.gold += 1;
        let Some(row) = found.found else { return };
        let row_value = serde_json::to_value(row).unwrap();
        let (speaker, stance) = (same_speaker(found.gold, row), row_value["stance"] == found.gold["stance"]);
        self.found += 1;
        self.kind += usize::from(row_value["quotation"] == found.gold["quotation"]);
        self.speaker += usize::from(speaker);
        self.stance += usize::from(stance);
        self.full += usize::from(speaker && stance);
    }

    /// Writes precision, recall and F1 of what is right.
    fn scores(self, table: &mut String, name: &str, right: usize) {
        let (precision, recall) = (percent(right, self.given), percent(right, self.gold));
        let f1 = percent(2 * right, self.given + self.gold);
        writeln!(table, "{name:<22}{right:>6}{precision:>8}{recall:>8}{f1:>8}").unwrap();
    }

    /// Writes the share of the gold statements that were found and right.
    fn shares(self, table: &mut String, name: &str) {
        write!(table, "{name:<22}{:>6}", self.gold).unwrap();
        for right in [self.found, self.kind, self.speaker, self.stance, self.full] {
            write!(table, "{:>8}", percent(right, self.gold)).unwrap();
        }
        table.push('\n');
    }
}

fn percent(part: usize, whole: usize) -> String {
    format!("{:.1}", if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 })
}

#[test]
fn statements_are_found_as_often_as_the_snapshot_says() {
    let pairs = pairs();
    let mut all = Counts::default();
    let mut kinds: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut phenomena: BTreeMap<&str, Counts> = BTreeMap::new();
    for pair in &pairs {
        all.given += pair.statements.len();
        for found in matches(pair) {
            all.add(&found);
            kinds.entry(found.gold["quotation"].as_str().unwrap()).or_default().add(&found);
            for covered in &pair.covers {
                phenomena.entry(covered).or_default().add(&found);
            }
        }
    }
    snapshots::check("extraction.txt", &table(pairs.len(), all, &kinds, &phenomena));
}

/// Whatever compares everything in a paragraph with everything else takes minutes here.
#[test]
fn a_paragraph_as_long_as_a_book_is_read_to_its_end() {
    let extractor = Extractor::new(Lexicon::built_in(), ModelSize::Fast);
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    let name =
        |n: usize| format!("Anna{}{} Berg{}{}, ", letter(n), letter(n / 26), letter(n / 676), letter(n / 17_576));
    for (text, least) in [
        ("Mexico said that it opposed tariffs. ".repeat(5_000), 5_000),
        ("Mexico said that ".repeat(20_000), 1),
        ("“We will not accept the tariffs on steel,” he said. ".repeat(3_000), 3_000),
        ((0..40_000).map(name).collect(), 0),
    ] {
        let document = ParsedDocument {
            row: None,
            text,
            metadata: Metadata { language: Some("en".into()), ..Metadata::default() },
            warnings: Vec::new(),
        };
        let beginning = document.text[..40].to_string();
        let started = Instant::now();
        let article = extractor.article(document, "a.txt");
        let took = started.elapsed();
        assert!(article.statements.len() >= least, "{beginning}: {} statements", article.statements.len());
        // Far above what it takes, far below what anything quadratic takes.
        assert!(took.as_secs() < 20, "{beginning}: {took:?}");
    }
}

fn table(articles: usize, all: Counts, kinds: &BTreeMap<&str, Counts>, phenomena: &BTreeMap<&str, Counts>) -> String {
    let mut table = format!("{articles} articles, {} gold statements, {} found\n\n", all.gold, all.given);
    writeln!(table, "{:<22}{:>6}{:>8}{:>8}{:>8}", "", "right", "P", "R", "F1").unwrap();
    for (name, right) in [
        ("found", all.found),
        ("and the speaker", all.speaker),
        ("and the stance", all.stance),
        ("and both (full)", all.full),
    ] {
        all.scores(&mut table, name, right);
    }
    for (heading, parts) in [("by quotation", kinds), ("by what articles show", phenomena)] {
        let columns = ["found", "kind", "speaker", "stance", "full"].map(|name| format!("{name:>8}")).concat();
        writeln!(table, "\n{heading:<22}{:>6}{columns}", "gold").unwrap();
        for (name, counts) in parts {
            counts.shares(&mut table, name);
        }
    }
    table
}
