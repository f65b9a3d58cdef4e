//! The text around a match, with the matched words marked.

use std::collections::BTreeSet;

use super::analysis::{self, Word};
use crate::query::{ActorPattern, FieldName, Query};
use crate::record::{ArticleRow, StatementRow};
use crate::search::Snippet;

/// Length of an article's snippet, in bytes before it is widened to whole words.
const ARTICLE_WINDOW: usize = 280;

/// A statement's context is shown whole up to this length.
const STATEMENT_WINDOW: usize = 700;

/// What a query asks a text for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    stems: BTreeSet<String>,
    phrases: Vec<Vec<String>>,
    /// The query chooses by speaker, so that the speaker is part of the match.
    by_speaker: bool,
    /// The query chooses by stance or act, so that the cue is part of the match.
    by_stance: bool,
}

impl Wanted {
    /// Gathers what the query asks for and does not exclude.
    pub fn of(query: &Query) -> Wanted {
        let mut wanted = Wanted::default();
        wanted.gather(query);
        wanted
    }

    fn gather(&mut self, query: &Query) {
        match query {
            Query::And { of } | Query::Or { of } => of.iter().for_each(|q| self.gather(q)),
            Query::Words { words } => self.words(words),
            Query::Phrase { words } => self.phrase(words),
            Query::Field { field, value, exact } => match field {
                FieldName::Text | FieldName::About | FieldName::Title | FieldName::Target if value != "*" => {
                    if *exact {
                        self.phrase(value)
                    } else {
                        self.words(value)
                    }
                }
                FieldName::By | FieldName::Actor => self.by_speaker = true,
                FieldName::Stance | FieldName::Act => self.by_stance = true,
                _ => {}
            },
            Query::Actor { field, actor } => match (field, actor) {
                (FieldName::Mentions | FieldName::Target, ActorPattern::CountsFor { name, .. })
                | (FieldName::Mentions | FieldName::Target, ActorPattern::Is { name, .. }) => self.phrase(name),
                (FieldName::Mentions | FieldName::Target, ActorPattern::Formerly { .. }) => {}
                (FieldName::Mentions | FieldName::Target, ActorPattern::Named { words }) => self.phrase(words),
                _ => self.by_speaker = true,
            },
            Query::All | Query::Dates { .. } | Query::Not { .. } => {}
        }
    }

    fn words(&mut self, text: &str) {
        for written in text.split_whitespace() {
            match analysis::words(written).as_slice() {
                [] => {}
                [word] => drop(self.stems.insert(word.stem.clone())),
                _ => self.phrase(written),
            }
        }
    }

    fn phrase(&mut self, text: &str) {
        let phrase: Vec<String> = analysis::words(text).into_iter().map(|w| w.plain).collect();
        if !phrase.is_empty() {
            self.phrases.push(phrase);
        }
    }

    /// Returns the matching stretches of `text`, in order and apart from each other, with the number of what matches.
    fn marks(&self, words: &[Word]) -> Vec<Mark> {
        let mut marks = Vec::new();
        let stems: Vec<&String> = self.stems.iter().collect();
        for (at, word) in words.iter().enumerate() {
            if let Ok(number) = stems.binary_search(&&word.stem) {
                marks.push(Mark { start: word.range.start, end: word.range.end, number });
            }
            for (number, phrase) in self.phrases.iter().enumerate() {
                let Some(stretch) = words.get(at..at + phrase.len()) else { continue };
                if stretch.iter().zip(phrase).all(|(word, wanted)| word.plain == *wanted) {
                    let end = stretch.last().map_or(word.range.end, |last| last.range.end);
                    marks.push(Mark { start: word.range.start, end, number: stems.len() + number });
                }
            }
        }
        marks
    }
}

/// A matching stretch, and which of the wanted things it is.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    number: usize,
}

/// Returns the statement's context; speaker and cue are marked where the query chose by them.
pub fn of_statement(row: &StatementRow, wanted: &Wanted) -> Snippet {
    let text = if row.context.is_empty() { &row.content } else { &row.context };
    let mut marks = wanted.marks(&analysis::words(text));
    let number = usize::MAX;
    if wanted.by_speaker && !row.speaker.is_empty() {
        marks.extend(text.find(&row.speaker).map(|at| Mark { start: at, end: at + row.speaker.len(), number }));
    }
    if wanted.by_stance {
        for cue in row.cue.split(" … ").filter(|cue| !cue.is_empty()) {
            marks.extend(text.find(cue).map(|at| Mark { start: at, end: at + cue.len(), number }));
        }
    }
    window(text, marks, STATEMENT_WINDOW)
}

