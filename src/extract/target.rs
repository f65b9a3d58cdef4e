//! What or whom a stance is about: a short noun phrase of the text.

use super::annotated::Annotated;
use super::statements::{Found, noun_phrase_after, trimmed};
use crate::language::TokenRange;
use crate::lexicon::{Entry, Frame, WordClass};
use crate::record::Stance;

/// Returns the target of a statement that takes a side, and the actors that it names, by path or id. Nobody opposes
/// themselves: what `names_speaker` is no target of an opposition, and none of its actors.
pub(super) fn target(
    text: &Annotated,
    found: &Found,
    stance: Stance,
    names_speaker: impl Fn(&TokenRange) -> bool,
) -> (String, Vec<String>) {
    let own = |tokens: &TokenRange| stance == Stance::Oppose && names_speaker(tokens);
    let range = (stance != Stance::Neutral).then(|| about_cue(text, found).or_else(|| inside_content(text, found)));
    let range = range.flatten().map(|r| trimmed(text, &r)).filter(|r| !r.is_empty() && !own(r));
    let Some(range) = range else { return (String::new(), Vec::new()) };
    let words = text.document.slice(&range).split_whitespace().collect::<Vec<_>>().join(" ");
    let others = text.names_within(&range).filter(|n| !own(&n.tokens));
    let mut actors: Vec<String> = others.map(|n| n.entries[0].path().to_string()).collect();
    actors.dedup();
    (words, actors)
}

/// The object of a cue that takes one: `rejected the plan`.
fn about_cue(text: &Annotated, found: &Found) -> Option<TokenRange> {
    let cue = found.cue.as_ref()?;
    let takes_object = cue.clone().any(|i| {
        text.lexicon.cues_at(&text.words, i).iter().any(|(c, _)| c.frame != Frame::Says && c.stance != Stance::Neutral)
    });
    let content = found.content.first()?;
    if !takes_object || content.start < cue.end {
        return None;
    }
    let object = noun_phrase_after(text, cue.end, content.end);
    (!object.is_empty()).then_some(object)
}

/// The object of a position inside the content, else what the content begins with or the first name in it.
fn inside_content(text: &Annotated, found: &Found) -> Option<TokenRange> {
    let content = found.content.first()?;
    for at in content.clone() {
        let cue =
            text.lexicon.cue_at(&text.words, at).filter(|(c, _)| c.stance != Stance::Neutral && c.frame != Frame::Says);
        if let Some((_, length)) = cue {
            let object = noun_phrase_after(text, at + length, content.end);
            if !object.is_empty() {
                return Some(object);
            }
        }
    }
    let subject = noun_phrase_after(text, content.start, content.end);
    let pronoun = subject.len() == 1 && text.is(subject.start, WordClass::Pointing);
    if !subject.is_empty() && !pronoun {
        return Some(subject);
    }
    let names = found.content.iter().flat_map(|c| text.names_within(c));
    names.filter(|n| !matches!(n.entries[0], Entry::Outlet(_))).map(|n| n.tokens.clone()).next()
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::article;

    /// The target of the first statement.
    fn target(text: &str) -> String {
        article("", text).statements[0].target.clone()
    }

    #[test]
    fn signs_and_abbreviations_are_inside_a_target() {
        assert_eq!(target("Brazil rejected a 50% tariff on beef."), "50% tariff on beef");
        assert_eq!(target("Canada condemned the U.S. tariffs on steel."), "U.S. tariffs on steel");
        assert_eq!(target("Canada condemned the tariff. Nobody answered."), "tariff");
    }

    #[test]
    fn nobody_opposes_themselves() {
        let said = |speaker: &str, what: &str| target(&format!("{speaker} said on Monday: “{what}.”"));
        assert_eq!(said("Mitt Romney", "Joe Biden is the worst choice for this harbour"), "Joe Biden");
        assert_eq!(said("Joe Biden", "Joe Biden is the worst choice for this harbour"), "");
        assert_eq!(said("Joe Biden", "Biden is the worst choice for this harbour"), "");
        assert_eq!(target("Mexico condemned Mexico."), "");
        assert_eq!(target("Mexico condemned the Mexican tariff."), "Mexican tariff");
        assert_eq!(target("Republicans rejected the Republican health bill."), "Republican health bill");
    }
}
