//! Measures how deep a page nests before it is parsed: the parser's time grows with the square of the depth.

/// Tells whether the page nests deeper than `limit` elements.
pub(super) fn deeper_than(source: &str, limit: usize) -> bool {
    let mut open: Vec<&[u8]> = Vec::new();
    let mut rest = source.as_bytes();
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = &rest[at + 1..];
        let closes = rest.first() == Some(&b'/');
        let start = usize::from(closes);
        let length = rest[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        let name = &rest[start..start + length];
        if name.is_empty() || is_flat(name) {
            continue;
        }
        if closes {
            // What stays open inside is closed with it; a close without its opening is passed over.
            if let Some(at) = open.iter().rposition(|o| o.eq_ignore_ascii_case(name)) {
                open.truncate(at);
            }
            continue;
        }
        if is_raw(name) {
            rest = after_raw(rest, name);
            continue;
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
    const FLAT: [&str; 40] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
        "caption", "option", "optgroup", "rp", "rt", "frame", "path", "use", "circle", "rect", "polygon", "line",
    ];
    FLAT.iter().any(|f| name.eq_ignore_ascii_case(f.as_bytes()))
}

/// Elements whose content is no markup.
fn is_raw(name: &[u8]) -> bool {
    ["script", "style", "textarea", "title", "noscript", "xmp"].iter().any(|r| name.eq_ignore_ascii_case(r.as_bytes()))
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
    }
}
