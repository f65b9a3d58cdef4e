//! What speaks for and against a phrase as the target: where it stands, what it is, and how often the article has it.

use super::candidates::PIECES;
use super::spoken_of::{Asked, Candidate, Place, Targets, names};
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{Cue, CueKind, Entry, NameWord, WordClass};
use crate::record::Stance;

impl Targets<'_, '_> {
    /// Returns the names of what holds of a candidate; `schema/models/target.weights` says what each weighs.
    pub(super) fn features(&self, asked: &Asked, candidate: &Candidate) -> Vec<&'static str> {
        let mut features = Vec::with_capacity(24);
        features.push(place(candidate));
        if candidate.person.is_some() {
            features.push("pronoun");
            features.push(if asked.stance == Stance::Oppose { "pronoun, opposed" } else { "pronoun, supported" });
        }
        features.extend(candidate.is_long.then_some("goes on"));
        self.of_neighbours(asked, candidate, &mut features);
        self.of_words(asked, candidate, &mut features);
        self.of_article(candidate, &mut features);
        self.of_signs(asked, candidate, &mut features);
        features.sort_unstable();
        features.dedup();
        features
    }

    /// What stands before and behind it.
    fn of_neighbours(&self, asked: &Asked, candidate: &Candidate, features: &mut Vec<&'static str>) {
        let text = self.text;
        let (tokens, place) = (candidate.in_statement(), &candidate.place);
        let (before, article) = before(text, tokens.start);
        features.push(article);
        if candidate.said.is_some() && matches!(place, Place::Content | Place::Rule) {
            features.push(if matches!(article, "the" | "this") {
                "fuller than the"
            } else {
                "fuller than a bare word"
            });
        }
        let opens = asked
            .found
            .content
            .iter()
            .take(PIECES)
            .any(|content| content.start >= before && content.start <= tokens.start);
        let in_content = matches!(place, Place::Content | Place::Rule) || candidate.said.is_some();
        if opens && in_content {
            features.push("opens what is said");
            if asked.found.cue.as_ref().is_some_and(|cue| cue.end <= before && before - cue.end <= 1) {
                features.push("right behind the cue");
            }
        } else if let Some(last) = before.checked_sub(1) {
            features.push(behind(text, last));
        }
        let next = tokens.end;
        let ends =
            asked.found.content.iter().take(PIECES).any(|content| content.end <= next + 1 && content.end >= next);
        let verb = text.is(next, WordClass::FiniteVerb) || text.is(next, WordClass::BeforeVerb);
        features.push(match text.lower(next) {
            _ if ends => "ends what is said",
            "of" => "before of",
            "to" => "before to",
            "that" | "who" | "which" => "before a relative",
            _ if verb => "before a verb",
            _ if text.is(next, WordClass::Preposition) => "before a preposition",
            word if word.starts_with(char::is_alphanumeric) => "before a word",
            _ => "before a mark",
        });
        if verb {
            features.push(if asked.stance == Stance::Oppose { "subject, opposed" } else { "subject, supported" });
        }
    }

    /// What it is.
    fn of_words(&self, asked: &Asked, candidate: &Candidate, features: &mut Vec<&'static str>) {
        let text = self.text;
        let tokens = &candidate.tokens;
        features.push(match tokens.len() {
            1 => "one word",
            2 => "two words",
            3 => "three words",
            4 | 5 => "four or five words",
            _ => "more words",
        });
        let opposed = asked.stance == Stance::Oppose;
        if self.cast.mentions_within(tokens).next().is_some() {
            features.push(if opposed { "a person, opposed" } else { "a person, supported" });
        }
        for name in text.names_within(tokens) {
            features.push(match name.entries[0] {
                Entry::State(..) if opposed => "a state, opposed",
                Entry::State(..) => "a state, supported",
                Entry::Body(_) if opposed => "a body, opposed",
                Entry::Body(_) => "a body, supported",
                Entry::Region(_) => "a region",
                Entry::Outlet(_) => "an outlet",
                Entry::Person(_) => "somebody known",
            });
        }
        let has = |class| tokens.clone().any(|i| text.is(i, class));
        let classes = [
            (WordClass::Plan, "a plan"),
            (WordClass::AnyPlan, "any plan"),
            (WordClass::Action, "an action"),
            (WordClass::Period, "a time"),
            (WordClass::RelativeTime, "a time"),
            (WordClass::Officials, "officials"),
            (WordClass::LightVerb, "a light verb"),
        ];
        features.extend(classes.into_iter().filter(|&(class, _)| has(class)).map(|(_, name)| name));
        let (first, last) = (text.lower(tokens.start), text.lower(tokens.end - 1));
        features.extend(tokens.clone().any(|i| is_of_clause(text, i)).then_some("holds a word of a clause"));
        features.extend(may_be_verb(text, tokens.start).then_some("begins with a verb"));
        features.extend(names(text, tokens, asked.speaker).then_some("the speaker"));
        let is_whole = text.names_within(tokens).find(|name| name.tokens == *tokens).map(|name| name.entries[0].path());
        let is_of_speaker = is_whole.is_some_and(|path| asked.speaker.counts_for.iter().any(|own| own == path));
        features.extend(is_of_speaker.then_some("of the speaker"));
        features.extend(first.ends_with("ing").then_some("a gerund"));
        features.extend((first.ends_with("ed") || last.ends_with("ed")).then_some("a participle"));
        features.extend(ends_noun(last).then_some("a noun by its ending"));
        features.extend((last.ends_with('s') && !last.ends_with("ss")).then_some("a plural"));
        let is_plain = |i: usize| text.lexicon.name_word(text.lower(i)) == Some(NameWord::Function);
        features.extend(is_plain(tokens.start).then_some("begins with a plain word"));
        features.extend(text.is_capital(tokens.start).then_some("a capital"));
        features.extend(
            tokens.clone().any(|i| text.document.word(i).bytes().any(|b| b.is_ascii_digit())).then_some("a number"),
        );
        if asked.found.cue.is_none() {
            features.extend((candidate.before == 0).then_some("first, without a cue"));
        }
    }

    /// How often the article has its last word, and whether it begins with it.
    fn of_article(&self, candidate: &Candidate, features: &mut Vec<&'static str>) {
        let text = self.text;
        let head = head(text, &candidate.tokens);
        let word = text.lower(head);
        features.push(match self.counts.get(word).copied().unwrap_or(0) {
            0 | 1 => "once in the article",
            2 => "twice in the article",
            3..=5 => "some times in the article",
            _ => "often in the article",
        });
        features.extend(self.lead.contains(word).then_some("in the lead"));
        let led = candidate.tokens.clone().filter(|&i| self.lead.contains(text.lower(i))).count();
        features.extend((led == candidate.tokens.len() && led > 1).then_some("all in the lead"));
        if let Some(before) = &self.before {
            let same = before.tokens.clone().any(|i| text.lower(i) == word);
            features.extend(same.then_some("what was spoken about before"));
        }
    }

    /// Which words for and against stand beside it and in it.
    fn of_signs(&self, asked: &Asked, candidate: &Candidate, features: &mut Vec<&'static str>) {
        const NEAR: usize = 3;
        const SIGNS: usize = 64;
        let tokens = candidate.in_statement();
        for sign in asked.signs.iter().take(SIGNS) {
            let own = (sign.weight > 0.0) == (asked.stance == Stance::Support);
            let at = self.text.document.tokens_of(sign.words);
            let is_before = at.end <= tokens.start && tokens.start - at.end <= NEAR;
            let is_behind = tokens.end <= at.start && at.start - tokens.end <= NEAR;
            let is_in = at.start < tokens.end && tokens.start < at.end;
            features.extend(match (is_in, is_before, is_behind, own) {
                (true, _, _, true) => Some("holds a word for its side"),
                (true, _, _, false) => Some("holds a word for the other side"),
                (_, true, _, true) => Some("behind a word for its side"),
                (_, true, _, false) => Some("behind a word for the other side"),
                (_, _, true, true) => Some("before a word for its side"),
                (_, _, true, false) => Some("before a word for the other side"),
                _ => None,
            });
        }
    }
}

