//! Measures a page before it is parsed: time and memory of the parser grow with the square of the depth.

use std::collections::HashMap;

use crate::format::ParseError;

/// How deep the elements of a page may nest; browsers stop at 512.
pub(super) const DEPTH_LIMIT: usize = 256;

/// How many elements a page may have; a long article with its menus has some thousands.
pub(super) const ELEMENT_LIMIT: usize = 100_000;

/// Returns why the page is not to be parsed, if so.
pub(super) fn check(source: &str) -> Result<(), ParseError> {
    let mut survey = Survey::default();
    let mut rest = source.as_bytes();
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = survey.tag(&rest[at + 1..]);
        if survey.open.len() > DEPTH_LIMIT {
            return Err(ParseError::TooDeep { format: "HTML", limit: DEPTH_LIMIT });
        }
        if survey.attributes > ATTRIBUTE_LIMIT {
            let reason = format!("a tag with more than {ATTRIBUTE_LIMIT} attributes");
            return Err(ParseError::Malformed { format: "HTML", reason });
        }
        if survey.elements > ELEMENT_LIMIT {
            return Err(ParseError::Malformed {
                format: "HTML",
                reason: format!("more than {ELEMENT_LIMIT} elements"),
            });
        }
    }
    Ok(())
}

/// How many attributes a tag may have: the parser compares each with all before it.
const ATTRIBUTE_LIMIT: usize = 1000;

#[derive(Default)]
struct Survey<'a> {
    /// Most attributes of any tag so far.
    attributes: usize,
    open: Vec<&'a [u8]>,
    /// How many elements the parser will make, at least.
    elements: usize,
    /// Tags of style that were left open when the block around them closed: the parser opens each again in every block
    /// that follows, though not more than three that are the same.
    left_open: HashMap<&'a [u8], usize>,
    again: usize,
}

impl<'a> Survey<'a> {
    /// Reads a tag, from behind its `<`, and returns what follows it.
    fn tag(&mut self, rest: &'a [u8]) -> &'a [u8] {
        if rest.starts_with(b"!--") {
            return after(&rest[1..], b"-->");
        }
        let closes = rest.first() == Some(&b'/');
        let start = usize::from(closes);
        let length = rest[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        let name = &rest[start..start + length];
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            // A `<` that opens nothing costs the parser as much as one that does.
            self.elements += 1;
            return rest;
        }
        let (after_tag, closes_itself) = self.after_attributes(&rest[start + length..]);
        if closes {
            self.close(name);
            return after_tag;
        }
        self.elements += 1 + self.again;
        // Drawings and formulas have rules of their own: there every element nests, unless it closes itself.
        let foreign =
            self.open.iter().any(|tag| matches!(name_of(tag).to_ascii_lowercase().as_slice(), b"svg" | b"math"));
        if !foreign && is_raw(name) {
            return after_raw(after_tag, name);
        }
        let holds_none = if foreign { closes_itself } else { is_flat(name) };
        if !holds_none {
            self.open.push(&rest[..rest.len() - after_tag.len()]);
        }
        after_tag
    }

    /// Returns what follows the tag, and whether the tag closes itself; `<` and `>` within quoted values are no markup.
    fn after_attributes<'r>(&mut self, rest: &'r [u8]) -> (&'r [u8], bool) {
        let mut at = 0;
        let mut in_name = false;
        // A word after white space begins another attribute.
        let (mut apart, mut attributes) = (true, 0);
        while let Some(byte) = rest.get(at) {
            at += 1;
            match byte {
                b'>' => return (&rest[at..], at >= 2 && rest[at - 2] == b'/'),
                b'=' if in_name => {
                    at += rest[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                    let quote = rest.get(at).filter(|b| matches!(b, b'"' | b'\''));
                    apart = quote.is_some();
                    if let Some(quote) = quote {
                        let Some(length) = rest[at + 1..].iter().position(|b| b == quote) else { return (&[], false) };
                        at += length + 2;
                    }
                    in_name = false;
                }
                b'/' => (in_name, apart) = (false, true),
                byte if byte.is_ascii_whitespace() => apart = true,
                _ => {
                    attributes += usize::from(apart);
                    self.attributes = self.attributes.max(attributes);
                    (in_name, apart) = (true, false);
                }
            }
        }
        (&[], false)
    }

    fn close(&mut self, name: &[u8]) {
        // What stays open inside is closed with it; a close without its opening is passed over.
        let Some(at) = self.open.iter().rposition(|tag| name_of(tag).eq_ignore_ascii_case(name)) else { return };
        for tag in self.open.drain(at..).skip(1).filter(|tag| is_style(name_of(tag))) {
            let same = self.left_open.entry(tag).or_default();
            *same += 1;
            self.again += usize::from(*same <= 3);
        }
    }
}

fn name_of(tag: &[u8]) -> &[u8] {
    let length = tag.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    &tag[..length]
}

/// Elements that the parser opens again behind the block in which they were left open.
fn is_style(name: &[u8]) -> bool {
    const STYLES: [&str; 12] = ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];
    STYLES.iter().any(|s| name.eq_ignore_ascii_case(s.as_bytes()))
}

