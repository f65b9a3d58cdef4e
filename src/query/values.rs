//! The words that people use for stances, acts, quotation types and languages, and the value that each stands for.

use super::ast::FieldName;
use super::fields::{ACTS, STANCES, TYPES, entry};

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
        FieldName::Type => listed(TYPE_WORDS, &lower).or_else(|| one_of(TYPES, &lower)).and_then(|v| known(field, v)),
        FieldName::Is | FieldName::No => {
            let word = listed(STATE_WORDS, &lower).unwrap_or(&lower);
            one_of(entry(field).values, word).and_then(|v| known(field, v))
        }
        FieldName::Lang => known(field, listed(LANGUAGES, &lower).unwrap_or(&lower)),
        _ => known(field, typed),
    }
}

/// Returns the stance that a word or expression stands for: `critical of` -> `oppose`.
pub fn stance_of(lower: &str) -> Option<&'static str> {
    one_of(STANCES, lower).or_else(|| listed(STANCE_WORDS, lower))
}

/// Returns the act that a word stands for: `condemned` -> `condemn`.
pub fn act_of(lower: &str) -> Option<&'static str> {
    one_of(ACTS, lower).or_else(|| listed(ACT_WORDS, lower))
}

/// Returns the stance that every statement with this act takes, where there is one.
pub fn stance_of_act(act: &str) -> Option<&'static str> {
    match act {
        "criticize" | "reject" | "condemn" | "warn" | "accuse" | "threaten" | "protest" | "deny" => Some("oppose"),
        "endorse" | "praise" | "welcome" | "agree" | "defend" | "promise" | "propose" => Some("support"),
        _ => None,
    }
}

fn one_of(values: &'static [&'static str], word: &str) -> Option<&'static str> {
    values.iter().find(|v| **v == word).copied()
}

fn listed(table: &'static [(&'static str, &'static [&'static str])], word: &str) -> Option<&'static str> {
    table.iter().find(|(_, words)| words.contains(&word)).map(|(value, _)| *value)
}

type Words = &'static [(&'static str, &'static [&'static str])];

const STANCE_WORDS: Words = &[
    (
        "oppose",
        &[
            "opposes",
            "opposed",
            "opposing",
            "opposition",
            "opposition to",
            "opposed to",
            "opponent",
            "opponents",
            "oppositional",
            "against",
            "anti",
            "contra",
            "con",
            "critical",
            "critical of",
            "negative",
            "hostile",
            "hostile to",
            "criticise",
            "criticises",
            "criticised",
            "criticising",
            "criticize",
            "criticizes",
            "criticized",
            "criticizing",
            "criticism",
            "criticisms",
            "critic",
            "critics",
            "object",
            "objects",
            "objected",
            "objected to",
            "object to",
            "objection",
            "objections",
            "disapprove",
            "disapproves",
            "disapproved",
            "disapproval",
            "attack",
            "attacks",
            "attacked",
            "slam",
            "slammed",
            "blast",
            "blasted",
            "resist",
            "resisted",
            "resistance",
            "unfavourable",
            "unfavorable",
        ],
    ),
    (
        "support",
        &[
            "supports",
            "supported",
            "supporting",
            "supporter",
            "supporters",
            "supportive",
            "supportive of",
            "in support of",
            "support for",
            "for",
            "pro",
            "favour",
            "favor",
            "favours",
            "favors",
            "favoured",
            "favored",
            "favouring",
            "favoring",
            "in favour",
            "in favor",
            "in favour of",
            "in favor of",
            "favourable",
            "favorable",
            "back",
            "backs",
            "backed",
            "backing",
            "approve",
            "approves",
            "approved",
            "approved of",
            "approve of",
            "approval",
            "positive",
        ],
    ),
    ("neutral", &["neither", "none", "neutrality", "impartial"]),
];

const ACT_WORDS: Words = &[
    (
        "criticize",
        &[
            "criticizes",
            "criticized",
            "criticizing",
            "criticise",
            "criticises",
            "criticised",
            "criticising",
            "criticism",
            "criticisms",
        ],
    ),
    ("reject", &["rejects", "rejected", "rejecting", "rejection", "rejections"]),
    (
        "condemn",
        &["condemns", "condemned", "condemning", "condemnation", "condemnations", "denounce", "denounced", "denounces"],
    ),
    ("warn", &["warns", "warned", "warning", "warnings"]),
    ("accuse", &["accuses", "accused", "accusing", "accusation", "accusations"]),
    ("threaten", &["threatens", "threatened", "threatening", "threat", "threats"]),
    ("protest", &["protests", "protested", "protesting"]),
    ("deny", &["denies", "denied", "denying", "denial", "denials"]),
    ("demand", &["demands", "demanded", "demanding"]),
    ("endorse", &["endorses", "endorsed", "endorsing", "endorsement", "endorsements"]),
    ("praise", &["praises", "praised", "praising"]),
    ("welcome", &["welcomes", "welcomed", "welcoming"]),
    ("agree", &["agrees", "agreed", "agreeing", "agreement"]),
    ("defend", &["defends", "defended", "defending", "defence", "defense"]),
    ("promise", &["promises", "promised", "promising", "pledge", "pledges", "pledged", "vow", "vows", "vowed"]),
    ("propose", &["proposes", "proposed", "proposing", "proposal", "proposals"]),
    ("report", &["reports", "reported", "reporting"]),
    ("explain", &["explains", "explained", "explaining", "explanation", "explanations"]),
    ("predict", &["predicts", "predicted", "predicting", "prediction", "predictions", "forecast", "forecasts"]),
    ("ask", &["asks", "asked", "asking", "question", "questions"]),
];

