//! One statement: who says what, in which words, for or against.

use serde::{Deserialize, Serialize};

use super::{Actor, Span};

/// Somebody other than the author is reported as saying something or taking a position.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub part: Part,
    pub speaker: Speaker,
    /// The words that signal it; empty where a position is told without any.
    pub cue: Vec<Span>,
    /// What is said, without the quotation marks; several spans where the attribution splits it.
    pub content: Vec<Span>,
    /// The sentence or sentences around it, for display.
    pub context: Span,
    pub quotation: Quotation,
    pub stance: Stance,
    pub act: Act,
    /// What or whom the stance is about, as a short noun phrase of the text; empty where neutral or not found.
    pub target: String,
    /// Actors named in the target, as lexicon paths or actor ids.
    pub target_actors: Vec<String>,
    /// Outlets or documents that this statement is credited to ("told El País"), by `CitedSource::id`.
    pub cites: Vec<String>,
    /// 0 to 1.
    pub confidence: f32,
    pub found_by: FoundBy,
}

/// Which part of the article a statement's spans point into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The title, where the text does not repeat it.
    Title,
    /// The text.
    Text,
}

/// Who says it, as written and as resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// Where the text names the speaker; empty where the statement has no named source.
    pub span: Option<Span>,
    /// The speaker as written, `""` where there is none.
    pub written: String,
    pub actor: Actor,
    /// How the actor was found: `named`, `surname`, `pronoun`, `title`, `continued`, ...
    pub resolved_by: String,
}

/// How the words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Quotation {
    Direct,
    Mixed,
    Indirect,
    Headline,
}

/// For, against or neither, always towards the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    Oppose,
    Support,
    Neutral,
}

/// What the speaker does by speaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Act {
    Criticize,
    Reject,
    Condemn,
    Warn,
    Accuse,
    Threaten,
    Protest,
    Deny,
    Demand,
    Endorse,
    Praise,
    Welcome,
    Agree,
    Defend,
    Promise,
    Propose,
    Report,
    Explain,
    Predict,
    Ask,
}

/// What found the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FoundBy {
    /// A quotation with its attribution.
    QuoteRule,
    /// A quotation that goes on in the next paragraph.
    ContinuedQuoteRule,
    /// A cue expression with its subject.
    CueRule,
    /// A headline, section heading or highlight.
    HeadlineRule,
    /// An embedded post with its signature.
    PostRule,
    /// A turn of a transcript or interview, by its label.
    TurnRule,
    /// The sequence tagger.
    Tagger,
}
