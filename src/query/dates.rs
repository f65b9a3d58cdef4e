//! Reads the dates that users type: `2024-Q3`, `-30d`, `September`, `last month`, `2024..2025`.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::fields::DateRole;
use crate::calendar::month_named;
use crate::record::{DateRange, PartialDate};

/// Days that were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedDates {
    pub range: DateRange,
    /// What had to be guessed, for the user to see: the year of "September".
    pub guess: Option<String>,
}

/// Reads the value of a date field, as the field means it.
///
/// `None` is what cannot be read, or lies outside the years 1 to 9999.
pub fn read_for(role: DateRole, text: &str, today: NaiveDate) -> Option<TypedDates> {
    let text = text.trim();
    if text == "*" && role == DateRole::Within {
        return Some(TypedDates { range: DateRange::default(), guess: None });
    }
    let typed = match role {
        DateRole::Last => read_last(text, today)?,
        _ => read_range(text, today)?,
    };
    let DateRange { earliest, latest } = typed.range;
    let range = match role {
        DateRole::Within | DateRole::Last => typed.range,
        DateRole::Since => DateRange { earliest: Some(earliest?), latest: None },
        DateRole::Until => DateRange { earliest: None, latest: Some(latest?) },
        DateRole::Before => DateRange { earliest: None, latest: Some(earliest?.pred_opt()?) },
        DateRole::After => DateRange { earliest: Some(latest?.succ_opt()?), latest: None },
    };
    let sayable = |day: Option<NaiveDate>| day.is_none_or(|d| (1..=9999).contains(&d.year()));
    (sayable(range.earliest) && sayable(range.latest)).then_some(TypedDates { range, ..typed })
}

/// Reads one date, or two with `..` between them; either end may be left out.
fn read_range(text: &str, today: NaiveDate) -> Option<TypedDates> {
    if let Some((from, to)) = text.split_once("..") {
        return read_between(from.trim(), to.trim_start_matches('.').trim(), today);
    }
    if let Some((from, to)) = years_with_hyphen(text) {
        return read_between(from, to, today);
    }
    let typed = read_date(text, today)?;
    let sayable = |day: Option<NaiveDate>| day.is_none_or(|d| (1..=9999).contains(&d.year()));
    (sayable(typed.range.earliest) && sayable(typed.range.latest)).then_some(typed)
}

/// Reads the range from the first day of one date to the last of another.
pub fn read_between(from: &str, to: &str, today: NaiveDate) -> Option<TypedDates> {
    let side = |text: &str| match text {
        "" => Some(TypedDates { range: DateRange::default(), guess: None }),
        _ => read_date(text, today),
    };
    let (from, to) = (side(from)?, side(to)?);
    let mut guess = from.guess.or(to.guess);
    let mut range = DateRange { earliest: from.range.earliest, latest: to.range.latest };
    if range.earliest.zip(range.latest).is_some_and(|(earliest, latest)| earliest > latest) {
        range = DateRange { earliest: to.range.earliest, latest: from.range.latest };
        guess = Some("the range runs backwards; its ends were swapped".to_string());
    }
    Some(TypedDates { range, guess })
}

/// Reads one date: the days that it can mean.
fn read_date(text: &str, today: NaiveDate) -> Option<TypedDates> {
    let lower = text.trim().to_lowercase();
    let sure = |range| TypedDates { range, guess: None };
    if let Some(date) = read_numeric(&lower) {
        return Some(sure(date.range()));
    }
    let words: Vec<&str> =
        lower.split([' ', ',', '\t', '\n', '\u{a0}']).filter(|w| !matches!(*w, "" | "the" | "of")).collect();
    match words.as_slice() {
        ["today"] => Some(sure(day_range(today, today))),
        ["yesterday"] => Some(sure(day_range(today.pred_opt()?, today.pred_opt()?))),
        ["last" | "past" | "previous", period] => read_period(period, today, true).map(sure),
        ["this", period] => read_period(period, today, false).map(sure),
        [count, unit, "ago"] => back(&format!("{count} {unit}"), today).map(|day| sure(day_range(day, day))),
        [relative] if relative.starts_with(['-', '−']) => {
            let day = back(relative.trim_start_matches(['-', '−']), today)?;
            Some(sure(day_range(day, day)))
        }
        [quarter, year] if quarter.starts_with('q') => {
            format!("{year}-{quarter}").parse::<PartialDate>().ok().map(|d| sure(d.range()))
        }
        _ => read_month(&words, today),
    }
}

