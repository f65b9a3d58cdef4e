//! Tells plain words from operators and from syntax that is not supported yet.

use super::fields::field;
use super::token::{TokenKind, clause_start};

/// What a run of characters without spaces, quotation marks and parentheses is; with a note where it is not what it seems.
#[derive(Debug, Clone, PartialEq)]
pub enum WordReading {
    Operator(TokenKind, Option<String>),
    Word(String, Option<String>),
    /// To be looked for as it stands.
    Literal(String, Option<String>),
    /// Nothing to look for.
    Nothing(String),
}

/// Reads a run of characters; `last` ends the question, `before_group` stands right before a parenthesis.
pub fn as_plain_word(typed: &str, last: bool, before_group: bool) -> WordReading {
    if before_group && is_function(typed) {
        return WordReading::Nothing(format!(
            "`{typed}(` is not supported yet; only what is in the parentheses is looked for"
        ));
    }
    if is_plain(typed) {
        return WordReading::Word(typed.to_string(), None);
    }
    if let Some((kind, note)) = operator(typed) {
        return WordReading::Operator(kind, note);
    }
    let core = trimmed(typed);
    if !core.contains(char::is_alphanumeric) {
        return WordReading::Nothing(format!("`{}` has no letters or digits to look for; left out", shortened(typed)));
    }
    if core.contains("://") {
        return WordReading::Literal(core.to_string(), None);
    }
    let (plain, note) = without_syntax(core, last);
    match is_plain(plain) || plain == "not" {
        true => WordReading::Word(plain.to_string(), note),
        false => WordReading::Literal(plain.to_string(), note),
    }
}

/// Tells whether the word, written alone, is read as itself.
pub fn is_plain(word: &str) -> bool {
    let has_syntax = word.contains(|c: char| "*?()".contains(c) || c.is_whitespace() || is_quote(c))
        || word.starts_with(['-', '−', '/', '@', '=', '+'])
        || word.ends_with(['!', '~'])
        || word.contains("://")
        || without_distance(word) != word;
    word.contains(char::is_alphanumeric)
        && !has_syntax
        && operator(word).is_none()
        && clause_start(word).is_none_or(|c| field(c.name).is_none() && c.length == word.len())
        && trimmed(word) == word
}

/// Tells whether the character opens or closes a phrase.
pub fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Cuts a text for use in a message.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

fn operator(typed: &str) -> Option<(TokenKind, Option<String>)> {
    let noted = |kind, capitals: &str| Some((kind, Some(format!("`{typed}` is read as {capitals}"))));
    match typed {
        "AND" => Some((TokenKind::And, None)),
        "OR" => Some((TokenKind::Or, None)),
        "NOT" => Some((TokenKind::Not, None)),
        "and" => Some((TokenKind::LowerAnd, None)),
        "or" => Some((TokenKind::LowerOr, None)),
        "not" => Some((TokenKind::LowerNot, None)),
        "*" => Some((TokenKind::All, None)),
        "&&" => noted(TokenKind::And, "AND"),
        "||" | "|" => noted(TokenKind::Or, "OR"),
        _ if is_proximity(typed) => {
            let message =
                format!("`{typed}`: words near each other are not supported yet; read as AND, anywhere in the text");
            Some((TokenKind::And, Some(message)))
        }
        _ => None,
    }
}

/// `w/10`, `near/5`, `pre/3`, `/s`, `w/p`.
fn is_proximity(typed: &str) -> bool {
    let lower = typed.to_ascii_lowercase();
    let Some((operator, distance)) = lower.split_once('/') else { return false };
    let is_number = !distance.is_empty() && distance.len() <= 4 && distance.bytes().all(|b| b.is_ascii_digit());
    match operator {
        "" => matches!(distance, "s" | "p"),
        "w" => is_number || matches!(distance, "s" | "p" | "seg"),
        "near" | "pre" | "n" => is_number,
        _ => false,
    }
}

/// `atleast3`, `first50`, `hlead`.
fn is_function(typed: &str) -> bool {
    let name = typed.to_ascii_lowercase();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(name, "atleast" | "first" | "hlead") && typed.len() <= 16
}

