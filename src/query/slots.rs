//! What may fill a template's slot, and the clause that it makes.

use chrono::NaiveDate;

use super::ast::{Certainty, FieldName, Query};
use super::dates::{TypedDates, read_between, read_for};
use super::fields::DateRole;
use super::parsed::Note;
use super::syntax::dates_query;
use super::template::Word;
use super::values::{act_of, stance_of, stance_of_act};
use super::word_lists::{Phrasing, is_name_word, value_words};
use crate::calendar::is_foreign_month;

/// A filled slot.
pub struct SlotBinding {
    pub query: Query,
    /// What filled it, for people.
    pub words: String,
    /// Its place among the clauses, below `RANKS`.
    pub rank: u8,
    pub notes: Vec<Note>,
    /// What else the words can mean.
    pub others: Vec<Meaning>,
}

/// How many places there are for clauses.
pub const RANKS: usize = 9;

/// Another meaning of a slot's words.
pub struct Meaning {
    pub query: Query,
    pub why: String,
}

/// Tells whether the words can fill the slot; `next` stands behind them.
pub fn accepts(slot: &str, filling: &[Word], next: Option<&Word>, today: NaiveDate) -> bool {
    match slot {
        "noun" => filling.len() == 1 && used(&filling[0].lower, Phrasing::Alone),
        "verb" | "verb2" => attitude(filling).is_some() && !used(&filling[0].lower, Phrasing::Alone),
        "stance" => attitude(filling).is_some(),
        "dates" => read_when(filling, today).is_some(),
        "by's" | "source's" => is_name(filling, next) && possessor(filling).is_some(),
        "Name" => is_name(filling, next) && filling[0].text.starts_with(char::is_uppercase),
        "by" | "by2" | "source" | "not-source" | "mentions" | "unquoted" => is_name(filling, next),
        _ => is_topic(filling, today),
    }
}

/// Makes the clause of a filled slot.
pub fn bind(slot: &str, filling: &[Word], today: NaiveDate) -> Option<SlotBinding> {
    use FieldName::*;
    let plain = |field, rank| SlotBinding {
        query: clause(field, &values(slot, filling)),
        words: values(slot, filling).join(" or "),
        rank,
        notes: Vec::new(),
        others: in_outlet(slot, field, filling).into_iter().collect(),
    };
    let bound = match slot {
        "noun" | "verb" | "verb2" | "stance" => bind_attitude(filling)?,
        "dates" => bind_dates(filling, today)?,
        "by" | "by2" | "Name" => plain(By, 1),
        "by's" => SlotBinding { query: clause(By, &[possessor(filling)?]), words: possessor(filling)?, ..plain(By, 1) },
        "target" => plain(Target, 2),
        "about" => plain(About, 3),
        "mentions" => plain(Mentions, 4),
        "unquoted" => {
            let name = clause(By, &values(slot, filling));
            let of = vec![clause(Mentions, &values(slot, filling)), Query::Not { of: Box::new(name) }];
            SlotBinding { query: Query::And { of }, ..plain(Mentions, 4) }
        }
        "source" => plain(Source, 5),
        "source's" => SlotBinding { query: clause(Source, &[possessor(filling)?]), ..plain(Source, 5) },
        "text" => plain(Text, 6),
        "not-source" => SlotBinding {
            query: Query::Not { of: Box::new(clause(Source, &values(slot, filling))) },
            ..plain(Source, 7)
        },
        _ => return None,
    };
    Some(bound)
}

/// Reads the end of "tariffs in El País" as the outlet.
fn in_outlet(slot: &str, field: FieldName, filling: &[Word]) -> Option<Meaning> {
    let place = filling.iter().rposition(|w| !w.quoted && w.lower == "in")?;
    let (before, outlet) = (&filling[..place], &filling[place + 1..]);
    if before.is_empty() || outlet.is_empty() || field == FieldName::Source {
        return None;
    }
    let outlet = without_article(outlet);
    let of = vec![clause(field, &values(slot, before)), clause(FieldName::Source, std::slice::from_ref(&outlet))];
    Some(Meaning { query: Query::And { of }, why: format!("in articles of {outlet}, or that cite it") })
}

fn is_name(filling: &[Word], next: Option<&Word>) -> bool {
    let ends = |(place, word): (usize, &Word)| {
        let inside = place > 0 && goes_on(&filling[place - 1], word);
        !word.quoted && !inside && is_name_word(&word.lower, "ends_name")
    };
    let stops_short = filling.last().zip(next).is_some_and(|(last, next)| goes_on(last, next));
    !filling.is_empty() && !stops_short && !filling.iter().enumerate().any(ends)
}

