//! Articles with labelled attributions, as the training programs read them.

use anyhow::{Context, Result};
use onrecord::language::{Document, TokenRange};
use onrecord::lexicon::Lexicon;
use onrecord::model::{Label, Role};
use onrecord::record::Span;
use serde::Deserialize;

/// A row of a file of articles: offsets count code points.
#[derive(Deserialize)]
pub struct Row {
    pub id: String,
    pub text: String,
    #[serde(default)]
    pub attributions: Vec<Roles>,
    /// Spans that belong to no attribution.
    #[serde(default)]
    pub lone: Roles,
}

/// The spans of one attribution.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Roles {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

/// An article with its labels.
pub struct Article<'t> {
    pub document: Document<'t>,
    /// A label for every token.
    pub labels: Vec<Label>,
    /// Tokens of every labelled span, with the attribution that it belongs to.
    pub spans: Vec<(Role, TokenRange, usize)>,
}

pub fn read(path: &str) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| format!("odd row in {path}"))).collect()
}

impl<'t> Article<'t> {
    pub fn new(row: &'t Row, lexicon: &Lexicon) -> Article<'t> {
        let document = Document::new(&row.text, |word| onrecord::extract::abbreviation(word, lexicon));
        let bytes: Vec<usize> = row.text.char_indices().map(|(at, _)| at).chain([row.text.len()]).collect();
        let mut spans = Vec::new();
        for (number, roles) in row.attributions.iter().chain([&row.lone]).enumerate() {
            let Roles { source, cue, content } = roles;
            for (role, pairs) in [(Role::Source, source), (Role::Cue, cue), (Role::Content, content)] {
                let located = pairs.iter().filter_map(|&[start, end]| Span::new(&row.text, bytes[start], bytes[end]));
                spans.extend(located.map(|span| (role, document.tokens_of(span), number)));
            }
        }
        let mut article = Article { document, labels: Vec::new(), spans };
        article.labels = article.labels();
        article
    }

    /// Returns a label for every token; a span begins anew where a nested attribution or the end of a paragraph cuts it.
    fn labels(&self) -> Vec<Label> {
        let document = &self.document;
        let mut labels: Vec<Label> = vec![0; document.tokens.len()];
        for (role, tokens, _) in &self.spans {
            for (n, i) in tokens.clone().enumerate() {
                labels[i] = if n == 0 { role.begin() } else { role.begin() + 1 };
            }
        }
        for i in 0..labels.len() {
            let Some(role) = Role::of(labels[i]) else { continue };
            let goes_on = i > 0
                && document.tokens[i - 1].paragraph == document.tokens[i].paragraph
                && Role::of(labels[i - 1]) == Some(role);
            if !goes_on {
                labels[i] = role.begin();
            }
        }
        labels
    }
}
