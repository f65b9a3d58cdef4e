//! A text with everything that the later steps look at: tokens, words in lower case, known names, offices.

use std::borrow::Cow;

use super::home::home;
use crate::language::{Abbreviation, Document, TokenRange};
use crate::lexicon::{AbbreviationClass, Entry, Gender, Lexicon, Office, State, WordClass, WordClasses};
use crate::record::ActorKind;

/// A text, made ready once.
pub(super) struct Annotated<'t> {
    pub document: Document<'t>,
    /// Every token in lower case, curly apostrophes made straight, a possessive ending left off.
    pub words: Vec<Cow<'t, str>>,
    /// For each token, what it can do in a sentence.
    classes: Vec<WordClasses>,
    /// Known names from left to right; none overlaps another.
    pub names: Vec<Name<'t>>,
    /// The state that the text is mostly about, whose offices are meant where none is named.
    pub home: Option<&'t State>,
    /// Office expressions from left to right.
    pub offices: Vec<OfficeAt<'t>>,
    /// For each token, one more than the name that covers it; 0 for none.
    name_at: Vec<u32>,
    pub lexicon: &'t Lexicon,
}

/// A name that the lexicon knows, where it stands.
pub(super) struct Name<'a> {
    pub tokens: TokenRange,
    pub entries: Vec<Entry<'a>>,
}

/// An office expression where it stands.
pub(super) struct OfficeAt<'a> {
    pub tokens: TokenRange,
    pub office: &'a Office,
}

/// Tells what the full stop after a word means.
pub fn abbreviation(word: &str, lexicon: &Lexicon) -> Option<Abbreviation> {
    if word.len() > 12 {
        return None;
    }
    lexicon.abbreviation(&format!("{word}.")).map(|class| match class {
        AbbreviationClass::Title => Abbreviation::Title,
        AbbreviationClass::Inner | AbbreviationClass::Month => Abbreviation::Inner,
        AbbreviationClass::Final => Abbreviation::Final,
    })
}

/// Returns the document's words in lower case, without possessive endings.
fn lower_words<'t>(document: &Document<'t>) -> Vec<Cow<'t, str>> {
    (0..document.tokens.len()).map(|i| lower(bare(document.word(i)))).collect()
}

fn lower(word: &str) -> Cow<'_, str> {
    let plain = word.chars().all(|c| c != '’' && !c.is_uppercase());
    if plain { Cow::Borrowed(word) } else { Cow::Owned(word.replace('’', "'").to_lowercase()) }
}

/// Returns the word without its possessive ending.
pub(super) fn bare(word: &str) -> &str {
    let cut = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending));
    cut.filter(|rest| !rest.is_empty()).unwrap_or(word)
}

