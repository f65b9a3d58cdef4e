//! Finds calendar dates written out in text or in a field: `2018-05-23`, `May 23, 2018`, `23 de mayo de 2018`, `23.05.2018`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::record::PartialDate;

/// How to read `05/09/2025`, which is in May or in September.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    MonthFirst,
    DayFirst,
}

/// A date with the bytes of the text that say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDate {
    pub span: Range<usize>,
    pub date: PartialDate,
    /// Whether it was read by `Order` alone and would be another day in the other order.
    pub ambiguous: bool,
}

/// Returns the days and months with a year that `text` names, in the order of the text. Bare years are not among them.
pub fn calendar_dates(text: &str, order: Order) -> Vec<CalendarDate> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(number) = next_number(text, at) {
        let read = date_at(text, &number, order, at);
        at = read.as_ref().map_or(number.span.end, |date| date.span.end);
        found.extend(read);
    }
    found
}

/// Returns the month that a word names, in one of the languages known: `Sept`, `septiembre`, `März`.
pub fn month_named(word: &str) -> Option<u32> {
    named(word).map(|name| name.month)
}

/// Tells whether a word names a month in other languages than English alone, as `mars` does.
pub fn is_foreign_month(word: &str) -> bool {
    named(word).is_some_and(|name| !name.english)
}

fn named(word: &str) -> Option<&'static MonthName> {
    if word.len() < 3 || word.len() > 24 {
        return None;
    }
    MONTHS.get(word.to_lowercase().as_str())
}

/// A run of ASCII digits that no letter or digit touches on its left.
struct Number {
    pub span: Range<usize>,
    pub value: u32,
}

impl Number {
    fn digits(&self) -> usize {
        self.span.len()
    }

    fn is_year(&self) -> bool {
        self.digits() == 4 && (1000..=2999).contains(&self.value)
    }

    fn is_day(&self) -> bool {
        self.digits() <= 2 && (1..=31).contains(&self.value)
    }
}

/// Returns the next run of at most eight digits at or after byte `from`.
fn next_number(text: &str, from: usize) -> Option<Number> {
    let bytes = text.as_bytes();
    let mut start = from;
    loop {
        start += bytes[start..].iter().position(u8::is_ascii_digit)?;
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        let before = text[..start].chars().next_back();
        let glued = before.is_some_and(|c| c.is_alphanumeric() && c != 'T' && !is_ideograph(c));
        if length <= 8 && !glued {
            let value = text[start..start + length].parse().expect("at most eight digits fit");
            return Some(Number { span: start..start + length, value });
        }
        start += length;
    }
}

/// Reads the date that begins with or around the number; `floor` is where the last date ended.
fn date_at(text: &str, number: &Number, order: Order, floor: usize) -> Option<CalendarDate> {
    if number.is_year() {
        return year_first(text, number).or_else(|| month_before(text, number, floor));
    }
    if number.is_day() {
        return day_month_words(text, number)
            .or_else(|| month_words_day(text, number, floor))
            .or_else(|| numeric(text, number, order));
    }
    None
}

/// Reads `2018-05-23`, `2018/5/23`, `2018.05.23`, `2018年5月23日`, `2018-05`, `2018 May 23`.
fn year_first(text: &str, year: &Number) -> Option<CalendarDate> {
    let rest = &text[year.span.end..];
    let separator = rest.chars().next()?;
    let start = year.span.start;
    if separator == ' ' {
        let (month, after) = month_word(text, year.span.end + 1)?;
        let day = number_at(text, skip(text, after, " ")).filter(Number::is_day)?;
        return made(start..day.span.end, PartialDate::day(year.value as i32, month, day.value));
    }
    if !matches!(separator, '-' | '/' | '.' | '年' | '\u{2011}' | '\u{2010}') {
        return None;
    }
    let month = number_at(text, year.span.end + separator.len_utf8()).filter(|n| n.digits() <= 2)?;
    let again = text[month.span.end..].chars().next();
    let closes = if separator == '年' { again == Some('月') } else { again == Some(separator) };
    if closes {
        let between = again.map_or(0, char::len_utf8);
        let day = number_at(text, month.span.end + between).filter(Number::is_day);
        if let Some(day) = day.filter(|d| ends_cleanly(text, d.span.end)) {
            return made(start..day.span.end, PartialDate::day(year.value as i32, month.value, day.value));
        }
    }
    let month_alone = separator == '-' && month.digits() == 2 && !closes && ends_cleanly(text, month.span.end);
    if !month_alone {
        return None;
    }
    made(start..month.span.end, PartialDate::month(year.value as i32, month.value))
}

/// Reads `23 May 2018`, `23rd of May, 2018`, `23. Mai 2018`, `23 de mayo de 2018`, `26-FEB-1987`.
fn day_month_words(text: &str, day: &Number) -> Option<CalendarDate> {
    let mut at = day.span.end;
    at += ordinal_length(&text[at..]);
    at = skip(text, at, " \u{a0}.-/,");
    at = skip_word(text, at, &["of", "de", "do", "di", "d'"]);
    let (month, after) = month_word(text, at)?;
    let mut at = skip(text, after, " \u{a0}.,-/");
    at = skip_word(text, at, &["de", "del", "of"]);
    let year = year_at(text, at)?;
    made(day.span.start..year.1, PartialDate::day(year.0, month, day.value))
}

