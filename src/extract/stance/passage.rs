//! A statement in its context as the encoder reads it: words, each marked with the part of the statement that it belongs to.

use crate::extract::annotated::Annotated;
use crate::extract::statements::Found;
use crate::language::TokenRange;
use crate::model::{PassagePart, PassageWord};

/// Words that the text begins with, mostly its title: what the article is about.
const BEGINNING: usize = 12;
/// Words of context before a statement, and beside each of its parts.
const BEFORE: usize = 12;
const BESIDE: usize = 6;
/// Words of a content that are read; more of a long speech changes little.
const CONTENT: usize = 96;
/// Words in all.
const LONGEST: usize = 192;

/// Returns the words of a statement with those around it and the text's first ones, in the order of the text.
pub(in crate::extract) fn passage<'t>(text: &'t Annotated, found: &Found) -> Vec<PassageWord<'t>> {
    let extent = found.extent();
    let parts: Vec<(&TokenRange, PassagePart)> = found
        .source
        .iter()
        .map(|range| (range, PassagePart::Speaker))
        .chain(found.cue.iter().map(|range| (range, PassagePart::Cue)))
        .chain(found.further_cues.iter().map(|range| (range, PassagePart::Content)))
        .chain(found.content.iter().map(|range| (range, PassagePart::Content)))
        .collect();
    let part_of = |at: usize| parts.iter().find(|(range, _)| range.contains(&at)).map_or(PassagePart::Context, |p| p.1);
    let is_near = |at: usize| {
        at < extent.start || parts.iter().any(|(range, _)| at + BESIDE >= range.start && at < range.end + BESIDE)
    };
    let tokens = &text.document.tokens;
    let window = extent.start.saturating_sub(BEFORE)..tokens.len().min(extent.end + BESIDE);
    let first = text.document.paragraphs.first().map_or(0, |p| p.end).min(BEGINNING).min(window.start);
    let mut content = 0;
    let mut words = Vec::new();
    for at in (0..first).chain(window) {
        let part = part_of(at);
        content += usize::from(part == PassagePart::Content);
        if is_near(at) && (part != PassagePart::Content || content <= CONTENT) {
            words.push(PassageWord { text: text.document.word(at), quoted: tokens[at].quoted, part });
        }
    }
    words.truncate(LONGEST);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::annotated;
    use crate::record::FoundBy;

    /// The words with a letter for each part that is no context.
    fn marked(text: &str, source: TokenRange, cue: TokenRange, content: TokenRange) -> String {
        let found = Found::new(Some(source), Some(cue), vec![content], FoundBy::Tagger, 1.0);
        let word = |w: &PassageWord| match w.part {
            PassagePart::Context => w.text.to_string(),
            part => format!("{}/{}", w.text, ["", "s", "q", "c"][part as usize]),
        };
        annotated(text, |text, _| passage(text, &found).iter().map(word).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn parts_are_marked_and_context_stands_around_them() {
        let found = marked("It rained. The mayor opposes the toll, and that is all.", 3..5, 5..6, 6..8);
        assert_eq!(found, "It rained . The/s mayor/s opposes/q the/c toll/c , and that is all .");
    }

    #[test]
    fn the_beginning_stays_far_context_and_the_rest_of_a_long_speech_do_not() {
        let text = format!("{}He said {}end.", "Before. ".repeat(30), "very ".repeat(300));
        let found = marked(&text, 60..61, 61..62, 62..362);
        assert_eq!(found.matches("Before").count(), (BEGINNING + BEFORE) / 2);
        assert_eq!(found.matches("very/c").count(), CONTENT);
        assert!(found.ends_with("very/c end ."), "{found}");
    }
}
