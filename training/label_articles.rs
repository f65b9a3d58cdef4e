//! Labels articles with what a model alone finds, in the form of the rows that `train-attribution` reads.
//!
//! ```text
//! cargo run --release --example label-articles -- fast|accurate ARTICLES.jsonl LABELLED.jsonl [LABELS.jsonl]
//! ```
//!
//! Out: `{"id", "text", "attributions": [{"source", "cue", "content"}], "lone": {"source", "cue"}}`, offsets in code points.
//! `lone` holds the spans that belong to no attribution. With `accurate`, these are what the fast model learns from beside
//! the articles labelled by people; with either, the scores of `attribution_score.py` are those of the model without rules.
//! Spans are those of LABELS.jsonl where it is given, rows of `encoder/export.py labels` for the same articles: what the
//! encoder gives before its weights are rounded.

mod labelled_articles;
mod reference;

use std::io::Write;

use anyhow::{Context, Result, bail};
use labelled_articles::{Article, Row, read};
use onrecord::language::{Document, TokenRange};
use onrecord::lexicon::Lexicon;
use onrecord::model::{AttributionModel, ModelSize, Role, TaggedSpan};
use onrecord::record::CodePoints;
use serde_json::{Value, json};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (size, articles, labelled, labels) = match arguments.as_slice() {
        [size, articles, labelled] => (size, articles, labelled, None),
        [size, articles, labelled, labels] => (size, articles, labelled, Some(labels)),
        _ => bail!("usage: fast|accurate ARTICLES.jsonl LABELLED.jsonl [LABELS.jsonl]"),
    };
    let size = ModelSize::ALL.into_iter().find(|s| s.name() == size).context("the model is fast or accurate")?;
    let model = AttributionModel::built_in(size);
    let labels = labels.map(|path| reference::read(path)).transpose()?;
    let file = std::fs::File::create(labelled).with_context(|| format!("cannot write {labelled}"))?;
    let mut out = std::io::BufWriter::new(file);
    for row in read(articles)? {
        let document = Article::new(&row, Lexicon::built_in()).document;
        let tagged = match &labels {
            None => model.tagger.tag(&document, &document.paragraphs),
            Some(labels) => {
                let own = labels.get(&row.id).with_context(|| format!("no labels of {}", row.id))?;
                reference::spans(&document, own)?
            }
        };
        writeln!(out, "{}", attributions(&model, &row, &document, tagged))?;
    }
    Ok(out.flush()?)
}

/// The row with its spans joined to attributions.
fn attributions(model: &AttributionModel, row: &Row, document: &Document, tagged: Vec<Vec<TaggedSpan>>) -> Value {
    let points = CodePoints::new(&row.text);
    let pair = |range: &TokenRange| document.span(range).map(|s| points.pair(&row.text, s));
    let (mut attributions, mut sources, mut cues) = (Vec::new(), Vec::new(), Vec::new());
    for (paragraph, spans) in document.paragraphs.iter().zip(tagged) {
        let found = model.link(document, paragraph, &spans);
        for span in &spans {
            let linked = |range: &Option<TokenRange>| range.as_ref() == Some(&span.tokens);
            match span.role {
                Role::Source if !found.iter().any(|f| linked(&f.source)) => sources.extend(pair(&span.tokens)),
                Role::Cue if !found.iter().any(|f| linked(&f.cue)) => cues.extend(pair(&span.tokens)),
                _ => {}
            }
        }
        attributions.extend(found.iter().map(|found| {
            json!({
                "source": found.source.iter().filter_map(pair).collect::<Vec<_>>(),
                "cue": found.cue.iter().filter_map(pair).collect::<Vec<_>>(),
                "content": found.content.iter().filter_map(pair).collect::<Vec<_>>(),
            })
        }));
    }
    json!({"id": row.id, "text": row.text, "attributions": attributions, "lone": {"source": sources, "cue": cues}})
}
