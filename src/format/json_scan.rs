//! Finds the parts of a JSON text without building them, so that a huge or broken part costs itself alone.

use std::ops::Range;

/// A member of an object: its name and where its value stands.
pub(super) struct Member {
    pub name: String,
    pub value: Range<usize>,
}

/// Returns the elements of the array that starts at byte `start`, or `None` where its brackets do not match.
pub(super) fn elements(text: &str, start: usize) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut at = after_space(text, start + 1);
    if first_byte(text, at)? == b']' {
        return Some(found);
    }
    loop {
        let end = end_of_value(text, at)?;
        found.push(at..end);
        let next = after_space(text, end);
        match first_byte(text, next)? {
            b',' => at = after_space(text, next + 1),
            b']' => return Some(found),
            _ => return None,
        }
    }
}

/// Returns the members of the object that starts at byte `start`.
pub(super) fn members(text: &str, start: usize) -> Option<Vec<Member>> {
    let mut found = Vec::new();
    let mut at = after_space(text, start + 1);
    loop {
        match first_byte(text, at)? {
            b'}' => return Some(found),
            b'"' => {}
            _ => return None,
        }
        let name_end = end_of_value(text, at)?;
        let name = text[at + 1..name_end - 1].to_string();
        let colon = after_space(text, name_end);
        let value = after_space(text, colon + 1);
        let end = end_of_value(text, value)?;
        found.push(Member { name, value: value..end });
        at = after_space(text, end);
        if first_byte(text, at)? == b',' {
            at = after_space(text, at + 1);
        }
    }
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