impl<'t> Annotated<'t> {
    /// Splits a text with the lexicon's abbreviations and finds its names and offices.
    pub fn new(text: &'t str, lexicon: &'t Lexicon) -> Annotated<'t> {
        let document = Document::new(text, |word| abbreviation(word, lexicon));
        let words = lower_words(&document);
        let mut annotated = Annotated {
            name_at: vec![0; words.len()],
            classes: words.iter().map(|word| lexicon.word_classes(word)).collect(),
            document,
            words,
            names: Vec::new(),
            home: None,
            offices: Vec::new(),
            lexicon,
        };
        annotated.find_names();
        annotated.home = home(&annotated.names, lexicon);
        annotated.find_offices();
        annotated
    }

    fn find_names(&mut self) {
        let mut next = 0;
        for found in self.lexicon.names_in(self.document.text) {
            while next < self.document.tokens.len() && self.document.tokens[next].end <= found.start {
                next += 1;
            }
            let mut end = next;
            while end < self.document.tokens.len() && self.document.tokens[end].start < found.end {
                end += 1;
            }
            if end == next || self.document.tokens[next].start < found.start {
                continue;
            }
            if self.is_part_of_another(next, &found.entries) {
                continue;
            }
            let number = self.names.len() as u32 + 1;
            self.name_at[next..end].iter_mut().for_each(|n| *n = number);
            self.names.push(Name { tokens: next..end, entries: found.entries });
            next = end;
        }
    }

    /// `the Free Democrats`: a party's short name that goes on to the left is another party's.
    fn is_part_of_another(&self, at: usize, entries: &[Entry]) -> bool {
        let is_party = matches!(entries.first(), Some(Entry::Body(body)) if body.kind == ActorKind::Party);
        let before = at.checked_sub(1).filter(|&i| is_party && self.is_capital(i) && !self.begins_sentence(i));
        before.is_some_and(|i| {
            matches!(
                self.lower(i),
                "new" | "free" | "social" | "christian" | "liberal" | "national" | "young" | "sweden"
            )
        })
    }

    fn find_offices(&mut self) {
        let text = self.document.text;
        for sentence in &self.document.sentences {
            let Some(span) = self.document.span(sentence) else { continue };
            let country = self.home.map(|state| state.alpha2.as_str());
            for found in self.lexicon.offices_in_phrase(span.of(text), country) {
                let start = span.start() + found.start;
                let end = span.start() + found.end;
                let first = self.document.tokens.partition_point(|t| t.end <= start);
                let last = self.document.tokens.partition_point(|t| t.start < end);
                self.offices.push(OfficeAt { tokens: first..last.max(first), office: found.office });
            }
        }
    }

    /// Returns the known name that covers the token.
    pub fn name_at(&self, token: usize) -> Option<&Name<'t>> {
        let number = *self.name_at.get(token)?;
        (number > 0).then(|| &self.names[number as usize - 1])
    }

    /// Returns the known names inside the tokens, from left to right.
    pub fn names_within(&self, range: &TokenRange) -> impl Iterator<Item = &Name<'t>> {
        let first = self.names.partition_point(|n| n.tokens.end <= range.start);
        let end = range.end;
        self.names[first..].iter().take_while(move |n| n.tokens.start < end)
    }

    /// Returns the office expressions wholly inside the tokens.
    pub fn offices_within(&self, range: &TokenRange) -> impl Iterator<Item = &OfficeAt<'t>> {
        let first = self.offices.partition_point(|o| o.tokens.start < range.start);
        let end = range.end;
        self.offices[first..].iter().take_while(move |o| o.tokens.start < end).filter(move |o| o.tokens.end <= end)
    }

    /// Returns the office expression that covers the token.
    pub fn office_at(&self, token: usize) -> Option<&OfficeAt<'t>> {
        let next = self.offices.partition_point(|o| o.tokens.end <= token);
        self.offices.get(next).filter(|o| o.tokens.contains(&token))
    }

    /// Returns the word in lower case, or nothing outside the text.
    pub fn lower(&self, token: usize) -> &str {
        self.words.get(token).map_or("", Cow::as_ref)
    }

    /// Tells whether the token's word is of the class.
    pub fn is(&self, token: usize, class: WordClass) -> bool {
        self.classes_at(token).has(class)
    }

    /// Returns the gender that a pronoun for a person tells.
    pub fn gender_at(&self, token: usize) -> Option<Gender> {
        match (self.is(token, WordClass::He), self.is(token, WordClass::She)) {
            (true, _) => Some(Gender::Male),
            (_, true) => Some(Gender::Female),
            _ => None,
        }
    }

    /// Returns the classes of the token's word, none outside the text.
    pub fn classes_at(&self, token: usize) -> WordClasses {
        self.classes.get(token).copied().unwrap_or_default()
    }

    /// Tells whether the token begins with a capital letter.
    pub fn is_capital(&self, token: usize) -> bool {
        self.document.word(token).starts_with(char::is_uppercase)
    }

    /// Tells whether the token is the first of its sentence, quotation marks aside.
    pub fn begins_sentence(&self, token: usize) -> bool {
        let sentence = &self.document.sentences[self.document.tokens[token].sentence as usize];
        (sentence.start..token).all(|i| !self.document.word(i).starts_with(char::is_alphanumeric))
    }

    /// Tells whether the token ends in a possessive `'s` or `s'`.
    pub fn is_possessive(&self, token: usize) -> bool {
        let word = self.document.word(token);
        bare(word).len() < word.len()
            || word.ends_with('s')
                && token + 1 < self.words.len()
                && matches!(self.document.word(token + 1), "'" | "’")
                && !self.document.gap_before(token + 1)
    }

    /// Returns the tokens of the sentence that the token stands in.
    pub fn sentence_of(&self, token: usize) -> &TokenRange {
        &self.document.sentences[self.document.tokens[token].sentence as usize]
    }
}
