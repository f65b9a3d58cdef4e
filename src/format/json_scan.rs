//! Finds the parts of a JSON text without building them, so that a huge or broken part costs itself alone.

use std::ops::Range;

/// A member of an object: its name and the byte where its value starts.
pub(super) struct Member {
    pub name: String,
    pub value: usize,
}

/// The elements of an array.
pub(super) struct Elements {
    pub ranges: Vec<Range<usize>>,
    /// Whether the array ends as it should; the elements found before a break stand.
    pub whole: bool,
}

/// Returns the elements of the array that starts at byte `start`.
pub(super) fn elements(text: &str, start: usize) -> Elements {
    let mut ranges = Vec::new();
    let whole = gather(text, start, &mut ranges).is_some();
    Elements { ranges, whole }
}

fn gather(text: &str, start: usize, ranges: &mut Vec<Range<usize>>) -> Option<()> {
    let mut at = after_space(text, start + 1);
    if first_byte(text, at)? == b']' {
        return Some(());
    }
    loop {
        let end = end_of_value(text, at)?;
        ranges.push(at..end);
        let next = after_space(text, end);
        match first_byte(text, next)? {
            b',' => at = after_space(text, next + 1),
            b']' => return Some(()),
            _ => return None,
        }
    }
}

/// Returns the members of the object that starts at byte `start`, as far as it is whole.
pub(super) fn members(text: &str, start: usize) -> Vec<Member> {
    let mut found = Vec::new();
    let mut at = after_space(text, start + 1);
    while first_byte(text, at) == Some(b'"') {
        let Some(name_end) = end_of_value(text, at) else { break };
        let value = after_space(text, after_space(text, name_end) + 1);
        found.push(Member { name: text[at + 1..name_end - 1].to_string(), value });
        let Some(end) = end_of_value(text, value) else { break };
        at = after_space(text, end);
        if first_byte(text, at) == Some(b',') {
            at = after_space(text, at + 1);
        }
    }
    found
}

/// Returns the byte after the value that starts at byte `start`, judging by brackets and quotation marks alone.
pub(super) fn end_of_value(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open = 0usize;
    let mut at = start;
    loop {
        match *bytes.get(at)? {
            b'"' => at = end_of_string(bytes, at)?,
            b'[' | b'{' => {
                open += 1;
                at += 1;
            }
            b']' | b'}' if open == 0 => return (at > start).then_some(at),
            b']' | b'}' => {
                open -= 1;
                at += 1;
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' | b':' if open == 0 => return (at > start).then_some(at),
            _ => at += 1,
        }
        let closed = open == 0 && matches!(bytes[at - 1], b'"' | b']' | b'}');
        if closed {
            return Some(at);
        }
    }
}

/// Returns how deep the text nests.
pub(super) fn depth(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut open, mut deepest, mut at) = (0usize, 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at = end_of_string(bytes, at).unwrap_or(bytes.len());
                continue;
            }
            b'[' | b'{' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    deepest
}

/// Returns the first byte at or after `at` that is not white space.
pub(super) fn first_byte(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(after_space(text, at)).copied()
}

fn after_space(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')).count()
}

/// Returns the byte after the closing quotation mark of the string that opens at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
}
