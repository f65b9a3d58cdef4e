//! For or against: the stance and act of a statement, from its cue and the evaluative words of its content.

use super::annotated::Annotated;
use super::statements::Found;
use crate::language::TokenRange;
use crate::lexicon::{Cue, NegationEffect};
use crate::record::{Act, Stance};

/// What a statement's words amount to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judgement {
    pub stance: Stance,
    pub act: Act,
    /// 0 to 1: how clearly one side outweighs the other.
    pub sure: f32,
}

/// One piece of evidence: positive for support, negative for opposition.
#[derive(Debug, Clone, Copy)]
struct Evidence {
    weight: f32,
    act: Option<Act>,
}

const CUE_WEIGHT: f32 = 1.6;
/// A cue inside the content ("said he would oppose ...") tells the speaker's own position.
const INNER_CUE_WEIGHT: f32 = 1.0;
const WORD_WEIGHT: f32 = 0.7;
/// Evidence of less than this leaves a statement neutral.
const ENOUGH: f32 = 1.0;

/// Judges a statement.
pub(super) fn judge(text: &Annotated, found: &Found) -> Judgement {
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut plain_act = None;
    if let Some(cue) = &found.cue {
        let (of_cue, act) = cue_evidence(text, cue);
        evidence.extend(of_cue);
        plain_act = act;
    }
    for content in &found.content {
        evidence.extend(content_evidence(text, content));
    }
    let total: f32 = evidence.iter().map(|e| e.weight).sum();
    let size: f32 = evidence.iter().map(|e| e.weight.abs()).sum();
    let stance = match total {
        t if t <= -ENOUGH => Stance::Oppose,
        t if t >= ENOUGH => Stance::Support,
        _ => Stance::Neutral,
    };
    let same_side = |e: &&Evidence| e.weight * total > 0.0 && e.act.is_some_and(|a| stance_of(a) == stance || shared(a));
    let strongest = evidence.iter().filter(same_side).max_by(|a, b| a.weight.abs().total_cmp(&b.weight.abs()));
    let act = match stance {
        Stance::Neutral => plain_act.filter(|&a| stance_of(a) == Stance::Neutral).unwrap_or(Act::Report),
        Stance::Oppose => strongest.and_then(|e| e.act).unwrap_or(Act::Criticize),
        Stance::Support => strongest.and_then(|e| e.act).unwrap_or(Act::Endorse),
    };
    let sure = if stance == Stance::Neutral { 1.0 - size.min(2.0) / 4.0 } else { total.abs() / (size + 0.5) };
    Judgement { stance, act, sure: sure.clamp(0.05, 0.99) }
}

/// The cue's own side, turned round or undone by a negation before it, and its act.
fn cue_evidence(text: &Annotated, cue: &TokenRange) -> (Option<Evidence>, Option<Act>) {
    let mut best: Option<(Evidence, usize)> = None;
    let mut plain = None;
    for at in cue.clone() {
        for (found, length) in text.lexicon.cues_at(text.words, at) {
            if found.stance == Stance::Neutral {
                plain = plain.or(Some(found.act));
                continue;
            }
            let weight = CUE_WEIGHT * signed(found) * negation_before(text, at, cue.start.saturating_sub(3));
            let act = (weight * signed(found) > 0.0).then_some(found.act);
            if best.is_none_or(|(_, longest)| length > longest) {
                best = Some((Evidence { weight, act }, length));
            }
        }
    }
    (best.map(|b| b.0), plain)
}

fn content_evidence(text: &Annotated, content: &TokenRange) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    let mut at = content.start;
    while at < content.end {
        let inner = text.lexicon.cue_at(text.words, at).filter(|(c, _)| c.stance != Stance::Neutral && c.strength >= 2);
        let word = text.lexicon.stance_word_at(text.words, at);
        let negated = || negation_before(text, at, content.start);
        match (inner, word) {
            (inner, Some((word, length))) if inner.is_none_or(|(_, n)| n <= length) => {
                let sign = if word.polarity == Stance::Oppose { -1.0 } else { 1.0 };
                let weight = WORD_WEIGHT * sign * f32::from(word.weight) / 2.0 * negated();
                evidence.push(Evidence { weight, act: None });
                at += length;
            }
            (Some((cue, length)), _) => {
                let weight = INNER_CUE_WEIGHT * signed(cue) * negated();
                evidence.push(Evidence { weight, act: (weight * signed(cue) > 0.0).then_some(cue.act) });
                at += length;
            }
            _ => {
                evidence.extend(obligation(text, at));
                at += 1;
            }
        }
    }
    evidence
}

/// `should`, `must`: a demand for what follows, or against it.
fn obligation(text: &Annotated, at: usize) -> Option<Evidence> {
    let demands = matches!(text.lower(at), "should" | "must" | "ought" | "shouldn't" | "mustn't") || text.lower(at) == "need" && text.lower(at + 1) == "to";
    if !demands {
        return None;
    }
    let against = text.lower(at).ends_with("n't") || matches!(text.lower(at + 1), "not" | "never" | "stop" | "end");
    Some(Evidence { weight: if against { -0.9 } else { 0.4 }, act: Some(Act::Demand) })
}

fn signed(cue: &Cue) -> f32 {
    let sign = if cue.stance == Stance::Oppose { -1.0 } else { 1.0 };
    sign * f32::from(cue.strength) / 3.0
}

/// 1, or less where up to four words before the token turn round or undo what it says; nothing before `from` counts.
fn negation_before(text: &Annotated, at: usize, from: usize) -> f32 {
    const REACH: usize = 4;
    let mut factor = 1.0;
    let mut i = at.saturating_sub(REACH).max(from);
    while i < at {
        if matches!(text.lower(i), "," | ";" | ":" | "." | "but") {
            factor = 1.0;
        }
        match text.lexicon.negation_at(text.words, i) {
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

/// Returns the stance that an act takes of itself.
fn stance_of(act: Act) -> Stance {
    match act {
        Act::Criticize | Act::Reject | Act::Condemn | Act::Warn | Act::Accuse | Act::Threaten | Act::Protest | Act::Deny => Stance::Oppose,
        Act::Endorse | Act::Praise | Act::Welcome | Act::Agree | Act::Defend | Act::Promise | Act::Propose => Stance::Support,
        Act::Demand | Act::Report | Act::Explain | Act::Predict | Act::Ask => Stance::Neutral,
    }
}

/// Acts that can take either side.
fn shared(act: Act) -> bool {
    matches!(act, Act::Demand | Act::Promise | Act::Propose)
}
