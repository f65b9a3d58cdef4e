//! Decides which attributions of the model are statements, and which of their words are said.

use super::clauses::{agent_after, subject_of, trimmed};
use super::cue_rule;
use super::find::{Found, Hint};
use crate::extract::actors::Cast;
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{NameWord, WordClass};
use crate::model::{FoundAttribution, ModelSize};
use crate::record::FoundBy;

/// Returns the statements among what a model of that size finds in a stretch.
pub(super) fn tagged(text: &Annotated, cast: &Cast, attributions: &[FoundAttribution], size: ModelSize) -> Vec<Found> {
    let statements = attributions.iter().filter_map(|a| statement(text, cast, a));
    // With the fast model it gains next to nothing on labelled articles, and PolNeAR, which counts both halves, loses more.
    let joins = size == ModelSize::Accurate;
    let mut found: Vec<Found> = Vec::new();
    for next in statements.filter(|f| is_statement(text, f, size)) {
        match found.last_mut() {
            Some(before) if joins && goes_on(text, before, &next) => join(before, next),
            _ => found.push(next),
        }
    }
    found
}

/// What is said of the second is a further part of the first.
fn join(before: &mut Found, next: Found) {
    before.sure = before.sure.min(next.sure);
    before.further_cues.extend(next.cue);
    before.content.extend(next.content);
}

/// `Doe criticized the toll, saying it drove boats away`: one utterance, whose second half a participle of the same speaker
/// adds to the first. Exact words stay apart from reported ones.
fn goes_on(text: &Annotated, before: &Found, next: &Found) -> bool {
    const FARTHEST: usize = 4;
    let (Some(cue), Some(_)) = (&next.cue, &before.cue) else { return false };
    let end = before.extent().end;
    let adjoins = next.start() >= before.start() && end <= cue.start && cue.start - end <= FARTHEST;
    let is_after = next.content.iter().all(|c| c.start >= cue.end);
    let same_sentence = text.document.tokens[end - 1].sentence == text.document.tokens[cue.start].sentence;
    let participle = text.lower(cue.start).ends_with("ing");
    let same_speaker = before.source.is_some() && before.source == next.source;
    let reported = !all_quoted(text, before) && !all_quoted(text, next);
    same_speaker && adjoins && is_after && same_sentence && participle && reported
}

fn statement(text: &Annotated, cast: &Cast, attribution: &FoundAttribution) -> Option<Found> {
    let source = attribution.source.as_ref().map(|s| trimmed(text, s)).filter(|s| !s.is_empty());
    let mut content = what_is_said(text, source.as_ref(), &attribution.content);
    if content.is_empty() {
        return None;
    }
    let cue = attribution.cue.clone();
    let source = source.or_else(|| left_out(text, cast, cue.as_ref()?, &mut content));
    let mut found = Found::new(source, cue, content, FoundBy::Tagger, attribution.probability);
    if found.source.is_none() && all_quoted(text, &found) {
        found.hint = Some(Hint::LastSpeaker);
    }
    Some(found)
}

/// The parts without marks at their ends, and without those that say nothing by themselves: `which`, `moreover`, and whomever
/// a relative clause speaks of (`Doe, who defended the toll`).
fn what_is_said(text: &Annotated, source: Option<&TokenRange>, parts: &[TokenRange]) -> Vec<TokenRange> {
    let parts: Vec<TokenRange> = parts.iter().map(|c| trimmed(text, c)).filter(|c| !c.is_empty()).collect();
    let relative = source.filter(|s| s.len() == 1 && text.is(s.start, WordClass::Relative));
    let is_antecedent = |c: &TokenRange| relative.is_some_and(|s| c.end <= s.start);
    let is_small = |i: usize| {
        let word = text.lower(i);
        text.lexicon.name_word(word) == Some(NameWord::Function) || text.is(i, WordClass::PhraseEnd)
    };
    let says = |c: &TokenRange| !is_antecedent(c) && !c.clone().all(is_small);
    let is_relative = |c: &TokenRange| c.clone().all(|i| text.is(i, WordClass::Relative));
    if !parts.iter().any(says) {
        return parts.into_iter().filter(|c| !is_relative(c)).collect();
    }
    parts.into_iter().filter(says).collect()
}

