//! Prints the tokens of labelled articles, for `encoder/attribution.py`.
//!
//! ```text
//! cargo run --release --example label-tokens -- ARTICLES.jsonl >TOKENS.jsonl
//! ```
//!
//! Out: `{"id", "paragraphs": [{"words": ["He", ...], "quoted": [0, ...], "labels": [1, ...]}]}`, so that the encoder
//! is trained on the tokens, quotations and labels that the program computes.

mod labelled_articles;

use std::io::Write;

use anyhow::{Result, bail};
use labelled_articles::{Article, read};
use onrecord::lexicon::Lexicon;
use serde_json::json;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path] = arguments.as_slice() else { bail!("usage: ARTICLES.jsonl") };
    let lexicon = Lexicon::built_in();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for row in read(path)? {
        let article = Article::new(&row, lexicon);
        let paragraph = |range: &onrecord::language::TokenRange| {
            let words: Vec<&str> = range.clone().map(|i| article.document.word(i)).collect();
            let quoted: Vec<u8> = range.clone().map(|i| u8::from(article.document.tokens[i].quoted)).collect();
            json!({"words": words, "quoted": quoted, "labels": &article.labels[range.clone()]})
        };
        let paragraphs: Vec<_> = article.document.paragraphs.iter().map(paragraph).collect();
        writeln!(out, "{}", json!({"id": row.id, "paragraphs": paragraphs}))?;
    }
    Ok(())
}
