//! The state that an article is mostly about: whose senators, governors and prosecutors it means without saying so.

use super::annotated::Name;
use crate::lexicon::{Entry, Lexicon, State, StateName};

/// Returns the state that half or more of the known names of parts, seats and bodies of states belong to.
///
/// Names of the states themselves tell what the news is about, not from where it is told: an American article on Mexico names
/// Mexico most, and means American senators.
pub(super) fn home<'a>(names: &[Name<'a>], lexicon: &'a Lexicon) -> Option<&'a State> {
    const FEWEST: usize = 2;
    let mut counts: Vec<(&State, usize)> = Vec::new();
    let mut total = 0;
    let states = names.iter().filter_map(|name| name.entries.first()).filter_map(|entry| state_of(entry, lexicon));
    for state in states {
        total += 1;
        match counts.iter_mut().find(|(known, _)| known.path == state.path) {
            Some((_, count)) => *count += 1,
            None => counts.push((state, 1)),
        }
    }
    let (state, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= FEWEST && 2 * count >= total).then_some(state)
}

fn state_of<'a>(entry: &Entry<'a>, lexicon: &'a Lexicon) -> Option<&'a State> {
    match entry {
        Entry::State(state, StateName::Seat) => Some(state),
        Entry::Region(region) => lexicon.state(region.country.as_deref()?),
        Entry::Body(body) => lexicon.state_of_path(&body.path).or_else(|| lexicon.state(body.country.as_deref()?)),
        Entry::State(..) | Entry::Person(_) | Entry::Outlet(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::annotated;

    #[test]
    fn the_state_named_most_is_the_one_at_home() {
        for (text, expected) in [
            ("Congress met in Washington. Texas and France sent nobody.", Some("US")),
            ("Mexico's Senate met. France and Germany and Spain sent nobody.", None),
            ("Mexico, Mexico and Mexico again, said the White House and Congress.", Some("US")),
            ("Mexico warned Mexico.", None),
            ("The port was closed.", None),
        ] {
            let found = annotated(text, |text, _| text.home.map(|state| state.alpha2.clone()));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
