//! Prints the statements of articles with what their confidence is made of, for `labels/confidence.py`.
//!
//! ```text
//! cargo run --release --example statement-parts -- fast|accurate ARTICLES.jsonl >PARTS.jsonl
//! ```
//!
//! Out: rows of `onrecord extract --unit statements`, each with its `parts`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use onrecord::extract::Extractor;
use onrecord::ingest::{Read, each_article};
use onrecord::lexicon::Lexicon;
use onrecord::record::{ModelSize, Parts, StatementRow};
use serde::Serialize;

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    statement: StatementRow,
    parts: Parts,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [size, articles] = arguments.as_slice() else { bail!("usage: fast|accurate ARTICLES.jsonl") };
    let size = ModelSize::ALL.into_iter().find(|s| s.name() == size).context("the model is fast or accurate")?;
    let lexicon = Lexicon::built_in();
    let extractor = Extractor::new(lexicon, size);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let read = |document, path: &str| extractor.article(document, path);
    each_article(&[PathBuf::from(articles)], 1, &read, |read| -> Result<()> {
        let article = match read {
            Read::Article(article) => article,
            Read::Failed(failure) | Read::Skipped(failure) => bail!("{failure}"),
        };
        let rows = StatementRow::all(&article, |code| lexicon.alpha3(code));
        for (statement, parts) in rows.into_iter().zip(article.statements.iter().map(|s| s.grounds.parts)) {
            writeln!(out, "{}", serde_json::to_string(&Row { statement, parts })?)?;
        }
        Ok(())
    })?;
    Ok(out.flush()?)
}
