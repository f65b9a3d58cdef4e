//! The questions of `corpus/queries.toml`, asked of an index of the sample corpus, against all their right answers.

mod asking;
mod gold;
mod snapshots;

use std::fmt::Write;
use std::fs;

use asking::Indexed;
use onrecord::query::Unit;
use onrecord::search::Record;
use serde::Deserialize;

#[derive(Deserialize)]
struct Questions {
    query: Vec<Question>,
}

/// A question as a user types it.
#[derive(Deserialize)]
struct Question {
    text: String,
    unit: Unit,
    /// Articles by id; statements as `ID :: FIRST WORDS`.
    relevant: Vec<String>,
}

/// Answers at the top that a reader looks at.
const TOP: usize = 10;

/// How one question was answered.
#[derive(Default)]
struct Score {
    relevant: usize,
    found: usize,
    right: usize,
    right_at_top: usize,
    /// Rank of the first right answer, from 1.
    first: Option<usize>,
}

#[test]
fn questions_are_answered_as_well_as_the_snapshot_says() {
    let corpus = gold::corpus();
    let indexed = Indexed::of(&corpus);
    let questions: Questions = toml::from_str(&fs::read_to_string(corpus.join("queries.toml")).unwrap()).unwrap();
    let scores: Vec<(String, Score)> =
        questions.query.into_iter().map(|question| (question.text.clone(), score(&indexed, &question))).collect();
    snapshots::check("relevance.txt", &table(&scores));
}

fn score(indexed: &Indexed, question: &Question) -> Score {
    let mut open: Vec<Answer> = question.relevant.iter().map(|key| Answer::of(indexed, key)).collect();
    let hits = indexed.ask(&question.text, question.unit).hits;
    let mut score = Score { relevant: open.len(), found: hits.len(), ..Score::default() };
    for (rank, hit) in hits.iter().enumerate() {
        let likeness = |(at, answer): (usize, &Answer)| answer.likeness(&hit.record).map(|likeness| (likeness, at));
        let Some((_, at)) = open.iter().enumerate().filter_map(likeness).max_by_key(|&(l, at)| (l, usize::MAX - at))
        else {
            println!("{}: wrong: {}", question.text, shown(&hit.record));
            continue;
        };
        open.remove(at);
        score.right += 1;
        score.right_at_top += usize::from(rank < TOP);
        score.first.get_or_insert(rank + 1);
    }
    for answer in open {
        println!("{}: missing: {}", question.text, answer.key);
    }
    score
}

/// A right answer.
struct Answer {
    key: String,
    article: String,
    /// Where the statement stands; `None` where the article is the answer.
    places: Option<Vec<gold::Place>>,
}

impl Answer {
    fn of(indexed: &Indexed, key: &str) -> Answer {
        let (article, words) = key.split_once(" :: ").map_or((key, None), |(article, words)| (article, Some(words)));
        let row = indexed.article(article);
        let places = words.map(|words| {
            let below = row.path.strip_prefix("articles/").unwrap();
            let id = article.strip_prefix("articles/").unwrap();
            let record = gold::record(below);
            let golds = record["articles"].as_array().unwrap();
            let statements = golds.iter().find(|gold| gold["id"] == id).unwrap()["statements"].as_array().unwrap();
            let starts = |content: &str| content.replace(" ... ", " ").starts_with(words) || content.starts_with(words);
            let statement = statements.iter().find(|s| s["content"].as_str().is_some_and(starts));
            let statement = statement.unwrap_or_else(|| panic!("no gold statement: {key}"));
            gold::places(statement, &row.title, &row.text)
        });
        Answer { key: key.to_string(), article: article.to_string(), places }
    }

    fn likeness(&self, record: &Record) -> Option<usize> {
        match (record, &self.places) {
            (Record::Article(row), None) => (row.id == self.article).then_some(1000),
            (Record::Statement(row), Some(places)) if row.article == self.article => {
                gold::likeness(places, &gold::place(row)?)
            }
            _ => None,
        }
    }
}

fn shown(record: &Record) -> String {
    match record {
        Record::Article(row) => row.id.clone(),
        Record::Statement(row) => format!("{} :: {} ({})", row.id, row.content, row.actor),
    }
}

fn table(scores: &[(String, Score)]) -> String {
    let mut table = String::from("R@10: right ones among the first ten answers, of those that could stand there.\n\n");
    let line = |table: &mut String, name: &str, counts: [usize; 3], shares: [f64; 4]| {
        write!(table, "{name:<60}{:>6}{:>6}{:>6}", counts[0], counts[1], counts[2]).unwrap();
        for share in shares {
            write!(table, "{:>7}", format!("{:.2}", share)).unwrap();
        }
        table.push('\n');
    };
    let columns = ["right", "of", "found", "P", "R", "R@10", "RR"];
    writeln!(
        table,
        "{:<60}{:>6}{:>6}{:>6}{:>7}{:>7}{:>7}{:>7}",
        "", columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6]
    )
    .unwrap();
    let mut sums = ([0; 3], [0.0; 4]);
    for (text, score) in scores {
        let counts = [score.right, score.relevant, score.found];
        let shares = [
            share(score.right, score.found),
            share(score.right, score.relevant),
            share(score.right_at_top, score.relevant.min(TOP)),
            score.first.map_or(0.0, |rank| 1.0 / rank as f64),
        ];
        line(&mut table, text, counts, shares);
        (0..3).for_each(|at| sums.0[at] += counts[at]);
        (0..4).for_each(|at| sums.1[at] += shares[at]);
    }
    let means = sums.1.map(|sum| sum / scores.len() as f64);
    table.push('\n');
    line(&mut table, "mean over questions", sums.0, means);
    let [right, relevant, found] = sums.0;
    writeln!(table, "over answers: precision {:.2}, recall {:.2}", share(right, found), share(right, relevant))
        .unwrap();
    table
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
