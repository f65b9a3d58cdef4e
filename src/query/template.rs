//! Matches a question against templates: words with slots, such as `statements by <by> [on|about <about>]`.

use std::ops::Range;

use super::fields::field;
use super::token::clause_start;
use super::words::is_quote;

/// A word of the question, without the punctuation behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub text: String,
    pub lower: String,
    pub quoted: bool,
    /// A comma stands behind it.
    pub comma: bool,
    pub at: Range<usize>,
}

/// One way to read a template, with its optional parts taken or left.
pub type Variant = Vec<Piece>;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Any of these words.
    Words(Vec<&'static str>),
    /// One word or more, by the slot's name.
    Slot(&'static str),
}

/// Words that filled a slot.
pub type Filled = (&'static str, Range<usize>);

/// Tells whether words can fill the slot of a name; the last argument is the word behind them.
pub type Accepts<'a> = &'a dyn Fn(&str, &[Word], Option<&Word>) -> bool;

/// Cuts a text into words; `None` where it uses syntax, which no phrasing has.
pub fn words_of(text: &str) -> Option<Vec<Word>> {
    const MOST: usize = 30;
    let mut words = Vec::new();
    let mut position = 0;
    while let Some(start) = text[position..].find(|c: char| !c.is_whitespace()).map(|skip| position + skip) {
        let rest = &text[start..];
        let quoted = rest.starts_with(is_quote);
        let length = if quoted { quoted_length(rest)? } else { rest.find(char::is_whitespace).unwrap_or(rest.len()) };
        position = start + length;
        words.push(word(rest.get(..length)?, start, quoted)?);
        if words.len() > MOST {
            return None;
        }
    }
    Some(words)
}

/// Returns all ways to read a pattern, those with most optional parts taken first.
pub fn variants(pattern: &'static str) -> Vec<Variant> {
    let mut tokens = pattern.split(' ').filter(|t| !t.is_empty()).flat_map(brackets_apart);
    expand(&mut tokens)
}

/// Returns what fills the slots when the words match from first to last.
pub fn match_all(pieces: &[Piece], words: &[Word], accepts: Accepts) -> Option<Vec<Filled>> {
    match_from(pieces, words, 0, accepts)
}

fn match_from(pieces: &[Piece], words: &[Word], from: usize, accepts: Accepts) -> Option<Vec<Filled>> {
    let Some((piece, later)) = pieces.split_first() else {
        return (from == words.len()).then(Vec::new);
    };
    match piece {
        Piece::Words(any) => {
            let word = words.get(from).filter(|w| !w.quoted && any.contains(&w.lower.as_str()))?;
            let comma_may_stand = !word.comma || from + 1 < words.len();
            comma_may_stand.then(|| match_from(later, words, from + 1, accepts))?
        }
        Piece::Slot(name) => {
            for end in ends(name, later.is_empty(), from, words.len()) {
                let filling = &words[from..end];
                if !next_fits(later, words.get(end)) || !accepts(name, filling, words.get(end)) {
                    continue;
                }
                if let Some(mut filled) = match_from(later, words, end, accepts) {
                    filled.insert(0, (*name, from..end));
                    return Some(filled);
                }
            }
            None
        }
    }
}

/// Returns where a slot may end: names and topics as soon as they can, expressions such as "critical of" as late as they can.
fn ends(slot: &str, is_last: bool, from: usize, all: usize) -> Vec<usize> {
    const LONGEST_EXPRESSION: usize = 3;
    match slot {
        "verb" | "verb2" | "stance" => (from + 1..=all.min(from + LONGEST_EXPRESSION)).rev().collect(),
        _ if is_last => (from < all).then_some(all).into_iter().collect(),
        _ => (from + 1..=all).collect(),
    }
}

/// Tells cheaply that the rest cannot match.
fn next_fits(later: &[Piece], next: Option<&Word>) -> bool {
    match (later.first(), next) {
        (Some(Piece::Words(any)), Some(word)) => any.contains(&word.lower.as_str()),
        (Some(_), None) => false,
        _ => true,
    }
}

fn word(typed: &str, start: usize, quoted: bool) -> Option<Word> {
    let bare = typed.trim_end_matches([',', ';']);
    let comma = bare.len() < typed.len();
    let text = if quoted { bare.trim_matches(is_quote).to_string() } else { bare.to_string() };
    let has_syntax = !quoted
        && (text.contains(|c: char| "()*@".contains(c) || is_quote(c))
            || matches!(text.as_str(), "AND" | "OR" | "NOT")
            || text.starts_with(['-', '/', '=', '+'])
            || text.ends_with(['!', '~'])
            || clause_start(&text).is_some_and(|c| field(c.name).is_some()));
    if has_syntax || text.is_empty() {
        return None;
    }
    let lower = text.to_lowercase().replace('’', "'");
    Some(Word { text, lower, quoted, comma, at: start..start + typed.len() })
}

/// Returns the length of a quoted text with the punctuation right behind it.
fn quoted_length(rest: &str) -> Option<usize> {
    let opening = rest.chars().next()?.len_utf8();
    let close = rest[opening..].char_indices().find(|(_, c)| is_quote(*c))?;
    let end = opening + close.0 + close.1.len_utf8();
    let after = rest[end..].find(char::is_whitespace).map_or(rest.len(), |l| end + l);
    rest[end..after].chars().all(|c| c == ',' || c == ';').then_some(after)
}

/// Splits `[on|about` and `<about>]` into brackets and pieces.
fn brackets_apart(token: &'static str) -> Vec<&'static str> {
    let opening = token.len() - token.trim_start_matches('[').len();
    let inner = &token[opening..];
    let core = inner.trim_end_matches(']');
    let mut parts = vec!["["; opening];
    parts.push(core);
    parts.extend(vec!["]"; inner.len() - core.len()]);
    parts
}

fn expand(tokens: &mut dyn Iterator<Item = &'static str>) -> Vec<Variant> {
    let mut all: Vec<Variant> = vec![Vec::new()];
    while let Some(token) = tokens.next() {
        match token {
            "]" => break,
            "[" => {
                let inner = expand(tokens);
                let left_out = all.clone();
                all =
                    all.iter().flat_map(|v| inner.iter().map(move |i| [v.as_slice(), i.as_slice()].concat())).collect();
                all.extend(left_out);
            }
            _ => {
                let piece = match token.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
                    Some(slot) => Piece::Slot(slot),
                    None => Piece::Words(token.split('|').collect()),
                };
                all.iter_mut().for_each(|variant| variant.push(piece.clone()));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &'static str, text: &str) -> Option<String> {
        let words = words_of(text)?;
        let accepts = |_: &str, _: &[Word], _: Option<&Word>| true;
        let found = variants(pattern).iter().find_map(|v| match_all(v, &words, &accepts))?;
        let slot = |(name, range): &Filled| {
            let texts: Vec<&str> = words[range.clone()].iter().map(|w| w.text.as_str()).collect();
            format!("{name}={}", texts.join("_"))
        };
        Some(found.iter().map(slot).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn fills_slots() {
        let check =
            |pattern, text, expected: Option<&str>| assert_eq!(filled(pattern, text).as_deref(), expected, "{text}");
        let pattern = "remarks|words by <who> [on <what>] [since <when>]";
        check(pattern, "remarks by Mexico", Some("who=Mexico"));
        check(pattern, "words by Costa Rica on the trade deal", Some("who=Costa_Rica what=the_trade_deal"));
        check(pattern, "Remarks by Mexico on tariffs since May 2024", Some("who=Mexico what=tariffs when=May_2024"));
        check(pattern, "remarks by \"Costa Rica\", on tariffs", Some("who=Costa Rica what=tariffs"));
        check(pattern, "remarks by", None);
        check(pattern, "remarks by Mexico OR Canada", None);
        check(pattern, "remarks by:Mexico", None);
        check("[[a] b] c", "b c", Some(""));
        check("[[a] b] c", "a c", None);
    }
}