/// Reads `May 23, 2018`, `Sept. 5th 2018`.
fn month_words_day(text: &str, day: &Number, floor: usize) -> Option<CalendarDate> {
    let (start, month) = month_word_before(text, day.span.start, floor)?;
    let mut at = day.span.end;
    at += ordinal_length(&text[at..]);
    let gap = skip(text, at, " \u{a0},.");
    if gap == at {
        return None;
    }
    let year = year_at(text, gap).filter(|y| text[gap..y.1].len() == 4)?;
    made(start..year.1, PartialDate::day(year.0, month, day.value))
}

/// Reads `May 2018`, `septiembre de 2018`, `Sept., 2018`.
fn month_before(text: &str, year: &Number, floor: usize) -> Option<CalendarDate> {
    let before = text.get(floor..year.span.start)?;
    let trimmed = before.trim_end_matches([' ', '\u{a0}', ',']);
    let trimmed = ["de", "del", "of"]
        .iter()
        .find_map(|w| trimmed.strip_suffix(w).filter(|t| t.ends_with(' ')))
        .unwrap_or(trimmed);
    let (start, month) = month_word_before(text, floor + trimmed.len(), floor)?;
    if !ends_cleanly(text, year.span.end) {
        return None;
    }
    made(start..year.span.end, PartialDate::month(year.value as i32, month))
}

/// Reads `23.05.2018`, `5/23/2018`, `23-05-2018`, `23.05.18`.
fn numeric(text: &str, first: &Number, order: Order) -> Option<CalendarDate> {
    let separator = text[first.span.end..].chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
    let spaced = |at: usize| if separator == '.' { skip(text, at, " ") } else { at };
    let second = number_at(text, spaced(first.span.end + 1)).filter(Number::is_day)?;
    if !text[second.span.end..].starts_with(separator) {
        return None;
    }
    let third = number_at(text, spaced(second.span.end + 1)).filter(|n| n.is_year() || n.digits() == 2)?;
    if !ends_cleanly(text, third.span.end) {
        return None;
    }
    let year = if third.is_year() { third.value as i32 } else { century(third.value) };
    let day_first = PartialDate::day(year, second.value, first.value);
    let month_first = PartialDate::day(year, first.value, second.value);
    let prefer_day = separator == '.' || order == Order::DayFirst;
    let (preferred, other) = if prefer_day { (day_first, month_first) } else { (month_first, day_first) };
    let date = preferred.or(other)?;
    let ambiguous = separator != '.' && day_first.is_some() && month_first.is_some() && day_first != month_first;
    Some(CalendarDate { span: first.span.start..third.span.end, date, ambiguous })
}

fn made(span: Range<usize>, date: Option<PartialDate>) -> Option<CalendarDate> {
    date.map(|date| CalendarDate { span, date, ambiguous: false })
}

/// Reads a two-digit year as the one between 1970 and 2069.
fn century(two_digits: u32) -> i32 {
    let short = two_digits as i32;
    if short < 70 { 2000 + short } else { 1900 + short }
}

/// Reads a year of four digits, or of two after an apostrophe or hyphen, and where it ends.
fn year_at(text: &str, at: usize) -> Option<(i32, usize)> {
    let number = number_at(text, at)?;
    let end = number.span.end;
    if number.is_year() && ends_cleanly(text, end) {
        return Some((number.value as i32, end));
    }
    let after_hyphen = text[..at].ends_with('-');
    (number.digits() == 2 && after_hyphen && ends_cleanly(text, end)).then(|| (century(number.value), end))
}

fn number_at(text: &str, at: usize) -> Option<Number> {
    let length = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > 8 {
        return None;
    }
    let value = text[at..at + length].parse().expect("at most eight digits fit");
    Some(Number { span: at..at + length, value })
}

/// Tells whether the number that ends here is whole: no digit, letter or decimal follows, but a time may (`T15:00`).
fn ends_cleanly(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    match rest.next() {
        None => true,
        Some('T') => rest.next().is_none_or(|c| c.is_ascii_digit()),
        Some(c) if is_ideograph(c) => true,
        Some(c) => !c.is_alphanumeric(),
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn skip(text: &str, at: usize, any_of: &str) -> usize {
    let rest = &text[at..];
    text.len() - rest.trim_start_matches(|c| any_of.contains(c)).len()
}

/// Skips one of the words and the space after it.
fn skip_word(text: &str, at: usize, words: &[&str]) -> usize {
    let rest = &text[at..];
    let matches = |word: &&&str| rest.get(..word.len()).is_some_and(|r| r.eq_ignore_ascii_case(word));
    let Some(word) = words.iter().find(|w| matches(w) && rest[w.len()..].starts_with([' ', '\u{a0}'])) else {
        return at;
    };
    skip(text, at + word.len(), " \u{a0}")
}

/// Reads the month named at this place, and where its word ends.
fn month_word(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    month_named(&rest[..end]).map(|month| (month, at + end))
}

/// Reads the month named just before this place, and where its word starts.
fn month_word_before(text: &str, at: usize, floor: usize) -> Option<(usize, u32)> {
    let before = text.get(floor..at)?;
    let trimmed = before.trim_end_matches([' ', '\u{a0}', '.', ',', '-']);
    if before.len() - trimmed.len() > 4 {
        return None;
    }
    let start = trimmed.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    month_named(&trimmed[start..]).map(|month| (floor + start, month))
}

fn ordinal_length(rest: &str) -> usize {
    let suffixes = ["st", "nd", "rd", "th", "er", "º", "°", "ª", "o"];
    let found = suffixes.iter().find(|s| {
        rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s))
            && !rest[s.len()..].starts_with(|c: char| c.is_alphabetic())
    });
    found.map_or(0, |s| s.len())
}

