//! Short names: those that a text introduces in brackets (`the Harbour Workers' Council (HWC)`), and `the Gazette` for an outlet.

use super::resolve::{Resolved, Resolver};
use crate::language::TokenRange;
use crate::lexicon::{Entry, WordClass};
use crate::record::ResolvedBy;

/// Words at the beginning and before a speaker that are looked at.
const NEAR: usize = 4096;

impl Resolver<'_, '_> {
    /// Returns the name that a lone short form stands for, where the text introduces it.
    pub(super) fn introduced(&self, source: &TokenRange) -> Option<TokenRange> {
        let text = self.text;
        let short = text.document.word(source.start);
        let names = text.name_at(source.start).is_some();
        if source.len() != 1 || names || !is_short_form(short) {
            return None;
        }
        // At the beginning or not far before: a text may be as long as many books.
        let last = text.words.len().saturating_sub(1);
        let near = source.start.saturating_sub(NEAR).max(1)..source.start.min(last);
        let bracketed = (1..last.min(NEAR)).chain(near).find(|&i| {
            text.document.word(i) == short && text.document.word(i - 1) == "(" && text.document.word(i + 1) == ")"
        })?;
        let end = bracketed - 1;
        let start = (0..end).rev().take_while(|&i| self.is_of_name(i)).last()?;
        let start = (start..end).find(|&i| text.is_capital(i) && begins_alike(text.document.word(i), short))?;
        Some(start..end)
    }

    /// `the Gazette` after `the Harbour Gazette`: the last outlet before it whose name ends so.
    pub(super) fn short_outlet(&self, source: &TokenRange) -> Option<Resolved> {
        const NAMES: usize = 200;
        let text = self.text;
        let word = source.end.checked_sub(1).filter(|&i| text.is_capital(i) && text.is(i, WordClass::OutletNoun))?;
        let is_short = source.len() == 1 || source.len() == 2 && text.lower(source.start) == "the";
        if !is_short || text.name_at(word).is_some() {
            return None;
        }
        let names = &text.names[..text.names.partition_point(|name| name.tokens.start < source.start)];
        let outlet = names.iter().rev().take(NAMES).find(|name| {
            matches!(name.entries[0], Entry::Outlet(_)) && text.lower(name.tokens.end - 1) == text.lower(word)
        })?;
        self.named_body(&outlet.tokens).map(|found| Resolved { by: ResolvedBy::NamedBefore, ..found })
    }

    /// Leaves out the short form in brackets and what follows it.
    pub(super) fn without_short_form(&self, source: &TokenRange) -> TokenRange {
        let text = self.text;
        let short = |i: &usize| {
            text.document.word(*i) == "(" && source.contains(&(i + 2)) && is_short_form(text.document.word(i + 1))
        };
        let end = (source.start + 1..source.end).find(short).unwrap_or(source.end);
        source.start..end
    }

    fn is_of_name(&self, at: usize) -> bool {
        let word = self.text.lower(at);
        self.text.is_capital(at) && word != "the" || matches!(word, "of" | "for" | "and" | "on" | "&" | "'" | "in")
    }
}

/// `HWC`: two to seven capitals.
fn is_short_form(word: &str) -> bool {
    (2..=7).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase())
}

fn begins_alike(word: &str, short: &str) -> bool {
    word.chars().next() == short.chars().next()
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::actors;
    use crate::record::ActorKind;

    #[test]
    fn the_last_word_of_an_outlet_stands_for_it() {
        let text =
            "The Washington Post printed the letter. The Post said it was real. The Harbour Times said it was not.";
        let found = actors(text, None, &["The Post", "The Harbour Times"]);
        let told: Vec<(&str, ActorKind)> = found.iter().map(|actor| (actor.name.as_str(), actor.kind)).collect();
        assert_eq!(told, [("Washington Post", ActorKind::Media), ("Harbour Times", ActorKind::Media)]);
    }
}
