//! Voices of the press: quotations with the name and outlet of their author behind them or in the line below.

use super::find::{Found, Hint};
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{Entry, NameWord, WordClass};

/// Gives the statements of quotations that are signed so to whoever signed them.
pub(super) fn sign(text: &Annotated, found: &mut [Found]) {
    let paragraphs = &text.document.paragraphs;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let Some(name) = signature(text, paragraph) else { continue };
        let own_line = name.start == paragraph.start;
        let mut first = if own_line { number } else { number + 1 };
        while first > 0
            && opens_with_quote(text, &paragraphs[first - 1])
            && (first == number + 1 || is_open(text, first, number))
        {
            first -= 1;
        }
        let last = if own_line { number.checked_sub(1) } else { Some(number) };
        let Some(last) = last.filter(|&last| ends_in_quote(text, &(paragraphs[last].start..name.start))) else {
            continue;
        };
        let first = first.min(last);
        let signed = paragraphs[first].start..name.start;
        for statement in found.iter_mut().filter(|f| signed.contains(&f.start())) {
            let quoted = statement.content.iter().all(|c| text.document.tokens[c.end - 1].quoted);
            if quoted && statement.source.as_ref().is_none_or(|source| is_anybody(text, source)) {
                statement.source = None;
                statement.hint = Some(Hint::Poster(name.clone()));
            }
        }
    }
}

/// Tells whether the quotation of the paragraph before goes on in the one signed below.
fn is_open(text: &Annotated, next: usize, signed: usize) -> bool {
    let paragraphs = &text.document.paragraphs;
    next == signed || !ends_in_quote(text, &paragraphs[next - 1])
}

/// `Jane Doe, Harbour Gazette` behind the last quotation mark or alone: the tokens of the name.
fn signature(text: &Annotated, paragraph: &TokenRange) -> Option<TokenRange> {
    const LONGEST: usize = 12;
    let start =
        paragraph.clone().rev().take(LONGEST + 1).find(|&i| is_mark(text, i)).map_or(paragraph.start, |i| i + 1);
    let line = start..paragraph.end;
    let comma = line.clone().find(|&i| text.document.word(i) == ",")?;
    let (name, outlet) = (line.start..comma, comma + 1..line.end);
    let capital = |i: usize| {
        let small =
            text.lexicon.name_word(text.lower(i)) == Some(NameWord::Function) || text.is(i, WordClass::NameParticle);
        text.is_capital(i) || small || text.document.word(i) == "."
    };
    let is_name = (2..=5).contains(&name.len()) && text.is_capital(name.start) && name.clone().all(capital);
    let is_outlet = text.names_within(&outlet).any(|n| n.entries.iter().any(|e| matches!(e, Entry::Outlet(_))))
        || outlet.clone().next_back().is_some_and(|i| text.is(i, WordClass::OutletNoun));
    (line.len() <= LONGEST && is_name && is_outlet && outlet.clone().all(capital)).then_some(name)
}

fn is_mark(text: &Annotated, at: usize) -> bool {
    matches!(text.document.word(at), "“" | "”" | "\"" | "''")
}

fn opens_with_quote(text: &Annotated, paragraph: &TokenRange) -> bool {
    !paragraph.is_empty() && is_mark(text, paragraph.start)
}

fn ends_in_quote(text: &Annotated, range: &TokenRange) -> bool {
    range.clone().rev().take(2).any(|i| matches!(text.document.word(i), "”" | "\"" | "''"))
}

/// `Some`, `many`, `others`, `one`: whoever is signed below.
fn is_anybody(text: &Annotated, source: &TokenRange) -> bool {
    source.len() == 1 && matches!(text.lower(source.start), "some" | "many" | "others" | "one" | "it" | "i" | "we")
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::article;

    #[test]
    fn quotations_belong_to_the_name_and_outlet_below() {
        let text = "What the harbour thinks\n\nThe toll divides the port.\n\n“The toll is a tax on small boats, and it must go \
                    now…\n\n“Nobody asked the crews before.”\n\nImogen Strand, Washington Post\n\nSome argue that “the toll pays \
                    for the dock.” Ana Robleda, New York Times\n\nThe council meets on Monday.";
        let article = article("", text);
        let said: Vec<(&str, &str)> = article
            .statements
            .iter()
            .map(|s| (s.speaker.actor.name.as_str(), s.content[0].of(&article.text).split(' ').next().unwrap_or("")))
            .collect();
        assert_eq!(said, [("Imogen Strand", "The"), ("Imogen Strand", "Nobody"), ("Ana Robleda", "that")]);
    }
}
