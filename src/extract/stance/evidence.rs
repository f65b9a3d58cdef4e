//! What the lexicon says of a statement's side: signs for and against in its cue and its content.

use crate::extract::annotated::Annotated;
use crate::extract::statements::Found;
use crate::language::TokenRange;
use crate::lexicon::{Cue, NegationEffect};
use crate::record::{Act, Stance};

/// What cue and content say by the lexicon.
pub(in crate::extract) struct Evidence {
    pub(super) all: Vec<Sign>,
    /// The act of the cue where it takes no side.
    pub(super) plain_act: Option<Act>,
    pub(super) of_cue: f32,
    pub(super) of_content: f32,
    /// Sum of the evidence against, as a positive number.
    pub(super) against: f32,
    /// Sum of the evidence for.
    pub(super) favour: f32,
}

impl Evidence {
    /// Collects the evidence of a statement.
    pub(in crate::extract) fn of(text: &Annotated, found: &Found) -> Evidence {
        let mut all: Vec<Sign> = Vec::new();
        let mut plain_act = None;
        let mut of_cue = 0.0;
        if let Some(cue) = &found.cue {
            let (evidence, act) = cue_evidence(text, cue);
            of_cue = evidence.as_ref().map_or(0.0, |e| e.weight);
            all.extend(evidence);
            plain_act = act;
        }
        for cue in &found.further_cues {
            all.extend(cue_evidence(text, cue).0);
        }
        for content in &found.content {
            all.extend(content_evidence(text, content));
        }
        let total: f32 = all.iter().map(|e| e.weight).sum();
        let sum = |sign: f32| all.iter().map(|e| (e.weight * sign).max(0.0)).sum();
        let (against, favour) = (sum(-1.0), sum(1.0));
        Evidence { all, plain_act, of_cue, of_content: total - of_cue, against, favour }
    }

    /// Returns the act of the first sign on the side of `sign`.
    pub(super) fn first_act(&self, sign: f32) -> Option<Act> {
        self.all.iter().filter(|s| s.weight * sign > 0.0).find_map(|s| s.act)
    }

    /// The act of the strongest evidence for the stance.
    pub(super) fn act(&self, stance: Stance) -> Act {
        let sign = match stance {
            Stance::Neutral => {
                return self.plain_act.filter(|&a| a.stance().is_none()).unwrap_or(Act::Report);
            }
            Stance::Oppose => -1.0,
            Stance::Support => 1.0,
        };
        let fits = |e: &&Sign| {
            e.weight * sign > 0.0 && e.act.is_some_and(|a| a.stance() == Some(stance) || can_take_either(a))
        };
        let strongest = self.all.iter().filter(fits).max_by(|a, b| a.weight.abs().total_cmp(&b.weight.abs()));
        strongest.and_then(|e| e.act).unwrap_or(if stance == Stance::Oppose { Act::Criticize } else { Act::Endorse })
    }
}

/// One sign: positive for support, negative for opposition.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    pub words: TokenRange,
    pub weight: f32,
    pub act: Option<Act>,
}

const CUE_WEIGHT: f32 = 1.6;
/// A cue inside the content ("said he would oppose ...") tells the speaker's own position.
const INNER_CUE_WEIGHT: f32 = 1.0;
const WORD_WEIGHT: f32 = 0.7;

/// The cue's own side, turned round or undone by a negation before it, and its act.
fn cue_evidence(text: &Annotated, cue: &TokenRange) -> (Option<Sign>, Option<Act>) {
    let mut best: Option<(Sign, usize)> = None;
    let mut plain = None;
    for at in cue.clone() {
        for (found, length) in text.lexicon.cues_at(&text.words, at) {
            if found.stance == Stance::Neutral {
                plain = plain.or(Some(found.act));
                continue;
            }
            let backs = found.stance == Stance::Support && !matches!(found.act, Act::Propose | Act::Promise);
            let turned = if backs && is_against(text, at, length) { -1.0 } else { 1.0 };
            let weight = turned * CUE_WEIGHT * signed(found) * negation_before(text, at, cue.start.saturating_sub(3));
            let act = (weight * signed(found) > 0.0).then_some(found.act);
            if best.as_ref().is_none_or(|(_, longest)| length > *longest) {
                best = Some((Sign { words: at..at + length, weight, act }, length));
            }
        }
    }
    (best.map(|b| b.0), plain)
}

/// `sought backing against the plan`, `votes against it`: what is supported is the opposition. (Who proposes to act
/// against something supports the action.)
fn is_against(text: &Annotated, cue: usize, length: usize) -> bool {
    const REACH: usize = 3;
    let mut after = cue + length..cue + length + REACH;
    after.any(|i| text.lower(i) == "against") && !(cue..cue + length).any(|i| text.lower(i) == "against")
}

