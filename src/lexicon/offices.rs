//! Titles, with the body that their holder speaks for.

use super::inflect::plural;
use super::phrases::Phrases;
use super::table::read_rows;
use super::{LexiconError, fold};

/// A title: `foreign minister`, `senator`, `spokeswoman`.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// The usual expression, in lower case.
    pub title: String,
    /// Every expression, folded, the title first.
    pub expressions: Vec<String>,
    /// What the holder speaks for, below the state: `government/foreign-ministry`; empty when not public.
    pub below: String,
    pub kind: OfficeKind,
    /// Whether one person holds it at a time.
    pub single: bool,
    /// Alpha-2 of the only state where the title means this.
    pub country: Option<String>,
}

/// What sort of office it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficeKind {
    /// Of a state's executive.
    State,
    Legislative,
    Judicial,
    Military,
    /// Of a province, a US state or a city.
    Subnational,
    /// Speaks for whoever is named next to it.
    Spokesperson,
    /// No office by itself; whoever holds it counts for the public body named with it: `director`.
    Post,
    /// No public office.
    Private,
    /// Shows respect, not an office: `mr`.
    Honorific,
}

/// An office expression inside a phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OfficeMatch<'l> {
    pub office: &'l Office,
    /// Bytes of the phrase.
    pub start: usize,
    pub end: usize,
}

/// All offices, found by expression.
#[derive(Debug, Default)]
pub(super) struct Offices {
    offices: Vec<Office>,
    phrases: Phrases,
}

impl Offices {
    pub(super) fn read(text: &str) -> Result<Offices, LexiconError> {
        let mut found = Offices::default();
        read_rows("offices.csv", text, &["expressions", "below", "kind", "single", "country"], |row| {
            let kinds = "state, legislative, judicial, military, subnational, spokesperson, post, private or honorific";
            let expressions: Vec<String> = row.list(0).iter().map(|expression| fold(expression)).collect();
            let title = row.list(0).first().cloned().unwrap_or_default();
            let single = row.parsed(3, |f| matches!(f, "" | "yes").then(|| f == "yes"), "`yes` or nothing")?;
            let kind = row.parsed(2, read_kind, kinds)?;
            let office = Office { title, expressions, below: row.string(1), kind, single, country: row.optional(4) };
            found.add(office);
            Ok(())
        })?;
        Ok(found)
    }

    fn add(&mut self, office: Office) {
        for expression in &office.expressions {
            self.phrases.add(expression, self.offices.len());
            if !expression.contains(" of ") && !expression.contains(" for ") {
                self.phrases.add(&plural_of_last_word(expression), self.offices.len());
            }
        }
        self.offices.push(office);
    }

    pub(super) fn all(&self) -> &[Office] {
        &self.offices
    }

    /// Returns the office that the whole title names, read as in `country` where that differs.
    pub(super) fn named(&self, title: &str, country: Option<&str>) -> Option<&Office> {
        let folded = fold(title);
        let words: Vec<&str> = folded.split(' ').collect();
        let (office, length) = self.longest_at(&words, 0, country)?;
        (length == words.len()).then_some(office)
    }

    /// Returns the office expressions of a phrase from left to right, each the longest at its place.
    pub(super) fn within<'l>(&'l self, phrase: &str, country: Option<&str>) -> Vec<OfficeMatch<'l>> {
        let words = folded_words(phrase);
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        let mut matches = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((office, length)) = self.longest_at(&folded, at, country) else {
                at += 1;
                continue;
            };
            matches.push(OfficeMatch { office, start: words[at].start, end: words[at + length - 1].end });
            at += length;
        }
        matches
    }

    fn longest_at(&self, words: &[&str], at: usize, country: Option<&str>) -> Option<(&Office, usize)> {
        let candidates = self.phrases.all_at(words, at).map(|(item, length)| (&self.offices[item], length));
        let fits = |own: &str| country.is_none_or(|country| own == country);
        let fitting = candidates.filter(|(office, _)| office.country.as_deref().is_none_or(fits));
        // The longest; among equals the one that is said of this country, or of all where none is known.
        let is_apter = |(office, _): &(&Office, usize)| office.country.is_some() == country.is_some();
        fitting.reduce(|best, other| {
            let is_better = other.1 == best.1 && is_apter(&other) && !is_apter(&best);
            if is_better { other } else { best }
        })
    }
}

