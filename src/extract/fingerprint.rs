//! Tells which statements are one: said by the same speaker, in nearly the same words, in whatever article.
//!
//! A fingerprint is the least hash of all runs of ten words of what is said (min-hash: Broder, On the resemblance and
//! containment of documents, 1997), or the hash of all words where they are fewer, joined with the speaker, a person by the
//! last name, and with the stance where the words are no quotation. Two statements get the same with the probability that a run
//! of either is a run of both, so a copy always does, and one that was cut at its ends mostly does. It depends on nothing but
//! the statement itself: articles may come and go in any order.

use super::annotated::Annotated;
use super::statements::Found;
use crate::language::TokenRange;
use crate::lexicon::fold;
use crate::model::{hash_lower, mix};
use crate::record::{Actor, ActorKind, Fingerprint, Quotation, Stance};

/// By whom, how and to what side something is said.
pub(super) struct Said<'a> {
    pub speaker: &'a Actor,
    pub quotation: Quotation,
    pub stance: Stance,
}

/// Words of a run: with six, a phrase made one statement of eleven in forty pairs that are two (docs/accuracy.md).
const RUN: usize = 10;

/// Shorter statements may be made twice.
const LEAST_WORDS: usize = 5;
const LEAST_WORDS_OF_UNNAMED: usize = 6;

/// Returns the statement's fingerprint, unless it is too short to tell.
pub(super) fn fingerprint(text: &Annotated, found: &Found, by: &Said) -> Option<Fingerprint> {
    let hashes = |tokens: TokenRange| -> Vec<u64> {
        let words = tokens.map(|i| text.lower(i)).filter(|word| word.contains(char::is_alphanumeric));
        words.map(hash_lower).collect()
    };
    let mut words: Vec<u64> = found.content.iter().flat_map(|content| hashes(content.clone())).collect();
    if words.len() < LEAST_WORDS {
        // `We refuse`: a copy has the whole sentence in common.
        words = hashes(text.sentence_of(found.start()).clone());
    }
    let run = |words: &[u64]| words.iter().fold(words.len() as u64, |hash, &word| mix(hash, word));
    let whole = || run(&words);
    // Nobody knows whether two unnamed speakers are one, unless all of their words are the same.
    let said = match by.speaker.kind {
        ActorKind::Unnamed => (words.len() >= LEAST_WORDS_OF_UNNAMED).then(whole),
        _ => (words.len() >= LEAST_WORDS).then(|| words.windows(RUN).map(run).min().unwrap_or_else(whole)),
    };
    // `backed the plan`, `rejected the plan`: only a quotation says all by itself.
    let side = if by.quotation == Quotation::Direct { 0 } else { 1 + by.stance as u64 };
    said.map(|said| Fingerprint(mix(mix(said, speaker_key(by.speaker)), side)))
}

/// An article may name a person in full and another by surname alone; any other actor is itself.
fn speaker_key(speaker: &Actor) -> u64 {
    match speaker.kind {
        ActorKind::Unnamed => 0,
        ActorKind::Person => {
            let name = fold(&speaker.name);
            let is_suffix = |word: &&str| matches!(*word, "jr" | "sr" | "ii" | "iii" | "iv");
            name.rsplit(' ').find(|word| !is_suffix(word)).map_or(0, hash_lower)
        }
        _ => hash_lower(&speaker.id),
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::article;
    use crate::record::Fingerprint;

    #[track_caller]
    fn of(text: &str) -> Option<Fingerprint> {
        let found = article("", text).statements;
        assert_eq!(found.len(), 1, "{text}");
        found[0].fingerprint
    }

    const WHOLE: &str = "“The new toll will cost every fisherman of the bay his winter earnings,” said Imogen Strand.";

    #[test]
    fn a_copy_is_the_same_statement_however_it_is_printed() {
        for copy in [
            "\"The new toll will cost every fisherman of the bay his winter earnings,\" Imogen Strand told reporters.",
            "Imogen Strand leads the union.\n\n“The new toll will cost every fisherman of the bay his winter earnings,” Strand said.",
        ] {
            assert_eq!(of(copy), of(WHOLE), "{copy}");
        }
        assert!(of(WHOLE).is_some());
    }

    #[test]
    fn the_same_words_of_another_and_other_words_are_not() {
        for other in [
            "“The new toll will cost every fisherman of the bay his winter earnings,” said Tomas Reyer.",
            "“The old dock has cost the council more than the ferry ever did in its life,” said Imogen Strand.",
        ] {
            assert_ne!(of(other), of(WHOLE), "{other}");
        }
    }

    #[test]
    fn another_side_or_another_body_makes_another_statement() {
        let backed = of("Imogen Strand backed the plan to close the old dock.");
        assert_ne!(of("Imogen Strand rejected the plan to close the old dock."), backed);
        let democrats = of("Democrats rejected the plan to close the old dock.");
        assert_ne!(of("Republicans rejected the plan to close the old dock."), democrats);
        assert_eq!(of("The mayor left early. Democrats rejected the plan to close the old dock."), democrats);
    }

    #[test]
    fn a_few_words_are_told_by_their_sentence() {
        let short = of("“We refuse,” said Imogen Strand.");
        assert_eq!(of("The dock was closed.\n\n“We refuse,” said Imogen Strand."), short);
        assert!(short.is_some());
        assert_ne!(of("“We refuse,” said Imogen Strand on Friday."), short);
        assert_eq!(of("“We refuse to pay it,” officials said."), None);
    }
}
