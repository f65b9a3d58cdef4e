//! Finds where sentences end: abbreviations, initials, quotations and brackets are taken into account.

/// What an abbreviation's full stop can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// A name follows (`Mr.`, `Sen.`): never ends a sentence.
    Title,
    /// Ends a sentence hardly ever (`vs.`, `No.`).
    Inner,
    /// May end a sentence (`Inc.`, `U.S.`, `p.m.`): it does where a word in capitals follows that often begins one.
    Final,
}

/// Words that begin sentences far more often than they follow `U.S.` or `Inc.` inside one.
const OPENERS: &[&str] = &[
    "The",
    "A",
    "An",
    "In",
    "It",
    "He",
    "She",
    "They",
    "We",
    "I",
    "But",
    "And",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "On",
    "At",
    "For",
    "As",
    "When",
    "While",
    "If",
    "After",
    "Before",
    "Some",
    "Many",
    "Most",
    "Mr",
    "Mrs",
    "Ms",
    "His",
    "Her",
    "Their",
    "Its",
    "Our",
    "You",
    "What",
    "Why",
    "How",
    "Last",
    "Earlier",
    "However",
    "Meanwhile",
    "According",
    "Since",
    "With",
    "From",
    "By",
    "Not",
    "No",
    "One",
    "Two",
    "Critics",
    "Officials",
];

/// Returns, for each word or mark of a paragraph, whether a sentence ends after it.
///
/// `words` are the paragraph's words and marks as `words()` splits them; `gap(i)` tells whether white space stands
/// before word `i`; `abbreviation` knows words without their final full stop.
pub fn sentence_ends(
    words: &[&str],
    gap: impl Fn(usize) -> bool,
    abbreviation: impl Fn(&str) -> Option<Abbreviation>,
) -> Vec<bool> {
    let mut ends = vec![false; words.len()];
    let mut i = 0;
    while i < words.len() {
        if !matches!(words[i], "." | "!" | "?" | "…") {
            i += 1;
            continue;
        }
        let mut last = i;
        while last + 1 < words.len() && !gap(last + 1) && is_closing(words[last + 1]) {
            last += 1;
        }
        if ends_sentence(words, i, last, &gap, &abbreviation) {
            ends[last] = true;
        }
        i = last + 1;
    }
    if let Some(end) = ends.last_mut() {
        *end = true;
    }
    cut_endless(&mut ends);
    ends
}

/// Words and marks of a sentence at most. What has more is no prose, and whoever reads it to its end at each word of it
/// would never be done.
const LONGEST: usize = 512;

fn cut_endless(ends: &mut [bool]) {
    let mut length = 0;
    for end in ends {
        length += 1;
        *end |= length == LONGEST;
        if *end {
            length = 0;
        }
    }
}

fn ends_sentence(
    words: &[&str],
    stop: usize,
    last: usize,
    gap: &impl Fn(usize) -> bool,
    abbreviation: &impl Fn(&str) -> Option<Abbreviation>,
) -> bool {
    let Some(next) = words.get(last + 1) else { return true };
    if !gap(last + 1) {
        return false;
    }
    let opener = words[last + 1..].iter().find(|w| !is_opening(w)).copied().unwrap_or(next);
    let capital = opener.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    if words[stop] != "." {
        return capital || is_opening(next);
    }
    if !capital {
        return false;
    }
    let before = if stop > 0 && !gap(stop) { words[stop - 1] } else { return true };
    let initial = before.chars().count() == 1 && before.chars().all(char::is_uppercase) && before != "I";
    if last > stop {
        return true;
    }
    match abbreviation(before) {
        Some(Abbreviation::Title | Abbreviation::Inner) => false,
        Some(Abbreviation::Final) => OPENERS.contains(&opener) || is_opening(next),
        None if initial => false,
        None => true,
    }
}

fn is_closing(word: &str) -> bool {
    matches!(word, "\"" | "”" | "’" | "'" | "''" | ")" | "]" | "»" | "." | "!" | "?" | "…")
}

fn is_opening(word: &str) -> bool {
    matches!(word, "\"" | "“" | "‘" | "'" | "``" | "(" | "[" | "«" | "—" | "–" | "•" | "-")
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    fn known(word: &str) -> Option<Abbreviation> {
        match word {
            "Mr" | "Sen" | "Gov" => Some(Abbreviation::Title),
            "vs" | "No" => Some(Abbreviation::Inner),
            "U.S" | "Inc" | "p.m" => Some(Abbreviation::Final),
            _ => None,
        }
    }

    fn check(text: &str, expected: &[&str]) {
        let mut spans = Vec::new();
        words(text, |s, e| spans.push((s, e)));
        let tokens: Vec<&str> = spans.iter().map(|&(s, e)| &text[s..e]).collect();
        let gap = |i: usize| i > 0 && spans[i].0 > spans[i - 1].1;
        let ends = sentence_ends(&tokens, gap, known);
        let mut found = Vec::new();
        let mut from = 0;
        for (i, end) in ends.iter().enumerate() {
            if *end {
                found.push(text[from..spans[i].1].trim());
                from = spans[i].1;
            }
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn plain_sentences() {
        check("He left. She stayed! Why? \"No.\"", &["He left.", "She stayed!", "Why?", "\"No.\""]);
    }

    #[test]
    fn abbreviations_and_initials() {
        check(
            "Sen. J. B. Moore met Mr. Cole at 3 p.m. Tuesday.",
            &["Sen. J. B. Moore met Mr. Cole at 3 p.m. Tuesday."],
        );
        check("It is made in the U.S. The firm left.", &["It is made in the U.S.", "The firm left."]);
        check("The U.S. Senate met.", &["The U.S. Senate met."]);
        check("Case No. 5 vs. Acme Inc. It won.", &["Case No. 5 vs. Acme Inc.", "It won."]);
    }

    #[test]
    fn quotations_end_with_their_mark() {
        check("“We are done.” He left.", &["“We are done.”", "He left."]);
        check("“Done?” he asked. “Yes.”", &["“Done?” he asked.", "“Yes.”"]);
    }

    #[test]
    fn what_never_ends_is_cut() {
        let words = vec!["said"; LONGEST * 2 + 1];
        let ends = sentence_ends(&words, |_| true, |_| None);
        let cut: Vec<usize> = (0..words.len()).filter(|&i| ends[i]).collect();
        assert_eq!(cut, [LONGEST - 1, LONGEST * 2 - 1, LONGEST * 2]);
    }
}
