//! Words that signal a statement, words that reveal its stance, words that turn a stance round, and words that undo a thing.

use crate::record::{Act, Stance};

use super::LexiconError;
use super::inflect::{IrregularVerbs, plural};
use super::phrases::Phrases;
use super::table::{Row, read_rows};

/// An expression that signals that somebody says something or takes a position.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// Base form: `take issue with`.
    pub expression: String,
    pub kind: CueKind,
    pub frame: Frame,
    /// Stance towards what it is about.
    pub stance: Stance,
    pub act: Act,
    /// How surely it marks a statement: 3 `said`, 1 `show`.
    pub strength: u8,
}

/// Part of speech of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueKind {
    Verb,
    Noun,
    Adjective,
    Phrase,
}

/// What a cue takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// A clause or quotation: `said`.
    Says,
    /// What the position is about: `oppose`.
    About,
    /// Either: `warn`.
    Both,
}

/// An evaluative expression inside what is said.
#[derive(Debug, Clone, PartialEq)]
pub struct StanceWord {
    pub expression: String,
    /// `Oppose` or `Support`.
    pub polarity: Stance,
    /// 1 to 3.
    pub weight: u8,
}

/// An expression that changes what the next one means.
#[derive(Debug, Clone, PartialEq)]
pub struct Negation {
    pub expression: String,
    pub effect: NegationEffect,
}

/// What a negation does to the stance of what it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NegationEffect {
    /// Support becomes opposition and the other way round: `not`.
    Flip,
    /// The stance is gone: `stop short of`.
    Cancel,
}

/// An expression for putting an end or a limit to what it takes: whoever is for that is against what it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Undoing {
    pub expression: String,
    pub kind: CueKind,
    /// Whether it is rather a side that is taken (`opposition to`) than something that happens to a thing (`repeal of`).
    pub is_position: bool,
}

/// A list of items with the expressions that lead to them.
#[derive(Debug)]
pub(super) struct WordList<T> {
    pub(super) items: Vec<T>,
    pub(super) phrases: Phrases,
}

impl<T> Default for WordList<T> {
    fn default() -> WordList<T> {
        WordList { items: Vec::new(), phrases: Phrases::default() }
    }
}

impl<T> WordList<T> {
    pub(super) fn longest_at(&self, words: &[impl AsRef<str>], at: usize) -> Option<(&T, usize)> {
        self.phrases.longest_at(words, at).map(|(item, length)| (&self.items[item], length))
    }

    fn add(&mut self, item: T, forms: Vec<String>) {
        for form in forms {
            self.phrases.add(&form, self.items.len());
        }
        self.items.push(item);
    }
}

pub(super) fn read_cues(text: &str, verbs: &IrregularVerbs) -> Result<WordList<Cue>, LexiconError> {
    let mut cues = WordList::default();
    read_rows("cues.csv", text, &["expression", "kind", "frame", "stance", "act", "strength", "forms"], |row| {
        let kind = row.parsed(1, read_cue_kind, KINDS)?;
        let cue = Cue {
            expression: row.string(0),
            kind,
            frame: row.parsed(2, read_frame, "says, about or both")?,
            stance: row.parsed(3, |name| name.parse().ok(), "oppose, support or neutral")?,
            act: row.parsed(4, |name| name.parse().ok(), "an act in lower case, such as criticize or report")?,
            strength: row.parsed(5, read_small, "1, 2 or 3")?,
        };
        let mut forms = inflected(row.field(0), kind, verbs);
        forms.extend(row.list(6));
        cues.add(cue, forms);
        Ok(())
    })?;
    Ok(cues)
}

pub(super) fn read_stance_words(text: &str, verbs: &IrregularVerbs) -> Result<WordList<StanceWord>, LexiconError> {
    let mut words = WordList::default();
    read_rows("stance_words.csv", text, &["expression", "kind", "polarity", "weight"], |row| {
        let polarity =
            row.parsed(2, |name| name.parse().ok().filter(|&side| side != Stance::Neutral), "oppose or support")?;
        let weight = row.parsed(3, read_small, "1, 2 or 3")?;
        let forms = forms_of_row(&row, verbs)?;
        words.add(StanceWord { expression: row.string(0), polarity, weight }, forms);
        Ok(())
    })?;
    Ok(words)
}

pub(super) fn read_negations(text: &str, verbs: &IrregularVerbs) -> Result<WordList<Negation>, LexiconError> {
    let mut negations = WordList::default();
    read_rows("negations.csv", text, &["expression", "kind", "effect"], |row| {
        let effect = row.parsed(2, read_effect, "flip or cancel")?;
        let forms = forms_of_row(&row, verbs)?;
        negations.add(Negation { expression: row.string(0), effect }, forms);
        Ok(())
    })?;
    Ok(negations)
}

pub(super) fn read_undoing(text: &str, verbs: &IrregularVerbs) -> Result<WordList<Undoing>, LexiconError> {
    let mut undoing = WordList::default();
    read_rows("undoing.csv", text, &["expression", "kind", "class"], |row| {
        let kind = row.parsed(1, read_cue_kind, KINDS)?;
        let is_position = row.parsed(2, read_undoing_class, "end or position")?;
        undoing.add(Undoing { expression: row.string(0), kind, is_position }, forms_of_row(&row, verbs)?);
        Ok(())
    })?;
    Ok(undoing)
}

const KINDS: &str = "verb, noun, adjective or phrase";

fn forms_of_row(row: &Row, verbs: &IrregularVerbs) -> Result<Vec<String>, LexiconError> {
    let kind = row.parsed(1, read_cue_kind, KINDS)?;
    Ok(inflected(row.field(0), kind, verbs))
}

/// Returns the forms of an expression: a verb's on its first word, a noun's plural on its first word.
fn inflected(expression: &str, kind: CueKind, verbs: &IrregularVerbs) -> Vec<String> {
    match kind {
        CueKind::Verb => verbs.expression_forms(expression),
        CueKind::Noun => {
            let (noun, rest) = expression.split_once(' ').map_or((expression, ""), |(noun, rest)| (noun, rest));
            let plural_form = format!("{} {rest}", plural(noun)).trim_end().to_string();
            vec![expression.to_string(), plural_form]
        }
        CueKind::Adjective | CueKind::Phrase => vec![expression.to_string()],
    }
}

fn read_cue_kind(field: &str) -> Option<CueKind> {
    Some(match field {
        "verb" => CueKind::Verb,
        "noun" => CueKind::Noun,
        "adjective" => CueKind::Adjective,
        "phrase" => CueKind::Phrase,
        _ => return None,
    })
}

fn read_frame(field: &str) -> Option<Frame> {
    Some(match field {
        "says" => Frame::Says,
        "about" => Frame::About,
        "both" => Frame::Both,
        _ => return None,
    })
}

fn read_effect(field: &str) -> Option<NegationEffect> {
    match field {
        "flip" => Some(NegationEffect::Flip),
        "cancel" => Some(NegationEffect::Cancel),
        _ => None,
    }
}

fn read_undoing_class(field: &str) -> Option<bool> {
    match field {
        "end" => Some(false),
        "position" => Some(true),
        _ => None,
    }
}

fn read_small(field: &str) -> Option<u8> {
    field.parse().ok().filter(|number| (1..=3).contains(number))
}