fn place(candidate: &Candidate) -> &'static str {
    match (candidate.place, candidate.before) {
        (Place::Rule, _) => "by the rule",
        (Place::Content, 0) => "first of what is said",
        (Place::Content, 1) => "second of what is said",
        (Place::Content, 2) => "third of what is said",
        (Place::Content, 3..=5) => "later of what is said",
        (Place::Content, _) => "last of what is said",
        (Place::Sentence, _) => "in the sentence",
        (Place::Lead, 0) => "first of the lead",
        (Place::Lead, _) => "in the beginning",
        (Place::Before, _) if candidate.said.is_some() => "the target before, for a pronoun",
        (Place::Before, _) => "the target before",
        (Place::Earlier, 0) => "first of the sentence before",
        (Place::Earlier, _) => "of the sentence before",
    }
}

/// The token behind what stands before the phrase's articles, and what kind of article that is.
fn before(text: &Annotated, start: usize) -> (usize, &'static str) {
    let Some(last) = start.checked_sub(1) else { return (start, "no article") };
    match text.lower(last) {
        "the" => (last, "the"),
        "a" | "an" => (last, "a"),
        "this" | "that" | "these" | "those" | "such" => (last, "this"),
        "his" | "her" | "their" | "its" => (last, "his"),
        "our" | "my" | "your" => (last, "our"),
        "any" | "all" | "no" | "some" | "every" | "each" => (last, "any"),
        _ => (start, "no article"),
    }
}

