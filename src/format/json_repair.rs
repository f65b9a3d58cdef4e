//! Mends what common writers of JSON get wrong: unpaired surrogates, `NaN`, raw control characters in strings.

/// Returns the mended source and what was mended, or `None` where there is nothing to mend.
pub(super) fn repaired(source: &str) -> Option<(String, String)> {
    let mut mending = Mending { source, out: String::with_capacity(source.len()), repairs: Vec::new() };
    mending.run();
    if mending.repairs.is_empty() {
        return None;
    }
    mending.repairs.sort_unstable();
    mending.repairs.dedup();
    Some((mending.out, mending.repairs.join("; ")))
}

struct Mending<'a> {
    source: &'a str,
    out: String,
    repairs: Vec<&'static str>,
}

impl Mending<'_> {
    fn run(&mut self) {
        let mut in_string = false;
        let mut at = 0;
        while let Some(c) = self.source[at..].chars().next() {
            let taken = match c {
                '"' => {
                    in_string = !in_string;
                    self.keep(at, 1)
                }
                '\\' if in_string => self.escape(at),
                '\0'..='\x1f' if in_string => {
                    self.replace(1, &format!("\\u{:04x}", c as u32), "control characters in strings")
                }
                _ if in_string => self.keep(at, c.len_utf8()),
                'N' | 'I' | '-' => self.word(at),
                _ => self.keep(at, c.len_utf8()),
            };
            at += taken;
        }
    }

    /// Copies an escape, or puts U+FFFD in the place of a surrogate without its other half.
    fn escape(&mut self, at: usize) -> usize {
        let length = self.source[at + 1..].chars().next().map_or(1, |c| 1 + c.len_utf8());
        let Some(unit) = code_unit(self.source, at) else {
            return self.keep(at, length);
        };
        let paired = matches!(code_unit(self.source, at + 6), Some(0xdc00..=0xdfff));
        match unit {
            0xd800..=0xdbff if paired => self.keep(at, 12),
            0xd800..=0xdfff => self.replace(6, "\\ufffd", "unpaired surrogates replaced by U+FFFD"),
            _ => self.keep(at, 6),
        }
    }

    fn word(&mut self, at: usize) -> usize {
        let rest = &self.source[at..];
        let word = ["NaN", "Infinity", "-Infinity"].into_iter().find(|w| rest.starts_with(w));
        match word {
            Some(word) => self.replace(word.len(), "null", "NaN and Infinity read as null"),
            None => self.keep(at, 1),
        }
    }

    fn keep(&mut self, at: usize, length: usize) -> usize {
        self.out.push_str(&self.source[at..at + length]);
        length
    }

    fn replace(&mut self, length: usize, by: &str, repair: &'static str) -> usize {
        self.out.push_str(by);
        self.repairs.push(repair);
        length
    }
}

/// Reads the escape `\uXXXX` at byte `at`.
fn code_unit(source: &str, at: usize) -> Option<u16> {
    let digits = source.get(at..at + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(source: &str, expected: Option<&str>) {
        assert_eq!(repaired(source).map(|(text, _)| text).as_deref(), expected);
    }

    #[test]
    fn mends_only_what_is_wrong() {
        check(r#"{"a": "\ud800"}"#, Some(r#"{"a": "\ufffd"}"#));
        check(r#"{"a": "\udc00\ud800\udc00"}"#, Some(r#"{"a": "\ufffd\ud800\udc00"}"#));
        check(r#"{"a": "\\ud800 NaN"}"#, None);
        check(r#"{"a": NaN, "b": -Infinity}"#, Some(r#"{"a": null, "b": null}"#));
        check("{\"a\": \"x\ty\"}", Some(r#"{"a": "x\u0009y"}"#));
    }

    proptest! {
        #[test]
        fn no_source_panics(source in r#"["\\uNd8é\n{}-]{0,40}"#) {
            repaired(&source);
        }
    }
}
