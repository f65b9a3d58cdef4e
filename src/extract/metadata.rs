//! Settles what an article's metadata leaves open: its date, its title, its language.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::calendar::{Order, calendar_dates};
use crate::format::{Metadata, names_in_byline};
use crate::record::{DateRule, PartialDate, Precision, PublishedDate};

use super::dates::is_cited_document;
use super::lines::is_post_signature;

/// Returns the date of publication: what the file says of itself, else a dateline or byline of the text, else the name.
///
/// A date elsewhere in the text is never it, nor a post's, nor that of a cited source.
pub fn published(metadata: &Metadata, text: &str, path: &str) -> Option<PublishedDate> {
    let stated = metadata.dates.iter().map(|w| PublishedDate { date: w.date, by: w.by });
    let read = || in_head(text).map(|date| PublishedDate { date, by: DateRule::Text });
    let named = || in_path(path).map(|date| PublishedDate { date, by: DateRule::FileName });
    let mut candidates =
        stated.chain(std::iter::once_with(read).flatten()).chain(std::iter::once_with(named).flatten());
    let first = candidates.next()?;
    if first.date.precision() == Precision::Day {
        return Some(first);
    }
    // A weaker rule may know the day within the month or year that the surest gives.
    let finer = candidates.find(|c| c.date.precision() > first.date.precision() && within(c.date, first.date));
    Some(finer.unwrap_or(first))
}

/// Returns the authors, else those of a byline in the text.
pub fn authors(metadata: &Metadata, text: &str) -> Vec<String> {
    if !metadata.authors.is_empty() {
        return metadata.authors.clone();
    }
    let named = |line: &str| names_in_byline(behind_letterhead(line).unwrap_or(line));
    head_lines(text).map(named).find(|names| !names.is_empty()).unwrap_or_default()
}

/// Returns what stands behind the place and date that open a line: `Por Inés Ruiz` of `Lima, 14 de mayo de 2024. Por Inés Ruiz`.
fn behind_letterhead(line: &str) -> Option<&str> {
    let date = calendar_dates(line, Order::MonthFirst).into_iter().next()?;
    let opens = LETTERHEAD_PLACE.is_match(line[..date.span.start].trim());
    opens.then(|| line[date.span.end..].trim_start_matches(['.', ',', '|', ' ']))
}

/// Returns the agency that a dateline names: `Reuters` of `MEXICO CITY, March 4 (Reuters) - Mexico on Tuesday`.
pub fn agency(text: &str) -> Option<&str> {
    static AGENCY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\p{Lu}{2}[\p{L}\d\s.,'’/-]{1,60}\(([\p{L}\s/]{2,30})\)\s*[-–—]"));
    head_lines(text).find_map(|line| AGENCY.captures(line)?.get(1)).map(|name| name.as_str())
}

/// Returns the title, else the first line of the text, cut at a word.
pub fn title(metadata: &Metadata, text: &str) -> String {
    if let Some(title) = &metadata.title {
        return title.clone();
    }
    let line = text.lines().map(str::trim).find(|line| line.chars().any(char::is_alphanumeric)).unwrap_or_default();
    let line = line.trim_start_matches(['#', '-', '*', '>', ' ']);
    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    cut_at_word(&words)
}

/// Returns the ISO 639-1 code of the language: as declared, else as guessed from the text where the guess is sure.
pub fn language(metadata: &Metadata, text: &str) -> Option<String> {
    let declared = metadata.language.as_deref().and_then(code_of);
    declared.or_else(|| guessed(text)).map(str::to_string)
}

/// About how many characters a title made from the text may have.
const TITLE_LENGTH: usize = 200;

fn cut_at_word(words: &str) -> String {
    let Some((limit, _)) = words.char_indices().nth(TITLE_LENGTH) else {
        return words.to_string();
    };
    let cut = words[..limit].rfind(' ').unwrap_or(limit);
    format!("{}…", words[..cut].trim_end_matches([',', ';', ':', ' ', '–', '—']))
}

fn within(date: PartialDate, outer: PartialDate) -> bool {
    outer.earliest() <= date.earliest() && date.latest() <= outer.latest()
}

/// How many lines from the top can hold a byline or dateline.
const HEAD_LINES: usize = 8;

/// Reads the date of a byline (`March 4, 2025`, `Published: 2025-03-04`) or dateline (`WASHINGTON, Sept 5, 2025 (Reuters) -`).
fn in_head(text: &str) -> Option<PartialDate> {
    head_lines(text).filter(|line| !is_post_signature(line) && !is_cited_document(line)).find_map(in_head_line)
}

fn head_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(HEAD_LINES)
}

