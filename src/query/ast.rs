//! The query as plain data: what any engine must be able to answer.

use serde::{Deserialize, Serialize};

use crate::record::DateRange;

/// What must hold of a statement or an article for it to be an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Query {
    /// Everything.
    All,
    /// One word or more, all of which must occur, stemmed, in the text of the unit.
    Words {
        words: String,
    },
    /// Words in this order, side by side.
    Phrase {
        words: String,
    },
    /// A field's value as typed, not yet resolved; `*` asks for any value at all, and `exact` for no roll-up.
    Field {
        field: FieldName,
        value: String,
        exact: bool,
    },
    /// A value that was resolved to an actor (`ask::resolve` makes these of `by:`, `actor:`, `mentions:` and actor-like values of `target:`).
    Actor {
        field: FieldName,
        actor: ActorPattern,
    },
    /// A date field that lies in a range; a range without ends asks for any date at all.
    Dates {
        field: DateField,
        range: DateRange,
        certainty: Certainty,
    },
    And {
        of: Vec<Query>,
    },
    Or {
        of: Vec<Query>,
    },
    Not {
        of: Box<Query>,
    },
}

/// Whom an actor clause means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ActorPattern {
    /// Everybody who counts for this lexicon path on the article's date: `mexico`, `mexico/government`.
    CountsFor { path: String, name: String },
    /// Exactly this actor, by id.
    Is { id: String, name: String },
    /// An actor that the lexicon does not know: these words, side by side, in the name of the actor or of a body it belongs to.
    Named { words: String },
}

/// Which dates of partly dated articles count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The whole interval lies inside the range (`date:`).
    Certain,
    /// The interval overlaps the range (`date~:`).
    Possible,
}

/// Dates that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateField {
    /// When the article was published.
    Published,
}

/// Fields that can be asked for; the help text, the documentation and "did you mean" come from this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// Speaker, with roll-up by office and date.
    By,
    /// Speaker, or actor named in the article.
    Actor,
    /// Actor named in the article.
    Mentions,
    /// oppose, support or neutral.
    Stance,
    /// criticize, reject, condemn, ...
    Act,
    /// What or whom the stance is about.
    Target,
    /// Words in the statement, its target or its article's title.
    About,
    /// direct, mixed, indirect or headline.
    Type,
    /// Outlet or cited source.
    Source,
    /// Who published the article.
    Outlet,
    /// Outlet or document that the article cites.
    Cites,
    /// Byline.
    Author,
    /// Words of the article's title.
    Title,
    /// Words of the article's text.
    Text,
    /// Language of the article, as ISO 639-1.
    Lang,
    /// Path of the file, or the start of it.
    Path,
    /// anonymous, undated, quoted, headline.
    Is,
    /// date, speaker, outlet, target, author, mentions: what must be missing.
    No,
    /// Id of an article or a statement.
    Id,
}

/// What the answer is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    Statements,
    Articles,
}
