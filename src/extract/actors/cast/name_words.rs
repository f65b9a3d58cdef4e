//! Which words of a text can be the name of a person.

use crate::extract::annotated::{Annotated, bare};
use crate::language::TokenRange;
use crate::lexicon::{NameWord, WordClass};

/// Returns the run of words that may be a name from `at` on.
pub(super) fn name_run(text: &Annotated, at: usize) -> TokenRange {
    let document = &text.document;
    let mut end = at;
    let place_first = text.name_at(at).is_some();
    while end < text.words.len() {
        let same_paragraph = document.tokens[end].paragraph == document.tokens[at].paragraph;
        if !same_paragraph || !(is_name_word(text, end) || end == at && place_first || is_surname_of_place(text, end)) {
            break;
        }
        let initial = document.word(end).chars().count() <= 2 && document.word(end).len() < 3;
        end += 1;
        if text.is_possessive(end - 1) {
            return at..end;
        }
        if initial && end < text.words.len() && document.word(end) == "." && !document.gap_before(end) {
            end += 1;
        }
        if end + 1 < text.words.len() && text.is(end, WordClass::NameParticle) && is_name_word(text, end + 1) {
            end += 1;
        }
    }
    at..end
}

/// Tells whether a token can be part of a person's name.
pub(super) fn is_name_word(text: &Annotated, at: usize) -> bool {
    let word = text.document.word(at);
    let lower = text.lower(at);
    (text.is_capital(at) || has_arabic_article(word))
        && text.name_at(at).is_none()
        && text.office_at(at).is_none()
        && !matches!(text.lexicon.name_word(lower), Some(NameWord::Function | NameWord::Time))
        && !is_contraction(text, lower)
        && !(word.len() > 3 && word.chars().all(char::is_uppercase))
}

/// `I’m`, `He's`: a function word with a verb.
fn is_contraction(text: &Annotated, lower: &str) -> bool {
    let verb = |(_, verb): &(&str, &str)| matches!(*verb, "m" | "s" | "re" | "ve" | "ll" | "d");
    let parts = lower.split_once(['\'', '’']).filter(verb);
    parts.is_some_and(|(word, _)| text.lexicon.name_word(word) == Some(NameWord::Function))
}

/// `al-Falih`
fn has_arabic_article(word: &str) -> bool {
    let rest = ["al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "az-", "an-", "bin-"]
        .iter()
        .find_map(|a| word.strip_prefix(a));
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// `Jordan Smith`, `Austin Clark`: a place's name that goes on like a person's.
pub(super) fn could_be_given_name(text: &Annotated, at: usize, place: &TokenRange) -> bool {
    place.len() == 1
        && text.lexicon.given_name(text.lower(at)).is_some()
        && !text.is_possessive(at)
        && at + 1 < text.words.len()
        && is_name_word(text, at + 1)
}

/// `Michael Jordan`, `Hannah Berlin`: a place's name right behind a given name that is no place.
fn is_surname_of_place(text: &Annotated, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_one_word = || text.name_at(at).is_some_and(|place| place.tokens.len() == 1);
    is_name_word(text, before)
        && text.lexicon.given_name(text.lower(before)).is_some()
        && !text.is_possessive(before)
        && text.is_capital(at)
        && is_one_word()
}

/// `Director of Social Media Jane Doe`: the name behind the last word of a body.
pub(super) fn name_behind_a_body(text: &Annotated, run: &TokenRange) -> Option<TokenRange> {
    let lexicon = text.lexicon;
    let of_body = |i: usize| matches!(lexicon.name_word(text.lower(i)), Some(NameWord::Body | NameWord::Thing));
    let start = run.clone().rev().find(|&i| of_body(i))? + 1;
    let given = lexicon.given_name(text.lower(start)).is_some() && !text.is_possessive(start - 1);
    (given && (2..=3).contains(&(run.end.saturating_sub(start)))).then_some(start..run.end)
}

/// `Describing Doe as unfit, ...`: a word in -ing that opens a sentence is no given name.
pub(super) fn begins_with_a_verb(text: &Annotated, run: &TokenRange) -> bool {
    let first = text.lower(run.start);
    run.len() == 2
        && first.len() > "-ing".len() + 3
        && first.ends_with("ing")
        && text.lexicon.given_name(first).is_none()
        && text.begins_sentence(run.start)
}

/// Returns a name as written, without what makes it a possessive.
pub(super) fn written_name(text: &Annotated, tokens: &TokenRange) -> String {
    let name = bare(text.document.slice(tokens));
    name.trim_end_matches(['\'', '’', ',']).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::speakers;

    #[test]
    fn a_pronoun_with_a_verb_begins_no_name() {
        let text = "I’m Kari Lund. This is the harbour hour. Lund said the quay was full.";
        assert_eq!(speakers(text, &["Lund said"]), ["Kari Lund"]);
    }
}
