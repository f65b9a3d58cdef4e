//! The party and the place behind a name, and the parliament or region that they say is meant.

use crate::extract::actors::Role;
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{Entry, Lexicon, Office, OfficeKind};
use crate::record::ActorKind;

/// `R-Ky.`, `D-NY`, `R., Ky.`, `D`
pub(super) fn party_and_place(text: &Annotated, range: &TokenRange) -> Role {
    let mut role = Role::default();
    let Some(first) = range.clone().next().filter(|_| !range.is_empty()) else { return role };
    let word = text.document.word(first);
    let (letter, place) = match word.split_once('-') {
        Some((letter, place)) => (letter, place.to_string()),
        None => {
            let behind = (first + 1..range.end.min(first + 4)).map(|i| text.document.word(i));
            let place = behind.take_while(|w| *w != ")").filter(|w| !matches!(*w, "-" | "," | "."));
            (word, place.collect::<Vec<_>>().join(""))
        }
    };
    let party = match letter.trim_end_matches('.') {
        "R" => "republican-party",
        "D" => "democratic-party",
        _ => return role,
    };
    let place = place.trim_end_matches('.');
    let lexicon = text.lexicon;
    let region = lexicon.region_by_code("US", place).or_else(|| {
        let named = lexicon.lookup(place).into_iter();
        named.filter_map(|e| if let Entry::Region(region) = e { Some(region) } else { None }).next()
    });
    if region.is_some() || place.is_empty() {
        role.is_letters = true;
        role.place = region.map(|r| r.path.clone());
        role.paths.push(party.to_string());
        role.affiliations.push(lexicon.label(party));
    }
    role
}

/// Where somebody sits whose party and state stand behind the name: `Sen. Jane Doe (R-Ky.)`, `Gov. Jane Doe, D-Ohio`.
pub(super) fn seat(title: Option<&Office>, after: &Role, lexicon: &Lexicon) -> Option<String> {
    let place = after.place.as_ref().filter(|_| after.is_letters)?;
    let state = lexicon.state_of_path(place)?;
    match title {
        Some(office) if office.kind == OfficeKind::Legislative => Some(lexicon.office_path(state, &office.below)),
        Some(office) if office.kind == OfficeKind::Subnational => Some(place.clone()),
        Some(office) if office.kind != OfficeKind::Honorific => None,
        _ => Some(format!("{}/congress", state.path)),
    }
}

/// `Sen. Jane Doe, a Republican from Texas`, in an article about Mexico: party and place say which senate is meant.
pub(super) fn leave_home(role: &mut Role, lexicon: &Lexicon) {
    let Some(assumed) = role.assumed.clone() else { return };
    let of_party = |path: &String| {
        let body = lexicon.body(path).filter(|b| b.kind == ActorKind::Party)?;
        lexicon.state(body.country.as_deref()?)
    };
    let place = role.place.as_ref().and_then(|place| lexicon.state_of_path(place));
    let Some(state) = place.or_else(|| role.paths.iter().find_map(of_party)) else { return };
    if lexicon.state_of_path(&assumed).is_some_and(|home| home.path == state.path) {
        return;
    }
    let below = assumed.split_once('/').map_or("", |(_, below)| below);
    let path = lexicon.office_path(state, below);
    for paths in [&mut role.paths, &mut role.former_paths] {
        paths.iter_mut().filter(|p| **p == assumed).for_each(|p| p.clone_from(&path));
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::speakers;

    #[test]
    fn party_and_place_say_which_senate_is_meant() {
        let about = "Mexico's Senate met in Mexico City. Morena and Sinaloa left.";
        for (speaker, expected) in [
            ("Sen. Jane Okafor", "Jane Okafor, MX"),
            ("Sen. Jane Okafor, a Republican from Texas", "Jane Okafor, US"),
            ("Sen. Ted Cruz", "Ted Cruz, US"),
            ("Sen. Jane Okafor (R., Ky.)", "Jane Okafor, US"),
            ("Sen. Jane Okafor (R - Ky.)", "Jane Okafor, US"),
            ("Sen. Jane Okafor, R-Ky.", "Jane Okafor, US"),
            ("Sen. Jane Okafor of the Democratic Party", "Jane Okafor, US"),
        ] {
            let name = expected.split(',').next().expect("a name");
            assert_eq!(speakers(&format!("{about} {speaker}, left."), &[name]), [expected], "{speaker}");
        }
    }
}
