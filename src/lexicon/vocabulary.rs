//! Small word lists for reading names and speakers: what a word tells of the name or phrase that it stands in.

use super::LexiconError;
use super::hashing::WordMap;
use super::table::read_rows;

/// What a capitalised word tells of the name that it is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameWord {
    /// Begins sentences, never a name: `The`, `But`.
    Function,
    /// A day, month or season.
    Time,
    /// Makes the name that of a body: `University`, `Committee`.
    Body,
    /// Makes the name that of a thing or place: `Act`, `River`.
    Thing,
}

/// What a common noun tells of the speaker that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeakerNoun {
    /// Somebody who is not named: `official`, `critics`.
    Unnamed,
    /// People taken together: `lawmakers`, `protesters`.
    Group,
    /// A public body: `police`, `ministry`.
    Agency,
    /// Something written: `report`, `poll`.
    Document,
}

/// Grammatical gender of a given name, for pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    Female,
    Male,
}

/// The three lists, by word in lower case.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub(super) name_words: WordMap<NameWord>,
    pub(super) speaker_nouns: WordMap<SpeakerNoun>,
    pub(super) given_names: WordMap<Gender>,
}

impl Vocabulary {
    /// Reads the three files.
    pub(super) fn read(name_words: &str, speaker_nouns: &str, given_names: &str) -> Result<Vocabulary, LexiconError> {
        Ok(Vocabulary {
            name_words: read_words("name_words.csv", name_words, ["word", "class"], |class| match class {
                "function" => Some(NameWord::Function),
                "time" => Some(NameWord::Time),
                "body" => Some(NameWord::Body),
                "thing" => Some(NameWord::Thing),
                _ => None,
            })?,
            speaker_nouns: read_words("speaker_nouns.csv", speaker_nouns, ["noun", "kind"], |kind| match kind {
                "unnamed" => Some(SpeakerNoun::Unnamed),
                "group" => Some(SpeakerNoun::Group),
                "agency" => Some(SpeakerNoun::Agency),
                "document" => Some(SpeakerNoun::Document),
                _ => None,
            })?,
            given_names: read_words("given_names.csv", given_names, ["name", "gender"], |gender| match gender {
                "female" => Some(Gender::Female),
                "male" => Some(Gender::Male),
                _ => None,
            })?,
        })
    }
}

fn read_words<T>(
    file: &'static str,
    text: &str,
    columns: [&str; 2],
    read: impl Fn(&str) -> Option<T>,
) -> Result<WordMap<T>, LexiconError> {
    let mut words = WordMap::default();
    read_rows(file, text, &columns, |row| {
        words.insert(row.string(0), row.parsed(1, &read, "one of the classes that README.md lists")?);
        Ok(())
    })?;
    Ok(words)
}
