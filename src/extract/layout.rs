//! What each paragraph is: title, heading, body, list item, embedded post, entry of a list of sources.

use super::annotated::Annotated;
use super::lines::{is_post_signature, is_source_entry};
use crate::language::TokenRange;
use crate::lexicon::fold;

/// The part that a paragraph plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Repeats the article's title.
    Title,
    /// A section's heading.
    Heading,
    /// Running text.
    Body,
    /// An item of a list.
    Item,
    /// An item of the list that sums up the article: `Story Highlights`.
    Highlight,
    /// Words of an embedded post.
    Post,
    /// The line that says who wrote the post before it.
    Signature,
    /// The line that opens a list of sources: `Sources:`.
    SourcesHeading,
    /// An entry of that list.
    Source,
    /// `By Jane Doe`, `Photo: ...`, and other lines that say nothing.
    Credit,
}

/// Returns the part of every paragraph of the document; `titled` tells whether the title was given or made from the text.
pub(super) fn parts(text: &Annotated, title: &str, titled: bool) -> Vec<Part> {
    let paragraphs = &text.document.paragraphs;
    let mut parts = Vec::with_capacity(paragraphs.len());
    let mut in_sources = false;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let mut part = part_of(text, number, paragraph, title, titled);
        if part == Part::Item && sums_up(text, &parts, paragraphs) {
            part = Part::Highlight;
        }
        match part {
            Part::SourcesHeading => in_sources = true,
            _ if in_sources && is_source_entry(text.document.slice(paragraph)) => part = Part::Source,
            _ => in_sources = false,
        }
        if part == Part::Signature {
            mark_post(text, &mut parts, paragraphs);
        }
        parts.push(part);
    }
    parts
}

fn part_of(text: &Annotated, number: usize, paragraph: &TokenRange, title: &str, titled: bool) -> Part {
    let written = text.document.slice(paragraph);
    let first = text.lower(paragraph.start);
    let only = text.document.paragraphs.len() == 1;
    let may_be_prose = only || !titled;
    if number == 0 && same_words(written, title) && !(may_be_prose && ends_like_prose(text, paragraph)) {
        return Part::Title;
    }
    if is_sources_heading(written) {
        return Part::SourcesHeading;
    }
    if is_post_signature(written) {
        return Part::Signature;
    }
    if matches!(first, "•" | "-" | "–" | "*" | "·") && paragraph.len() > 2 {
        return Part::Item;
    }
    if is_credit(text, paragraph) {
        return Part::Credit;
    }
    if is_heading(text, number, paragraph) { Part::Heading } else { Part::Body }
}

/// Tells whether the next item belongs to a list that sums up the article: one that is headed so, or that stands before
/// all running text.
fn sums_up(text: &Annotated, before: &[Part], paragraphs: &[TokenRange]) -> bool {
    let Some(last) = before.len().checked_sub(1) else { return true };
    match before[last] {
        Part::Highlight => true,
        Part::Heading | Part::Body if heads_highlights(text.document.slice(&paragraphs[last])) => true,
        _ => before.iter().all(|part| matches!(part, Part::Title | Part::Credit)),
    }
}

fn heads_highlights(written: &str) -> bool {
    let folded = fold(written.trim().trim_end_matches(':').trim());
    matches!(
        folded.as_str(),
        "story highlights"
            | "highlights"
            | "key points"
            | "key takeaways"
            | "takeaways"
            | "at a glance"
            | "in brief"
            | "in short"
            | "summary"
            | "the main points"
            | "main points"
    )
}

/// Tells whether the two are the same but for letter case, accents, marks and white space.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let plain =
        |s: &str| fold(s).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_string).collect();
    let (a, b): (Vec<String>, Vec<String>) = (plain(a), plain(b));
    !a.is_empty() && a == b
}

/// Letters of the longest such heading.
const SOURCES_HEADING_LETTERS: usize = "bibliography".len();

fn is_sources_heading(written: &str) -> bool {
    // Nearly all paragraphs are longer, and folding them all takes time.
    if written.chars().filter(char::is_ascii_alphabetic).nth(SOURCES_HEADING_LETTERS).is_some() {
        return false;
    }
    let folded = fold(written.trim_end_matches(':').trim());
    matches!(folded.as_str(), "sources" | "source" | "references" | "works cited" | "bibliography" | "fuentes")
}

/// The paragraphs before a signature are the post, back to the last one of running text that ends like a sentence.
fn mark_post(text: &Annotated, parts: &mut [Part], paragraphs: &[TokenRange]) {
    const LONGEST_POST: usize = 6;
    let before = parts.len();
    for number in (before.saturating_sub(LONGEST_POST)..before).rev() {
        if parts[number] != Part::Body && parts[number] != Part::Heading {
            return;
        }
        let adjoining = {
            let end = paragraphs[number].end;
            let next = paragraphs.get(number + 1).map_or(end, |p| p.start);
            let from = text.document.tokens[end - 1].end;
            let to = text.document.tokens.get(next).map_or(from, |t| t.start);
            !text.document.text[from..to.max(from)].contains("\n\n")
        };
        let first = number + 1 == before;
        if !first && (!adjoining || ends_like_prose(text, &paragraphs[number])) {
            return;
        }
        parts[number] = Part::Post;
    }
}

fn ends_like_prose(text: &Annotated, paragraph: &TokenRange) -> bool {
    matches!(text.document.word(paragraph.end - 1), "." | "!" | "?" | "”" | "\"")
}

fn is_credit(text: &Annotated, paragraph: &TokenRange) -> bool {
    let first = text.lower(paragraph.start);
    let colon = paragraph.len() > 1 && text.lower(paragraph.start + 1) == ":";
    let by_line = first == "by" && paragraph.len() <= 12 && !ends_like_prose(text, paragraph);
    let caption = colon && matches!(first, "photo" | "image" | "video" | "photograph" | "credit");
    let pointer = matches!(first, "advertisement" | "related" | "subscribe") && paragraph.len() <= 4;
    by_line || caption || pointer
}

/// Short, without a full stop, and with something under it.
fn is_heading(text: &Annotated, number: usize, paragraph: &TokenRange) -> bool {
    const LONGEST: usize = 14;
    let last = text.document.word(paragraph.end - 1);
    let ends_open = matches!(last, "." | "!" | "?" | "”" | "\"" | "," | ";" | "…" | "’" | ")");
    let starts_well =
        text.is_capital(paragraph.start) || text.document.word(paragraph.start).starts_with(char::is_numeric);
    let followed = number + 1 < text.document.paragraphs.len();
    paragraph.len() <= LONGEST && starts_well && !ends_open && followed
}
