//! Reads one JSON object or front matter as an article: finds title, date, text and the rest under their usual names.

use serde_json::{Map, Value};

use crate::record::DateRule;

use super::date_field::{DateField, read_date, read_date_number};
use super::parsed::{Metadata, ParseError, ParsedDocument, Written};
use super::text::TEXT_LIMIT;

/// Reads a row; its text is left exactly as given.
pub(super) fn article(fields: &Map<String, Value>) -> Result<ParsedDocument, ParseError> {
    let named = Named::new(fields);
    let mut warnings = Vec::new();
    let metadata = metadata_of(&named, DateRule::Field, &mut warnings);
    let text = named.first(TEXT, whole_text).or_else(|| named.first(TEXT_AS_HTML, page_text));
    let text = text.or_else(|| named.first(SUMMARY, whole_text)).unwrap_or_default();
    if text.len() > TEXT_LIMIT {
        return Err(ParseError::TooLarge { what: "the text", limit: TEXT_LIMIT });
    }
    if text.trim().is_empty() && metadata.title.is_none() {
        return Err(ParseError::NoText);
    }
    if text.trim().is_empty() {
        warnings.push("no text, only a title".to_string());
    }
    if let Some(missing) = cut_short(&text) {
        warnings.push(format!("the text was cut short by its source ({missing} characters are missing)"));
    }
    Ok(ParsedDocument { row: named.first(ID, one_line), text, metadata, warnings })
}

/// Reads what the fields say of the article besides its text.
pub(super) fn metadata(fields: &Map<String, Value>, rule: DateRule, warnings: &mut Vec<String>) -> Metadata {
    metadata_of(&Named::new(fields), rule, warnings)
}

fn metadata_of(named: &Named, rule: DateRule, warnings: &mut Vec<String>) -> Metadata {
    Metadata {
        title: named.first(TITLE, one_line),
        outlet: named.first(OUTLET, one_line),
        authors: named.first(AUTHORS, names).unwrap_or_default(),
        url: named.first(URL, one_line),
        language: named.first(LANGUAGE, one_line),
        dates: dates(named, rule, warnings),
    }
}

// Names are compared without case, `_`, `-`, `.` and spaces; the first that holds something counts.
const TITLE: &[&str] = &["title", "headline", "webtitle", "heading", "name", "titulo"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publishedat",
    "publishdate",
    "publisheddate",
    "publisheddatetime",
    "datepublished",
    "pubdate",
    "publicationdate",
    "publishedon",
    "publishedtime",
    "publishtime",
    "webpublicationdate",
    "firstpublished",
    "firstpublicationdate",
    "issued",
    "datetime",
    "createdat",
    "created",
    "datecreated",
    "timestamp",
    "fecha",
];
const OUTLET: &[&str] = &[
    "source",
    "sourcename",
    "outlet",
    "medianame",
    "publication",
    "publisher",
    "sitename",
    "newspaper",
    "newsoutlet",
    "sourcedomain",
    "domain",
    "mediaurl",
];
const AUTHORS: &[&str] = &["author", "authors", "byline", "creator", "creators", "writer"];
const URL: &[&str] = &["url", "link", "canonical", "canonicalurl", "weburl", "articleurl", "permalink", "sourceurl"];
const TEXT: &[&str] = &[
    "text",
    "fulltext",
    "body",
    "maintext",
    "articlebody",
    "articletext",
    "bodytext",
    "contenttext",
    "content",
    "article",
];
const TEXT_AS_HTML: &[&str] = &["contenthtml", "bodyhtml", "html"];
const SUMMARY: &[&str] = &["description", "summary", "abstract", "snippet"];
const LANGUAGE: &[&str] = &["language", "lang", "languagecode", "inlanguage"];
const ID: &[&str] = &["id", "uid", "guid", "storiesid", "storyid", "articleid", "key"];

/// The fields of a row by their folded names.
struct Named<'a>(Vec<(String, &'a Value)>);

impl<'a> Named<'a> {
    fn new(fields: &'a Map<String, Value>) -> Named<'a> {
        let fold = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Named(fields.iter().map(|(name, value)| (fold(name), value)).collect())
    }

    fn get(&self, name: &str) -> impl Iterator<Item = &'a Value> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| *value)
    }

    fn first<T>(&self, names: &[&str], read: fn(&Value) -> Option<T>) -> Option<T> {
        names.iter().flat_map(|name| self.get(name)).find_map(read)
    }
}