struct FoldedWord {
    folded: String,
    start: usize,
    end: usize,
}

/// Splits a phrase at blanks, hyphens and slashes into folded words without punctuation at their ends.
fn folded_words(phrase: &str) -> Vec<FoldedWord> {
    let mut words = Vec::new();
    let is_break = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/');
    let mut start = 0;
    for piece in phrase.split(is_break) {
        let bare = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
        let word_start = start + piece.len() - bare.len();
        let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
        if !bare.is_empty() {
            words.push(FoldedWord { folded: fold(bare), start: word_start, end: word_start + bare.len() });
        }
        let break_length = phrase[start + piece.len()..].chars().next().map_or(0, char::len_utf8);
        start += piece.len() + break_length;
    }
    words
}

fn plural_of_last_word(expression: &str) -> String {
    if let Some(stem) = expression.strip_suffix("man") {
        return format!("{stem}men");
    }
    match expression.rsplit_once(' ') {
        None => plural(expression),
        Some((head, last)) => format!("{head} {}", plural(last)),
    }
}

fn read_kind(field: &str) -> Option<OfficeKind> {
    Some(match field {
        "state" => OfficeKind::State,
        "legislative" => OfficeKind::Legislative,
        "judicial" => OfficeKind::Judicial,
        "military" => OfficeKind::Military,
        "subnational" => OfficeKind::Subnational,
        "spokesperson" => OfficeKind::Spokesperson,
        "post" => OfficeKind::Post,
        "private" => OfficeKind::Private,
        "honorific" => OfficeKind::Honorific,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offices() -> Offices {
        let text = "expressions,below,kind,single,country\n\
            minister,government,state,,\n\
            foreign minister|minister of foreign affairs,government/foreign-ministry,state,yes,\n\
            secretary of state,government,state,,\n\
            secretary of state,government/state-department,state,yes,US\n\
            senator|sen.,congress/senate,legislative,,\n\
            vice president,government/presidency,state,yes,\n\
            spokeswoman,,spokesperson,,\n";
        Offices::read(text).unwrap()
    }

    #[test]
    fn the_whole_title_names_an_office() {
        let offices = offices();
        let below = |title: &str, country: Option<&str>| offices.named(title, country).map(|o| o.below.as_str());
        assert_eq!(below("Foreign Minister", None), Some("government/foreign-ministry"));
        assert_eq!(below("Sen.", None), Some("congress/senate"));
        assert_eq!(below("senators", None), Some("congress/senate"));
        assert_eq!(below("secretary of state", None), Some("government"));
        assert_eq!(below("secretary of state", Some("US")), Some("government/state-department"));
        assert_eq!(below("foreign", None), None);
        assert_eq!(below("foreign minister of Mexico", None), None);
        assert_eq!(below("", None), None);
    }

    #[test]
    fn phrases_hold_offices() {
        let offices = offices();
        let found = |phrase: &str| {
            let cut = |m: &OfficeMatch| phrase[m.start..m.end].to_string();
            offices.within(phrase, Some("US")).iter().map(cut).collect::<Vec<_>>().join("|")
        };
        for (phrase, expected) in [
            ("Former Mexican Foreign Minister Jorge", "Foreign Minister"),
            ("a spokeswoman for the Secretary of State", "spokeswoman|Secretary of State"),
            ("“Vice-President” X", "Vice-President"),
            ("the foreign minister’s aide", "foreign minister"),
            ("Sen. Tim Kaine", "Sen."),
            ("administered", ""),
            ("– — /", ""),
        ] {
            assert_eq!(found(phrase), expected, "{phrase}");
        }
    }
}