/// Reads digits in the order year, month, day: `2024`, `2024-5`, `2024/05/03`, `20240503`.
fn read_numeric(text: &str) -> Option<PartialDate> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok();
    }
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|p| p.parse().ok()).collect();
    match (numbers?.as_slice(), parts.first()?.len()) {
        (&[year, month], 4) => PartialDate::month(year as i32, month),
        (&[year, month, day], 4) => PartialDate::day(year as i32, month, day),
        _ => None,
    }
}

/// Reads a month's name, with a day and a year where they are given; the year left out is the last that fits.
fn read_month(words: &[&str], today: NaiveDate) -> Option<TypedDates> {
    let words: Vec<&str> = words.iter().flat_map(|w| w.split('-')).collect();
    let (month, day, year) = match words.as_slice() {
        [a] => (month_number(a)?, None, None),
        [a, b] => match (month_number(a), month_number(b)) {
            (Some(month), None) => match year_number(b) {
                Some(year) => (month, None, Some(year)),
                None => (month, Some(day_number(b)?), None),
            },
            (None, Some(month)) => (month, Some(day_number(a)?), None),
            _ => return None,
        },
        [a, b, year] => {
            let (month, day) = month_number(a).zip(day_number(b)).or_else(|| month_number(b).zip(day_number(a)))?;
            (month, Some(day), Some(year_number(year)?))
        }
        _ => return None,
    };
    let date = |year: i32| match day {
        Some(day) => PartialDate::day(year, month, day),
        None => PartialDate::month(year, month),
    };
    if let Some(year) = year {
        return date(year).map(|d| TypedDates { range: d.range(), guess: None });
    }
    // 29 February exists every fourth year only, or eighth at the turn of a century.
    let past = (0..=8).filter_map(|back| date(today.year() - back)).find(|d| d.earliest() <= today)?;
    Some(TypedDates { range: past.range(), guess: Some(format!("the year was guessed: read as {past}")) })
}

/// Reads what follows `last:`: `30d`, `6 months`, `month`.
fn read_last(text: &str, today: NaiveDate) -> Option<TypedDates> {
    let lower = text.to_lowercase();
    let range = match read_period(&lower, today, true) {
        Some(range) => range,
        None => day_range(back(&lower, today)?, today),
    };
    Some(TypedDates { range, guess: None })
}

/// Reads `week`, `month`, `quarter` or `year` as the one before today's, or as today's.
fn read_period(name: &str, today: NaiveDate, previous: bool) -> Option<DateRange> {
    let steps = u32::from(previous);
    let (first, months) = match name {
        "week" => {
            let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
            let first = monday.checked_sub_days(Days::new(7 * u64::from(steps)))?;
            return Some(day_range(first, first.checked_add_days(Days::new(6))?));
        }
        "month" => (today.with_day(1)?, 1),
        "quarter" => (NaiveDate::from_ymd_opt(today.year(), today.month0() / 3 * 3 + 1, 1)?, 3),
        "year" => (NaiveDate::from_ymd_opt(today.year(), 1, 1)?, 12),
        _ => return None,
    };
    let first = first.checked_sub_months(Months::new(months * steps))?;
    Some(day_range(first, first.checked_add_months(Months::new(months))?.pred_opt()?))
}

/// Goes back from today by `30d`, `2 weeks`, `6m` or `1y`.
fn back(amount: &str, today: NaiveDate) -> Option<NaiveDate> {
    let amount = amount.trim();
    let letters = amount.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = amount.split_at(letters);
    let count: u32 = match count {
        "" => number_word(amount.split_whitespace().next()?)?,
        digits => digits.parse().ok()?,
    };
    let unit = unit.split_whitespace().last()?;
    match unit {
        "d" | "day" | "days" => today.checked_sub_days(Days::new(count.into())),
        "w" | "week" | "weeks" => today.checked_sub_days(Days::new(u64::from(count) * 7)),
        "m" | "month" | "months" => today.checked_sub_months(Months::new(count)),
        "q" | "quarter" | "quarters" => today.checked_sub_months(Months::new(count.checked_mul(3)?)),
        "y" | "year" | "years" => today.checked_sub_months(Months::new(count.checked_mul(12)?)),
        _ => None,
    }
}

fn day_range(earliest: NaiveDate, latest: NaiveDate) -> DateRange {
    DateRange { earliest: Some(earliest), latest: Some(latest) }
}

/// Takes `2024-2025` apart.
fn years_with_hyphen(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.split_once(['-', '–'])?;
    (year_number(from).is_some() && year_number(to).is_some()).then_some((from, to))
}

fn month_number(word: &str) -> Option<u32> {
    month_named(word.trim_end_matches('.'))
}

fn year_number(word: &str) -> Option<i32> {
    (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok())?
}

