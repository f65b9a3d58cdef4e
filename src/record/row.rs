//! The public record contract: rows as `extract`, `search` and `export` print them.
//!
//! Offsets are Unicode code points into the article's `text`; dates are EDTF. `schema/record.schema.json` is made
//! from these types by a test.

use serde::{Deserialize, Serialize};

use super::{
    Act, ActorKind, Article, CodePoints, DateRule, Fingerprint, FoundBy, ModelSize, Part, PartialDate, Quotation,
    ResolvedBy, Span, Stance, Statement,
};

/// One statement, with its article's fields beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatementRow {
    /// The article's id, `/`, and the statement's position in the article from 1.
    pub id: String,
    pub article: String,
    pub path: String,
    pub title: String,
    pub outlet: Option<String>,
    pub published: Option<PartialDate>,
    pub quotation: Quotation,
    /// The speaker as written; empty where the text names none.
    pub speaker: String,
    pub cue: String,
    /// What is said; pieces that the attribution splits are joined by ` … `, those that a further cue of the same speaker parts
    /// stand together with it.
    pub content: String,
    /// Where speaker, cue and content stand in `text`; all empty for a headline that the text does not repeat.
    pub spans: Spans,
    /// The same in `title`, for such a headline.
    #[serde(default, skip_serializing_if = "Spans::is_empty")]
    pub title_spans: Spans,
    /// The sentence or sentences around the statement.
    pub context: String,
    pub actor: String,
    pub kind: ActorKind,
    /// The actor's role, from the text or the lexicon.
    pub role: Option<String>,
    /// ISO 3166 alpha-2 codes of the states that the actor speaks for.
    pub countries: Vec<String>,
    /// The same as alpha-3 codes.
    pub countries_alpha3: Vec<String>,
    pub affiliations: Vec<String>,
    /// Roll-up on the article's date: paths with their ancestors.
    pub counts_for: Vec<String>,
    /// Roll-up of offices no longer held on that date.
    pub formerly: Vec<String>,
    /// Why the actor counts for these.
    pub because: String,
    /// How the speaker was found: by name, surname, pronoun, ...
    pub resolved_by: ResolvedBy,
    pub stance: Stance,
    pub act: Act,
    pub target: String,
    /// Names of the sources that the statement is credited to.
    pub cites: Vec<String>,
    /// 0 to 1, two decimals.
    pub confidence: f32,
    pub found_by: FoundBy,
    /// The same for the same statement in other articles: one speaker, nearly the same words; null where it is too short to tell.
    pub fingerprint: Option<Fingerprint>,
}

/// Spans in code points, as `[start, end]` pairs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Spans {
    pub speaker: Vec<[usize; 2]>,
    pub cue: Vec<[usize; 2]>,
    pub content: Vec<[usize; 2]>,
}

/// One article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ArticleRow {
    pub id: String,
    pub path: String,
    pub title: String,
    pub outlet: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<PartialDate>,
    /// The rule that found the date.
    pub published_by: Option<DateRule>,
    /// For an undated article: the latest date that its text proves to have passed.
    pub not_before: Option<PartialDate>,
    pub url: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    pub text: String,
    pub cited_sources: Vec<CitedSourceRow>,
    pub actors: Vec<ActorRow>,
    /// The model that looked for statements; null where none did, as in a language that it does not read.
    pub model: Option<ModelSize>,
    pub warnings: Vec<String>,
}

/// A source that the article names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CitedSourceRow {
    pub name: String,
    pub title: Option<String>,
    pub published: Option<PartialDate>,
}

/// An actor that the article names, with every place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActorRow {
    pub actor: String,
    pub kind: ActorKind,
    pub countries: Vec<String>,
    pub role: Option<String>,
    pub mentions: Vec<[usize; 2]>,
}

impl Spans {
    /// Tells whether nothing is located.
    pub fn is_empty(&self) -> bool {
        self.speaker.is_empty() && self.cue.is_empty() && self.content.is_empty()
    }
}

