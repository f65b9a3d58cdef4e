//! The word lists of `schema/query` and the languages, read once: they are compiled in, and a test reads every row.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::ast::FieldName;
use super::fields::{FieldKind, entry, field};

/// What a word or expression stands for as a value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueWord {
    pub field: FieldName,
    pub value: &'static str,
    pub phrasing: Phrasing,
}

/// How a word for a stance or an act is used in a plain phrasing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrasing {
    /// With a speaker before it or with "of", "to", "for": "Mexico backed", "critical of".
    Usual,
    /// A noun that can stand alone: "criticism by Mexico".
    Alone,
    /// Not at all, as it mostly means something else: "attacks".
    Never,
}

/// Returns what a word in lower case stands for.
pub fn value_words(lower: &str) -> &'static [ValueWord] {
    VALUE_WORDS.get(lower).map_or(&[], Vec::as_slice)
}

/// Tells whether a word in lower case belongs to a class of `name_words.csv`.
pub fn is_name_word(lower: &str, class: &str) -> bool {
    NAME_WORDS.get(lower).is_some_and(|classes| classes.contains(&class))
}

/// Returns the code of two letters of a language, by its name in lower case or its code of three letters.
pub fn language(lower: &str) -> Option<&'static str> {
    LANGUAGES.get(lower).copied()
}

/// Returns the nouns that can stand alone in a plain phrasing, in no order.
pub fn lone_nouns() -> impl Iterator<Item = &'static str> {
    let alone = |values: &[ValueWord]| values.iter().any(|value| value.phrasing == Phrasing::Alone);
    VALUE_WORDS.iter().filter(move |(_, values)| alone(values)).map(|(word, _)| *word)
}

static VALUE_WORDS: LazyLock<HashMap<&str, Vec<ValueWord>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<ValueWord>> = HashMap::new();
    for [word, of, value, phrasing] in rows(include_str!("../../schema/query/value_words.csv")) {
        words.entry(word).or_default().extend(value_word(of, value, phrasing));
    }
    words
});

static NAME_WORDS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<&str>> = HashMap::new();
    for [word, class] in rows(include_str!("../../schema/query/name_words.csv")) {
        words.entry(word).or_default().push(class);
    }
    words
});

static LANGUAGES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let named =
        |[alpha2, alpha3, names]: [&'static str; 3]| names.split('|').chain([alpha3]).map(move |name| (name, alpha2));
    rows(include_str!("../../schema/languages.csv")).flat_map(named).collect()
});

fn value_word(of: &str, value: &str, phrasing: &str) -> Option<ValueWord> {
    let Some(FieldKind::Named(of)) = field(of).map(|field| field.kind) else { return None };
    let value = entry(of).values.iter().find(|known| **known == value)?;
    let phrasing = match phrasing {
        "" => Phrasing::Usual,
        "alone" => Phrasing::Alone,
        "never" => Phrasing::Never,
        _ => return None,
    };
    Some(ValueWord { field: of, value, phrasing })
}

/// Returns the rows below the header; the lists hold no commas, so that nothing is quoted.
fn rows<const COLUMNS: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; COLUMNS]> {
    text.lines().skip(1).filter_map(|line| line.split(',').collect::<Vec<_>>().try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_is_read_and_none_twice() {
        let check = |text: &'static str, header: &str, key: usize, read: &dyn Fn(&[&'static str]) -> bool| {
            assert_eq!(text.lines().next(), Some(header));
            let mut seen = BTreeSet::new();
            for line in text.lines().skip(1) {
                let fields: Vec<&str> = line.split(',').collect();
                assert_eq!(fields.len(), header.split(',').count(), "{line}");
                assert!(!line.contains('"') && line == line.to_lowercase(), "{line}");
                assert!(seen.insert(fields[..key].join(",")), "{line} twice");
                assert!(read(&fields), "{line}");
            }
        };
        let value_words = include_str!("../../schema/query/value_words.csv");
        check(value_words, "word,field,value,phrasing", 2, &|row| value_word(row[1], row[2], row[3]).is_some());
        let classes = [
            "ends_name",
            "goes_on_with_and",
            "goes_on_with_for",
            "goes_on_with_of",
            "goes_on_with_on",
            "goes_on_with_to",
        ];
        let name_words = include_str!("../../schema/query/name_words.csv");
        check(name_words, "word,class", 2, &|row| classes.contains(&row[1]));
        let languages = include_str!("../../schema/languages.csv");
        check(languages, "alpha2,alpha3,names", 1, &|row| row[0].len() == 2 && row[1].len() == 3);
        let names = languages.lines().skip(1).flat_map(|line| line.split([',', '|']).skip(1)).count();
        assert_eq!(LANGUAGES.len(), names, "two languages go by one name");
    }
}
