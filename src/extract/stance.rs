//! For or against: the stance and act of a statement, from its cue and the evaluative words of its content.

use super::annotated::Annotated;
use super::statements::Found;
use crate::language::TokenRange;
use crate::lexicon::{Cue, NegationEffect};
use crate::model::{StanceModel, hash_lower, mix};
use crate::record::{Act, Quotation, Stance};

/// What a statement's words amount to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judgement {
    pub stance: Stance,
    pub act: Act,
    /// Probability of the stance.
    pub sure: f32,
    /// Probability that it is a statement at all.
    pub is_statement: f32,
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

/// Judges a statement by the model's weights; the lexicon's evidence is among its features and names the act.
pub(super) fn judge(text: &Annotated, found: &Found, quotation: Quotation, model: &StanceModel) -> Judgement {
    let evidence = Evidences::of(text, found);
    let [oppose, support, neutral, nothing] = model.probabilities(&features(text, found, quotation, &evidence));
    let (stance, most) = match neutral {
        n if n >= oppose && n >= support => (Stance::Neutral, neutral),
        _ if oppose >= support => (Stance::Oppose, oppose),
        _ => (Stance::Support, support),
    };
    let any = (1.0 - nothing).max(f32::MIN_POSITIVE);
    Judgement { stance, act: evidence.act(stance), sure: most / any, is_statement: any }
}

/// What cue and content say by the lexicon.
pub(super) struct Evidences {
    all: Vec<Evidence>,
    /// The act of the cue where it takes no side.
    plain_act: Option<Act>,
    of_cue: f32,
    of_content: f32,
    /// Sum of the evidence against, as a positive number.
    against: f32,
    /// Sum of the evidence for.
    favour: f32,
}

impl Evidences {
    /// Collects the evidence of a statement.
    pub(super) fn of(text: &Annotated, found: &Found) -> Evidences {
        let mut all: Vec<Evidence> = Vec::new();
        let mut plain_act = None;
        let mut of_cue = 0.0;
        if let Some(cue) = &found.cue {
            let (evidence, act) = cue_evidence(text, cue);
            of_cue = evidence.map_or(0.0, |e| e.weight);
            all.extend(evidence);
            plain_act = act;
        }
        for content in &found.content {
            all.extend(content_evidence(text, content));
        }
        let total: f32 = all.iter().map(|e| e.weight).sum();
        let sum = |sign: f32| all.iter().map(|e| (e.weight * sign).max(0.0)).sum();
        let (against, favour) = (sum(-1.0), sum(1.0));
        Evidences { all, plain_act, of_cue, of_content: total - of_cue, against, favour }
    }

    /// The act of the strongest evidence for the stance.
    fn act(&self, stance: Stance) -> Act {
        let sign = match stance {
            Stance::Neutral => {
                return self.plain_act.filter(|&a| stance_of(a) == Stance::Neutral).unwrap_or(Act::Report);
            }
            Stance::Oppose => -1.0,
            Stance::Support => 1.0,
        };
        let fits = |e: &&Evidence| e.weight * sign > 0.0 && e.act.is_some_and(|a| stance_of(a) == stance || shared(a));
        let strongest = self.all.iter().filter(fits).max_by(|a, b| a.weight.abs().total_cmp(&b.weight.abs()));
        strongest.and_then(|e| e.act).unwrap_or(if stance == Stance::Oppose { Act::Criticize } else { Act::Endorse })
    }
}

/// Collects feature hashes.
struct Features(Vec<u64>);

impl Features {
    fn push(&mut self, template: u64, value: u64) {
        self.0.push(mix(mix(0x57a9, template), value));
    }

    /// A feature for every half that the value passes, so that more of it weighs more.
    fn steps(&mut self, template: u64, value: f32) {
        let halves = (value * 2.0).clamp(-6.0, 6.0) as i64;
        let sign = u64::from(halves < 0);
        for n in 1..=halves.unsigned_abs() {
            self.push(template, sign * 100 + n);
        }
    }

    fn word(&mut self, template: u64, word: &str) {
        self.push(template, hash_lower(word));
    }
}

