//! Finds what a text says of time: days, months, quarters, years, decades, and stretches such as `late 2024`.

use std::ops::Range;

use super::lines::{is_post_signature, is_source_entry};
use crate::calendar::{CalendarDate, Order, calendar_dates};
use crate::record::{DateRange, PartialDate, Span};

/// A stretch of time that the text names without leaning on the day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateMention {
    pub span: Span,
    /// The date as far as the words give it; `None` for what is no single day, month, quarter or year.
    pub date: Option<PartialDate>,
    /// The days that it can mean.
    pub range: DateRange,
}

/// Returns the dates that `text` names, in its order; they never overlap.
pub fn date_mentions(text: &str) -> Vec<DateMention> {
    let calendar = calendar_dates(text, Order::MonthFirst);
    let mut mentions = Vec::new();
    let mut at = 0;
    for CalendarDate { span, date, .. } in calendar {
        years_between(text, at..span.start, &mut mentions);
        at = span.end;
        mentions.push(part_of_month(text, &span, date).unwrap_or_else(|| single(text, span, date)));
    }
    years_between(text, at..text.len(), &mut mentions);
    mentions
}

/// Returns the latest day, month, quarter or year of the text that had begun when it was written, as far as its dates tell.
///
/// A text can name days to come, so only dates to the day in the past tense of a post or a list count: the signature of
/// an embedded post (`— Name (@name) September 7, 2025`) and the dates of cited documents.
pub fn not_before(text: &str) -> Option<PartialDate> {
    let of_line = |line: &str| date_mentions(line).into_iter().filter_map(|m| m.date).max_by_key(|d| d.earliest());
    let lines = text.lines().filter(|line| is_post_signature(line) || is_cited_document(line));
    lines.filter_map(of_line).max_by_key(|date| date.earliest())
}

/// Tells whether an entry of a list of sources gives a title and ends in its date, so that it is one wherever it stands.
pub fn is_cited_document(line: &str) -> bool {
    let line = line.trim().trim_end_matches(['.', ' ']);
    let titled = line.contains(['“', '"']) && line.contains(['”', '"']);
    let ends_dated = || date_mentions(line).last().is_some_and(|m| m.span.end() == line.len());
    titled && is_source_entry(line) && ends_dated()
}

fn single(text: &str, span: Range<usize>, date: PartialDate) -> DateMention {
    mention(text, span, Some(date), date.range())
}

fn mention(text: &str, span: Range<usize>, date: Option<PartialDate>, range: DateRange) -> DateMention {
    let span = Span::new(text, span.start, span.end).expect("dates begin and end at characters");
    DateMention { span, date, range }
}

/// Reads `late May 2018` and the like around a month.
fn part_of_month(text: &str, span: &Range<usize>, date: PartialDate) -> Option<DateMention> {
    let (start, part) = part_before(text, span.start)?;
    Some(mention(text, start..span.end, Some(date), part.of(date)))
}

/// Reads the years that stand within a stretch of the text where no day or month was found.
fn years_between(text: &str, within: Range<usize>, mentions: &mut Vec<DateMention>) {
    let mut at = within.start;
    while let Some(year) = next_year(text, at..within.end) {
        let floor = mentions.last().map_or(0, |m: &DateMention| m.span.end());
        let found = decade(text, &year, floor)
            .or_else(|| pair_of_years(text, &year, floor))
            .or_else(|| quarter(text, &year, floor))
            .or_else(|| year_alone(text, &year, floor));
        at = found.map_or(year.span.end, |m| m.span.end());
        mentions.extend(found);
    }
}

struct Year {
    span: Range<usize>,
    value: i32,
}

fn next_year(text: &str, within: Range<usize>) -> Option<Year> {
    let bytes = text.as_bytes();
    let mut at = within.start;
    while at < within.end {
        let start = at + bytes[at..within.end].iter().position(u8::is_ascii_digit)?;
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + length;
        let value = text[start..at].parse().ok().filter(|y| length == 4 && (1500..2100).contains(y));
        if let Some(value) = value.filter(|_| stands_alone(text, start..at)) {
            return Some(Year { span: start..at, value });
        }
    }
    None
}

/// Tells whether the digits are a word of their own and no part of an amount, a score or a code.
fn stands_alone(text: &str, span: Range<usize>) -> bool {
    let before = text[..span.start].chars().next_back();
    let mut rest = text[span.end..].chars();
    let after = rest.next();
    let second = rest.next();
    let money = before.is_some_and(|c| matches!(c, '$' | '€' | '£' | '#' | '@' | '/' | '_' | '.' | ',' | ':' | '+'));
    let glued = before.is_some_and(char::is_alphanumeric) || (before == Some('-') && !joins_word(text, span.start));
    let decade = after == Some('s') || (after.is_some_and(|c| matches!(c, '\'' | '’')) && second == Some('s'));
    let number = after.is_some_and(|c| matches!(c, '%' | '°'))
        || second.is_some_and(|c| c.is_ascii_digit() && matches!(after, Some('.' | ',' | ':')));
    let word = after.is_some_and(char::is_alphanumeric) && !decade;
    !money && !glued && !number && !word
}