fn day_number(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn number_word(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    NUMBERS.iter().position(|n| *n == word).map(|index| index as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar")
    }

    fn check(role: DateRole, text: &str, expected: &str) {
        let typed = read_for(role, text, today());
        let end = |day: Option<NaiveDate>| day.map_or(String::new(), |d| d.to_string());
        let shown = typed.map_or("unread".to_string(), |t| {
            let guessed = if t.guess.is_some() { " guessed" } else { "" };
            format!("{}..{}{guessed}", end(t.range.earliest), end(t.range.latest))
        });
        assert_eq!(shown, expected, "{role:?} {text}");
    }

    #[test]
    fn reads_dates() {
        use DateRole::Within;
        for (text, expected) in [
            ("2024", "2024-01-01..2024-12-31"),
            ("2024-05", "2024-05-01..2024-05-31"),
            ("2024-Q3", "2024-07-01..2024-09-30"),
            ("q3 2024", "2024-07-01..2024-09-30"),
            ("2024-05-23", "2024-05-23..2024-05-23"),
            ("20240523", "2024-05-23..2024-05-23"),
            ("2024/5/3", "2024-05-03..2024-05-03"),
            ("2024..2025", "2024-01-01..2025-12-31"),
            ("2024-2025", "2024-01-01..2025-12-31"),
            ("2025..2024", "2024-01-01..2025-12-31 guessed"),
            ("..2025-02", "..2025-02-28"),
            ("2024-Q2..", "2024-04-01.."),
            ("..", ".."),
            ("*", ".."),
            ("-30d..today", "2026-10-23..2026-11-22"),
            ("-2w", "2026-11-08..2026-11-08"),
            ("-6m..", "2026-05-22.."),
            ("-1y..", "2025-11-22.."),
            ("yesterday", "2026-11-21..2026-11-21"),
            ("September", "2026-09-01..2026-09-30 guessed"),
            ("december", "2025-12-01..2025-12-31 guessed"),
            ("Sept. 2023", "2023-09-01..2023-09-30"),
            ("sep-2023", "2023-09-01..2023-09-30"),
            ("5 March", "2026-03-05..2026-03-05 guessed"),
            ("March 5th, 2025", "2025-03-05..2025-03-05"),
            ("the 5th of March 2025", "2025-03-05..2025-03-05"),
            ("29 February", "2024-02-29..2024-02-29 guessed"),
            ("mayo", "2026-05-01..2026-05-31 guessed"),
            ("3 März 2024", "2024-03-03..2024-03-03"),
            ("last week", "2026-11-09..2026-11-15"),
            ("this week", "2026-11-16..2026-11-22"),
            ("last month", "2026-10-01..2026-10-31"),
            ("this month", "2026-11-01..2026-11-30"),
            ("last quarter", "2026-07-01..2026-09-30"),
            ("this quarter", "2026-10-01..2026-12-31"),
            ("last year", "2025-01-01..2025-12-31"),
            ("this year", "2026-01-01..2026-12-31"),
            ("3 days ago", "2026-11-19..2026-11-19"),
            ("soon", "unread"),
            ("2024-13", "unread"),
            ("05/03/2024", "unread"),
            ("-99999999999d", "unread"),
            ("-9999999d", "unread"),
            ("", "unread"),
        ] {
            check(Within, text, expected);
        }
    }

    #[test]
    fn reads_dates_as_the_field_means_them() {
        check(DateRole::Since, "2024-05", "2024-05-01..");
        check(DateRole::Since, "last month", "2026-10-01..");
        check(DateRole::Until, "2024-05", "..2024-05-31");
        check(DateRole::Before, "2024-05", "..2024-04-30");
        check(DateRole::After, "2024-05", "2024-06-01..");
        check(DateRole::Last, "30d", "2026-10-23..2026-11-22");
        check(DateRole::Last, "6 months", "2026-05-22..2026-11-22");
        check(DateRole::Last, "two weeks", "2026-11-08..2026-11-22");
        check(DateRole::Last, "month", "2026-10-01..2026-10-31");
        check(DateRole::Last, "2024", "unread");
        check(DateRole::Before, "0001", "unread");
        check(DateRole::After, "9999", "unread");
        check(DateRole::Since, "*", "unread");
    }

    proptest! {
        #[test]
        fn no_text_panics_and_ranges_run_forward(text in "(-?[0-9]{1,9}|[a-z]{1,9}|[-./ Qq]|last |March|é|\\.\\.){0,6}") {
            for role in [DateRole::Within, DateRole::Since, DateRole::Before, DateRole::After, DateRole::Last] {
                if let Some(TypedDates { range: DateRange { earliest: Some(a), latest: Some(b) }, .. }) = read_for(role, &text, today()) {
                    prop_assert!(a <= b);
                }
            }
        }
    }
}