/// Turns a statement into feature hashes: the lexicon's evidence, and the words of cue, content and context.
pub(super) fn features(text: &Annotated, found: &Found, quotation: Quotation, evidence: &Evidences) -> Vec<u64> {
    let mut f = Features(Vec::with_capacity(128));
    f.push(0, 0);
    f.push(1, quotation as u64);
    f.steps(2, evidence.of_cue);
    f.steps(3, evidence.of_content);
    f.steps(4, evidence.of_cue + evidence.of_content);
    f.steps(5, evidence.against);
    f.steps(6, evidence.favour);
    f.push(
        7,
        evidence.of_cue.partial_cmp(&0.0).map_or(9, |o| o as i8 as u64 & 3) * 10
            + evidence.of_content.partial_cmp(&0.0).map_or(9, |o| o as i8 as u64 & 3),
    );
    f.push(8, evidence.plain_act.map_or(99, |a| a as u64));
    let strongest = |sign: f32| evidence.all.iter().filter(|e| e.weight * sign > 0.0).filter_map(|e| e.act).next();
    f.push(9, strongest(-1.0).map_or(99, |a| a as u64));
    f.push(10, strongest(1.0).map_or(99, |a| a as u64));
    if let Some(cue) = &found.cue {
        for at in cue.clone() {
            f.word(20, text.lower(at));
            if at + 1 < cue.end {
                f.push(21, mix(hash_lower(text.lower(at)), hash_lower(text.lower(at + 1))));
            }
        }
        f.word(22, text.lower(cue.end));
        f.word(23, text.lower(cue.end - 1));
    } else {
        f.push(24, 0);
    }
    match &found.source {
        Some(source) => {
            f.word(26, text.lower(source.end - 1));
            f.word(27, text.lower(source.start));
            f.push(28, source.len().min(6) as u64 * 2 + u64::from(text.is_capital(source.start)));
        }
        None => f.push(29, 0),
    }
    let words: usize = found.content.iter().map(|c| c.len()).sum();
    f.push(25, (words as u64 / 6).min(8));
    for content in &found.content {
        for at in content.clone() {
            f.word(30, text.lower(at));
            if at + 1 < content.end {
                f.push(31, mix(hash_lower(text.lower(at)), hash_lower(text.lower(at + 1))));
            }
        }
    }
    if let Some(first) = found.content.first() {
        f.word(32, text.lower(first.start));
        f.push(33, u64::from(text.lower(first.end) == "?"));
    }
    f.0
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
            let turned = if found.stance == Stance::Support && is_against(text, at, length) { -1.0 } else { 1.0 };
            let weight = turned * CUE_WEIGHT * signed(found) * negation_before(text, at, cue.start.saturating_sub(3));
            let act = (weight * signed(found) > 0.0).then_some(found.act);
            if best.is_none_or(|(_, longest)| length > longest) {
                best = Some((Evidence { weight, act }, length));
            }
        }
    }
    (best.map(|b| b.0), plain)
}

/// `sought backing against the plan`, `votes against it`: what is supported is the opposition.
fn is_against(text: &Annotated, cue: usize, length: usize) -> bool {
    const REACH: usize = 3;
    let mut after = cue + length..cue + length + REACH;
    after.any(|i| text.lower(i) == "against") && !(cue..cue + length).any(|i| text.lower(i) == "against")
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
                evidence.extend(obligation(text, at).or_else(|| commitment(text, at, content)));
                at += 1;
            }
        }
    }
    evidence
}

/// `we will not end the strike`, `it would recognise the court`: a refusal or a promise of the speaker's own.
fn commitment(text: &Annotated, at: usize, content: &TokenRange) -> Option<Evidence> {
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
    Some(Evidence { weight, act: Some(act) })
}

/// `should`, `must`: a demand for what follows, or against it.
fn obligation(text: &Annotated, at: usize) -> Option<Evidence> {
    let demands = matches!(text.lower(at), "should" | "must" | "ought" | "shouldn't" | "mustn't")
        || text.lower(at) == "need" && text.lower(at + 1) == "to";
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
        Act::Criticize
        | Act::Reject
        | Act::Condemn
        | Act::Warn
        | Act::Accuse
        | Act::Threaten
        | Act::Protest
        | Act::Deny => Stance::Oppose,
        Act::Endorse | Act::Praise | Act::Welcome | Act::Agree | Act::Defend | Act::Promise | Act::Propose => {
            Stance::Support
        }
        Act::Demand | Act::Report | Act::Explain | Act::Predict | Act::Ask => Stance::Neutral,
    }
}

/// Acts that can take either side.
fn shared(act: Act) -> bool {
    matches!(act, Act::Demand | Act::Promise | Act::Propose)
}

#[cfg(test)]
mod tests {
    use super::super::annotated::{self, Annotated};
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::record::FoundBy;

    /// The sum of the evidence of a sentence whose cue and content are given.
    fn evidence(sentence: &str, cue: &str, content: &str) -> f32 {
        let lexicon = Lexicon::built_in();
        let document = annotated::document(sentence, lexicon);
        let lowered = annotated::lower_words(&document);
        let words: Vec<&str> = lowered.iter().map(|w| w.as_ref()).collect();
        let text = Annotated::new(&document, &words, lexicon);
        let tokens = |part: &str| {
            let start = sentence.find(part).expect("part of the sentence");
            let span = crate::record::Span::new(sentence, start, start + part.len()).expect("whole characters");
            document.tokens_of(span)
        };
        let found = Found::new(None, Some(tokens(cue)), vec![tokens(content)], FoundBy::CueRule, 1.0);
        Evidences::of(&text, &found).all.iter().map(|e| e.weight).sum()
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
    }

    #[test]
    fn refusals_and_promises_of_the_speaker() {
        assert!(evidence("The union said it would not end the strike.", "said", "it would not end the strike") < 0.0);
        assert!(evidence("The council said it will restore the bridge.", "said", "it will restore the bridge") > 0.0);
    }
}