impl ArticleRow {
    /// Makes the public row of an article.
    pub fn of(article: &Article) -> ArticleRow {
        let points = CodePoints::new(&article.text);
        let pairs = |spans: &[Span]| spans.iter().map(|&s| points.pair(&article.text, s)).collect();
        ArticleRow {
            id: article.id.clone(),
            path: article.path.clone(),
            title: article.title.clone(),
            outlet: article.outlet.as_ref().map(|o| o.name.clone()),
            authors: article.authors.clone(),
            published: article.published.map(|p| p.date),
            published_by: article.published.map(|p| p.by),
            not_before: article.not_before,
            url: article.url.clone(),
            language: article.language.clone(),
            text: article.text.clone(),
            cited_sources: article
                .cited_sources
                .iter()
                .map(|s| CitedSourceRow { name: s.name.clone(), title: s.title.clone(), published: s.published })
                .collect(),
            actors: article
                .actors
                .iter()
                .map(|m| ActorRow {
                    actor: m.actor.name.clone(),
                    kind: m.actor.kind,
                    countries: m.actor.countries.clone(),
                    role: m.actor.role.clone(),
                    mentions: pairs(&m.mentions),
                })
                .collect(),
            model: article.model,
            warnings: article.warnings.clone(),
        }
    }
}

impl StatementRow {
    /// Makes the rows of all statements of an article; `alpha3` turns an alpha-2 country code into alpha-3.
    pub fn all(article: &Article, alpha3: impl Fn(&str) -> String) -> Vec<StatementRow> {
        let text_points = CodePoints::new(&article.text);
        let title_points = CodePoints::new(&article.title);
        let row = |(number, statement): (usize, &Statement)| {
            let (text, points) = match statement.part {
                Part::Text => (&article.text, &text_points),
                Part::Title => (&article.title, &title_points),
            };
            let pairs = |spans: &[Span]| spans.iter().map(|&s| points.pair(text, s)).collect();
            let located = Spans {
                speaker: pairs(statement.speaker.span.as_slice()),
                cue: pairs(&statement.cue),
                content: pairs(&statement.content),
            };
            let (spans, title_spans) = match statement.part {
                Part::Text => (located, Spans::default()),
                Part::Title => (Spans::default(), located),
            };
            let actor = &statement.speaker.actor;
            StatementRow {
                id: format!("{}/{}", article.id, number + 1),
                article: article.id.clone(),
                path: article.path.clone(),
                title: article.title.clone(),
                outlet: article.outlet.as_ref().map(|o| o.name.clone()),
                published: article.published.map(|p| p.date),
                quotation: statement.quotation,
                speaker: statement.speaker.written.clone(),
                cue: joined(&statement.cue, text),
                content: joined(&statement.stretches(), text),
                spans,
                title_spans,
                context: statement.context.of(text).to_string(),
                actor: actor.name.clone(),
                kind: actor.kind,
                role: actor.role.clone(),
                countries: actor.countries.clone(),
                countries_alpha3: actor.countries.iter().map(|c| alpha3(c)).collect(),
                affiliations: actor.affiliations.clone(),
                counts_for: actor.counts_for.clone(),
                formerly: actor.formerly.clone(),
                because: actor.because.clone(),
                resolved_by: statement.speaker.resolved_by,
                stance: statement.stance,
                act: statement.act,
                target: statement.target.clone(),
                cites: statement.cites.iter().map(|id| source_name(article, id)).collect(),
                confidence: (statement.confidence * 100.0).round() / 100.0,
                found_by: statement.found_by,
                fingerprint: statement.fingerprint,
            }
        };
        article.statements.iter().enumerate().map(row).collect()
    }
}

fn joined(spans: &[Span], text: &str) -> String {
    spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" … ")
}

fn source_name(article: &Article, id: &str) -> String {
    let source = article.cited_sources.iter().find(|s| s.id == id);
    source.map_or_else(|| id.to_string(), |s| s.name.clone())
}
