//! Cleans bylines: `By Ana Ruiz and Bo Lee | Reuters` gives two names.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::pattern;
use crate::calendar::month_named;

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

/// Returns the names in a line that is a byline and nothing else: `By ANA RUIZ and Bo Lee | March 4`.
pub fn names_in_byline(line: &str) -> Vec<String> {
    match BYLINE.captures(line.trim()) {
        Some(found) => names(&[found[1].to_string()]),
        None => Vec::new(),
    }
}

fn parts(line: &str, split_at_commas: bool) -> Vec<String> {
    let line = ADDRESS.replace_all(line, " ");
    let line = PREFIX.replace(line.trim(), "");
    let line = line.split(['|', '•', '·', '\n']).next().unwrap_or_default();
    let whole = if split_at_commas { &SEPARATOR } else { &STRONG_SEPARATOR };
    whole.split(line).map(cleaned).filter(|name| is_name(name)).collect()
}

/// Two to four capitalised words after "By", others after "and"; behind them a role, a date or an outlet, but no sentence.
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    const NAME: &str =
        r"\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:de|del|la|van|von|der|bin|al|da|dos|di|le)\s+)*\p{Lu}[\p{L}.'’-]*){1,3}";
    pattern(&format!(
        r"^(?:By|BY|by|Por|Von|Par)[:\s]\s*({NAME}(?:(?:,\s+|\s+)(?:and|&|y|und|et)\s+{NAME}|,\s+{NAME})*)(?:\s*[|·•–—,(][^.!?]{{0,60}})?$"
    ))
});

static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:(?:this (?:post|article) was written|written|posted|published|reported|story|words|text|edited)\s+)?(?:by|von|por|par)\b|author\b)[:\s]*",
    )
});
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(?\S+@\S+\.\S+\)?|https?://\S+|(?:^|\s)@\w+"));
static SEPARATOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\s*;\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&|y|und|with)\s+|\s*/\s*"));
static STRONG_SEPARATOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s*;\s*|\s+(?:and|&)\s+"));

fn cleaned(name: &str) -> String {
    let name = name.replace("&amp;", "&");
    let name = PREFIX.replace(name.trim(), "");
    let name = without_date(&name);
    let name = name.split([" - ", " – ", " — "].iter().find(|s| name.contains(**s)).copied().unwrap_or("\n")).next();
    let name = name.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let name =
        name.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(' | ')' | '*' | '"')).trim();
    let shouted = name.contains(' ') && !name.chars().any(char::is_lowercase);
    if shouted { in_title_case(name) } else { name.to_string() }
}

/// Writes a name in capitals as names are written: `JEAN-LUC RUIZ` as `Jean-Luc Ruiz`.
fn in_title_case(name: &str) -> String {
    let mut starts = true;
    let mut written = String::new();
    for c in name.chars() {
        match starts {
            true => written.push(c),
            false => written.extend(c.to_lowercase()),
        }
        starts = !c.is_alphabetic();
    }
    written
}

/// Cuts the date that some bylines put behind the name: `Ana Ruiz May 3, 2024`.
fn without_date(name: &str) -> &str {
    let Some(digit) = name.find(|c: char| c.is_ascii_digit()) else { return name };
    let before = name[..digit].trim_end();
    match before.rsplit_once(char::is_whitespace) {
        Some((rest, last)) if month_named(last.trim_matches('.')).is_some() => rest,
        _ => before,
    }
}

fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let role = NO_NAMES.iter().any(|word| lower == *word) || lower.ends_with(" says") || month_named(&lower).is_some();
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
    "by",
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
    fn tells_bylines_from_sentences() {
        let check = |line: &str, expected: &[&str]| assert_eq!(names_in_byline(line), expected, "{line}");
        check("By ANA-LUZ RUIZ", &["Ana-Luz Ruiz"]);
        check("by Ana Ruiz, Bo Lee and Cy van der Day", &["Ana Ruiz", "Bo Lee", "Cy van der Day"]);
        check("By Ana Ruiz · Published 4 March 2025 · 3 min read", &["Ana Ruiz"]);
        check("Por Inés Zaldúa", &["Inés Zaldúa"]);
        check("By Friday", &[]);
        check("By Monday Night the council had met.", &[]);
        check("By contrast, Ana Ruiz left", &[]);
        check("Ana Ruiz", &[]);
    }

    #[test]
    fn cleans_bylines() {
        check(&["By Ana Ruiz and Bo Lee"], &["Ana Ruiz", "Bo Lee"]);
        check(&["by Ana Ruiz, Bo Lee & C. Day | Reuters"], &["Ana Ruiz", "Bo Lee", "C. Day"]);
        check(&["Ana Ruiz (ana@example.com)", "Ana Ruiz"], &["Ana Ruiz"]);
        check(&["Ruiz, Ana", "Lee, Bo"], &["Ruiz, Ana", "Lee, Bo"]);
        check(&["Staff", "admin", "https://example.com/ana"], &[]);
        check(&["Posted by: Byron Byers", "Author Ana May"], &["Byron Byers", "Ana May"]);
        check(&["Ana May May 3, 2024 11:00 PM"], &["Ana May"]);
        check(&["Bo Lee - Senior Editor", "Nolan22 Dec 2016"], &["Bo Lee", "Nolan"]);
        check(&["By", "Dec", "Bo says"], &[]);
    }
}
