//! What the tests of extraction share: one lexicon and one extractor, and articles made of a text.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::Extractor;
use super::actors::{Cast, Counting, Resolver, Spoke};
use super::annotated::Annotated;
use crate::format::{Metadata, ParsedDocument};
use crate::lexicon::Lexicon;
use crate::model::ModelSize;
use crate::record::{Actor, Article, Part, Statement};

static EXTRACTOR: LazyLock<Extractor<'static>> = LazyLock::new(|| Extractor::new(Lexicon::built_in(), ModelSize::Fast));

/// Calls `look` with a text made ready and its cast.
pub(super) fn annotated<T>(text: &str, look: impl FnOnce(&Annotated, &Cast) -> T) -> T {
    annotated_on(text, None, |text, cast, _| look(text, cast))
}

fn annotated_on<T>(text: &str, date: Option<NaiveDate>, look: impl FnOnce(&Annotated, &Cast, Counting) -> T) -> T {
    let text = Annotated::new(text, Lexicon::built_in());
    let counting = Counting::of(&text, date, None);
    look(&text, &Cast::of(&text, counting), counting)
}

/// Who is behind each of the phrases, which speak in their order, as the name and the countries of each.
pub(super) fn speakers(text: &str, phrases: &[&str]) -> Vec<String> {
    let name = |actor: Actor| {
        let countries: String = actor.countries.iter().map(|c| format!(", {c}")).collect();
        format!("{}{countries}", actor.name)
    };
    actors(text, None, phrases).into_iter().map(name).collect()
}

/// Who is behind each of the phrases, which speak in their order, in an article of that day.
pub(super) fn actors(text: &str, date: Option<NaiveDate>, phrases: &[&str]) -> Vec<Actor> {
    annotated_on(text, date, |annotated, cast, counting| {
        let mut resolver = Resolver::new(annotated, cast, counting);
        let mut from = 0;
        let mut actors = Vec::new();
        for phrase in phrases {
            let start = from + text[from..].find(phrase).unwrap_or_else(|| panic!("no `{phrase}`"));
            from = start + phrase.len();
            let tokens = &annotated.document.tokens;
            let source = tokens.partition_point(|t| t.end <= start)..tokens.partition_point(|t| t.start < from);
            let found = resolver.resolve(&source, source.start);
            actors.push(found.actor.clone());
            let written = phrase.to_lowercase();
            resolver.spoke.push(Spoke { at: source.start, actor: found.actor, person: found.person, written });
        }
        actors
    })
}

/// Extracts an article with a title, or without where it is empty.
pub(super) fn article(title: &str, text: &str) -> Article {
    let metadata = Metadata { title: (!title.is_empty()).then(|| title.to_string()), ..Metadata::default() };
    let parsed = ParsedDocument { row: None, text: text.to_string(), metadata, warnings: Vec::new() };
    EXTRACTOR.article(parsed, "article.txt")
}

/// Each statement as `speaker | cue | content`, in the order of the record.
pub(super) fn lines(article: &Article) -> Vec<String> {
    article.statements.iter().map(|s| line(article, s)).collect()
}

fn line(article: &Article, statement: &Statement) -> String {
    let text = if statement.part == Part::Title { &article.title } else { &article.text };
    let words = |spans: &[crate::record::Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" … ");
    format!("{} | {} | {}", statement.speaker.written, words(&statement.cue), words(&statement.stretches()))
}