fn content_evidence(text: &Annotated, content: &TokenRange) -> Vec<Sign> {
    let mut evidence = Vec::new();
    let mut at = content.start;
    while at < content.end {
        let inner =
            text.lexicon.cue_at(&text.words, at).filter(|(c, _)| c.stance != Stance::Neutral && c.strength >= 2);
        let word = text.lexicon.stance_word_at(&text.words, at);
        let negated = || negation_before(text, at, content.start);
        match (inner, word) {
            (inner, Some((word, length))) if inner.is_none_or(|(_, n)| n <= length) => {
                let sign = if word.polarity == Stance::Oppose { -1.0 } else { 1.0 };
                let weight = WORD_WEIGHT * sign * f32::from(word.weight) / 2.0 * negated();
                evidence.push(Sign { words: at..at + length, weight, act: None });
                at += length;
            }
            (Some((cue, length)), _) => {
                let weight = INNER_CUE_WEIGHT * signed(cue) * negated();
                let act = (weight * signed(cue) > 0.0).then_some(cue.act);
                evidence.push(Sign { words: at..at + length, weight, act });
                at += length;
            }
            _ => {
                evidence.extend(obligation(text, at).or_else(|| commitment(text, at, content)));
                at += 1;
            }
        }
    }
    evidence
}

/// `we will not end the strike`, `it would recognise the court`: a refusal or a promise of the speaker's own.
fn commitment(text: &Annotated, at: usize, content: &TokenRange) -> Option<Sign> {
    let word = text.lower(at);
    if !matches!(word, "will" | "would" | "won't" | "wouldn't" | "shall") {
        return None;
    }
    let subject = at.checked_sub(1).filter(|&i| i >= content.start).map_or("", |i| text.lower(i));
    let own =
        matches!(subject, "" | "he" | "she" | "they" | "it" | "we" | "i" | "government" | "administration" | "country");
    let refuses = word.ends_with("n't") || matches!(text.lower(at + 1), "not" | "never");
    if !own || text.lower(at + 1) == "be" {
        return None;
    }
    let (weight, act) = if refuses { (-0.8, Act::Reject) } else { (0.6, Act::Promise) };
    Some(Sign { words: at..at + 1, weight, act: Some(act) })
}

/// `should`, `must`: a demand for what follows, or against it.
fn obligation(text: &Annotated, at: usize) -> Option<Sign> {
    let demands = matches!(text.lower(at), "should" | "must" | "ought" | "shouldn't" | "mustn't")
        || text.lower(at) == "need" && text.lower(at + 1) == "to";
    if !demands {
        return None;
    }
    let against = text.lower(at).ends_with("n't") || matches!(text.lower(at + 1), "not" | "never" | "stop" | "end");
    Some(Sign { words: at..at + 1, weight: if against { -0.9 } else { 0.4 }, act: Some(Act::Demand) })
}

fn signed(cue: &Cue) -> f32 {
    let sign = if cue.stance == Stance::Oppose { -1.0 } else { 1.0 };
    sign * f32::from(cue.strength) / 3.0
}

/// 1, or less where up to four words before the token turn round or undo what it says; nothing before `from` counts.
pub(in crate::extract) fn negation_before(text: &Annotated, at: usize, from: usize) -> f32 {
    const REACH: usize = 4;
    let mut factor = 1.0;
    let mut i = at.saturating_sub(REACH).max(from);
    while i < at {
        if matches!(text.lower(i), "," | ";" | ":" | "." | "but") {
            factor = 1.0;
        }
        match text.lexicon.negation_at(&text.words, i) {
            Some((negation, length)) if i + length <= at => {
                factor *= match negation.effect {
                    NegationEffect::Flip => -0.8,
                    NegationEffect::Cancel => 0.0,
                };
                i += length;
            }
            _ => i += 1,
        }
    }
    factor
}

/// Acts that can take either side.
fn can_take_either(act: Act) -> bool {
    matches!(act, Act::Demand | Act::Promise | Act::Propose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::annotated::Annotated;
    use crate::lexicon::Lexicon;
    use crate::record::FoundBy;

    /// The sum of the evidence of a sentence whose cue and content are given.
    fn evidence(sentence: &str, cue: &str, content: &str) -> f32 {
        let lexicon = Lexicon::built_in();
        let text = Annotated::new(sentence, lexicon);
        let tokens = |part: &str| {
            let start = sentence.find(part).expect("part of the sentence");
            let span = crate::record::Span::new(sentence, start, start + part.len()).expect("whole characters");
            text.document.tokens_of(span)
        };
        let found = Found::new(None, Some(tokens(cue)), vec![tokens(content)], FoundBy::CueRule, 1.0);
        Evidence::of(&text, &found).all.iter().map(|e| e.weight).sum()
    }

    #[test]
    fn sides_of_cues() {
        assert!(evidence("Lawmakers backed the harbour plan.", "backed", "the harbour plan") > 0.5);
        assert!(evidence("Lawmakers rejected the harbour plan.", "rejected", "the harbour plan") < -0.5);
        assert!(evidence("Lawmakers no longer backed the harbour plan.", "backed", "the harbour plan") < 0.0);
    }

    #[test]
    fn support_against_something_is_opposition() {
        assert!(evidence("The ports sought support against the quota.", "sought support", "against the quota") < -0.5);
        assert!(evidence("The ports plan action against the quota.", "plan", "action against the quota") > 0.0);
    }

    #[test]
    fn refusals_and_promises_of_the_speaker() {
        assert!(evidence("The union said it would not end the strike.", "said", "it would not end the strike") < 0.0);
        assert!(evidence("The council said it will restore the bridge.", "said", "it will restore the bridge") > 0.0);
    }
}