const TYPE_WORDS: Words = &[
    ("direct", &["quote", "quotes", "quoted", "verbatim", "direct quote", "direct quotes"]),
    ("indirect", &["paraphrase", "paraphrased", "reported"]),
    ("mixed", &["partial"]),
    ("headline", &["headlines", "title"]),
];

const STATE_WORDS: Words = &[
    ("anonymous", &["unnamed", "anon"]),
    ("undated", &["dateless"]),
    ("quoted", &["quote"]),
    ("date", &["dates", "published"]),
    ("speaker", &["by", "actor"]),
    ("outlet", &["source", "publisher"]),
];

const LANGUAGES: Words = &[
    ("ar", &["arabic"]),
    ("zh", &["chinese"]),
    ("nl", &["dutch"]),
    ("en", &["english"]),
    ("fr", &["french"]),
    ("de", &["german"]),
    ("it", &["italian"]),
    ("ja", &["japanese"]),
    ("pl", &["polish"]),
    ("pt", &["portuguese"]),
    ("ru", &["russian"]),
    ("es", &["spanish"]),
    ("tr", &["turkish"]),
    ("uk", &["ukrainian"]),
];

/// Returns the value that asks for those who no longer count for what is named: `Mexico, former`.
pub fn formerly(name: &str) -> String {
    format!("{name}, former")
}

/// Returns what a value names of which it asks for those who no longer count for it: `Mexico, former`, `former officials
/// of Mexico`, `former Mexican officials`.
pub fn without_formerly(value: &str) -> Option<&str> {
    let value = value.trim();
    let ending = |end: &str| value.len().checked_sub(end.len()).filter(|&at| value.is_char_boundary(at));
    let before = |end: &str| ending(end).filter(|&at| value[at..].eq_ignore_ascii_case(end)).map(|at| &value[..at]);
    if let Some(name) = before(", former") {
        return Some(name.trim()).filter(|name| !name.is_empty());
    }
    let words: Vec<&str> = value.split_whitespace().collect();
    let is = |at: usize, word: &str| words.get(at).is_some_and(|w| w.eq_ignore_ascii_case(word));
    let first = usize::from(is(0, "the"));
    if !is(first, "former") {
        return None;
    }
    let rest = value[value.find(words[first])? + words[first].len()..].trim_start();
    let (opening, left) = rest.split_once(' ')?;
    if opening.eq_ignore_ascii_case("officials") {
        let name = left.trim_start().strip_prefix("of ").or_else(|| left.trim_start().strip_prefix("from "))?;
        return Some(name.trim()).filter(|name| !name.is_empty());
    }
    let (name, last) = rest.rsplit_once(' ')?;
    (last.eq_ignore_ascii_case("officials") && !name.trim().is_empty()).then(|| name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn former_officials_are_asked_for_in_three_ways() {
        for (typed, expected) in [
            ("Mexico, former", Some("Mexico")),
            ("Mexico, Former", Some("Mexico")),
            ("former officials of Mexico", Some("Mexico")),
            ("the former officials from the White House", Some("the White House")),
            ("former Mexican officials", Some("Mexican")),
            ("former president of Mexico", None),
            ("former officials", None),
            (", former", None),
            ("Mexico", None),
            ("", None),
        ] {
            assert_eq!(without_formerly(typed), expected, "{typed}");
        }
        assert_eq!(without_formerly(&formerly("Mexico")), Some("Mexico"));
    }

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
        check(Lang, "Spanish", Some((Lang, "es")));
        check(Lang, "ES", Some((Lang, "es")));
        check(By, "Mexico", Some((By, "Mexico")));
    }

    #[test]
    fn words_stand_for_listed_values_once() {
        for (table, values) in [(STANCE_WORDS, STANCES), (ACT_WORDS, ACTS), (TYPE_WORDS, TYPES)] {
            let mut seen = std::collections::BTreeSet::new();
            for (value, words) in table {
                assert!(values.contains(value), "{value}");
                for word in *words {
                    assert!(seen.insert(*word), "{word} twice");
                }
            }
        }
    }
}
