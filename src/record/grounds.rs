//! What a statement rests on: how sure whatever found it was, what its judges say, which words speak for and against.

use serde::Serialize;

use super::Span;

/// What was weighed, for people who want to know why.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grounds {
    pub parts: Parts,
    /// Where the text names the speaker, first in full and last before the statement, where the speaker's own words do not.
    pub chain: Vec<Span>,
    /// Who else may be meant, the likeliest first.
    pub others: Vec<OtherSpeaker>,
    /// What each judge of the stance says; the last one decides.
    pub judged: Vec<Judged>,
    /// The rule that overrules them.
    pub rule: Option<StanceRule>,
    /// Words that the lexicon knows, in the order in which they were weighed.
    pub signs: Vec<Sign>,
}

/// Somebody who may be meant instead of the speaker that was chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherSpeaker {
    pub name: String,
    /// 0 to 1.
    pub probability: f32,
}

/// What confidence is made of, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Parts {
    /// How sure whatever found the statement was.
    pub found: f32,
    /// How likely it is a statement at all.
    pub statement: f32,
    /// How likely the actor is the right one.
    pub speaker: f32,
    /// How likely the stance is the right one.
    pub stance: f32,
}

/// What a judge says: four probabilities that add up to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Judged {
    pub by: StanceJudge,
    pub oppose: f32,
    pub support: f32,
    pub neutral: f32,
    /// That it is no statement at all.
    pub none: f32,
}

/// Who judges the stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StanceJudge {
    /// The lexicon's signs and the words of cue and content, weighed.
    Words,
    /// The encoder, which reads the statement in its context.
    Context,
    /// Both together.
    Together,
}

/// A rule that overrules the judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StanceRule {
    /// Who plans or proposes something is for it.
    OwnPlan,
    /// Who explains in words that judge nothing takes no side.
    Explains,
}

/// Words of the lexicon with what they weigh.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    pub words: Span,
    /// Positive for support, negative for opposition.
    pub weight: f32,
}

impl Judged {
    /// Makes the row of a judge from its probabilities of oppose, support, neutral and no statement.
    pub fn new(by: StanceJudge, [oppose, support, neutral, none]: [f32; 4]) -> Judged {
        Judged { by, oppose, support, neutral, none }
    }
}
