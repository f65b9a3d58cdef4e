//! Cleans bylines: `By Ana Ruiz and Bo Lee | Reuters` gives two names.

use std::sync::LazyLock;

use regex::Regex;

/// Returns the names in bylines, each once, without what is no name: "By", addresses, links, "Staff".
pub(super) fn names(written: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    // A list of names is trusted to hold one each, so that "Ruiz, Ana" stays whole.
    let split_at_commas = written.len() == 1;
    for line in written {
        for name in parts(line, split_at_commas) {
            if !names.iter().any(|n| n.eq_ignore_ascii_case(&name)) {
                names.push(name);
            }
        }
    }
    names
}

fn parts(line: &str, split_at_commas: bool) -> Vec<String> {
    let line = ADDRESS.replace_all(line, " ");
    let line = PREFIX.replace(line.trim(), "");
    let line = line.split(['|', '•', '·', '\n']).next().unwrap_or_default();
    let whole = if split_at_commas { &SEPARATOR } else { &STRONG_SEPARATOR };
    whole.split(line).map(cleaned).filter(|name| is_name(name)).collect()
}

static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:(?:written|posted|published|reported|story|words)\s+)?(?:by|von|por|par)\b[:\s]+")
});
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(?\S+@\S+\.\S+\)?|https?://\S+|(?:^|\s)@\w+"));
static SEPARATOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\s*;\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&|y|und|with)\s+|\s*/\s*"));
static STRONG_SEPARATOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s*;\s*|\s+(?:and|&)\s+"));

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is a constant of this file")
}

fn cleaned(name: &str) -> String {
    let name = PREFIX.replace(name.trim(), "");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    name.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(' | ')' | '*' | '"'))
        .trim()
        .to_string()
}

fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let role = NO_NAMES.iter().any(|word| lower == *word);
    letters >= 2
        && name.chars().count() <= 60
        && name.split(' ').count() <= 7
        && !role
        && !name.contains(['{', '<', '='])
}

const NO_NAMES: &[&str] = &[
    "admin",
    "administrator",
    "staff",
    "staff writer",
    "staff reporter",
    "editor",
    "editors",
    "webmaster",
    "guest",
    "anonymous",
    "unknown",
    "author",
    "authors",
    "none",
    "null",
    "nan",
    "n/a",
    "view all posts",
    "et al",
    "reporter",
    "correspondent",
    "jr",
    "jr.",
    "sr",
    "sr.",
    "phd",
    "ph.d.",
    "md",
    "m.d.",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &[&str], expected: &[&str]) {
        let written: Vec<String> = written.iter().map(|w| w.to_string()).collect();
        assert_eq!(names(&written), expected, "{written:?}");
    }

    #[test]
    fn cleans_bylines() {
        check(&["By Ana Ruiz and Bo Lee"], &["Ana Ruiz", "Bo Lee"]);
        check(&["by Ana Ruiz, Bo Lee & C. Day | Reuters"], &["Ana Ruiz", "Bo Lee", "C. Day"]);
        check(&["Ana Ruiz (ana@example.com)", "Ana Ruiz"], &["Ana Ruiz"]);
        check(&["Ruiz, Ana", "Lee, Bo"], &["Ruiz, Ana", "Lee, Bo"]);
        check(&["Staff", "admin", "https://example.com/ana"], &[]);
        check(&["Posted by: Byron Byers"], &["Byron Byers"]);
    }
}
