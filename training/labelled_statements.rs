//! Statements with their stance, as the training programs read them.

use std::collections::HashMap;
use std::io::BufRead;

use anyhow::{Context, Result};
use onrecord::extract::LabelledSpans;
use onrecord::model::STANCE_CLASSES as CLASSES;
use onrecord::record::{Span, Stance};
use serde::{Deserialize, Serialize};

/// A statement: offsets count code points of the article's text.
#[derive(Deserialize, Serialize)]
pub struct Label {
    pub article: String,
    pub speaker: Vec<[usize; 2]>,
    pub cue: Vec<[usize; 2]>,
    pub content: Vec<[usize; 2]>,
    pub stance: Stance,
    pub flags: String,
    /// The words of the statement that stand for what it is about, and those of the article that name it best.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<[usize; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<[usize; 2]>,
    /// Probabilities of the classes, where a larger model judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<[f32; CLASSES]>,
}

/// A row of labels, or of `onrecord extract --unit statements --format jsonl`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Row {
    Label(Label),
    Extracted { article: String, spans: Spans, stance: Stance },
}

#[derive(Deserialize)]
struct Spans {
    #[serde(default)]
    speaker: Vec<[usize; 2]>,
    #[serde(default)]
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

impl From<Row> for Label {
    fn from(row: Row) -> Label {
        match row {
            Row::Label(label) => label,
            Row::Extracted { article, spans: Spans { speaker, cue, content }, stance } => {
                let article = article.split_once('#').map_or(article.as_str(), |(_, id)| id).to_string();
                Label {
                    article,
                    speaker,
                    cue,
                    content,
                    stance,
                    flags: String::new(),
                    target: None,
                    name: None,
                    weights: None,
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct Article {
    id: String,
    text: String,
}

/// Calls `found` with the text of each article that has statements, these, and where they stand.
pub fn each_article(
    statements: &str,
    articles: &str,
    mut found: impl FnMut(&str, Vec<Label>, Vec<LabelledSpans>) -> Result<()>,
) -> Result<()> {
    let mut by_article: HashMap<String, Vec<Label>> = HashMap::new();
    for line in lines(statements)? {
        let row: Row = serde_json::from_str(&line?).with_context(|| format!("odd row in {statements}"))?;
        let label = Label::from(row);
        by_article.entry(label.article.clone()).or_default().push(label);
    }
    for line in lines(articles)? {
        let Article { id, text } = serde_json::from_str(&line?).with_context(|| format!("odd row in {articles}"))?;
        let Some(labels) = by_article.remove(&id) else { continue };
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let spans = |pairs: &[[usize; 2]]| -> Vec<Span> {
            pairs.iter().filter_map(|&[s, e]| Span::new(&text, *bytes.get(s)?, *bytes.get(e)?)).collect()
        };
        let located =
            |l: &Label| LabelledSpans { speaker: spans(&l.speaker), cue: spans(&l.cue), content: spans(&l.content) };
        let located = labels.iter().map(located).collect();
        found(&text, labels, located)?;
    }
    if let Some(article) = by_article.keys().min() {
        eprintln!("{} articles of {statements} are not in {articles}, such as {article}", by_article.len());
    }
    Ok(())
}

fn lines(path: &str) -> Result<impl Iterator<Item = std::io::Result<String>>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {path}"))?;
    Ok(std::io::BufReader::new(file).lines())
}