/// Tells whether the hyphen before `at` joins the year to a word (`mid-2000s`) and not to a code (`F-2010`).
fn joins_word(text: &str, at: usize) -> bool {
    text[..at - 1].ends_with(char::is_lowercase)
}

/// Reads `the 1990s`, `the early 1990s`.
fn decade(text: &str, year: &Year, floor: usize) -> Option<DateMention> {
    let rest = &text[year.span.end..];
    let suffix = ["s", "'s", "’s"].into_iter().find(|s| rest.starts_with(s))?;
    if year.value % 10 != 0 || rest[suffix.len()..].starts_with(char::is_alphanumeric) {
        return None;
    }
    // "the 2000s" is the decade here; the century has its own words.
    let (from, to) = (PartialDate::year(year.value), PartialDate::year(year.value + 9));
    let start = part_before(text, year.span.start).filter(|p| p.0 >= floor);
    let whole = DateRange::between(from, to);
    let range = start.as_ref().map_or(whole, |(_, part)| part.of_range(whole));
    let start = start.map_or(year.span.start, |(start, _)| start);
    Some(mention(text, start..year.span.end + suffix.len(), None, range))
}

/// Reads `between 2019 and 2021`, `from 2019 to 2021`, `2019–2021`, `2019-21`.
fn pair_of_years(text: &str, year: &Year, floor: usize) -> Option<DateMention> {
    let rest = &text[year.span.end..];
    let joins = [" and ", " to ", " until ", " through ", "–", "-", "—", " – "];
    let join = joins.into_iter().find(|j| rest.starts_with(j))?;
    let at = year.span.end + join.len();
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let written: i32 = text.get(at..at + digits)?.parse().ok()?;
    let last = match digits {
        4 => written,
        2 if !join.starts_with(' ') => year.value / 100 * 100 + written,
        _ => return None,
    };
    let before = text[floor..year.span.start].trim_end().to_ascii_lowercase();
    let opening = ["between", "from"].into_iter().find(|w| before.ends_with(w));
    let needs_opening = join == " and " || join == " to ";
    if last <= year.value || last > year.value + 200 || (needs_opening && opening.is_none()) {
        return None;
    }
    let start = opening.map_or(year.span.start, |w| floor + before.len() - w.len());
    let range = DateRange::between(PartialDate::year(year.value), PartialDate::year(last));
    Some(mention(text, start..at + digits, None, range))
}

/// Reads `Q3 2024`, `the third quarter of 2024`, `2024 Q3`.
fn quarter(text: &str, year: &Year, floor: usize) -> Option<DateMention> {
    let before = text[floor..year.span.start].trim_end().to_ascii_lowercase();
    let of = before.strip_suffix("of").map_or(before.as_str(), str::trim_end);
    let trimmed = of.trim_end_matches("quarter").trim_end();
    let words = [
        ("q1", 1),
        ("q2", 2),
        ("q3", 3),
        ("q4", 4),
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
        ("last", 4),
    ];
    let found = words.into_iter().find(|(word, _)| {
        let named = if word.starts_with('q') { of } else { trimmed };
        (word.starts_with('q') || trimmed.len() < of.len()) && ends_with_word(named, word)
    });
    if let Some((word, number)) = found {
        let named = if word.starts_with('q') { of } else { trimmed };
        let date = PartialDate::quarter(year.value, number)?;
        return Some(single(text, floor + named.len() - word.len()..year.span.end, date));
    }
    let rest = text[year.span.end..].trim_start_matches([' ', '-']);
    let number = rest.strip_prefix(['Q', 'q'])?.chars().next()?.to_digit(10)?;
    let end = text.len() - rest.len() + 2;
    Some(single(text, year.span.start..end, PartialDate::quarter(year.value, number)?))
}

/// Reads a year, with the part of it that the words before name.
fn year_alone(text: &str, year: &Year, floor: usize) -> Option<DateMention> {
    let date = PartialDate::year(year.value)?;
    match part_before(text, year.span.start).filter(|(start, _)| *start >= floor) {
        Some((start, part)) => Some(mention(text, start..year.span.end, Some(date), part.of(date))),
        None => Some(single(text, year.span.clone(), date)),
    }
}

/// A part of a year, month or decade.
#[derive(Clone, Copy)]
enum Part {
    Thirds(u32),
    Halves(u32),
}

impl Part {
    fn of(self, date: PartialDate) -> DateRange {
        self.of_range(date.range())
    }

