//! The list of fields that can be asked for: help, documentation and "did you mean" all come from it.

use super::ast::FieldName;
use crate::record::{Act, Quotation, Stance};

/// One field of the query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldEntry {
    /// As written in canonical queries.
    pub name: &'static str,
    /// Other spellings that are accepted.
    pub aliases: &'static [&'static str],
    pub kind: FieldKind,
    /// What it asks for, as one line of help.
    pub about: &'static str,
    /// A clause that uses it.
    pub example: &'static str,
    /// The values it can take; empty where any word will do.
    pub values: &'static [&'static str],
}

/// What a clause of the field becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A value to look for.
    Named(FieldName),
    /// Days on which the article was published.
    Days(DateRole),
    /// What the answer is made of.
    Unit,
}

/// How a date clause turns the dates typed into a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateRole {
    Within,
    Since,
    Until,
    Before,
    After,
    Last,
}

/// Every field, in the order of the help text.
pub const FIELDS: &[FieldEntry] = &[
    named(
        FieldName::By,
        "by",
        &["speaker"],
        "speaker, with everybody who spoke for it on that date; `by=` exactly this actor",
        "by:Mexico",
    ),
    named(FieldName::Actor, "actor", &[], "speaker, or actor named in the article", "actor:\"European Union\""),
    named(FieldName::Mentions, "mentions", &["mention"], "actor named in the article", "mentions:Canada"),
    FieldEntry {
        values: &Stance::NAMES,
        ..named(
            FieldName::Stance,
            "stance",
            &[],
            "for or against; words such as against, backed, critical of are understood",
            "stance:oppose",
        )
    },
    FieldEntry {
        values: &Act::NAMES,
        ..named(FieldName::Act, "act", &[], "what the speaker does by speaking", "act:warn")
    },
    named(FieldName::Target, "target", &[], "what or whom the stance is about", "target:tariffs"),
    named(
        FieldName::About,
        "about",
        &["topic"],
        "words in the statement, its target or its article's title",
        "about:\"border wall\"",
    ),
    FieldEntry {
        values: &Quotation::NAMES,
        ..named(FieldName::Type, "type", &["quotation"], "how the words are given", "type:direct")
    },
    named(FieldName::Source, "source", &[], "outlet or cited source", "source:Reuters"),
    named(FieldName::Outlet, "outlet", &["publisher"], "who published the article", "outlet:\"El País\""),
    named(
        FieldName::Cites,
        "cites",
        &["via", "cited"],
        "outlet or document that the article cites, or that a statement is credited to",
        "cites:Reuters",
    ),
    named(FieldName::Author, "author", &["byline"], "byline", "author:\"Jane Doe\""),
    named(FieldName::Title, "title", &["headline"], "words of the article's title", "title:\"trade war\""),
    named(FieldName::Text, "text", &[], "words of the article's text", "text:sovereignty"),
    named(FieldName::Lang, "lang", &["language"], "language of the article, as ISO 639-1", "lang:es"),
    named(FieldName::Path, "path", &["file"], "path of the file, or the start of it", "path:2024/may"),
    FieldEntry {
        values: &["anonymous", "unresolved", "undated", "quoted", "headline"],
        ..named(
            FieldName::Is,
            "is",
            &[],
            "unnamed speaker; named speaker who counts for nobody known; article without a date; words in quotation marks; headline that is a statement",
            "is:anonymous",
        )
    },
    FieldEntry {
        values: &["date", "speaker", "outlet", "target", "author", "mentions"],
        ..named(FieldName::No, "no", &[], "what must be missing", "no:speaker")
    },
    named(FieldName::Id, "id", &[], "id of an article or a statement", "id:\"2024/may.html/3\""),
    FieldEntry {
        name: "unit",
        aliases: &[],
        kind: FieldKind::Unit,
        about: "what the answer is made of; else chosen from the question and shown",
        example: "unit:articles",
        values: &["statements", "articles"],
    },
    days(
        DateRole::Within,
        "date",
        &["published"],
        "published on these days; `date~:` also what is only possibly among them",
        "date:2024-Q3..2025-02",
    ),
    days(DateRole::Since, "since", &[], "published on the first of these days or later", "since:2026-09-01"),
    days(DateRole::Until, "until", &[], "published on the last of these days or earlier", "until:2025"),
    days(DateRole::Before, "before", &[], "published before these days", "before:2026-03-05"),
    days(DateRole::After, "after", &[], "published after these days", "after:2024-06"),
    days(
        DateRole::Last,
        "last",
        &[],
        "published in the time up to today, or in the last full week, month, quarter or year",
        "last:30d",
    ),
];

/// Fields that the design has and this release has not.
pub const PLANNED_FIELDS: &[&str] = &["for", "lead", "said", "event", "ext", "tag", "conf", "cluster"];

/// Returns the field that goes by this name or alias, whatever its case.
pub fn field(name: &str) -> Option<&'static FieldEntry> {
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    FIELDS.iter().find(|f| is(&f.name) || f.aliases.iter().any(is))
}

