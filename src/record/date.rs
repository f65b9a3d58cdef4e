//! Partial dates: a day, month, quarter or year, held as an interval with its precision, never padded to a day.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date known to the day, month, quarter or year.
///
/// Reads and prints as EDTF (ISO 8601-2): `2018-05-23`, `2018-05`, `2018`; a quarter as `2018-33`..`2018-36`,
/// and also reads `2018-Q1`. Years run from 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// First day that the date can mean.
    earliest: NaiveDate,
    precision: Precision,
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Year,
    Quarter,
    Month,
    Day,
}

/// The words are no date of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date (known forms: 2018, 2018-Q2, 2018-05, 2018-05-23)")]
pub struct DateError(pub String);

impl PartialDate {
    /// Returns the year, or `None` outside 1 to 9999.
    pub fn year(year: i32) -> Option<PartialDate> {
        PartialDate::starting(year, 1, 1, Precision::Year)
    }

    /// Returns quarter 1 to 4 of the year.
    pub fn quarter(year: i32, quarter: u32) -> Option<PartialDate> {
        if !(1..=4).contains(&quarter) {
            return None;
        }
        PartialDate::starting(year, quarter * 3 - 2, 1, Precision::Quarter)
    }

    /// Returns the month.
    pub fn month(year: i32, month: u32) -> Option<PartialDate> {
        PartialDate::starting(year, month, 1, Precision::Month)
    }

    /// Returns the day.
    pub fn day(year: i32, month: u32, day: u32) -> Option<PartialDate> {
        PartialDate::starting(year, month, day, Precision::Day)
    }

    /// Returns a day of the calendar as a date.
    pub fn of_day(day: NaiveDate) -> Option<PartialDate> {
        PartialDate::day(day.year(), day.month(), day.day())
    }

    fn starting(year: i32, month: u32, day: u32, precision: Precision) -> Option<PartialDate> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let earliest = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(PartialDate { earliest, precision })
    }

    /// Returns the first day that the date can mean.
    pub fn earliest(self) -> NaiveDate {
        self.earliest
    }

    /// Returns the last day that the date can mean.
    pub fn latest(self) -> NaiveDate {
        let months = match self.precision {
            Precision::Day => return self.earliest,
            Precision::Month => 1,
            Precision::Quarter => 3,
            Precision::Year => 12,
        };
        let after = self.earliest + chrono::Months::new(months);
        after - chrono::Days::new(1)
    }

    /// Returns how exactly the date is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Returns the interval that the date stands for.
    pub fn range(self) -> DateRange {
        DateRange { earliest: Some(self.earliest()), latest: Some(self.latest()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.earliest.year(), self.earliest.month(), self.earliest.day());
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Quarter => write!(f, "{year:04}-{}", 33 + month / 3),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<PartialDate, DateError> {
        let refuse = || DateError(text.to_string());
        let mut parts = text.split('-');
        let year = number(parts.next(), 4).ok_or_else(refuse)? as i32;
        let second = parts.next();
        let third = parts.next();
        if parts.next().is_some() {
            return Err(refuse());
        }
        let date = match (second, third) {
            (None, _) => PartialDate::year(year),
            (Some(quarter), None) if quarter.starts_with(['Q', 'q']) => {
                number(Some(&quarter[1..]), 1).and_then(|q| PartialDate::quarter(year, q))
            }
            (Some(month), None) => number(Some(month), 2).and_then(|m| match m {
                33..=36 => PartialDate::quarter(year, m - 32),
                _ => PartialDate::month(year, m),
            }),
            (Some(month), Some(day)) => {
                number(Some(month), 2).zip(number(Some(day), 2)).and_then(|(m, d)| PartialDate::day(year, m, d))
            }
        };
        date.ok_or_else(refuse)
    }
}

/// Reads exactly `digits` ASCII digits.
fn number(part: Option<&str>, digits: usize) -> Option<u32> {
    let part = part?;
    if part.len() != digits || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    part.parse().ok()
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PartialDate, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for PartialDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PartialDate".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "EDTF: a year, quarter (33 to 36 in the place of the month), month or day",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
        })
    }
}

/// An interval of days, both ends included, open where an end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct DateRange {
    pub earliest: Option<NaiveDate>,
    pub latest: Option<NaiveDate>,
}

impl DateRange {
    /// Returns the range from the first day of `from` to the last of `to`.
    pub fn between(from: Option<PartialDate>, to: Option<PartialDate>) -> DateRange {
        DateRange { earliest: from.map(PartialDate::earliest), latest: to.map(PartialDate::latest) }
    }

    /// Tells whether the two share at least one day.
    pub fn overlaps(self, other: DateRange) -> bool {
        let starts_in_time = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.zip(b).is_none_or(|(a, b)| a <= b);
        starts_in_time(self.earliest, other.latest) && starts_in_time(other.earliest, self.latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_prints_edtf() {
        for text in ["2018", "2018-05", "2018-05-23", "2018-34", "0987"] {
            assert_eq!(text.parse::<PartialDate>().map(|d| d.to_string()), Ok(text.to_string()));
        }
        assert_eq!("2018-Q2".parse::<PartialDate>().map(|d| d.to_string()), Ok("2018-34".to_string()));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "18", "2018-13", "2018-02-30", "2018-5", "2018-Q5", "0000", "2018-05-23-01", "+018", "2018-é1"]
        {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn means_whole_intervals() {
        let latest = |t: &str| t.parse::<PartialDate>().map(|d| d.latest().to_string());
        assert_eq!(latest("2020-02"), Ok("2020-02-29".to_string()));
        assert_eq!(latest("2020-Q4"), Ok("2020-12-31".to_string()));
        assert_eq!(latest("2020"), Ok("2020-12-31".to_string()));
        assert_eq!(latest("9999"), Ok("9999-12-31".to_string()));
    }

    #[test]
    fn a_day_of_the_calendar_lies_in_the_years_1_to_9999() {
        let of_day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).and_then(PartialDate::of_day).map(|d| d.to_string());
        assert_eq!(of_day(2018, 5, 23), Some("2018-05-23".to_string()));
        assert_eq!(of_day(9999, 12, 31), Some("9999-12-31".to_string()));
        assert_eq!(of_day(10_000, 1, 1), None);
        assert_eq!(of_day(0, 12, 31), None);
    }

    proptest! {
        #[test]
        fn no_input_panics(text in "[0-9Qq\\-é]{0,12}") {
            if let Ok(date) = text.parse::<PartialDate>() {
                prop_assert!(date.earliest() <= date.latest());
                prop_assert_eq!(date.to_string().parse::<PartialDate>(), Ok(date));
            }
        }
    }
}