/// Returns the source that the model left out: the subject of the cue, or whom `by` names after it.
///
/// A quotation that swallowed it (`“We go,” Doe` as what is said) is cut where its marks close.
fn left_out(text: &Annotated, cast: &Cast, cue: &TokenRange, content: &mut [TokenRange]) -> Option<TokenRange> {
    let names_agent = matches!(text.lower(cue.end - 1), "by" | "from") || text.lower(cue.start) == "according";
    let agent = || agent_after(text, cast, cue.end - 1).filter(|_| names_agent);
    let source = subject_of(text, cast, cue.start).or_else(agent)?;
    let quoted = |i: usize| text.document.tokens[i].quoted;
    let Some(around) = content.iter_mut().find(|c| c.start < source.end && source.start < c.end) else {
        return Some(source);
    };
    let swallowed = quoted(around.start) && around.start < source.start && !quoted(source.start);
    if !swallowed {
        return None;
    }
    let closes = around.clone().find(|&i| !quoted(i)).unwrap_or(source.start);
    *around = trimmed(text, &(around.start..closes));
    Some(source)
}

/// Plain words without a cue are the author's own more often than not; so are those that nobody is named for.
///
/// The accurate model leaves out a source where there is none (`the plan is seen as costly`); the fast one often misses it.
fn is_statement(text: &Annotated, found: &Found, size: ModelSize) -> bool {
    const UNSURE: f32 = 0.05;
    let quoted = found.content.iter().any(|c| c.clone().any(|i| text.document.tokens[i].quoted));
    match (&found.cue, &found.source) {
        (Some(cue), _) if leads_in(text, cue, &found.content) => false,
        (Some(cue), Some(source)) if cue_rule::is_brought_about(text, cue, source) => false,
        (None, _) if size == ModelSize::Accurate => all_quoted(text, found),
        (None, _) => quoted,
        (Some(_), None) if size == ModelSize::Accurate => found.hint.is_some(),
        (Some(_), None) => found.hint.is_some() || found.sure > UNSURE,
        (Some(cue), Some(source)) => source.start > cue.start || !cue_rule::is_suffered(text, cue),
    }
}

/// `In other matters, Doe said:`: what is said follows, in the next paragraph.
fn leads_in(text: &Annotated, cue: &TokenRange, content: &[TokenRange]) -> bool {
    let colon = text.document.word(cue.end - 1) == ":" || text.lower(cue.end) == ":";
    colon && content.iter().all(|c| c.end <= cue.start && !text.document.tokens[c.start].quoted)
}

