//! Labels as the training code gives them, before the weights are rounded: rows of `encoder/export.py labels`.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};

use anyhow::{Context, Result, ensure};
use onrecord::language::Document;
use onrecord::model::{Label, TaggedSpan, spans_of};
use serde::Deserialize;

/// Words of a paragraph that the encoder keeps together; a label of nothing closes each such part.
const PART: usize = 250;

#[derive(Deserialize)]
struct Row {
    id: String,
    /// Of each group of paragraphs.
    labels: Vec<Vec<Label>>,
}

/// Returns the labels of each article by its id.
pub fn read(path: &str) -> Result<HashMap<String, Vec<Label>>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {path}"))?;
    let row = |line: std::io::Result<String>| -> Result<(String, Vec<Label>)> {
        let row: Row = serde_json::from_str(&line?).with_context(|| format!("odd row in {path}"))?;
        Ok((row.id, row.labels.concat()))
    };
    BufReader::new(file).lines().map(row).collect()
}

/// Returns the spans of each paragraph.
pub fn spans(document: &Document, labels: &[Label]) -> Result<Vec<Vec<TaggedSpan>>> {
    let mut rest = labels;
    let mut found = Vec::new();
    for paragraph in &document.paragraphs {
        let mut own: Vec<Label> = Vec::new();
        while own.len() < paragraph.len() {
            let part = PART.min(paragraph.len() - own.len());
            ensure!(rest.len() > part, "fewer labels than words");
            own.extend(&rest[..part]);
            rest = &rest[part + 1..];
        }
        found.push(spans_of(&own, &vec![1.0; own.len()], paragraph.start));
    }
    ensure!(rest.is_empty(), "more labels than words");
    Ok(found)
}