fn in_head_line(line: &str) -> Option<PartialDate> {
    let found = calendar_dates(line, Order::MonthFirst).into_iter().next()?;
    let before = line[..found.span.start].trim();
    let after = line[found.span.end..].trim_start();
    let stands_alone = is_byline_part(before) && (is_after_byline(after));
    let is_dateline = DATELINE_PLACE.is_match(before) && DATELINE_END.is_match(after);
    let is_letterhead =
        behind_letterhead(line).is_some_and(|rest| rest.is_empty() || !names_in_byline(rest).is_empty());
    (stands_alone || is_dateline || is_letterhead).then_some(found.date)
}

/// Tells whether the words before a date leave it the date of the article: nothing, a weekday, `Published`, `By Ana Ruiz |`.
fn is_byline_part(before: &str) -> bool {
    static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^(?:[-*#>_|\s]*)(?:",
            r"(?:(?:first )?(?:published|posted|publicado|veröffentlicht|publié)(?: (?:on|at|el|am|le))?|date|dated|fecha|datum)?[:\s]*",
            r"|by [^.!?]{3,60}[|,·•–—-]\s*(?:published|posted)?(?: on)?[:\s]*",
            r"|[^.!?]{3,60}[|·•–—]\s*(?:published|posted)?(?: on)?[:\s]*",
            r")(?:(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?,?\s*)?[*_]*$"
        ))
    });
    BYLINE.is_match(before)
}

/// Tells whether what follows leaves the line a byline: nothing, a time of day, an outlet.
fn is_after_byline(after: &str) -> bool {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^[.*_]*$|^[T,]?\s*(?:at\s+)?\d{1,2}[:.h]\d{2}|^[|·•–—-]|^(?:[-/]|updated\b|by\s+[^.!?]{3,60}$|\([^)]{2,40}\)[.]?$)",
        )
    });
    END.is_match(after) && after.chars().count() <= 100
}

static DATELINE_PLACE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\p{Lu}[\p{Lu}\s.'’/-]{2,40}(?:,\s*[\p{L}\s.]{2,30})?[,(]?\s*(?:\([^)]*\)\s*)?$"));
/// A place before a date that ends the line: `Ciudad de México, 11 February 2025`.
static LETTERHEAD_PLACE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\p{Lu}[\p{L}.'’-]+(?:\s+(?:de|del|la|of|the|\p{Lu}[\p{L}.'’-]+)){0,3},$"));
static DATELINE_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"^,?\s*(?:\(?[\p{L}\s./]{2,30}\)?\s*)?[-–—:]"));

/// Reads the date in a file's name or its folders: `2025-03-04-slug.txt`, `20250304_x.html`, `2025/03/slug.md`.
fn in_path(path: &str) -> Option<PartialDate> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:^|[^0-9])((?:19|20)\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?([0-2]\d|3[01])(?:[^0-9]|$)")
    });
    static MONTH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[/_ ])((?:19|20)\d\d)[-_/](0[1-9]|1[0-2])(?:[-_/. ]|$)"));
    let number = |found: &regex::Captures, at: usize| found[at].parse::<u32>().ok();
    let day = DAY.captures(path).and_then(|f| PartialDate::day(number(&f, 1)? as i32, number(&f, 2)?, number(&f, 3)?));
    day.or_else(|| MONTH.captures(path).and_then(|f| PartialDate::month(number(&f, 1)? as i32, number(&f, 2)?)))
}

