//! JSON: one article, an array of articles, or an envelope around an array; each row stands or fails alone.

use std::ops::Range;

use serde_json::Value;

use super::encoding::decode;
use super::fields;
use super::json_repair::repaired;
use super::json_scan::{Elements, Member, depth, elements, end_of_value, first_byte, members};
use super::parsed::{ParseError, ParsedDocument, RowError};
use super::row_ids::RowIds;

/// How deep a row may nest.
pub(super) const DEPTH_LIMIT: usize = 128;

/// The articles of a JSON file, read one by one.
pub(super) struct JsonRows {
    text: String,
    rows: std::iter::Enumerate<std::vec::IntoIter<Range<usize>>>,
    /// A file that is one object is the article itself and has no rows.
    single: bool,
    /// What stands at the end of a file that breaks off: the row where it does, and why.
    break_off: Option<RowError>,
    ids: RowIds,
    warnings: Vec<String>,
}

/// Finds the rows of a JSON file.
pub(super) fn parse(bytes: Vec<u8>) -> Result<JsonRows, ParseError> {
    let decoded = decode(bytes, None)?;
    let text = decoded.text;
    if text.trim().is_empty() {
        return Err(ParseError::Empty);
    }
    let Rows { ranges, single, whole } = rows_of(&text)?;
    if ranges.is_empty() {
        return Err(if whole { ParseError::NoText } else { broken(&text) });
    }
    let break_off = (!whole).then(|| RowError { row: ranges.len() + 1, error: broken(&text) });
    let rows = ranges.into_iter().enumerate();
    Ok(JsonRows { text, rows, single, break_off, ids: RowIds::default(), warnings: decoded.warnings })
}

impl Iterator for JsonRows {
    type Item = Result<ParsedDocument, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some((index, range)) = self.rows.next() else {
            return self.break_off.take().map(Err);
        };
        let row = index + 1;
        let mut document = match document(&self.text[range]) {
            Ok(document) => document,
            Err(error) => return Some(Err(RowError { row, error })),
        };
        document.warnings.append(&mut self.warnings);
        if self.single {
            document.row = None;
        } else {
            self.ids.settle(&mut document, row);
        }
        Some(Ok(document))
    }
}

/// Reads one row as an article.
pub(super) fn document(source: &str) -> Result<ParsedDocument, ParseError> {
    let (value, repairs) = value(source)?;
    let Value::Object(row) = value else {
        return Err(malformed("a row is not an object".to_string()));
    };
    let mut document = fields::article(&row)?;
    document.warnings.extend(repairs);
    Ok(document)
}

fn value(source: &str) -> Result<(Value, Option<String>), ParseError> {
    let error = match serde_json::from_str(source) {
        Ok(value) => return Ok((value, None)),
        Err(error) => error,
    };
    if depth(source) > DEPTH_LIMIT {
        return Err(ParseError::TooDeep { format: "JSON", limit: DEPTH_LIMIT });
    }
    if let Some((repaired, repairs)) = repaired(source)
        && let Ok(value) = serde_json::from_str(&repaired)
    {
        return Ok((value, Some(repairs)));
    }
    Err(malformed(in_row(&error, source)))
}

/// A row knows its column; its line is that of the file, which the row's number tells.
fn in_row(error: &serde_json::Error, source: &str) -> String {
    let message = error.to_string();
    if source.contains('\n') { message } else { message.replace(" at line 1 column ", " at column ") }
}

fn malformed(reason: String) -> ParseError {
    ParseError::Malformed { format: "JSON", reason }
}

/// Where the rows of a file stand.
struct Rows {
    ranges: Vec<Range<usize>>,
    single: bool,
    whole: bool,
}

impl From<Elements> for Rows {
    fn from(elements: Elements) -> Rows {
        Rows { ranges: elements.ranges, single: false, whole: elements.whole }
    }
}

fn rows_of(text: &str) -> Result<Rows, ParseError> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    match text.as_bytes().get(start) {
        Some(b'[') => Ok(elements(text, start).into()),
        Some(b'{') => {
            let Some(end) = end_of_value(text, start) else {
                // An envelope that breaks off still has its rows up to there.
                return envelope(text, start, 0).ok_or_else(|| broken(text));
            };
            if !text[end..].trim().is_empty() {
                return Ok(values_in_turn(text, start));
            }
            let single = Rows { ranges: std::iter::once(start..end).collect(), single: true, whole: true };
            Ok(envelope(text, start, 0).unwrap_or(single))
        }
        _ => Err(malformed("neither an object nor an array".to_string())),
    }
}

/// Returns the error of a file that ends too early or has brackets that do not match.
fn broken(text: &str) -> ParseError {
    if depth(text) > DEPTH_LIMIT {
        return ParseError::TooDeep { format: "JSON", limit: DEPTH_LIMIT };
    }
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err();
    malformed(error.map_or_else(|| "brackets do not match".to_string(), |e| e.to_string()))
}

