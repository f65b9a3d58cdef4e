//! The gold records of `corpus/expected`, and where their statements stand in an article.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use onrecord::record::StatementRow;
use serde_json::Value;

/// Returns the sample corpus.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Reads the gold record of a file, given by its path below `articles/`.
pub fn record(path: &str) -> Value {
    let path = corpus().join("expected").join(format!("{path}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Where a statement's content stands, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    in_title: bool,
    range: Range<usize>,
}

/// Returns where the content of a gold statement stands: a headline perhaps in the title and in the text.
pub fn places(statement: &Value, title: &str, text: &str) -> Vec<Place> {
    let word = |field: &str| statement[field].as_str().unwrap_or_default();
    let nearest = |whole: &str, in_title: bool| {
        let distance = |range: &Range<usize>| {
            let far = |what: &str| (whole.match_indices(what).map(|(at, _)| at.abs_diff(range.start))).min();
            far(word("cue")).unwrap_or(whole.len()) + far(word("speaker")).unwrap_or(whole.len())
        };
        let range = occurrences(whole, word("content")).into_iter().min_by_key(distance)?;
        let points = |byte: usize| whole[..byte].chars().count();
        Some(Place { in_title, range: points(range.start)..points(range.end) })
    };
    let title = nearest(title, true).filter(|_| word("quotation") == "headline");
    title.into_iter().chain(nearest(text, false)).collect()
}

/// Finds a content; ` ... ` stands for any words between its first and last ones.
fn occurrences(whole: &str, content: &str) -> Vec<Range<usize>> {
    let mut pieces = content.split(" ... ");
    let first = pieces.next().unwrap_or_default();
    let rest: Vec<&str> = pieces.collect();
    let from = |(start, found): (usize, &str)| {
        let mut end = start + found.len();
        for piece in &rest {
            end += whole[end..].find(piece)? + piece.len();
        }
        Some(start..end)
    };
    whole.match_indices(first).filter_map(from).collect()
}

/// Returns where the content of a found statement stands.
pub fn place(row: &StatementRow) -> Option<Place> {
    let in_title = row.spans.content.is_empty();
    let spans = if in_title { &row.title_spans.content } else { &row.spans.content };
    let start = spans.iter().map(|span| span[0]).min()?;
    let end = spans.iter().map(|span| span[1]).max()?;
    Some(Place { in_title, range: start..end })
}

/// Returns how much two places have in common, from 0 to 1000; `None` where they are not the same statement.
///
/// They are where they share half of the shorter and a fifth of the longer: where a statement is cut is a matter of taste.
pub fn likeness(gold: &[Place], found: &Place) -> Option<usize> {
    gold.iter().filter(|place| place.in_title == found.in_title).filter_map(|place| common(place, found)).max()
}

fn common(one: &Place, other: &Place) -> Option<usize> {
    let (one, other) = (&one.range, &other.range);
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    let same = shared > 0 && 2 * shared >= shorter && 5 * shared >= longer;
    same.then(|| 1000 * shared / (one.len() + other.len() - shared))
}
