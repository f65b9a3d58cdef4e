//! Measures how deep a page nests before it is parsed: the parser's time grows with the square of the depth.

/// Tells whether the page nests deeper than `limit` elements.
pub(super) fn deeper_than(source: &str, limit: usize) -> bool {
    let mut open: Vec<&[u8]> = Vec::new();
    let mut rest = source.as_bytes();
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = &rest[at + 1..];
        if rest.starts_with(b"!--") {
            rest = after(&rest[1..], b"-->");
            continue;
        }
        let closes = rest.first() == Some(&b'/');
        let start = usize::from(closes);
        let length = rest[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        let name = &rest[start..start + length];
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (after_tag, closes_itself) = after_attributes(&rest[start + length..]);
        rest = after_tag;
        if closes {
            // What stays open inside is closed with it; a close without its opening is passed over.
            if let Some(at) = open.iter().rposition(|o| o.eq_ignore_ascii_case(name)) {
                open.truncate(at);
            }
            continue;
        }
        // Drawings and formulas have rules of their own: there every element nests, unless it closes itself.
        let foreign = open.iter().any(|o| o.eq_ignore_ascii_case(b"svg") || o.eq_ignore_ascii_case(b"math"));
        match foreign {
            true if closes_itself => continue,
            true => {}
            false if is_flat(name) => continue,
            false if is_raw(name) => {
                rest = after_raw(rest, name);
                continue;
            }
            false => {}
        }
        open.push(name);
        if open.len() > limit {
            return true;
        }
    }
    false
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

/// Returns what follows the tag, and whether the tag closes itself; `<` and `>` within quoted values are no markup.
fn after_attributes(rest: &[u8]) -> (&[u8], bool) {
    let mut at = 0;
    let mut in_name = false;
    while let Some(byte) = rest.get(at) {
        at += 1;
        match byte {
            b'>' => return (&rest[at..], at >= 2 && rest[at - 2] == b'/'),
            b'=' if in_name => {
                at += rest[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                let quote = rest.get(at).filter(|b| matches!(b, b'"' | b'\''));
                if let Some(quote) = quote {
                    let Some(length) = rest[at + 1..].iter().position(|b| b == quote) else { return (&[], false) };
                    at += length + 2;
                }
                in_name = false;
            }
            b'/' => in_name = false,
            byte => in_name |= !byte.is_ascii_whitespace(),
        }
    }
    (&[], false)
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
        let check = |source: String, expected| assert_eq!(deeper_than(&source, 100), expected);
        check("<div>".repeat(101), true);
        check("<div></div>".repeat(500), false);
        check("<p>text <br><li>".repeat(500), false);
        check("<div></b></i>".repeat(200), true);
        check("<div><span></div>".repeat(200), false);
        check(format!("<script>{}</script>", "'<div>'".repeat(200)), false);
        check("<script>".repeat(200), false);
        check("<div title='a<b>c'></div>".repeat(200), false);
        check("<!-- <b> <i> --><br>".repeat(200), false);
        check("<div \"><div =\">".repeat(100), true);
        check(format!("<svg>{}</svg>", "<path/>".repeat(200)), false);
        check(format!("<svg>{}</svg>", "<path>".repeat(200)), true);
    }
}