/// Elements that never hold others, or that the next of their kind closes.
fn is_flat(name: &[u8]) -> bool {
    const FLAT: [&str; 34] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
        "caption", "option", "optgroup", "rp", "rt", "frame",
    ];
    FLAT.iter().any(|f| name.eq_ignore_ascii_case(f.as_bytes()))
}

/// Elements whose content is no markup.
fn is_raw(name: &[u8]) -> bool {
    const RAW: [&str; 8] = ["script", "style", "textarea", "noscript", "xmp", "iframe", "noembed", "noframes"];
    RAW.iter().any(|r| name.eq_ignore_ascii_case(r.as_bytes()))
}

fn after<'a>(rest: &'a [u8], mark: &[u8]) -> &'a [u8] {
    rest.windows(mark.len()).position(|w| w == mark).map_or(&[], |at| &rest[at + mark.len()..])
}

fn after_raw<'a>(rest: &'a [u8], name: &[u8]) -> &'a [u8] {
    let mut at = 0;
    while let Some(next) = rest[at..].iter().position(|b| *b == b'<') {
        at += next + 1;
        let closing = rest[at..]
            .strip_prefix(b"/")
            .is_some_and(|r| r.len() >= name.len() && r[..name.len()].eq_ignore_ascii_case(name));
        if closing {
            return &rest[at..];
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_what_nests() {
        let deep = |source: String| match check(&source) {
            Ok(()) => false,
            Err(ParseError::TooDeep { .. }) => true,
            Err(error) => panic!("{error}"),
        };
        for nested in ["<div>", "<div></b></i>", "<div \"><div =\">", "<svg><path>"] {
            assert!(deep(nested.repeat(257)), "{nested}");
        }
        for flat in [
            "<div></div>",
            "<p>text <br><li>",
            "<div><span></div>",
            "<script>'<div>'</script>",
            "<script>",
            "<div title='a<b>c'></div>",
            "<!-- <b> <i> --><br>",
            "<svg><path/></svg>",
        ] {
            assert!(!deep(flat.repeat(500)), "{flat}");
        }
    }

    #[test]
    fn counts_what_the_parser_will_make() {
        assert!(check(&"<br>".repeat(ELEMENT_LIMIT)).is_ok());
        assert!(check(&"<br>".repeat(ELEMENT_LIMIT + 1)).is_err());
        let styles: String = (0..2000).map(|n| format!("<div><font size={n}>x</div>")).collect();
        assert!(check(&styles).is_err());
        assert!(check(&"<div><b>x</div>".repeat(2000)).is_ok());
        let attributes = |n: usize| format!("<p {}>x</p>", (0..n).map(|i| format!("a{i} = 'x' ")).collect::<String>());
        assert!(check(&attributes(ATTRIBUTE_LIMIT).repeat(2)).is_ok());
        assert!(check(&attributes(ATTRIBUTE_LIMIT + 1)).is_err());
    }
}