/// Tells that the name goes on after this word: "Ministry of", "Committee on", "Ambassador to".
fn goes_on(word: &Word, next: &Word) -> bool {
    match next.lower.as_str() {
        "of" => is_name_word(&word.lower, "goes_on_with_of"),
        "on" => is_name_word(&word.lower, "goes_on_with_on"),
        "to" => is_name_word(&word.lower, "goes_on_with_to"),
        "for" => is_name_word(&word.lower, "goes_on_with_for"),
        _ => false,
    }
}

/// Tells whether the words can be a topic: anything but a date.
fn is_topic(filling: &[Word], today: NaiveDate) -> bool {
    let is_when = |w: &Word| !w.quoted && matches!(w.lower.as_str(), "since" | "until");
    let is_day = filling.iter().any(|w| w.text.contains(|c: char| c.is_ascii_digit()))
        && read_english(DateRole::Within, &joined(filling), today).is_some();
    !filling.is_empty() && !is_day && !filling.iter().any(is_when) && read_when(filling, today).is_none()
}

/// Returns the name in `Mexico's` or `the United States'`.
fn possessor(filling: &[Word]) -> Option<String> {
    let text = without_article(filling);
    let text = text.replace('’', "'");
    text.strip_suffix("'s").or_else(|| text.strip_suffix('\'')).map(str::to_string)
}

/// Reads words that say for or against: the value, and whether it is an act.
fn attitude(filling: &[Word]) -> Option<(FieldName, &'static str)> {
    if filling.len() > 3 || filling.iter().any(|w| w.quoted) {
        return None;
    }
    let words = filling.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ");
    if used(&words, Phrasing::Never) {
        return None;
    }
    if let Some(stance) = stance_of(&words) {
        return Some((FieldName::Stance, stance));
    }
    let act = act_of(&words)?;
    (stance_of_act(act).is_some() || matches!(act, "demand" | "predict")).then_some((FieldName::Act, act))
}

/// Tells whether a word for a stance or an act is used so.
fn used(lower: &str, phrasing: Phrasing) -> bool {
    value_words(lower).iter().any(|word| word.phrasing == phrasing)
}

fn bind_attitude(filling: &[Word]) -> Option<SlotBinding> {
    let (field, value) = attitude(filling)?;
    let words = filling.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ");
    let other = match field {
        FieldName::Act => stance_of_act(value).map(|stance| (FieldName::Stance, stance)),
        _ => act_of(&words).map(|act| (FieldName::Act, act)),
    };
    let meaning = |(field, value): (FieldName, &str)| Meaning {
        query: clause(field, &[value.to_string()]),
        why: match field {
            FieldName::Act => format!("only statements that {value}"),
            _ => format!("any statement that {value}s"),
        },
    };
    Some(SlotBinding {
        query: clause(field, &[value.to_string()]),
        words,
        rank: 0,
        notes: Vec::new(),
        others: other.into_iter().map(meaning).collect(),
    })
}

fn bind_dates(filling: &[Word], today: NaiveDate) -> Option<SlotBinding> {
    let typed = read_when(filling, today)?;
    let words = joined(filling);
    let at = filling.first()?.at.start..filling.last()?.at.end;
    let notes = typed.guess.map(|guess| Note { message: format!("`{words}`: {guess}"), at });
    let query = dates_query(typed.range, Certainty::Certain);
    Some(SlotBinding { query, words, rank: 8, notes: notes.into_iter().collect(), others: Vec::new() })
}

