//! Abbreviations with what their dot means for the end of a sentence.

use super::LexiconError;
use super::hashing::WordMap;
use super::table::read_rows;

/// What stands after the abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbbreviationClass {
    /// Always a name: `Mr.`, `Sen.`; never ends a sentence.
    Title,
    /// Nearly always more of the sentence: `vs.`, `No.`
    Inner,
    /// Anything: may end the sentence: `Inc.`, `U.S.`, `p.m.`
    Final,
    /// A day's number, mostly: `Sept.`
    Month,
}

pub(super) fn read_abbreviations(text: &str) -> Result<WordMap<AbbreviationClass>, LexiconError> {
    let mut abbreviations = WordMap::default();
    read_rows("abbreviations.csv", text, &["abbreviation", "class"], |row| {
        let class = row.parsed(1, read_class, "title, inner, final or month")?;
        abbreviations.insert(row.string(0), class);
        Ok(())
    })?;
    Ok(abbreviations)
}

fn read_class(field: &str) -> Option<AbbreviationClass> {
    match field {
        "title" => Some(AbbreviationClass::Title),
        "inner" => Some(AbbreviationClass::Inner),
        "final" => Some(AbbreviationClass::Final),
        "month" => Some(AbbreviationClass::Month),
        _ => None,
    }
}