/// Returns the values of a file that is JSONL by content, though not by name.
fn values_in_turn(text: &str, start: usize) -> Rows {
    let mut rows = Rows { ranges: Vec::new(), single: false, whole: true };
    let mut at = start;
    while first_byte(text, at).is_some() {
        at = text.len() - text[at..].trim_start().len();
        let Some(end) = end_of_value(text, at) else {
            rows.whole = false;
            break;
        };
        rows.ranges.push(at..end);
        at = end;
    }
    rows
}

/// Names under which the known services and exports give their list of articles.
const ENVELOPES: [&str; 11] =
    ["articles", "stories", "items", "results", "docs", "documents", "data", "rows", "entries", "news", "response"];

/// Returns the rows of an object such as NewsAPI's `{"status": "ok", "articles": [...]}`.
fn envelope(text: &str, start: usize, level: usize) -> Option<Rows> {
    let members = members(text, start);
    for name in ENVELOPES {
        let Some(Member { value, .. }) = members.iter().find(|m| m.name.eq_ignore_ascii_case(name)) else { continue };
        match first_byte(text, *value) {
            Some(b'[') => {
                let rows = elements(text, *value);
                // What is no object there is a bad row, unless nothing else is there: then it is a list of something else.
                let is_object = |row: &Range<usize>| text[row.clone()].starts_with('{');
                if rows.ranges.is_empty() || rows.ranges.iter().any(is_object) {
                    return Some(rows.into());
                }
            }
            Some(b'{') if level == 0 => {
                if let Some(rows) = envelope(text, *value, level + 1) {
                    return Some(rows);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(source: &str, expected: &[&str]) {
        let shown: Vec<String> = match parse(source.as_bytes().to_vec()) {
            Err(error) => vec![error.to_string()],
            Ok(rows) => rows
                .map(|row| match row {
                    Ok(document) => format!("{} {}", document.row.as_deref().unwrap_or("-"), document.text),
                    Err(error) => error.to_string(),
                })
                .collect(),
        };
        assert_eq!(shown, expected, "{source}");
    }

    #[test]
    fn finds_the_rows() {
        check(r#"{"text": "One", "id": "a"}"#, &["- One"]);
        check(r#" [{"text": "One"}, {"id": "b", "text": "Two"}] "#, &["1 One", "b Two"]);
        check(r#"{"status": "ok", "articles": [{"content": "One"}, {"content": "Two"}]}"#, &["1 One", "2 Two"]);
        check(r#"{"response": {"docs": [{"text": "One"}]}}"#, &["1 One"]);
        check("{\"text\": \"One\"}\n{\"text\": \"Two\"}\n", &["1 One", "2 Two"]);
        check(r#"{"text": "One", "items": ["a", "b"]}"#, &["- One"]);
    }

    #[test]
    fn a_bad_row_fails_alone() {
        check(
            r#"[{"text": "One"}, 7, {"text": tru}, {"text": "Two"}]"#,
            &[
                "1 One",
                "row 2: not valid JSON: a row is not an object",
                "row 3: not valid JSON: expected ident at column 13",
                "4 Two",
            ],
        );
        check(
            r#"{"articles": [{"text": "One"}, null, {"text": "Two"}]}"#,
            &["1 One", "row 2: not valid JSON: a row is not an object", "3 Two"],
        );
        check(r#"[{"id": "a", "text": "One"}, {"id": "a", "text": "Two"}]"#, &["a One", "a-2 Two"]);
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        check("", &["empty"]);
        check("[]", &["no article text found"]);
        check(
            r#"[{"text": "One"}, {"text": "Tw"#,
            &["1 One", "row 2: not valid JSON: EOF while parsing a string at line 1 column 30"],
        );
        check(
            r#"{"articles": [{"text": "One"}, {"text""#,
            &["1 One", "row 2: not valid JSON: EOF while parsing an object at line 1 column 38"],
        );
        check("\"text\"", &["not valid JSON: neither an object nor an array"]);
        check(r#"{"text": "One""#, &["not valid JSON: EOF while parsing an object at line 1 column 14"]);
        let deep = format!(r#"{{"text": "x", "deep": {}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        check(&deep, &["row 1: JSON nested deeper than 128 levels"]);
        check(&"[".repeat(100_000), &["JSON nested deeper than 128 levels"]);
    }

    #[test]
    fn mends_what_writers_get_wrong() {
        check(r#"{"text": "a \ud83d b \ud83d\ude00", "date": NaN}"#, &["- a \u{fffd} b 😀"]);
    }

    proptest! {
        #[test]
        fn no_input_panics(source in r#"[\[\]{}":,a\\u0d8 \n]{0,40}"#) {
            if let Ok(rows) = parse(source.into_bytes()) {
                rows.count();
            }
        }

        #[test]
        fn text_comes_out_as_given(text in ".{1,80}", id in ".{1,8}") {
            prop_assume!(!text.trim().is_empty() && !id.trim().is_empty());
            let source = serde_json::json!([{ "id": id, "text": text }]).to_string();
            let rows: Vec<_> = parse(source.into_bytes()).unwrap().collect();
            prop_assert_eq!(&rows[0].as_ref().unwrap().text, &text);
        }
    }
}
