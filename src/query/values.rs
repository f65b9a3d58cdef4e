//! What a typed value of a field stands for, where people use several words for one.

use super::ast::FieldName;
use super::fields::entry;
use super::word_lists::{language, value_words};
use crate::record::{Act, Stance};

/// A value as the index knows it, and the field that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownValue {
    pub field: FieldName,
    pub value: String,
}

/// Returns what a typed value of a field stands for; `None` where the field's values are listed and this is none.
///
/// `stance:against` is `stance:oppose`; `stance:warned` names an act, so that it is `act:warn`.
pub fn known_value(field: FieldName, typed: &str) -> Option<KnownValue> {
    let lower = typed.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let known = |field, value: &str| Some(KnownValue { field, value: value.to_string() });
    match field {
        FieldName::Stance => match stance_of(&lower) {
            Some(stance) => known(FieldName::Stance, stance),
            None => act_of(&lower).and_then(|act| known(FieldName::Act, act)),
        },
        FieldName::Act => act_of(&lower).and_then(|act| known(FieldName::Act, act)),
        FieldName::Type | FieldName::Is | FieldName::No => value_of(field, &lower).and_then(|v| known(field, v)),
        FieldName::Lang => known(field, language(&lower).unwrap_or(&lower)),
        _ => known(field, typed),
    }
}

/// Returns the stance that a word or expression stands for: `critical of` -> `oppose`.
pub fn stance_of(lower: &str) -> Option<&'static str> {
    value_of(FieldName::Stance, lower)
}

/// Returns the act that a word stands for: `condemned` -> `condemn`.
pub fn act_of(lower: &str) -> Option<&'static str> {
    value_of(FieldName::Act, lower)
}

/// Returns the stance that every statement with this act takes, where there is one.
pub fn stance_of_act(act: &str) -> Option<&'static str> {
    act.parse::<Act>().ok().and_then(Act::stance).map(Stance::name)
}

fn value_of(field: FieldName, lower: &str) -> Option<&'static str> {
    let listed = entry(field).values.iter().find(|value| **value == lower).copied();
    listed.or_else(|| value_words(lower).iter().find(|word| word.field == field).map(|word| word.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_words_for_values() {
        let check = |field, typed: &str, expected: Option<(FieldName, &str)>| {
            let found = known_value(field, typed);
            assert_eq!(found.as_ref().map(|k| (k.field, k.value.as_str())), expected, "{typed}");
        };
        use FieldName::*;
        check(Stance, "against", Some((Stance, "oppose")));
        check(Stance, "Critical  of", Some((Stance, "oppose")));
        check(Stance, "backed", Some((Stance, "support")));
        check(Stance, "in favour of", Some((Stance, "support")));
        check(Stance, "neutral", Some((Stance, "neutral")));
        check(Stance, "warned", Some((Act, "warn")));
        check(Stance, "purple", None);
        check(Act, "condemned", Some((Act, "condemn")));
        check(Type, "quotes", Some((Type, "direct")));
        check(Is, "unnamed", Some((Is, "anonymous")));
        check(No, "source", Some((No, "outlet")));
        check(No, "anonymous", None);
        check(No, "target", Some((No, "target")));
        check(No, "byline", Some((No, "author")));
        check(No, "mentions", Some((No, "mentions")));
        check(Is, "headlines", Some((Is, "headline")));
        check(Lang, "Spanish", Some((Lang, "es")));
        check(Lang, "ES", Some((Lang, "es")));
        check(Lang, "español", Some((Lang, "es")));
        check(Lang, "spa", Some((Lang, "es")));
        check(By, "Mexico", Some((By, "Mexico")));
    }
}
