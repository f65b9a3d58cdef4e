//! Rows of the record contract as JSON lines and CSV.

use std::io::Write;

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::outside::{harmless as harmless_char, json};
use crate::query::Unit;
use crate::search::Record;

/// Forms of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// An object a line
    Jsonl,
    /// One array
    Json,
    /// A table with a head; lists are joined by `; `, and a cell that begins like a formula has an apostrophe before it
    Csv,
}

/// Columns of statements, in the order of the record.
const STATEMENT_COLUMNS: &[&str] = &[
    "id",
    "article",
    "path",
    "title",
    "outlet",
    "published",
    "quotation",
    "speaker",
    "cue",
    "content",
    "spans",
    "title_spans",
    "context",
    "actor",
    "kind",
    "role",
    "countries",
    "countries_alpha3",
    "affiliations",
    "counts_for",
    "formerly",
    "because",
    "resolved_by",
    "stance",
    "act",
    "target",
    "cites",
    "confidence",
    "found_by",
    "fingerprint",
];

/// Columns of articles, in the order of the record.
const ARTICLE_COLUMNS: &[&str] = &[
    "id",
    "path",
    "title",
    "outlet",
    "authors",
    "published",
    "published_by",
    "not_before",
    "url",
    "language",
    "text",
    "cited_sources",
    "actors",
    "model",
    "warnings",
];

/// Writes rows one after another.
pub enum RowWriter<W: Write> {
    Jsonl(W),
    Json { out: W, any: bool },
    Csv { out: Box<csv::Writer<W>>, columns: &'static [&'static str] },
}

impl<W: Write> RowWriter<W> {
    /// Starts the output.
    pub fn start(format: RowFormat, unit: Unit, mut out: W) -> anyhow::Result<RowWriter<W>> {
        Ok(match format {
            RowFormat::Jsonl => RowWriter::Jsonl(out),
            RowFormat::Json => {
                out.write_all(b"[")?;
                RowWriter::Json { out, any: false }
            }
            RowFormat::Csv => {
                let columns = match unit {
                    Unit::Statements => STATEMENT_COLUMNS,
                    Unit::Articles => ARTICLE_COLUMNS,
                };
                let mut out = csv::Writer::from_writer(out);
                out.write_record(columns)?;
                RowWriter::Csv { out: Box::new(out), columns }
            }
        })
    }

    /// Writes one row.
    pub fn row(&mut self, row: &Record) -> anyhow::Result<()> {
        match self {
            RowWriter::Jsonl(out) => {
                line(out, row)?;
                out.write_all(b"\n")?;
            }
            RowWriter::Json { out, any } => {
                out.write_all(if std::mem::replace(any, true) { b",\n" } else { b"\n" })?;
                line(out, row)?;
            }
            RowWriter::Csv { out, columns } => {
                // Through the text, so that numbers have the digits of the other forms.
                let row: Value = serde_json::from_str(&serde_json::to_string(row)?)?;
                out.write_record(columns.iter().map(|column| cell(&row[*column])))?;
            }
        }
        Ok(())
    }

    /// Ends the output.
    pub fn end(self) -> anyhow::Result<()> {
        match self {
            RowWriter::Jsonl(mut out) => out.flush()?,
            RowWriter::Json { mut out, .. } => {
                out.write_all(b"\n]\n")?;
                out.flush()?;
            }
            RowWriter::Csv { mut out, .. } => out.flush()?,
        }
        Ok(())
    }
}

fn line(out: &mut impl Write, row: &impl Serialize) -> anyhow::Result<()> {
    // Through a string, so that an error is the output's and not the serializer's.
    out.write_all(json(row)?.as_bytes())?;
    Ok(())
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        Value::Array(values) if values.iter().all(Value::is_string) => {
            harmless(&values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "))
        }
        other => other.to_string(),
    }
}

/// Returns text that a spreadsheet takes for text, and a terminal too.
///
/// A cell that begins like a formula would be run when the table is opened: an apostrophe before it prevents that.
fn harmless(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c == '\n' || c == '\t' { c } else { harmless_char(c) }).collect();
    if clean.starts_with(['=', '+', '-', '@', '\t']) { format!("'{clean}") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{ArticleRow, StatementRow};

    fn properties(schema: schemars::Schema) -> Vec<String> {
        let mut names: Vec<String> = schema.as_value()["properties"].as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    }

    fn sorted(columns: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = columns.iter().map(|c| c.to_string()).collect();
        names.sort();
        names
    }

    #[test]
    fn tables_have_the_columns_of_the_records() {
        assert_eq!(sorted(STATEMENT_COLUMNS), properties(schemars::schema_for!(StatementRow)));
        assert_eq!(sorted(ARTICLE_COLUMNS), properties(schemars::schema_for!(ArticleRow)));
    }

    /// A row of `extract` and `export`: a statement or an article.
    #[derive(schemars::JsonSchema)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only its schema is of use")]
    enum Row {
        Statement(Box<StatementRow>),
        Article(Box<ArticleRow>),
    }

    #[test]
    fn the_schema_file_is_current() {
        let schema = schemars::schema_for!(Row);
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/record.schema.json");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let current = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            current == text,
            "schema/record.schema.json is out of date; update it with UPDATE_DOCS=1 cargo test --lib"
        );
    }

    #[test]
    fn cells_hold_lists_and_spans() {
        assert_eq!(cell(&serde_json::json!(["a", "b"])), "a; b");
        assert_eq!(cell(&serde_json::json!({"cue": [[1, 2]]})), r#"{"cue":[[1,2]]}"#);
        assert_eq!(cell(&Value::Null), "");
        assert_eq!(cell(&serde_json::json!(0.5)), "0.5");
        assert_eq!(cell(&serde_json::json!(-1)), "-1");
    }

    #[test]
    fn cells_are_no_formulas_and_hold_no_control_characters() {
        for (text, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1", "'+1"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("a=b\nc\u{1b}[2J\u{7}\u{9b}", "a=b\nc�[2J��"),
        ] {
            assert_eq!(cell(&Value::from(text)), expected);
        }
        assert_eq!(cell(&serde_json::json!(["=1", "b"])), "'=1; b");
    }
}
