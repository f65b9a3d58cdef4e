//! The lists that articles are read with and questions are not: offices, cues, words of stance, and small vocabularies.

use super::abbreviations::read_abbreviations;
use super::cues::{WordList, read_cues, read_negations, read_stance_words, read_undoing};
use super::grammar::read_grammar;
use super::hashing::WordMap;
use super::inflect::IrregularVerbs;
use super::offices::Offices;
use super::vocabulary::Vocabulary;
use super::{AbbreviationClass, Cue, LexiconError, Negation, StanceWord, Tables, Undoing, WordClasses};

/// What words mean that name nobody.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) offices: Offices,
    pub(super) cues: WordList<Cue>,
    pub(super) stance_words: WordList<StanceWord>,
    pub(super) negations: WordList<Negation>,
    pub(super) undoing: WordList<Undoing>,
    pub(super) abbreviations: WordMap<AbbreviationClass>,
    pub(super) vocabulary: Vocabulary,
    pub(super) grammar: WordMap<WordClasses>,
}

impl Words {
    pub(super) fn read(tables: &Tables) -> Result<Words, LexiconError> {
        let verbs = IrregularVerbs::read(tables.irregular_verbs)?;
        Ok(Words {
            offices: Offices::read(tables.offices)?,
            cues: read_cues(tables.cues, &verbs)?,
            stance_words: read_stance_words(tables.stance_words, &verbs)?,
            negations: read_negations(tables.negations, &verbs)?,
            undoing: read_undoing(tables.undoing, &verbs)?,
            abbreviations: read_abbreviations(tables.abbreviations)?,
            vocabulary: Vocabulary::read(tables.name_words, tables.speaker_nouns, tables.given_names)?,
            grammar: read_grammar(tables.grammar)?,
        })
    }
}
