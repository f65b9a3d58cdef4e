//! Lets the encoder judge statements that nobody labelled, for the small stance model to learn from.
//!
//! ```text
//! cargo run --release --example judge-statements -- STATEMENTS.jsonl ARTICLES.jsonl LABELLED.jsonl >JUDGED.jsonl
//! ```
//!
//! Statements: rows of `onrecord extract --unit statements --format jsonl`; those of articles that stand in LABELLED, labels by
//! hand, are left out. Out: labels with `"weights"`, the probabilities of oppose, support, neutral and no statement.

mod labelled_statements;

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};

use anyhow::{Context, Result, bail};
use labelled_statements::{Label, each_article};
use onrecord::extract::stance_passages;
use onrecord::lexicon::Lexicon;
use onrecord::model::{EncoderJudge, PassageWord};
use onrecord::record::Stance;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [statements, articles, labelled] = arguments.as_slice() else {
        bail!("usage: STATEMENTS.jsonl ARTICLES.jsonl LABELLED.jsonl")
    };
    let known = articles_of(labelled)?;
    let (lexicon, judge) = (Lexicon::built_in(), EncoderJudge::built_in());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    each_article(statements, articles, |text, labels, located| {
        if labels.first().is_some_and(|label| known.contains(&label.article)) {
            return Ok(());
        }
        for (label, words) in labels.into_iter().zip(stance_passages(text, &located, lexicon)) {
            if words.is_empty() {
                continue;
            }
            let passage: Vec<PassageWord> =
                words.iter().map(|(text, quoted, part)| PassageWord { text, quoted: *quoted, part: *part }).collect();
            let weights = judge.probabilities(&passage);
            let label = Label { stance: likeliest(&weights), flags: String::new(), weights: Some(weights), ..label };
            writeln!(out, "{}", serde_json::to_string(&label)?)?;
        }
        Ok(())
    })?;
    Ok(out.flush()?)
}

/// Returns the ids of the articles of labels.
fn articles_of(path: &str) -> Result<HashSet<String>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {path}"))?;
    let id = |line: std::io::Result<String>| -> Result<String> {
        let label: Label = serde_json::from_str(&line?).with_context(|| format!("odd row in {path}"))?;
        Ok(label.article)
    };
    BufReader::new(file).lines().map(id).collect()
}

fn likeliest([oppose, support, neutral, _]: &[f32; 4]) -> Stance {
    match neutral {
        n if n >= oppose && n >= support => Stance::Neutral,
        _ if oppose >= support => Stance::Oppose,
        _ => Stance::Support,
    }
}