/// Reads a short value: a string, a number, or the name within an object such as NewsAPI's `source`.
fn one_line(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(one_line),
        Value::Object(fields) => {
            let named = Named::new(fields);
            named.first(&["name", "title", "main", "rendered", "displayname", "original", "oid", "id", "url"], one_line)
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// Reads a text as it stands; a list of paragraphs is joined by blank lines.
fn whole_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|t| !t.trim().is_empty()),
        Value::Array(parts) => {
            let parts: Vec<String> = parts.iter().filter_map(whole_text).collect();
            Some(parts.join("\n\n")).filter(|t| !t.is_empty())
        }
        Value::Object(fields) => {
            let named = Named::new(fields);
            named
                .first(&["text", "bodytext", "body", "content"], whole_text)
                .or_else(|| named.first(&["rendered"], page_text))
        }
        _ => None,
    }
}

/// Reads a text that is given as HTML.
fn page_text(value: &Value) -> Option<String> {
    value.as_str().and_then(super::html::fragment_text)
}

/// Reads authors: one string, a list of strings, or of objects with a name.
fn names(value: &Value) -> Option<Vec<String>> {
    let written: Vec<String> = match value {
        Value::Array(values) => values.iter().filter_map(one_line).collect(),
        other => one_line(other).into_iter().collect(),
    };
    let names = super::byline::names(&written);
    (!names.is_empty()).then_some(names)
}

fn dates(named: &Named, rule: DateRule, warnings: &mut Vec<String>) -> Vec<Written> {
    for value in DATE.iter().flat_map(|name| named.get(name)) {
        let read = match value {
            Value::Null => continue,
            Value::Number(number) => read_date_number(number.as_f64().map_or(0, |n| n as i64)),
            other => match one_line(other).or_else(|| mongo_date(other)) {
                Some(text) => read_date(&text),
                None => read_date(""),
            },
        };
        match read {
            DateField::Date(date, doubt) => {
                warnings.extend(doubt);
                return vec![Written { date, by: rule }];
            }
            DateField::NoDate(reason) => warnings.push(reason),
        }
    }
    Vec::new()
}

/// Reads the date object of MongoDB's exports.
fn mongo_date(value: &Value) -> Option<String> {
    value.get("$date").and_then(one_line)
}

/// Returns how many characters NewsAPI's mark at the end of a text says were cut: `… [+1234 chars]`.
fn cut_short(text: &str) -> Option<u64> {
    let mark = text.trim_end().strip_suffix(" chars]")?;
    let (_, count) = mark.rsplit_once("[+")?;
    count.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(row: Value) -> ParsedDocument {
        article(row.as_object().unwrap()).unwrap()
    }

    #[test]
    fn finds_the_usual_names() {
        let row = json!({
            "source": {"id": null, "name": "The Example Post"}, "author": "By Ana Ruiz and Bo Lee", "title": " A  title ",
            "description": "short", "url": "https://example.com/a", "publishedAt": "2024-03-04T05:06:07Z", "content": "Body. \n "
        });
        let document = read(row);
        assert_eq!(document.text, "Body. \n ");
        assert_eq!(document.metadata.title.as_deref(), Some("A title"));
        assert_eq!(document.metadata.outlet.as_deref(), Some("The Example Post"));
        assert_eq!(document.metadata.authors, ["Ana Ruiz", "Bo Lee"]);
        assert_eq!(document.metadata.dates[0].date.to_string(), "2024-03-04");
        assert!(document.warnings.is_empty());
    }

    #[test]
    fn finds_the_names_of_other_exports() {
        let row = json!({"stories_id": 12, "Media_Name": "Gazette", "publish_date": "2020-01-02", "TEXT": ["One.", "Two."],
            "byline": [{"name": "C. Day"}], "Headline": {"main": "Up"}});
        let document = read(row);
        assert_eq!(document.row.as_deref(), Some("12"));
        assert_eq!(document.text, "One.\n\nTwo.");
        assert_eq!(document.metadata.outlet.as_deref(), Some("Gazette"));
        assert_eq!(document.metadata.authors, ["C. Day"]);
        assert_eq!(document.metadata.title.as_deref(), Some("Up"));
    }

    #[test]
    fn warns_of_what_is_odd() {
        let warnings = |row: Value| read(row).warnings.join("; ");
        assert_eq!(
            warnings(json!({"text": "So it went… [+1234 chars]"})),
            "the text was cut short by its source (1234 characters are missing)"
        );
        assert_eq!(warnings(json!({"text": "x", "date": "0000-00-00"})), "date `0000-00-00` is not a date");
        assert_eq!(warnings(json!({"text": "x", "date": null})), "");
        assert_eq!(warnings(json!({"title": "x", "text": " "})), "no text, only a title");
        let next = read(json!({"text": "x", "date": "n/a", "created_at": 1527033600}));
        assert_eq!(next.metadata.dates[0].date.to_string(), "2018-05-23");
    }

    #[test]
    fn a_row_without_text_is_none() {
        assert_eq!(article(json!({"n": 1}).as_object().unwrap()), Err(ParseError::NoText));
    }
}
