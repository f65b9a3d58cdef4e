//! Holds who speaks, and for whom, to a table of hard cases: `tests/fixtures/actors.toml`.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::extract::testing::actors;
use crate::lexicon::Lexicon;
use crate::record::{Actor, ActorKind};

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    /// Which difficulty.
    kind: String,
    date: Option<NaiveDate>,
    text: String,
    /// Phrases in their order, each with the actor behind it.
    says: Vec<(String, String)>,
    why: String,
    /// Phrases whose answer is known to be wrong.
    #[serde(default)]
    wrong: Vec<String>,
}

/// Tells whether the actor is the expected one: a name, `unnamed`, `group` or `body`, then the countries that it speaks for, or
/// `formerly` one.
fn is_expected(actor: &Actor, expected: &str) -> bool {
    let mut parts = expected.split(", ");
    let name = parts.next().unwrap_or_default();
    let (former, mut codes): (Vec<&str>, Vec<&str>) = parts.partition(|part| part.starts_with("formerly "));
    let mut countries = actor.countries.clone();
    codes.sort_unstable();
    countries.sort_unstable();
    let path = |code: &str| Lexicon::built_in().state(code).map(|state| state.path.clone());
    let is_former =
        |part: &&str| part.strip_prefix("formerly ").and_then(path).is_some_and(|p| actor.formerly.contains(&p));
    let is_named = match name {
        "unnamed" => actor.kind == ActorKind::Unnamed,
        "group" => !matches!(actor.kind, ActorKind::Person),
        "body" => !matches!(actor.kind, ActorKind::Person | ActorKind::Unnamed),
        name => actor.name == name,
    };
    is_named && countries == codes && former.iter().all(is_former)
}

#[test]
fn hard_cases_are_right_but_for_those_known_to_be_wrong() {
    let table: Table = toml::from_str(include_str!("../../../tests/fixtures/actors.toml")).expect("a table of cases");
    assert!(table.case.len() >= 150, "{} cases", table.case.len());
    let mut odd = Vec::new();
    for Case { kind, date, text, says, why, wrong } in &table.case {
        let phrases: Vec<&str> = says.iter().map(|(phrase, _)| phrase.as_str()).collect();
        for (actor, (phrase, expected)) in actors(text, *date, &phrases).iter().zip(says) {
            let is_right = is_expected(actor, expected);
            if is_right && wrong.contains(phrase) {
                odd.push(format!("{kind}: `{phrase}` is right now; take it from `wrong` in {text}"));
            }
            if !is_right && !wrong.contains(phrase) {
                let found = format!("{}, {:?}, formerly {:?}", actor.name, actor.countries, actor.formerly.first());
                odd.push(format!(
                    "{kind}: `{phrase}` is {expected}, as {why}; found {found} ({}) in {text}",
                    actor.because
                ));
            }
        }
    }
    assert!(odd.is_empty(), "{} odd\n{}", odd.len(), odd.join("\n"));
}