/// Takes off the syntax that is not supported yet and says so.
fn without_syntax(core: &str, last: bool) -> (&str, Option<String>) {
    let prefixes = [
        ('@', "saved questions are"),
        ('=', "spelling as written is"),
        ('+', "`+` is not needed, as all words must occur, and is"),
    ];
    for (sign, what) in prefixes {
        let bare = trimmed(core.trim_start_matches(sign));
        if core.starts_with(sign) && !bare.is_empty() {
            return (bare, Some(format!("`{}`: {what} not supported yet; read as the plain word", shortened(core))));
        }
    }
    let question_ends = last && core.ends_with('?') && core.matches('?').count() == 1 && !core.contains('*');
    if question_ends {
        return (trimmed(core.trim_end_matches('?')), None);
    }
    let bare = trimmed(without_distance(core).trim_end_matches(['*', '?', '!', '~']));
    if bare != core || core.contains(['*', '?']) {
        let message = "wildcards and other spellings are not supported yet; read as plain words";
        return (bare, Some(format!("`{}`: {message}", shortened(core))));
    }
    (core, None)
}

/// Takes off `~`, `~1` or `~2`.
fn without_distance(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('~').unwrap_or(word)
}

/// Takes off the punctuation around a word, but not the last dot of `U.S.`.
fn trimmed(word: &str) -> &str {
    let start = word.trim_start_matches(['\'', '‘', '’', '[', '{', '<', '¿', '¡', ',', ';', ':', '…']);
    let inner = start.trim_end_matches(['\'', '‘', '’', ']', '}', '>', ',', ';', ':', '.', '…']);
    let is_abbreviation = inner.contains('.') && start[inner.len()..].starts_with('.');
    &start[..inner.len() + usize::from(is_abbreviation)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_words() {
        let word = |typed: &str| match as_plain_word(typed, false, false) {
            WordReading::Word(word, note) => format!("word {word}{}", if note.is_some() { " noted" } else { "" }),
            WordReading::Literal(words, note) => {
                format!("literal {words}{}", if note.is_some() { " noted" } else { "" })
            }
            WordReading::Operator(kind, note) => format!("{kind:?}{}", if note.is_some() { " noted" } else { "" }),
            WordReading::Nothing(_) => "nothing".to_string(),
        };
        for (typed, expected) in [
            ("tariffs", "word tariffs"),
            ("tariffs,", "word tariffs"),
            ("U.S.", "word U.S."),
            ("workers’", "word workers"),
            ("carbon-tax", "word carbon-tax"),
            ("10:30", "word 10:30"),
            ("Trump:", "word Trump"),
            ("tariff*", "word tariff noted"),
            ("wom?n", "literal wom?n noted"),
            ("sovereign!", "word sovereign noted"),
            ("sheinbuam~1", "word sheinbuam noted"),
            ("@border_bill", "word border_bill noted"),
            ("=NATO", "word NATO noted"),
            ("+Mexico", "word Mexico noted"),
            ("w/10", "And noted"),
            ("/s", "And noted"),
            ("NEAR/5", "And noted"),
            ("||", "Or noted"),
            ("or", "LowerOr"),
            ("🇲🇽", "nothing"),
            ("—", "nothing"),
            ("https://example.org/a?b=1", "literal https://example.org/a?b=1"),
        ] {
            assert_eq!(word(typed), expected, "{typed}");
        }
        assert_eq!(as_plain_word("tariffs?", true, false), WordReading::Word("tariffs".to_string(), None));
        assert!(matches!(as_plain_word("atleast3", false, true), WordReading::Nothing(_)));
    }

    proptest! {
        #[test]
        fn what_is_plain_is_read_as_itself(typed in "[a-zA-Z0-9*?!~.,:='@/+-]{1,8}") {
            match as_plain_word(&typed, false, false) {
                WordReading::Word(word, None) if is_plain(&typed) => prop_assert_eq!(word, typed),
                WordReading::Word(word, _) => prop_assert!(is_plain(&word) || word == "not"),
                _ => prop_assert!(!is_plain(&typed)),
            }
        }
    }
}
