//! Finds expressions of one or more words at a place in a list of words, by their first word.

use super::hashing::WordMap;

/// Expressions by first word, the longest first; each stands for an item of a list elsewhere.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_first_word: WordMap<Vec<Phrase>>,
}

#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    item: usize,
}

impl Phrases {
    /// Adds an expression (words separated by single spaces) for an item.
    pub(super) fn add(&mut self, expression: &str, item: usize) {
        let mut words = expression.split(' ').map(str::to_string);
        let Some(first) = words.next().filter(|word| !word.is_empty()) else { return };
        let rest: Vec<String> = words.collect();
        let phrases = self.by_first_word.entry(first).or_default();
        // Longest first; among equals the item that was added first.
        let place = phrases.partition_point(|phrase| phrase.rest.len() >= rest.len());
        phrases.insert(place, Phrase { rest, item });
    }

    /// Returns every item whose expression starts at `words[at]`, with its number of words, the longest first.
    pub(super) fn all_at<'p>(
        &'p self,
        words: &'p [impl AsRef<str>],
        at: usize,
    ) -> impl Iterator<Item = (usize, usize)> + 'p {
        let phrases = words.get(at).and_then(|first| self.by_first_word.get(first.as_ref())).map(Vec::as_slice);
        let fits = move |phrase: &&Phrase| {
            let rest = words.get(at + 1..at + 1 + phrase.rest.len());
            rest.is_some_and(|rest| rest.iter().zip(&phrase.rest).all(|(word, expected)| word.as_ref() == expected))
        };
        phrases.unwrap_or_default().iter().filter(fits).map(|phrase| (phrase.item, phrase.rest.len() + 1))
    }

    /// Returns the item of the longest expression that starts at `words[at]`, with its number of words.
    pub(super) fn longest_at(&self, words: &[impl AsRef<str>], at: usize) -> Option<(usize, usize)> {
        self.all_at(words, at).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_expression_wins() {
        let mut phrases = Phrases::default();
        for (item, expression) in ["call", "call for", "call for an end to", "call"].iter().enumerate() {
            phrases.add(expression, item);
        }
        let words = ["they", "call", "for", "an", "end"];
        assert_eq!(phrases.longest_at(&words, 1), Some((1, 2)));
        assert_eq!(phrases.longest_at(&words, 0), None);
        assert_eq!(phrases.longest_at(&words, 9), None);
        assert_eq!(phrases.all_at(&words, 1).collect::<Vec<_>>(), [(1, 2), (0, 1), (3, 1)]);
    }
}
