//! Prints statements as the encoder reads them, for `encoder/stance.py`.
//!
//! ```text
//! cargo run --release --example stance-passages -- STATEMENTS.jsonl ARTICLES.jsonl >PASSAGES.jsonl
//! ```
//!
//! Statements: labels as `train-stance` reads them, or rows of `onrecord extract --unit statements --format jsonl`. Out: the label
//! with `"words"`, `"quoted"` (0 or 1) and `"parts"` (0 context, 1 speaker, 2 cue, 3 content) of its passage, so that the
//! encoder is trained on the words that the program will show it.

mod labelled_statements;
mod stance_classes;

use std::io::Write;

use anyhow::{Result, bail};
use labelled_statements::{Label, each_article};
use onrecord::extract::stance_passages;
use onrecord::lexicon::Lexicon;
use serde::Serialize;

#[derive(Serialize)]
struct Passage<'a> {
    #[serde(flatten)]
    label: &'a Label,
    class: usize,
    weight: f32,
    words: Vec<&'a str>,
    quoted: Vec<u8>,
    parts: Vec<u8>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [statements, articles] = arguments.as_slice() else { bail!("usage: STATEMENTS.jsonl ARTICLES.jsonl") };
    let lexicon = Lexicon::built_in();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    each_article(statements, articles, |text, labels, located| {
        for (label, words) in labels.iter().zip(stance_passages(text, &located, lexicon)) {
            if words.is_empty() {
                continue;
            }
            let passage = Passage {
                label,
                class: label.class(),
                weight: label.weight(),
                words: words.iter().map(|(word, ..)| word.as_str()).collect(),
                quoted: words.iter().map(|&(_, quoted, _)| u8::from(quoted)).collect(),
                parts: words.iter().map(|&(.., part)| part as u8).collect(),
            };
            writeln!(out, "{}", serde_json::to_string(&passage)?)?;
        }
        Ok(())
    })?;
    Ok(out.flush()?)
}
