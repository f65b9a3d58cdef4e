//! What the article cites: its list of sources at the end, and outlets that somebody told something.

use super::annotated::Annotated;
use super::dates::date_mentions;
use super::layout::Part;
use super::statements::Found;
use crate::language::TokenRange;
use crate::lexicon::{Entry, WordClass, slug};
use crate::record::{CitedSource, PartialDate, Span};

/// Returns the cited sources of the whole article, and of each statement the ids of those that it is credited to.
pub(super) fn cited(
    text: &Annotated,
    parts: &[Part],
    statements: &[Found],
    own_outlet: Option<&str>,
) -> (Vec<CitedSource>, Vec<Vec<String>>) {
    let mut sources = Vec::new();
    let mut credits = Vec::new();
    for statement in statements {
        let found: Vec<CitedSource> =
            told(text, statement).into_iter().filter(|s| Some(s.id.as_str()) != own_outlet).collect();
        credits.push(found.iter().map(|s| s.id.clone()).collect());
        for source in found {
            if !sources.iter().any(|s: &CitedSource| s.id == source.id && s.title.is_none()) {
                sources.push(source);
            }
        }
    }
    for (number, paragraph) in text.document.paragraphs.iter().enumerate() {
        if parts[number] == Part::Source {
            sources.extend(entry(text, paragraph));
        }
    }
    (sources, credits)
}

/// `told El País`, `in an interview with Fox News`, `on CNN`: an outlet beside the cue.
fn told(text: &Annotated, statement: &Found) -> Vec<CitedSource> {
    const REACH: usize = 9;
    let Some(cue) = statement.cue.as_ref().filter(|c| !c.is_empty()) else { return Vec::new() };
    let sentence = text.sentence_of(cue.start);
    let near = cue.start.saturating_sub(1).max(sentence.start)..(cue.end + REACH).min(sentence.end);
    let mut found: Vec<CitedSource> = unknown_outlet(text, &near, sentence.end).into_iter().collect();
    for name in text.names_within(&near) {
        let outlet = name.entries.iter().find_map(|e| match e {
            Entry::Outlet(outlet) => Some(*outlet),
            _ => None,
        });
        let (Some(outlet), Some(span)) = (outlet, text.document.span(&name.tokens)) else { continue };
        if is_linked(text, sentence.start.max(name.tokens.start.saturating_sub(4))..name.tokens.start) {
            found.push(CitedSource {
                name: outlet.name.clone(),
                id: outlet.id.clone(),
                title: None,
                published: None,
                span,
            });
        }
    }
    found
}

/// `told the Harbour Gazette`, `in an interview with the Harbour Gazette`: a name that ends like an outlet's.
fn unknown_outlet(text: &Annotated, near: &TokenRange, limit: usize) -> Option<CitedSource> {
    const LONGEST: usize = 6;
    let opens = |i: usize| match text.lower(i) {
        "told" | "tell" | "tells" | "telling" => true,
        "with" | "to" => (i.saturating_sub(3)..i).any(|j| matches!(text.lower(j), "interview" | "speaking" | "spoke")),
        _ => false,
    };
    let opening = near.clone().find(|&i| opens(i))?;
    // `the Harbour Gazette`, but `The Northern Herald`.
    let start = opening + 1 + usize::from(text.document.word(opening + 1) == "the");
    let joins = |i: usize| matches!(text.lower(i), "of" | "de" | "del") && i + 1 < limit && text.is_capital(i + 1);
    let end = (start..limit.min(start + LONGEST)).find(|&i| !text.is_capital(i) && !joins(i))?;
    let name = start..end;
    let bare = start + usize::from(text.lower(start) == "the")..end;
    let known = text.names_within(&name).any(|n| matches!(n.entries[0], Entry::Outlet(_) | Entry::Person(_)));
    let possessive = !name.is_empty() && text.is_possessive(end - 1);
    if bare.len() < 2 || known || possessive {
        return None;
    }
    if !text.is(end - 1, WordClass::OutletNoun) && !matches!(text.lower(bare.start), "radio" | "diario" | "televisión")
    {
        return None;
    }
    let span = text.document.span(&name)?;
    let name = span.of(text.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let id = slug(name.trim_start_matches("The "));
    Some(CitedSource { id, name, title: None, published: None, span })
}

fn is_linked(text: &Annotated, mut before: TokenRange) -> bool {
    before.any(|i| text.is(i, WordClass::ToldThrough))
}

/// `Reuters, “Title,” Sept 2025.`
fn entry(text: &Annotated, paragraph: &TokenRange) -> Option<CitedSource> {
    let span = text.document.span(paragraph)?;
    let written = span.of(text.document.text);
    let written = written.trim_start_matches(['-', '•', '*', '–', ' ']);
    let (name, rest) = split_name(written)?;
    let title = quoted_title(rest);
    let published = published(written);
    let known = text.lexicon.outlet_by_name(name);
    let body = text.lexicon.lookup(name).into_iter().find_map(|e| match e {
        Entry::Body(body) => Some(body),
        _ => None,
    });
    let canonical =
        known.map(|o| o.name.clone()).or_else(|| body.map(|b| b.name.clone())).unwrap_or_else(|| name.to_string());
    let id = known.map_or_else(|| slug(&canonical), |o| o.id.clone());
    let start = span.start() + (span.of(text.document.text).len() - written.len());
    let span = Span::new(text.document.text, start, start + name.len())?;
    Some(CitedSource { name: canonical, id, title, published, span })
}

/// The name stands before the first comma, quotation mark or colon.
fn split_name(written: &str) -> Option<(&str, &str)> {
    let end = written.find([',', '“', '"', ':', '(', '«']).unwrap_or(written.len());
    let name = written[..end].trim().trim_end_matches('.');
    (!name.is_empty() && name.chars().count() <= 80).then_some((name, &written[end..]))
}

fn quoted_title(rest: &str) -> Option<String> {
    let open = rest.find(['“', '"', '«'])?;
    let inner = &rest[open..].chars().next().map(|c| &rest[open + c.len_utf8()..])?;
    let close = inner.find(['”', '"', '»']).unwrap_or(inner.len());
    let title = inner[..close].trim().trim_end_matches(',').trim();
    (!title.is_empty()).then(|| title.to_string())
}

fn published(written: &str) -> Option<PartialDate> {
    date_mentions(written).into_iter().filter_map(|m| m.date).next_back()
}
