//! One statement: who says what, in which words, for or against.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::name::{NameError, named};
use super::{Actor, Fingerprint, Grounds, Span};

/// Somebody other than the author is reported as saying something or taking a position.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub part: Part,
    pub speaker: Speaker,
    /// The words that signal it; empty where a position is told without any.
    ///
    /// In order; those behind the first go on with the statement (`criticized the toll, saying it ...`).
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
    /// What the target would put an end or a limit to: `carbon charge` where it is `repeal the carbon charge`; else empty.
    pub undoes: String,
    /// Actors named in the target, as lexicon paths or actor ids.
    pub target_actors: Vec<String>,
    /// Outlets or documents that this statement is credited to ("told El País"), by `CitedSource::id`.
    pub cites: Vec<String>,
    /// What it has in common with the same statement in other articles; `None` where it is too short to tell.
    pub fingerprint: Option<Fingerprint>,
    /// 0 to 1.
    pub confidence: f32,
    pub found_by: FoundBy,
    pub grounds: Grounds,
}

impl Statement {
    /// Returns what is said in stretches as a reader takes them in: parts between which a further cue stands are one.
    pub fn stretches(&self) -> Vec<Span> {
        let parts = |last: Span, next: Span| {
            self.cue.iter().skip(1).any(|cue| last.end() <= cue.start() && cue.end() <= next.start())
        };
        let mut stretches: Vec<Span> = Vec::new();
        for &next in &self.content {
            match stretches.last_mut() {
                Some(last) if parts(*last, next) => *last = last.through(next),
                _ => stretches.push(next),
            }
        }
        stretches
    }
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
    pub resolved_by: ResolvedBy,
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

/// How the actor behind a speaker was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ResolvedBy {
    /// A name in full, or one known from the lexicon.
    Named,
    /// A surname of somebody named elsewhere.
    Surname,
    /// The name of a body.
    Body,
    /// The name of a state.
    State,
    /// The name of an outlet.
    Outlet,
    /// The signature of a post.
    Poster,
    /// The label of a turn in a transcript.
    Label,
    /// An office that somebody of the text holds.
    Office,
    /// An office, by the lexicon's holder on the day.
    OfficeHolder,
    /// A pronoun.
    Pronoun,
    /// A relative pronoun right behind the name.
    Relative,
    /// Whoever spoke last.
    Continued,
    /// No subject of its own: who must be meant.
    Implied,
    /// Somebody's administration, which is a state's government.
    Administration,
    /// Somebody of somebody's: a campaign, an aide.
    Owner,
    /// Somebody unnamed of a body.
    UnnamedOfBody,
    /// Officials of a state.
    OfficialsOfState,
    /// A group of a state that does not speak for it.
    Group,
    /// The name of a region.
    Region,
    /// A short form of who spoke before.
    NamedAgain,
    /// A short form of a body named before.
    NamedBefore,
    /// A description only.
    Described,
    /// Nobody was found.
    NotResolved,
}

impl ResolvedBy {
    /// Returns how likely the actor is the right one, 0 to 1: as often as it was in news that people labelled.
    pub fn confidence(self) -> f32 {
        use ResolvedBy::*;
        match self {
            Named | Surname | Label => 0.95,
            Body | UnnamedOfBody => 0.9,
            Pronoun => 0.85,
            State | Outlet | Poster | Administration => 0.8,
            Described | Relative | Group | NamedAgain => 0.75,
            Office | Owner | Region | OfficialsOfState => 0.7,
            OfficeHolder | NamedBefore => 0.65,
            Continued | Implied => 0.5,
            NotResolved => 0.2,
        }
    }
}

impl Quotation {
    /// Every kind of quotation, in order.
    pub const ALL: [Quotation; 4] = [Quotation::Direct, Quotation::Mixed, Quotation::Indirect, Quotation::Headline];