/// Returns the two letters of a declared language: `en` of `en-US`, of `eng`, of `English`.
fn code_of(declared: &str) -> Option<&'static str> {
    let declared = declared.trim().to_lowercase();
    let first = declared.split(['-', '_']).next().unwrap_or_default();
    let known = whatlang::Lang::all().iter().find(|lang| {
        let names = [lang.code(), two_letters(**lang)];
        names.contains(&first) || declared == lang.eng_name().to_lowercase() || declared == lang.name().to_lowercase()
    });
    known.map(|lang| two_letters(*lang)).filter(|code| !code.is_empty())
}

/// How much of the text is looked at to tell its language.
const SAMPLE: usize = 2048;

fn guessed(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if is_plain_english(sample) {
        return Some("en");
    }
    // Tables and lists of figures look like any language; words of lower case are what a guess can stand on.
    let words = sample.split_whitespace().filter(|w| w.len() > 1 && w.chars().all(char::is_lowercase)).count();
    let guess = whatlang::detect(sample).filter(|guess| guess.is_reliable())?;
    let enough = words >= 12 || guess.script() != whatlang::Script::Latin;
    enough.then(|| two_letters(guess.lang())).filter(|code| !code.is_empty())
}

/// Recognises English by its commonest words: much faster than a guess among all languages, and surer on short texts.
fn is_plain_english(sample: &str) -> bool {
    const COMMON: [&str; 18] = [
        "the", "and", "of", "to", "that", "for", "with", "by", "from", "are", "has", "have", "would", "which", "said",
        "this", "not", "its",
    ];
    let (mut common, mut all) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        all += 1;
        common += usize::from(word.len() <= 5 && COMMON.iter().any(|c| c.eq_ignore_ascii_case(word)));
    }
    common >= 3 && common * 8 >= all
}

fn two_letters(lang: whatlang::Lang) -> &'static str {
    CODES.get(lang.code()).copied().unwrap_or_default()
}

