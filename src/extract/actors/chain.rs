//! Where an article names the speaker whom a statement calls by a pronoun, a surname, an office or not at all.

use super::resolve::{Resolved, Resolver};
use crate::language::TokenRange;

impl Resolver<'_, '_> {
    /// Returns where the text names who speaks: first in full, then last before the statement, whose speaker stands in `source` and
    /// which begins at `at`; nothing where the speaker's own words say all of it.
    pub fn chain(&self, resolved: &Resolved, source: Option<&TokenRange>, at: usize) -> Vec<TokenRange> {
        let own = source.cloned().unwrap_or(at..at);
        let apart = |tokens: &TokenRange| tokens.end <= own.start || own.end <= tokens.start;
        let last = self.named_last(resolved, own.start.min(at)).filter(apart);
        let full = resolved.person.and_then(|person| self.fullest[person]);
        let full = full.map(|number| self.cast.mentions[number].tokens.clone());
        if full.as_ref().is_some_and(|tokens| !apart(tokens)) {
            return Vec::new();
        }
        let mut chain: Vec<TokenRange> = full.into_iter().chain(last).collect();
        chain.dedup();
        chain
    }

    /// Where a person, or the body or state that an actor is, was named last before a token.
    fn named_last(&self, resolved: &Resolved, at: usize) -> Option<TokenRange> {
        const LOOKED_AT: usize = 512;
        if let Some(person) = resolved.person {
            let mentions = &self.cast.mentions[..self.cast.mentions.partition_point(|m| m.tokens.end <= at)];
            let near = mentions.iter().rev().take(LOOKED_AT);
            return near.filter(|m| m.person == person).map(|m| m.tokens.clone()).next();
        }
        let names = &self.text.names[..self.text.names.partition_point(|n| n.tokens.end <= at)];
        let near = names.iter().rev().take(LOOKED_AT);
        near.filter(|name| resolved.actor.is_named_by(name.entries[0].path())).map(|name| name.tokens.clone()).next()
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::article;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let article = article("", text);
        let words = |s: &crate::record::Statement| -> Vec<String> {
            s.grounds.chain.iter().map(|span| span.of(&article.text).to_string()).collect()
        };
        let found: Vec<Vec<String>> = article.statements.iter().map(words).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_pronoun_leads_back_to_the_name() {
        check(
            "“The toll is unjust,” said Imogen Strand, the union leader. “We will not pay,” she said.",
            &[&[], &["Imogen Strand"]],
        );
    }

    #[test]
    fn a_surname_leads_to_the_full_name() {
        check(
            "Imogen Strand leads the union. The dock is old. “The toll is unjust,” Strand said. “We will not pay,” she said.",
            &[&["Imogen Strand"], &["Imogen Strand", "Strand"]],
        );
    }

    #[test]
    fn a_body_that_goes_on_leads_to_its_name() {
        check("The White House rejected the bill. “It is unjust,” it said.", &[&[], &["White House"]]);
    }
}