/// A month's name in some language.
struct MonthName {
    month: u32,
    english: bool,
}

static MONTHS: LazyLock<HashMap<&str, MonthName>> = LazyLock::new(|| {
    let mut months: HashMap<&str, MonthName> = HashMap::new();
    for row in include_str!("../schema/calendar/months.csv").lines().skip(1) {
        let mut fields = row.splitn(3, ',');
        let (language, month, names) = (fields.next(), fields.next(), fields.next());
        let Some(month) = month.and_then(|month| month.parse().ok()) else { continue };
        for name in names.into_iter().flat_map(|names| names.split('|')) {
            let known = months.entry(name).or_insert(MonthName { month, english: false });
            known.english |= language == Some("en");
        }
    }
    months
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let dates = calendar_dates(text, Order::MonthFirst);
        let shown: Vec<String> = dates.iter().map(|d| format!("{} {}", &text[d.span.clone()], d.date)).collect();
        assert_eq!(shown.join("; "), expected, "{text}");
    }

    #[test]
    fn every_row_names_a_month_of_its_language() {
        let mut months_of: HashMap<&str, Vec<u32>> = HashMap::new();
        for row in include_str!("../schema/calendar/months.csv").lines().skip(1) {
            let fields: Vec<&str> = row.split(',').collect();
            let [language, month, names] = fields[..] else { panic!("{row}") };
            let month: u32 = month.parse().expect("a number");
            months_of.entry(language).or_default().push(month);
            for name in names.split('|') {
                assert_eq!(month_named(name), Some(month), "{row}");
            }
        }
        assert!(months_of.values().all(|months| *months == (1..=12).collect::<Vec<_>>()), "{months_of:?}");
        assert!(is_foreign_month("Mars") && !is_foreign_month("mar") && !is_foreign_month("Martian"));
    }

    #[test]
    fn reads_days_and_months() {
        check("on 2025-09-05T10:00:00Z.", "2025-09-05 2025-09-05");
        check("Sept. 5, 2025", "Sept. 5, 2025 2025-09-05");
        check("Monday, September 5th, 2025 at 9", "September 5th, 2025 2025-09-05");
        check("on 5 September 2025 and 6th of June, 2024", "5 September 2025 2025-09-05; 6th of June, 2024 2024-06-06");
        check("26-FEB-1987 15:01:01.79", "26-FEB-1987 1987-02-26");
        check(
            "el 23 de mayo de 2018, 1º de enero del 2020",
            "23 de mayo de 2018 2018-05-23; 1º de enero del 2020 2020-01-01",
        );
        check("septiembre de 2019", "septiembre de 2019 2019-09");
        check("am 3. März 2016", "3. März 2016 2016-03-03");
        check("CNN, “Title,” Sept 2025.", "Sept 2025 2025-09");
        check("2024-06", "2024-06 2024-06");
        check("2018年5月23日", "2018年5月23 2018-05-23");
        check("/2018/05/23/slug", "2018/05/23 2018-05-23");
    }

    #[test]
    fn reads_numbers_by_their_order() {
        check(
            "23.05.2018 5/23/2018 05/09/2025 5. 9. 2025",
            "23.05.2018 2018-05-23; 5/23/2018 2018-05-23; 05/09/2025 2025-05-09; 5. 9. 2025 2025-09-05",
        );
        let other = calendar_dates("05/09/2025", Order::DayFirst);
        assert_eq!(other[0].date.to_string(), "2025-09-05");
        assert!(other[0].ambiguous);
    }

    #[test]
    fn leaves_what_is_no_date() {
        for text in [
            "2024",
            "in 2024 May said",
            "1.2.3",
            "192.168.10.12",
            "A2018-05-23",
            "May 5",
            "5 of 2018",
            "2018-13",
            "0000-00-00",
            "march on 5",
            "10.000.2018",
        ] {
            check(text, "");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "([0-9]{1,9}|[ ./,-]|May|de|T|年|é|th){0,20}") {
            for found in calendar_dates(&text, Order::DayFirst) {
                prop_assert!(text.get(found.span).is_some());
            }
        }
    }
}
