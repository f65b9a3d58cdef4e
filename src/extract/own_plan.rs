//! Whoever plans or proposes something is for it, whomever it is directed against.

use super::annotated::Annotated;
use super::stance::Judgement;
use super::statements::Found;
use crate::lexicon::{CueKind, NameWord, WordClass};
use crate::record::{Act, Actor, Stance, StanceRule};

/// What the speakers of an article have planned or proposed so far.
#[derive(Debug, Default)]
pub(super) struct Plans {
    of: Vec<Plan>,
}

#[derive(Debug)]
struct Plan {
    author: String,
    /// Words of the plan, without plural endings.
    words: Vec<String>,
}

impl Plans {
    /// Returns the judgement with the side that a plan's author takes.
    pub(super) fn judged(&self, text: &Annotated, found: &Found, speaker: &Actor, judgement: Judgement) -> Judgement {
        let own = match judgement.stance {
            Stance::Oppose if proposes_action_against(text, found) => Some(Act::Propose),
            Stance::Oppose | Stance::Neutral if self.describes_own(text, found, speaker) => Some(Act::Defend),
            _ => None,
        };
        match own {
            Some(act) => Judgement { stance: Stance::Support, act, rule: Some(StanceRule::OwnPlan), ..judgement },
            None => judgement,
        }
    }

    /// Remembers what a speaker plans or proposes.
    pub(super) fn remember(&mut self, text: &Annotated, found: &Found, speaker: &Actor, judged: &Judgement) {
        if judged.stance == Stance::Support && judged.act == Act::Propose {
            let words = found.content.iter().flat_map(|c| c.clone()).map(|i| text.lower(i));
            let words = words.filter(|w| text.lexicon.name_word(w) != Some(NameWord::Function)).map(singular).collect();
            self.of.push(Plan { author: speaker.name.clone(), words });
        }
    }

    /// `The campaign said the strikes would hit camps`, `describes the plan as self-defence`: its candidate's strikes.
    fn describes_own(&self, text: &Annotated, found: &Found, speaker: &Actor) -> bool {
        let of_speaker = |plan: &&Plan| plan.author == speaker.name || speaker.affiliations.contains(&plan.author);
        let Some(thing) = thing_described(text, found) else { return false };
        !takes_side(text, found, Stance::Oppose)
            && self.of.iter().filter(of_speaker).any(|plan| {
                is_proposal(text, thing)
                    || text.is(thing, WordClass::AnyPlan)
                    || plan.words.contains(&singular(text.lower(thing)))
            })
    }
}

/// `plans military action against the cartels`, `the proposal against the cartels`.
fn proposes_action_against(text: &Annotated, found: &Found) -> bool {
    const REACH: usize = 8;
    let Some(content) = found.content.first() else { return false };
    let against = (content.start..content.end.min(content.start + REACH)).find(|&i| text.lower(i) == "against");
    let Some(before) = against.and_then(|i| i.checked_sub(1)) else { return false };
    proposes(text, found)
        && !takes_side(text, found, Stance::Oppose)
        && (is_action(text, before) || is_proposal(text, before))
}

/// Tells whether the cue says that somebody has a plan: one that is made, not one that is refused.
fn proposes(text: &Annotated, found: &Found) -> bool {
    let Some(cue) = &found.cue else { return false };
    let refused = (cue.start.saturating_sub(3)..cue.end).any(|i| {
        matches!(text.lower(i), "not" | "never" | "no" | "without" | "against") || text.lower(i).ends_with("n't")
    });
    let planned = |i: usize| {
        matches!(text.lower(i), "seek" | "seeks" | "sought" | "seeking" | "want" | "wants" | "wanted")
            || text.lexicon.cues_at(&text.words, i).iter().any(|(c, _)| c.act == Act::Propose)
    };
    !refused && cue.clone().any(planned)
}

fn takes_side(text: &Annotated, found: &Found, side: Stance) -> bool {
    found
        .cue
        .iter()
        .flat_map(|c| c.clone())
        .any(|i| text.lexicon.cues_at(&text.words, i).iter().any(|(c, _)| c.stance == side))
}

fn is_proposal(text: &Annotated, at: usize) -> bool {
    text.lexicon.cues_at(&text.words, at).iter().any(|(c, _)| c.kind == CueKind::Noun && c.act == Act::Propose)
}

/// What a government or an army does to somebody.
fn is_action(text: &Annotated, at: usize) -> bool {
    text.lexicon.word_classes(&singular(text.lower(at))).has(WordClass::Action)
}

/// The noun of which the content says what it would do or what it is: `the strikes would ...`, `the plan as ...`.
fn thing_described(text: &Annotated, found: &Found) -> Option<usize> {
    const LONGEST_SUBJECT: usize = 6;
    let content = found.content.first()?;
    let end = content.end.min(content.start + LONGEST_SUBJECT);
    let after = (content.start..end).find(|&i| matches!(text.lower(i), "would" | "will" | "could" | "can" | "as"))?;
    after.checked_sub(1).filter(|&i| i >= content.start)
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ => word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')).unwrap_or(word).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::article;
    use crate::record::Stance;

    /// The stance of the statement whose content holds the words.
    #[track_caller]
    fn check(text: &str, words: &str, expected: Option<Stance>) {
        let article = article("", text);
        let said = |s: &&crate::record::Statement| s.content.iter().any(|c| c.of(&article.text).contains(words));
        let found = article.statements.iter().find(said).map(|s| s.stance);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn planned_action_is_supported_by_who_plans_it() {
        let text =
            "Pressure grows at the border.\n\nTrump plans military strikes against smugglers. Nobody else spoke.";
        check(text, "military strikes", Some(Stance::Support));
        let text =
            "Pressure grows at the border.\n\nSenator Jane Doe has proposed new sanctions against the smugglers.";
        check(text, "new sanctions", Some(Stance::Support));
    }

    #[test]
    fn who_speaks_for_the_author_does_not_oppose_the_plan() {
        let text = "Pressure grows at the border.\n\nSenator Jane Doe has proposed air strikes on smugglers in the hills. \
                    Doe's campaign has said the strikes would destroy the leadership of the gangs, calling them terrorists.";
        check(text, "the strikes would destroy", Some(Stance::Support));
    }

    #[test]
    fn things_take_no_side() {
        let text = "Pressure grows at the border.\n\nSenator Jane Doe has proposed air strikes. Furthermore, the proposal \
                    raises concerns about harm to villages.";
        check(text, "harm to villages", None);
        let text = "Pressure grows at the border.\n\nThe Mexican ambassador raised concerns about harm to villages.";
        check(text, "harm to villages", Some(Stance::Oppose));
    }
}
