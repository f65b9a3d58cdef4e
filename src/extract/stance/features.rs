//! Turns a statement into features: the lexicon's evidence, and the words of cue and content.

use super::evidence::Evidence;
use crate::extract::annotated::Annotated;
use crate::extract::statements::Found;
use crate::language::TokenRange;
use crate::model::{hash_lower, mix};
use crate::record::{Act, Quotation};

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

    fn words_and_pairs(&mut self, text: &Annotated, range: &TokenRange, word: u64, pair: u64) {
        for at in range.clone() {
            self.word(word, text.lower(at));
            if at + 1 < range.end {
                self.push(pair, mix(hash_lower(text.lower(at)), hash_lower(text.lower(at + 1))));
            }
        }
    }
}

/// What a feature tells; the numbers are part of the weights.
mod template {
    pub const ALWAYS: u64 = 0;
    pub const QUOTATION: u64 = 1;
    pub const CUE_EVIDENCE: u64 = 2;
    pub const CONTENT_EVIDENCE: u64 = 3;
    pub const ALL_EVIDENCE: u64 = 4;
    pub const AGAINST: u64 = 5;
    pub const FAVOUR: u64 = 6;
    pub const SIDES_OF_CUE_AND_CONTENT: u64 = 7;
    pub const PLAIN_ACT: u64 = 8;
    pub const OPPOSING_ACT: u64 = 9;
    pub const SUPPORTING_ACT: u64 = 10;
    pub const CUE_WORD: u64 = 20;
    pub const CUE_PAIR: u64 = 21;
    pub const AFTER_CUE: u64 = 22;
    pub const LAST_OF_CUE: u64 = 23;
    pub const NO_CUE: u64 = 24;
    pub const CONTENT_LENGTH: u64 = 25;
    pub const LAST_OF_SPEAKER: u64 = 26;
    pub const FIRST_OF_SPEAKER: u64 = 27;
    pub const SPEAKER_SHAPE: u64 = 28;
    pub const NO_SPEAKER: u64 = 29;
    pub const CONTENT_WORD: u64 = 30;
    pub const CONTENT_PAIR: u64 = 31;
    pub const FIRST_OF_CONTENT: u64 = 32;
    pub const ASKS: u64 = 33;
}

/// Stands for an act where there is none.
const NO_ACT: u64 = 99;

/// Turns a statement into feature hashes.
pub(in crate::extract) fn features(
    text: &Annotated,
    found: &Found,
    quotation: Quotation,
    evidence: &Evidence,
) -> Vec<u64> {
    let mut features = Features(Vec::with_capacity(128));
    features.push(template::ALWAYS, 0);
    features.push(template::QUOTATION, quotation as u64);
    of_evidence(evidence, &mut features);
    of_cue(text, found.cue.as_ref(), &mut features);
    of_speaker(text, found.source.as_ref(), &mut features);
    of_content(text, &found.content, &mut features);
    features.0
}

fn of_evidence(evidence: &Evidence, features: &mut Features) {
    let Evidence { of_cue, of_content, against, favour, .. } = *evidence;
    features.steps(template::CUE_EVIDENCE, of_cue);
    features.steps(template::CONTENT_EVIDENCE, of_content);
    features.steps(template::ALL_EVIDENCE, of_cue + of_content);
    features.steps(template::AGAINST, against);
    features.steps(template::FAVOUR, favour);
    features.push(template::SIDES_OF_CUE_AND_CONTENT, side(of_cue) * 10 + side(of_content));
    let number = |act: Option<Act>| act.map_or(NO_ACT, |a| a as u64);
    features.push(template::PLAIN_ACT, number(evidence.plain_act));
    features.push(template::OPPOSING_ACT, number(evidence.first_act(-1.0)));
    features.push(template::SUPPORTING_ACT, number(evidence.first_act(1.0)));
}

/// 0 for neither side, 1 for, 3 against.
fn side(evidence: f32) -> u64 {
    match evidence {
        e if e > 0.0 => 1,
        e if e < 0.0 => 3,
        _ => 0,
    }
}

fn of_cue(text: &Annotated, cue: Option<&TokenRange>, features: &mut Features) {
    let Some(cue) = cue else { return features.push(template::NO_CUE, 0) };
    features.words_and_pairs(text, cue, template::CUE_WORD, template::CUE_PAIR);
    features.word(template::AFTER_CUE, text.lower(cue.end));
    features.word(template::LAST_OF_CUE, text.lower(cue.end - 1));
}

fn of_speaker(text: &Annotated, speaker: Option<&TokenRange>, features: &mut Features) {
    let Some(speaker) = speaker else { return features.push(template::NO_SPEAKER, 0) };
    features.word(template::LAST_OF_SPEAKER, text.lower(speaker.end - 1));
    features.word(template::FIRST_OF_SPEAKER, text.lower(speaker.start));
    let length = speaker.len().min(6) as u64;
    features.push(template::SPEAKER_SHAPE, length * 2 + u64::from(text.is_capital(speaker.start)));
}

fn of_content(text: &Annotated, content: &[TokenRange], features: &mut Features) {
    let words: usize = content.iter().map(|part| part.len()).sum();
    features.push(template::CONTENT_LENGTH, (words as u64 / 6).min(8));
    for part in content {
        features.words_and_pairs(text, part, template::CONTENT_WORD, template::CONTENT_PAIR);
    }
    if let Some(first) = content.first() {
        features.word(template::FIRST_OF_CONTENT, text.lower(first.start));
        features.push(template::ASKS, u64::from(text.lower(first.end) == "?"));
    }
}
