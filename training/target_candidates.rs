//! Prints the phrases among which the program chooses a target, with what holds of each, for `target.py`.
//!
//! ```text
//! cargo run --release --example target-candidates -- labels/targets.jsonl ARTICLES.jsonl >CANDIDATES.jsonl
//! ```
//!
//! Labels: as `train-stance` reads them, with `"target"`, the words of the statement that stand for what it is about, and `"name"`,
//! those of the article that name it best, as `[start, end]` in code points. Out, for each statement: `{"article", "target", "name",
//! "candidates": [{"words", "features"}]}`, with the labels' words.

mod labelled_statements;

use std::io::Write;

use anyhow::{Result, bail};
use labelled_statements::each_article;
use onrecord::extract::target_candidates;
use onrecord::lexicon::Lexicon;
use serde::Serialize;

#[derive(Serialize)]
struct Row<'a> {
    article: &'a str,
    target: String,
    name: String,
    candidates: Vec<Candidate>,
}

#[derive(Serialize)]
struct Candidate {
    words: String,
    features: Vec<&'static str>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [labels, articles] = arguments.as_slice() else { bail!("usage: LABELS.jsonl ARTICLES.jsonl") };
    let lexicon = Lexicon::built_in();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    each_article(labels, articles, |text, labels, located| {
        let statements: Vec<_> = located.into_iter().zip(labels.iter().map(|label| label.stance)).collect();
        let words = |span: Option<[usize; 2]>| -> String {
            span.map_or(String::new(), |[start, end]| text.chars().skip(start).take(end - start).collect())
        };
        for (label, candidates) in labels.iter().zip(target_candidates(text, &statements, lexicon)) {
            let candidates = candidates.into_iter().map(|(words, features)| Candidate { words, features }).collect();
            let (target, name) = (words(label.target), words(label.name));
            let row = Row { article: &label.article, target, name, candidates };
            writeln!(out, "{}", serde_json::to_string(&row)?)?;
        }
        Ok(())
    })?;
    Ok(out.flush()?)
}
