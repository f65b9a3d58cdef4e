//! An `IngestReport` in words.

use std::fmt::Write as _;

use super::outside::shown;
use super::style::counted;
use crate::ingest::IngestReport;

/// Failures that are named before the rest is only counted.
const NAMED: usize = 20;

/// Returns what was done, what was skipped and what failed.
pub fn in_words(report: &IngestReport) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    if let Some(because) = &report.rebuilt {
        let _ = writeln!(text, "the index was built anew: {}", shown(because));
    }
    let _ = writeln!(
        text,
        "{} read, {} unchanged, {} gone",
        counted(report.read, "file"),
        report.unchanged,
        report.deleted
    );
    let model = report.model.map(|model| format!(", read with the {} model", model.name())).unwrap_or_default();
    let _ = writeln!(
        text,
        "{} with {} ({} undated){model}",
        counted(report.articles, "article"),
        counted(report.statements, "statement"),
        report.undated
    );
    if report.read_again > 0 {
        let _ = writeln!(text, "{} read again with the accurate model", counted(report.read_again, "article"));
    }
    if report.read_worse > 0 {
        let before = counted(report.read_worse, "article");
        let _ = writeln!(
            text,
            "{before} of changed files had been read with the accurate model; `--model accurate` reads them again"
        );
    }
    if report.warnings > 0 {
        let _ = writeln!(text, "{} with something odd; `onrecord show ID` tells", counted(report.warnings, "article"));
    }
    for (reason, count) in &report.skipped {
        let _ = writeln!(text, "skipped {count}: {}", shown(reason));
    }
    if !report.skipped.is_empty() {
        let _ = writeln!(text, "`-v` names what was skipped");
    }
    for failure in report.failed.iter().take(NAMED) {
        let _ = writeln!(text, "failed: {}", shown(failure));
    }
    let more = report.failed_unnamed + report.failed.len().saturating_sub(NAMED) as u64;
    if more > 0 {
        let _ = writeln!(text, "failed: {more} more; `onrecord status --format json` names up to a thousand");
    }
    text
}