/// What the last token before the phrase is.
fn behind(text: &Annotated, last: usize) -> &'static str {
    match text.lower(last) {
        "of" => "behind of",
        "on" => "behind on",
        "about" => "behind about",
        "against" => "behind against",
        "for" => "behind for",
        "with" => "behind with",
        "to" => "behind to",
        "in" => "behind in",
        "by" => "behind by",
        "from" => "behind from",
        "at" => "behind at",
        "that" => "behind that",
        "and" | "or" => "behind and",
        "is" | "are" | "was" | "were" | "be" | "been" => "behind is",
        "not" | "n't" | "never" => "behind not",
        _ if last > 0 && text.lower(last - 1) == "to" => "behind an infinitive",
        _ if last > 0 && is_modal(text.lower(last - 1)) => "behind a verb with will",
        _ if last > 0 && is_not(text.lower(last - 1)) => "behind a verb with not",
        word if text.is(last, WordClass::FiniteVerb) || word.ends_with("ed") => "behind a verb",
        word if word.ends_with("ing") => "behind a gerund",
        word if word.starts_with(char::is_alphanumeric) => "behind a word",
        _ => "behind a mark",
    }
}

fn is_modal(word: &str) -> bool {
    matches!(word, "will" | "would" | "should" | "must" | "can" | "could" | "may" | "might" | "'ll" | "let" | "please")
}

fn is_not(word: &str) -> bool {
    matches!(word, "not" | "n't" | "never")
}

/// A word that a noun phrase has none of: `we`, `is`, `when`.
fn is_of_clause(text: &Annotated, at: usize) -> bool {
    let classes = [
        WordClass::FiniteVerb,
        WordClass::Pointing,
        WordClass::FirstPerson,
        WordClass::He,
        WordClass::She,
        WordClass::They,
        WordClass::Relative,
    ];
    classes.into_iter().any(|class| text.is(at, class))
        || matches!(text.lower(at), "when" | "whether" | "if" | "as" | "because" | "not" | "n't")
}

/// Tells whether a word in small letters is a verb that the lexicon knows.
fn may_be_verb(text: &Annotated, at: usize) -> bool {
    let is_verb = |cue: &Cue| cue.kind == CueKind::Verb;
    text.document.word(at) == text.lower(at)
        && (text.is(at, WordClass::LightVerb)
            || text.lexicon.cues_at(&text.words, at).iter().any(|(cue, _)| is_verb(cue)))
}

/// The last word of the phrase's first part: `tariffs` of `tariffs on steel`.
fn head(text: &Annotated, tokens: &TokenRange) -> usize {
    let joint = (tokens.start + 1..tokens.end).find(|&i| text.is(i, WordClass::Preposition));
    joint.unwrap_or(tokens.end) - 1
}

fn ends_noun(word: &str) -> bool {
    ["tion", "sion", "ment", "ity", "ness", "ism", "ance", "ence", "ship", "cy"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::annotated;

    #[test]
    fn the_weights_are_of_these_features() {
        let own = include_str!("features.rs");
        let weights = include_str!("../../../schema/models/target.weights");
        for line in weights.lines() {
            let (_, name) = line.split_once('\t').expect("a weight and a name");
            assert!(own.contains(&format!("\"{name}\"")), "{name}");
        }
    }

    #[test]
    fn what_stands_before_a_phrase_is_told_from_its_article() {
        annotated("We vote on the tax. It will hurt his town.", |text, _| {
            let at = |word: &str| (0..text.words.len()).find(|&i| text.lower(i) == word).expect(word);
            let of = |word: &str| {
                let (start, article) = before(text, at(word));
                (article, behind(text, start - 1))
            };
            assert_eq!(of("tax"), ("the", "behind on"));
            assert_eq!(of("town"), ("his", "behind a verb with will"));
            assert_eq!(head(text, &(at("vote")..at("."))), at("vote"));
        });
    }
}