/// Tells whether all that is said stands between quotation marks.
pub(super) fn all_quoted(text: &Annotated, found: &Found) -> bool {
    found.content.iter().all(|c| text.document.tokens[c.start].quoted && text.document.tokens[c.end - 1].quoted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::annotated;

    /// The tokens of the words where they first stand.
    #[track_caller]
    fn tokens(text: &Annotated, words: &str) -> TokenRange {
        let at = text.document.text.find(words).unwrap_or_else(|| panic!("no `{words}`"));
        let tokens = &text.document.tokens;
        tokens.partition_point(|t| t.end <= at)..tokens.partition_point(|t| t.start < at + words.len())
    }

    /// What is made of an attribution of the model, as `speaker | content … content`.
    fn made(sentence: &str, source: &str, cue: &str, content: &[&str], size: ModelSize) -> Vec<String> {
        annotated(sentence, |text, cast| {
            let optional = |words: &str| (!words.is_empty()).then(|| tokens(text, words));
            let attribution = FoundAttribution {
                source: optional(source),
                cue: optional(cue),
                content: content.iter().map(|words| tokens(text, words)).collect(),
                probability: 0.9,
            };
            let words = |range: &TokenRange| text.document.slice(range).to_string();
            let line = |f: &Found| {
                let content: Vec<String> = f.content.iter().map(words).collect();
                format!("{} | {}", f.source.as_ref().map(words).unwrap_or_default(), content.join(" … "))
            };
            tagged(text, cast, &[attribution], size).iter().map(line).collect()
        })
    }

    #[track_caller]
    fn check(sentence: &str, source: &str, cue: &str, content: &[&str], expected: &[&str]) {
        assert_eq!(made(sentence, source, cue, content, ModelSize::Accurate), expected, "{sentence}");
    }

    #[test]
    fn parts_that_say_nothing_are_left_out() {
        let defended = "Doe, who defended the harbour toll, left early.";
        check(defended, "who", "defended", &["Doe", "the harbour toll"], &["who | the harbour toll"]);
        let levy = "The levy, which Doe said would ruin the port, is off.";
        check(levy, "Doe", "said", &["which", "would ruin the port"], &["Doe | would ruin the port"]);
        let parted = "The levy, Doe said, would ruin the port.";
        check(parted, "Doe", "said", &["The levy", "would ruin the port"], &["Doe | The levy … would ruin the port"]);
        check("Doe said that.", "Doe", "said", &["that"], &[]);
        check("Boats asked for a delay, which was refused.", "Boats", "was refused", &["which"], &[]);
    }

    #[test]
    fn nobody_speaks_in_what_is_said_of_something() {
        let seen = "The levy is seen as a burden.";
        check(seen, "", "is seen", &["The levy", "as a burden"], &[]);
        assert_eq!(made(seen, "", "is seen", &["as a burden"], ModelSize::Fast).len(), 1);
    }

    #[test]
    fn a_source_that_the_model_left_out_is_the_subject_and_no_part_of_what_is_said() {
        let toll = "Mexico has questions about the toll.";
        check(toll, "", "has questions about", &["the toll"], &["Mexico | the toll"]);
        check("Mexico is thought to waver.", "", "is thought", &["Mexico", "to waver"], &[]);
        let worries = "The toll drew warnings from Mexico that boats would leave.";
        check(worries, "", "warnings from", &["boats would leave"], &["Mexico | boats would leave"]);
        check("Criticism of Mexico was harsh.", "", "Criticism of", &["Mexico"], &[]);
        let swallowed = "“The toll must go,” Mexico, tired of waiting, said.";
        check(swallowed, "", "said", &["The toll must go,” Mexico, tired of waiting"], &["Mexico | The toll must go"]);
    }

    #[test]
    fn a_participle_of_the_same_speaker_goes_on_with_the_statement() {
        let joined = |sentence: &str, second_source: &str, second_cue: &str| {
            annotated(sentence, |text, cast| {
                let attribution = |source: &str, cue: &str, content: &str| FoundAttribution {
                    source: Some(tokens(text, source)),
                    cue: Some(tokens(text, cue)),
                    content: vec![tokens(text, content)],
                    probability: 0.9,
                };
                let first = attribution("Doe", "criticized", "the toll");
                let second = attribution(second_source, second_cue, "it drove boats away");
                tagged(text, cast, &[first, second], ModelSize::Accurate)
                    .iter()
                    .map(|f| f.content.iter().map(|c| text.document.slice(c)).collect::<Vec<_>>().join(" … "))
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(
            joined("Doe criticized the toll, saying it drove boats away.", "Doe", "saying"),
            ["the toll … it drove boats away"]
        );
        assert_eq!(
            joined("Doe criticized the toll, but said it drove boats away.", "Doe", "said"),
            ["the toll", "it drove boats away"]
        );
        assert_eq!(
            joined("Doe criticized the toll, with Roe saying it drove boats away.", "Roe", "saying"),
            ["the toll", "it drove boats away"]
        );
        assert_eq!(
            joined("Doe criticized the toll. Doe, saying it drove boats away, left.", "Doe", "saying"),
            ["the toll", "it drove boats away"]
        );
    }

    #[test]
    fn what_stands_before_a_lead_in_is_not_said() {
        check("In other matters, Doe said: “We go.”", "Doe", "said", &["In other matters"], &[]);
        check("“We go,” Doe said: to sea.", "Doe", "said", &["We go"], &["Doe | We go"]);
    }

    #[test]
    fn quoted_words_need_no_source_and_plain_ones_a_cue() {
        let quoted = "“The toll is a burden on every boat.” The hall fell silent.";
        check(quoted, "", "", &["The toll is a burden on every boat"], &[" | The toll is a burden on every boat"]);
        check("The toll is a burden on every boat.", "", "", &["The toll is a burden on every boat"], &[]);
    }
}