    /// Cuts the part out of the range, to whole days.
    fn of_range(self, whole: DateRange) -> DateRange {
        let (Some(first), Some(last)) = (whole.earliest, whole.latest) else { return whole };
        let days = (last - first).num_days() + 1;
        let (number, parts) = match self {
            Part::Thirds(number) => (number, 3),
            Part::Halves(number) => (number, 2),
        };
        let cut = |numerator: u32| chrono::Days::new((days * i64::from(numerator) / parts) as u64);
        DateRange { earliest: Some(first + cut(number)), latest: Some(first + cut(number + 1) - chrono::Days::new(1)) }
    }
}

/// Reads `early`, `mid-`, `late`, `the first half of`, `the end of` before a date, and where it starts.
fn part_before(text: &str, at: usize) -> Option<(usize, Part)> {
    const PARTS: [(&str, Part); 12] = [
        ("early", Part::Thirds(0)),
        ("early in", Part::Thirds(0)),
        ("mid", Part::Thirds(1)),
        ("middle of", Part::Thirds(1)),
        ("late", Part::Thirds(2)),
        ("late in", Part::Thirds(2)),
        ("end of", Part::Thirds(2)),
        ("beginning of", Part::Thirds(0)),
        ("start of", Part::Thirds(0)),
        ("first half of", Part::Halves(0)),
        ("second half of", Part::Halves(1)),
        ("latter half of", Part::Halves(1)),
    ];
    let trimmed = text[..at].trim_end_matches([' ', '-', '\u{a0}']);
    let mut from = trimmed.len().saturating_sub(16);
    while !trimmed.is_char_boundary(from) {
        from += 1;
    }
    let tail = trimmed[from..].to_ascii_lowercase();
    let (words, part) =
        PARTS.into_iter().filter(|(words, _)| ends_with_word(&tail, words)).max_by_key(|(w, _)| w.len())?;
    Some((trimmed.len() - words.len(), part))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let day = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        let shown = date_mentions(text).into_iter().map(|m| match m.date {
            Some(date) if date.range() == m.range => format!("{}={date}", m.span.of(text)),
            _ => format!("{}={}/{}", m.span.of(text), day(m.range.earliest), day(m.range.latest)),
        });
        assert_eq!(shown.collect::<Vec<_>>().join("; "), expected, "{text}");
    }

    #[test]
    fn reads_days_months_and_years() {
        check("On Sept. 5, 2025, and in Sept 2025.", "Sept. 5, 2025=2025-09-05; Sept 2025=2025-09");
        check("5 September 2025; 2025-09-05", "5 September 2025=2025-09-05; 2025-09-05=2025-09-05");
        check("Brookings Institution, “Risks,” 2024.", "2024=2024");
        check("el 23 de mayo de 2018", "23 de mayo de 2018=2018-05-23");
        check("In 2019 and 2020 it grew", "2019=2019; 2020=2020");
    }

    #[test]
    fn reads_stretches() {
        check("in Q3 2024 and the third quarter of 2023", "Q3 2024=2024-35; third quarter of 2023=2023-35");
        check("late 2024", "late 2024=2024-09-01/2024-12-31");
        check("early May 2018", "early May 2018=2018-05-01/2018-05-10");
        check("the first half of 2020", "first half of 2020=2020-01-01/2020-07-01");
        check("in the 1990s and the mid-2000s", "1990s=1990-01-01/1999-12-31; mid-2000s=2003-05-02/2006-08-31");
        check(
            "between 2019 and 2021, 2010–2012, 2015-17",
            "between 2019 and 2021=2019-01-01/2021-12-31; 2010–2012=2010-01-01/2012-12-31; 2015-17=2015-01-01/2017-12-31",
        );
    }

    #[test]
    fn leaves_what_is_no_date() {
        for text in ["$2024", "2024%", "1,999", "2024.5", "FY2024x", "B-2018", "about 2500 people", "may 5", "F-2010"] {
            check(text, "");
        }
    }

    #[test]
    fn knows_what_a_text_cannot_precede() {
        let text =
            "The vote is on May 1, 2030.\n— Ana (@ana) September 7, 2025\nSources:\nGazette, “Title,” Sept 2024.\n";
        assert_eq!(not_before(text).map(|d| d.to_string()).as_deref(), Some("2025-09-07"));
        assert_eq!(not_before("The vote is on May 1, 2030."), None);
        assert_eq!(not_before("Mayor Al Doe (@aldoe) said on May 5, 2030 the bridge would open."), None);
    }

    proptest! {
        #[test]
        fn mentions_are_in_order_and_never_overlap(text in "([0-9]{1,5}|[ ./,-]|May|late|mid|of|quarter|Q3|s|’s|and|between|–|é|half){0,25}") {
            let mut end = 0;
            for found in date_mentions(&text) {
                prop_assert!(found.span.start() >= end, "{text}");
                end = found.span.end();
                prop_assert!(found.range.earliest <= found.range.latest);
            }
        }
    }
}