/// ISO 639-1 codes by the codes of three letters that the guesser uses.
static CODES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    const PAIRS: &str = "epo:eo eng:en rus:ru cmn:zh spa:es por:pt ita:it ben:bn fra:fr deu:de ukr:uk kat:ka ara:ar hin:hi \
        jpn:ja heb:he yid:yi pol:pl amh:am jav:jv kor:ko nob:no dan:da swe:sv fin:fi tur:tr nld:nl hun:hu ces:cs ell:el \
        bul:bg bel:be mar:mr kan:kn ron:ro slv:sl hrv:hr srp:sr mkd:mk lit:lt lav:lv est:et tam:ta vie:vi urd:ur tha:th \
        guj:gu uzb:uz pan:pa aze:az ind:id tel:te pes:fa mal:ml ori:or mya:my nep:ne sin:si khm:km tuk:tk aka:ak zul:zu \
        sna:sn afr:af lat:la slk:sk cat:ca tgl:tl hye:hy cym:cy";
    PAIRS.split_whitespace().filter_map(|pair| pair.split_once(':')).collect()
});

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is a constant of this file")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Written;

    fn dated(dates: &[(&str, DateRule)]) -> Metadata {
        let dates = dates.iter().map(|(date, by)| Written { date: date.parse().unwrap(), by: *by }).collect();
        Metadata { dates, ..Metadata::default() }
    }

    fn check(metadata: &Metadata, text: &str, path: &str, expected: &str) {
        let shown = published(metadata, text, path).map(|p| format!("{} {:?}", p.date, p.by)).unwrap_or_default();
        assert_eq!(shown, expected, "{text} {path}");
    }

    #[test]
    fn takes_the_surest_rule() {
        let both = dated(&[("2024-05-06", DateRule::JsonLd), ("2024-05-07", DateRule::Meta)]);
        check(&both, "March 4, 2025", "2020-01-02.txt", "2024-05-06 JsonLd");
        check(
            &dated(&[("2024", DateRule::Field), ("2023-01-02", DateRule::Url)]),
            "x",
            "a/2024-03-04.txt",
            "2024-03-04 FileName",
        );
        check(&dated(&[("2024-05", DateRule::Field)]), "x", "a.txt", "2024-05 Field");
    }

    #[test]
    fn reads_bylines_and_datelines() {
        let read = |text: &str, expected: &str| check(&Metadata::default(), text, "a.txt", expected);
        read("WASHINGTON, Sept 5, 2025 (Reuters) - The president", "2025-09-05 Text");
        read("MEXICO CITY, Mexico, September 5, 2025 — The", "2025-09-05 Text");
        read("Headline\n\nMarch 4, 2025\n\nText", "2025-03-04 Text");
        read("Headline\nBy Ana Ruiz | Tuesday, March 4, 2025\nText", "2025-03-04 Text");
        read("Headline\nPublished: 2025-03-04\nText", "2025-03-04 Text");
        read("Headline\n**4 March 2025, 10:30**\nText", "2025-03-04 Text");
        read("Headline\nMarch 2025\nText", "2025-03 Text");
        read("Titular\n\nLima, 14 de mayo de 2024. Por Inés Ruiz\n\nTexto", "2024-05-14 Text");
        read("Headline\n\nCiudad de México, 11 February 2025\n\nText", "2025-02-11 Text");
    }

    #[test]
    fn leaves_other_dates_of_the_text() {
        for text in [
            "The vote on March 4, 2025 was lost.",
            "In March 2025, the government fell.",
            "On March 4, 2025, the government fell.",
            "March 4, 2025 was a dark day for the party.",
            "So there!\n— Lily (@lily12) September 7, 2025",
            "Sources:\nReuters, “Title,” Sept 5, 2025.",
            "Head\n1\n2\n3\n4\n5\n6\n7\n8\nMarch 4, 2025",
        ] {
            check(&Metadata::default(), text, "a.txt", "");
        }
    }

    #[test]
    fn reads_names_of_files() {
        let read = |path: &str, expected: &str| check(&Metadata::default(), "x", path, expected);
        read("news/2025-03-04-slug.txt", "2025-03-04 FileName");
        read("20250304_x.html", "2025-03-04 FileName");
        read("2025/03/04/slug.md", "2025-03-04 FileName");
        read("2025/03/slug.md", "2025-03 FileName");
        read("000_c2d647cbcb882c61.txt", "");
        read("report-12345678901.txt", "");
    }

    #[test]
    fn makes_titles() {
        let titled = Metadata { title: Some("T".into()), ..Metadata::default() };
        assert_eq!(title(&titled, "One"), "T");
        assert_eq!(title(&Metadata::default(), "\n ---\n# One  two\nthree"), "One two");
        let long = title(&Metadata::default(), &"word, ".repeat(60));
        assert!(long.ends_with("word…") && long.chars().count() <= TITLE_LENGTH + 1, "{long}");
    }

    #[test]
    fn reads_authors_and_agencies_of_the_head() {
        let none = Metadata::default();
        assert_eq!(authors(&none, "Headline\nBy ANA RUIZ\n\nText"), ["Ana Ruiz"]);
        let given = Metadata { authors: vec!["Bo Lee".into()], ..Metadata::default() };
        assert_eq!(authors(&given, "Headline\nBy ANA RUIZ\n\nText"), ["Bo Lee"]);
        assert_eq!(authors(&none, "Titular\n\nLima, 14 de mayo de 2024. Por Inés Ruiz\n\nTexto"), ["Inés Ruiz"]);
        assert_eq!(agency("Headline\n\nMEXICO CITY, March 4 (Reuters) - Mexico"), Some("Reuters"));
        assert_eq!(agency("Headline\n\nWASHINGTON (AP) — A measure"), Some("AP"));
        assert_eq!(agency("The treaty (AP) - it says"), None);
    }

    #[test]
    fn tells_languages() {
        let declared = |code: &str| language(&Metadata { language: Some(code.into()), ..Metadata::default() }, "");
        for code in ["en-US", "EN_gb", "eng", "English"] {
            assert_eq!(declared(code).as_deref(), Some("en"), "{code}");
        }
        assert_eq!(declared("de").as_deref(), Some("de"));
        assert_eq!(declared("xx"), None);
        let guessed = |text: &str| language(&Metadata::default(), text);
        assert_eq!(
            guessed("El gobierno rechazó la propuesta y dijo que no habrá acuerdo con los demás países.").as_deref(),
            Some("es")
        );
        assert_eq!(
            guessed("The government rejected the proposal and said that there would be no agreement.").as_deref(),
            Some("en")
        );
        assert_eq!(guessed("42"), None);
    }
}