/// Returns the stretch of the article's text with most of what is wanted.
pub fn of_article(row: &ArticleRow, wanted: &Wanted) -> Snippet {
    let marks = if wanted.stems.is_empty() && wanted.phrases.is_empty() {
        Vec::new()
    } else {
        wanted.marks(&analysis::words(&row.text))
    };
    window(&row.text, marks, ARTICLE_WINDOW)
}

/// Cuts the best stretch of about `length` bytes out of `text`.
fn window(text: &str, mut marks: Vec<Mark>, length: usize) -> Snippet {
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let (from, to) = if text.len() <= length { (0, text.len()) } else { best_stretch(text, &marks, length) };
    let (opening, closing) = (if from > 0 { "… " } else { "" }, if to < text.len() { " …" } else { "" });
    // A blank of one byte for every line end keeps all offsets.
    let shown = text[from..to].replace(['\n', '\r', '\t'], " ");
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.start >= from && mark.end <= to) {
        let (start, end) = (mark.start - from + opening.len(), mark.end - from + opening.len());
        match merged.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    Snippet { text: format!("{opening}{shown}{closing}"), marks: merged }
}

/// Returns the ends of the stretch that shows most different wanted things, then most marks, then stands first.
fn best_stretch(text: &str, marks: &[Mark], length: usize) -> (usize, usize) {
    let mut best = (0, 0, 0);
    for (first, mark) in marks.iter().enumerate() {
        let inside: Vec<&Mark> = marks[first..].iter().take_while(|m| m.end <= mark.start + length * 3 / 4).collect();
        let different = inside.iter().map(|m| m.number).collect::<BTreeSet<_>>().len();
        if (different, inside.len()) > (best.0, best.1) {
            best = (different, inside.len(), mark.start);
        }
    }
    let lead = length / 4;
    let from = word_start(text, best.2.saturating_sub(lead));
    let to = word_start(text, (from + length).min(text.len()));
    (from, if to > from { text[..to].trim_end().len().max(from) } else { text.len() })
}

/// Returns where the word begins that stands at `at`, or `at` itself in a very long one.
fn word_start(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    if at == 0 || at == text.len() {
        return at;
    }
    let near = text.floor_char_boundary(at.saturating_sub(40));
    match text[near..at].rfind(char::is_whitespace) {
        Some(blank) => near + blank + text[near + blank..].chars().next().map_or(0, char::len_utf8),
        None => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words_query(words: &str) -> Query {
        Query::Words { words: words.into() }
    }

    fn marked(text: &str, query: &Query, length: usize) -> String {
        let wanted = Wanted::of(query);
        let snippet = window(text, wanted.marks(&analysis::words(text)), length);
        let mut shown = String::new();
        let mut at = 0;
        for (start, end) in snippet.marks {
            shown += &format!("{}[{}]", &snippet.text[at..start], &snippet.text[start..end]);
            at = end;
        }
        shown + &snippet.text[at..]
    }

    #[test]
    fn marks_words_by_stem_and_phrases_exactly() {
        let text = "New tariffs were announced. The tariff on steel, América said, stays.";
        assert_eq!(
            marked(text, &words_query("tariff america"), 200),
            "New [tariffs] were announced. The [tariff] on steel, [América] said, stays."
        );
        let phrase = Query::Phrase { words: "tariff on steel".into() };
        assert_eq!(
            marked(text, &phrase, 200),
            "New tariffs were announced. The [tariff on steel], América said, stays."
        );
        let not = Query::Not { of: Box::new(words_query("tariff")) };
        assert_eq!(marked(text, &not, 200), text);
    }

    #[test]
    fn shows_the_stretch_with_most_wanted_words() {
        let filler = "lorem ipsum dolor sit amet ".repeat(20);
        let text = format!("tariff\n{filler}steel and a tariff {filler}");
        let shown = marked(&text, &words_query("tariff steel"), 80);
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        assert!(shown.contains("[steel] and a [tariff]"), "{shown}");
        assert!(shown.len() < 120, "{shown}");
    }

    proptest! {
        #[test]
        fn marks_lie_on_characters(text in "([a-zé关🦀 '\\n]|steel ){0,400}", length in 1usize..120) {
            let query = Query::Or { of: vec![words_query("steel é a"), Query::Phrase { words: "steel a".into() }] };
            let wanted = Wanted::of(&query);
            let snippet = window(&text, wanted.marks(&analysis::words(&text)), length);
            let mut at = 0;
            for (start, end) in snippet.marks {
                prop_assert!(start >= at && start < end);
                prop_assert!(snippet.text.get(start..end).is_some());
                at = end;
            }
        }
    }
}