/// Returns the list's entry for a field of the query.
pub fn entry(of: FieldName) -> &'static FieldEntry {
    let found = FIELDS.iter().find(|f| f.kind == FieldKind::Named(of));
    found.expect("a test walks all field names and finds each in the list")
}

/// Returns the list as lines of help: name, example, and what the field asks for.
pub fn field_help() -> String {
    let mut help = String::new();
    for field in FIELDS {
        help.push_str(&format!("  {:<25} {}", field.example, field.about));
        if !field.values.is_empty() {
            help.push_str(&format!(" ({})", field.values.join(", ")));
        }
        help.push('\n');
    }
    help
}

/// Returns the field's name that is nearest to what was typed, when it is near.
pub fn nearest(typed: &str) -> Option<&'static str> {
    let typed = typed.to_lowercase();
    let letters = typed.chars().count();
    if !(2..=20).contains(&letters) {
        return None;
    }
    let allowed = if letters <= 4 { 1 } else { 2 };
    let names =
        FIELDS.iter().flat_map(|f| std::iter::once((f.name, f.name)).chain(f.aliases.iter().map(|a| (*a, f.name))));
    // Two letters resemble too much: `hd` is not `id`.
    let names = names.filter(|(spelling, _)| letters > 3 || typed.chars().next() == spelling.chars().next());
    let near = names.map(|(spelling, name)| (edit_distance(&typed, spelling), name));
    near.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

const fn named(
    field: FieldName,
    name: &'static str,
    aliases: &'static [&'static str],
    about: &'static str,
    example: &'static str,
) -> FieldEntry {
    FieldEntry { name, aliases, kind: FieldKind::Named(field), about, example, values: &[] }
}

const fn days(
    role: DateRole,
    name: &'static str,
    aliases: &'static [&'static str],
    about: &'static str,
    example: &'static str,
) -> FieldEntry {
    FieldEntry { name, aliases, kind: FieldKind::Days(role), about, example, values: &[] }
}

/// Counts the letters to insert, delete, replace, or swap with their neighbour.
pub(super) fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i == 0 || j == 0 {
                rows[i][j] = i + j;
                continue;
            }
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            rows[i][j] = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped {
                rows[i][j] = rows[i][j].min(rows[i - 2][j - 2] + 1);
            }
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_aliases_are_unique_and_documented() {
        let mut seen = BTreeSet::new();
        for field in FIELDS {
            for name in std::iter::once(&field.name).chain(field.aliases) {
                assert!(seen.insert(*name), "{name} twice");
                assert!(!PLANNED_FIELDS.contains(name), "{name} is both there and planned");
            }
            assert!(!field.about.is_empty() && !field.about.ends_with('.'), "{}", field.name);
            assert!(field.example.starts_with(&format!("{}:", field.name)), "{}", field.example);
        }
    }

    #[test]
    fn the_documented_table_is_the_list() {
        let code =
            |names: &[&str], end: &str| names.iter().map(|n| format!("`{n}{end}`")).collect::<Vec<_>>().join(", ");
        let row = |f: &FieldEntry| {
            let (name, aliases, values) = (code(&[f.name], ":"), code(f.aliases, ":"), code(f.values, ""));
            format!("| {name} | {aliases} | {} | `{}` | {values} |", f.about, f.example).replace("|  |", "| |")
        };
        let expected: Vec<String> = FIELDS.iter().map(row).collect();
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/query-language.md"));
        let page = page.expect("the page is part of the project");
        let table = page.lines().skip_while(|line| !line.starts_with("| Field |")).skip(2);
        let documented: Vec<&str> = table.take_while(|line| line.starts_with('|')).collect();
        assert_eq!(documented, expected, "the table should be:\n{}", expected.join("\n"));
    }

    #[test]
    fn every_field_name_is_in_the_list() {
        use FieldName::*;
        for name in [
            By, Actor, Mentions, Stance, Act, Target, About, Type, Source, Outlet, Cites, Author, Title, Text, Lang,
            Path, Is, No, Id,
        ] {
            let written = serde_json::to_value(name).expect("a field name is a word");
            assert_eq!(Some(entry(name).name), written.as_str());
        }
    }

    #[test]
    fn help_has_a_line_for_each_field() {
        let help = field_help();
        assert_eq!(help.lines().count(), FIELDS.len());
        assert!(help.contains("  stance:oppose             for or against;"), "{help}");
        assert!(help.contains("(oppose, support, neutral)"), "{help}");
    }

    #[test]
    fn suggests_the_nearest_name() {
        let check = |typed, expected| assert_eq!(nearest(typed), expected, "{typed}");
        check("actr", Some("actor"));
        check("stnace", Some("stance"));
        check("soruce", Some("source"));
        check("mentoins", Some("mentions"));
        check("speakr", Some("by"));
        check("untill", Some("until"));
        check("languge", Some("lang"));
        check("colour", None);
        check("hd", None);
        check("bye", Some("by"));
        check("x", None);
        check("http", None);
    }
}