/// Reads when: "since September", "between May and July 2024", "in the last 3 months", "before the vote on 5 March".
fn read_when(filling: &[Word], today: NaiveDate) -> Option<TypedDates> {
    if filling.is_empty() || filling.len() > 10 || filling.iter().any(|w| w.quoted) {
        return None;
    }
    let words: Vec<&str> = filling.iter().map(|w| w.lower.as_str()).collect();
    let date = |role, words: &[&str]| read_english(role, &words.join(" "), today);
    match words.as_slice() {
        ["in" | "over" | "during" | "within" | "for" | "from", "the", "last" | "past", amount @ ..]
        | ["in" | "over" | "during" | "within" | "for" | "from", "last" | "past", amount @ ..]
        | ["the", "last" | "past", amount @ ..]
        | ["last" | "past", amount @ ..] => date(DateRole::Last, amount),
        ["since" | "from", rest @ ..] if !rest.contains(&"to") && !rest.contains(&"until") => {
            date(DateRole::Since, rest).or_else(|| event_day(rest, DateRole::Since, today))
        }
        ["between", rest @ ..] => two_dates(rest, &["and"], today),
        ["from", rest @ ..] => two_dates(rest, &["to", "until", "till", "through"], today),
        ["before", rest @ ..] => date(DateRole::Before, rest).or_else(|| event_day(rest, DateRole::Before, today)),
        ["after", rest @ ..] => date(DateRole::After, rest).or_else(|| event_day(rest, DateRole::After, today)),
        ["until" | "till" | "through", rest @ ..] | ["up", "to", rest @ ..] => date(DateRole::Until, rest),
        ["in" | "during" | "on" | "of" | "for" | "throughout", rest @ ..] => date(DateRole::Within, rest),
        [one] if one.contains("..") || one.starts_with(|c: char| c.is_ascii_digit()) && one.len() >= 4 => {
            date(DateRole::Within, &[one])
        }
        ["today" | "yesterday"] | ["this", _] => date(DateRole::Within, &words),
        _ => None,
    }
}

/// Reads "the vote on 5 March" as the day.
fn event_day(words: &[&str], role: DateRole, today: NaiveDate) -> Option<TypedDates> {
    let on = words.iter().rposition(|w| matches!(*w, "on" | "of" | "in"))?;
    read_english(role, &words[on + 1..].join(" "), today)
}

/// Reads a date with no month in another language: in an English phrasing, "on Mars" is no date.
fn read_english(role: DateRole, text: &str, today: NaiveDate) -> Option<TypedDates> {
    if text.split([' ', '-', '.', ',']).any(is_foreign_month) {
        return None;
    }
    read_for(role, text, today)
}

/// Reads "May and July 2024": the year of the second serves the first.
fn two_dates(words: &[&str], joints: &[&str], today: NaiveDate) -> Option<TypedDates> {
    let joint = words.iter().position(|w| joints.contains(w))?;
    if words.iter().any(|w| is_foreign_month(w)) {
        return None;
    }
    let (from, to) = (words[..joint].join(" "), words[joint + 1..].join(" "));
    if from.is_empty() || to.is_empty() {
        return None;
    }
    let year = words.last().filter(|w| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()));
    let has_year = from.split(' ').any(|w| w.len() >= 4 && w.starts_with(|c: char| c.is_ascii_digit()));
    let is_relative = from.contains("last") || from.contains("ago") || from.contains("day");
    match year {
        Some(year) if !has_year && !is_relative => read_between(&format!("{from} {year}"), &to, today),
        _ => read_between(&from, &to, today),
    }
}

fn clause(field: FieldName, values: &[String]) -> Query {
    let one = |value: &String| Query::Field { field, value: value.clone(), exact: false };
    Query::Or { of: values.iter().map(one).collect() }
}

/// Returns the values that a slot's words list: "Mexico, Canada and Chile" are three names, "health and safety" is one topic.
fn values(slot: &str, filling: &[Word]) -> Vec<String> {
    let is_topic = matches!(slot, "about" | "target" | "text");
    let mut values = Vec::new();
    let mut start = 0;
    for (place, word) in filling.iter().enumerate() {
        let is_joint = match word.lower.as_str() {
            "or" => true,
            "and" => !is_topic && !belongs_to_name(&filling[start..place]),
            _ => false,
        };
        if is_joint && !word.quoted {
            values.push(without_article(&filling[start..place]));
            start = place + 1;
        } else if word.comma && !is_topic {
            values.push(without_article(&filling[start..=place]));
            start = place + 1;
        }
    }
    values.push(without_article(&filling[start..]));
    values.retain(|v| !v.is_empty());
    values
}

/// Tells that "and" goes on with the name: Trinidad and Tobago, the Department of Health and Human Services.
fn belongs_to_name(before: &[Word]) -> bool {
    before.windows(2).any(|pair| goes_on(&pair[0], &pair[1]))
        || before.last().is_some_and(|w| is_name_word(&w.lower, "goes_on_with_and"))
}

fn without_article(filling: &[Word]) -> String {
    match filling {
        [first, rest @ ..]
            if !rest.is_empty() && !first.quoted && matches!(first.lower.as_str(), "the" | "a" | "an") =>
        {
            joined(rest)
        }
        _ => joined(filling),
    }
}

fn joined(filling: &[Word]) -> String {
    filling.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
}