    /// Their names in the record contract, in the same order.
    pub const NAMES: [&'static str; 4] = ["direct", "mixed", "indirect", "headline"];

    /// Returns the name that the record contract gives it.
    pub const fn name(self) -> &'static str {
        Quotation::NAMES[self as usize]
    }
}

impl FromStr for Quotation {
    type Err = NameError;

    fn from_str(name: &str) -> Result<Quotation, NameError> {
        named(name, "kind of quotation", &Quotation::NAMES, &Quotation::ALL)
    }
}

impl Stance {
    /// Returns the other side; nothing is other than neutral.
    pub const fn opposite(self) -> Stance {
        match self {
            Stance::Oppose => Stance::Support,
            Stance::Support => Stance::Oppose,
            Stance::Neutral => Stance::Neutral,
        }
    }

    /// Every stance, in order.
    pub const ALL: [Stance; 3] = [Stance::Oppose, Stance::Support, Stance::Neutral];

    /// Their names in the record contract, in the same order.
    pub const NAMES: [&'static str; 3] = ["oppose", "support", "neutral"];

    /// Returns the name that the record contract gives it.
    pub const fn name(self) -> &'static str {
        Stance::NAMES[self as usize]
    }
}

impl FromStr for Stance {
    type Err = NameError;

    fn from_str(name: &str) -> Result<Stance, NameError> {
        named(name, "stance", &Stance::NAMES, &Stance::ALL)
    }
}

impl Act {
    /// Every act, in order.
    pub const ALL: [Act; 20] = [
        Act::Criticize,
        Act::Reject,
        Act::Condemn,
        Act::Warn,
        Act::Accuse,
        Act::Threaten,
        Act::Protest,
        Act::Deny,
        Act::Demand,
        Act::Endorse,
        Act::Praise,
        Act::Welcome,
        Act::Agree,
        Act::Defend,
        Act::Promise,
        Act::Propose,
        Act::Report,
        Act::Explain,
        Act::Predict,
        Act::Ask,
    ];

    /// Their names in the record contract, in the same order.
    pub const NAMES: [&'static str; 20] = [
        "criticize",
        "reject",
        "condemn",
        "warn",
        "accuse",
        "threaten",
        "protest",
        "deny",
        "demand",
        "endorse",
        "praise",
        "welcome",
        "agree",
        "defend",
        "promise",
        "propose",
        "report",
        "explain",
        "predict",
        "ask",
    ];

    /// Returns the name that the record contract gives it.
    pub const fn name(self) -> &'static str {
        Act::NAMES[self as usize]
    }

    /// Returns the stance that it takes of itself; a demand takes the side it implies, a report none.
    pub fn stance(self) -> Option<Stance> {
        match self {
            Act::Criticize
            | Act::Reject
            | Act::Condemn
            | Act::Warn
            | Act::Accuse
            | Act::Threaten
            | Act::Protest
            | Act::Deny => Some(Stance::Oppose),
            Act::Endorse | Act::Praise | Act::Welcome | Act::Agree | Act::Defend | Act::Promise | Act::Propose => {
                Some(Stance::Support)
            }
            Act::Demand | Act::Report | Act::Explain | Act::Predict | Act::Ask => None,
        }
    }
}

impl FromStr for Act {
    type Err = NameError;

    fn from_str(name: &str) -> Result<Act, NameError> {
        named(name, "act", &Act::NAMES, &Act::ALL)
    }
}

#[cfg(test)]
mod tests {
    use super::super::name::check_names;
    use super::*;

    #[test]
    fn names_are_those_of_the_record_contract() {
        check_names(&Quotation::ALL, Quotation::name);
        check_names(&Stance::ALL, Stance::name);
        check_names(&Act::ALL, Act::name);
    }

    #[test]
    fn a_name_that_is_none_tells_which_there_are() {
        let error = "purple".parse::<Stance>().map_err(|error| error.to_string());
        assert_eq!(error, Err("`purple` is no stance (known: oppose, support, neutral)".to_string()));
    }
}
