//! Reads the value of a date field: ISO, RFC 2822, words, epoch seconds; tells what is only a placeholder.

use crate::record::{PartialDate, Precision};

use crate::calendar::{Order, calendar_dates};

/// What a date field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateField {
    /// A date, and where there was a doubt, what it was.
    Date(PartialDate, Option<String>),
    /// A value that names no date; the reason is for people.
    NoDate(String),
}

/// Reads a date field written as text.
pub fn read_date(value: &str) -> DateField {
    let value = value.trim();
    if value.is_empty() {
        return DateField::NoDate("the date field is empty".to_string());
    }
    if NOTHING.iter().any(|word| value.eq_ignore_ascii_case(word)) {
        return DateField::NoDate(format!("date `{value}` says nothing"));
    }
    if let Some(date) = compact(value) {
        return judged(date, value, None);
    }
    if let Ok(date) = value.parse::<PartialDate>() {
        return judged(date, value, None);
    }
    let shown = shortened(value);
    let Some(found) = calendar_dates(shown, Order::MonthFirst).into_iter().next() else {
        return DateField::NoDate(format!("date `{shown}` is not a date"));
    };
    let doubt = found.ambiguous.then(|| format!("date `{shown}` read as month/day/year"));
    judged(found.date, shown, doubt)
}

/// Reads a date field written as a number: a year, `20180523`, or seconds or milliseconds since 1970.
pub fn read_date_number(value: i64) -> DateField {
    let shown = value.to_string();
    let seconds = match value {
        1_000..=2_999 => return read_date(&shown),
        10_000_000..=99_999_999 if compact(&shown).is_some() => return read_date(&shown),
        100_000_000..=99_999_999_999 => value,
        100_000_000_000..=99_999_999_999_999 => value / 1000,
        _ => return DateField::NoDate(format!("date `{shown}` is not a date")),
    };
    let moment = chrono::DateTime::from_timestamp(seconds, 0);
    match moment.and_then(|moment| PartialDate::of_day(moment.date_naive())) {
        Some(date) => judged(date, &shown, None),
        None => DateField::NoDate(format!("date `{shown}` is not a date")),
    }
}

/// Words that stand in date fields of undated rows.
const NOTHING: [&str; 10] = ["n/a", "na", "none", "null", "nan", "nat", "unknown", "undated", "-", "tbd"];

/// Refuses placeholders and years in which nothing was published or yet will be.
fn judged(date: PartialDate, value: &str, doubt: Option<String>) -> DateField {
    let first_day = date.earliest().to_string();
    let placeholder = date.precision() == Precision::Day && matches!(first_day.as_str(), "1970-01-01" | "1900-01-01");
    if placeholder {
        return DateField::NoDate(format!("date `{value}` is a placeholder"));
    }
    if !plausible(date) {
        return DateField::NoDate(format!("date `{value}` is not plausible"));
    }
    DateField::Date(date, doubt)
}

/// Tells whether something can have been published then; there is no clock here, so the bound ahead is a century's end.
pub(super) fn plausible(date: PartialDate) -> bool {
    use chrono::Datelike;
    (1600..2100).contains(&date.earliest().year())
}

/// Reads `20180523` and `20180523T101500Z`.
fn compact(value: &str) -> Option<PartialDate> {
    let digits = value.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = value[8..].chars().next();
    if rest.is_some_and(|c| c.is_ascii_digit() && value.len() != 14) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits[range].parse().ok();
    PartialDate::day(number(0..4)? as i32, number(4..6)?, number(6..8)?)
}

fn shortened(value: &str) -> &str {
    let end = value.char_indices().nth(80).map_or(value.len(), |(at, _)| at);
    &value[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(value: &str, expected: &str) {
        let shown = match read_date(value) {
            DateField::Date(date, None) => date.to_string(),
            DateField::Date(date, Some(doubt)) => format!("{date} ({doubt})"),
            DateField::NoDate(reason) => reason,
        };
        assert_eq!(shown, expected, "{value}");
    }

    #[test]
    fn reads_the_usual_forms() {
        check("2014-05-06", "2014-05-06");
        check("2014-05", "2014-05");
        check("2014", "2014");
        check("2014-Q2", "2014-34");
        check("2014-05-06T10:11:12+02:00", "2014-05-06");
        check("2014-05-06 10:11:12.123456", "2014-05-06");
        check(" 26-FEB-1987 15:01:01.79", "1987-02-26");
        check("Tue, 06 May 2014 10:11:12 GMT", "2014-05-06");
        check("May 6, 2014", "2014-05-06");
        check("20140506T101112Z", "2014-05-06");
        check("20140506", "2014-05-06");
        check("20140506101112", "2014-05-06");
        check("5/6/2014", "2014-05-06 (date `5/6/2014` read as month/day/year)");
        check("5/23/2014 8:00 PM", "2014-05-23");
    }

    #[test]
    fn says_what_is_no_date() {
        check("", "the date field is empty");
        check("N/A", "date `N/A` says nothing");
        check("0000-00-00", "date `0000-00-00` is not a date");
        check("1970-01-01T00:00:00Z", "date `1970-01-01T00:00:00Z` is a placeholder");
        check("yesterday", "date `yesterday` is not a date");
        check("2999-01-01", "date `2999-01-01` is not plausible");
    }

    #[test]
    fn reads_numbers() {
        for (number, expected) in
            [(2018, "2018"), (20180523, "2018-05-23"), (1527033600, "2018-05-23"), (1527033600000, "2018-05-23")]
        {
            assert_eq!(read_date_number(number), DateField::Date(expected.parse().unwrap(), None));
        }
        assert!(matches!(read_date_number(0), DateField::NoDate(_)));
        assert!(matches!(read_date_number(i64::MAX), DateField::NoDate(_)));
    }

    proptest! {
        #[test]
        fn no_value_panics(value in ".{0,100}", number in any::<i64>()) {
            read_date(&value);
            read_date_number(number);
        }
    }
}
