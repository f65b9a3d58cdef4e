//! The files of the lexicon, compiled in, and what must hold of their data.

/// The text of every file of the lexicon.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'t> {
    pub states: &'t str,
    pub regions: &'t str,
    pub bodies: &'t str,
    pub people: &'t str,
    pub offices: &'t str,
    pub outlets: &'t str,
    pub cues: &'t str,
    pub stance_words: &'t str,
    pub negations: &'t str,
    pub undoing: &'t str,
    pub irregular_verbs: &'t str,
    pub abbreviations: &'t str,
    pub name_words: &'t str,
    pub speaker_nouns: &'t str,
    pub given_names: &'t str,
    pub grammar: &'t str,
}

impl Tables<'static> {
    /// The files of `schema/lexicon` as they were at build time.
    pub const BUILT_IN: Tables<'static> = Tables {
        states: include_str!("../../schema/lexicon/states.csv"),
        regions: include_str!("../../schema/lexicon/regions.csv"),
        bodies: include_str!("../../schema/lexicon/bodies.csv"),
        people: include_str!("../../schema/lexicon/people.csv"),
        offices: include_str!("../../schema/lexicon/offices.csv"),
        outlets: include_str!("../../schema/lexicon/outlets.csv"),
        cues: include_str!("../../schema/lexicon/cues.csv"),
        stance_words: include_str!("../../schema/lexicon/stance_words.csv"),
        negations: include_str!("../../schema/lexicon/negations.csv"),
        undoing: include_str!("../../schema/lexicon/undoing.csv"),
        irregular_verbs: include_str!("../../schema/lexicon/irregular_verbs.csv"),
        abbreviations: include_str!("../../schema/lexicon/abbreviations.csv"),
        name_words: include_str!("../../schema/lexicon/name_words.csv"),
        speaker_nouns: include_str!("../../schema/lexicon/speaker_nouns.csv"),
        given_names: include_str!("../../schema/lexicon/given_names.csv"),
        grammar: include_str!("../../schema/lexicon/grammar.csv"),
    };
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::LazyLock;

    use super::*;
    use crate::lexicon::Lexicon;
    use crate::record::PartialDate;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&Tables::BUILT_IN).unwrap());

    #[test]
    fn files_hold_enough() {
        let lexicon = &*LEXICON;
        let rows = |file: &str| file.lines().count() - 1;
        let counts = [
            ("states", lexicon.states().len(), 200),
            ("regions", lexicon.regions().len(), 350),
            ("bodies", lexicon.bodies().len(), 1000),
            ("people", lexicon.people().len(), 1000),
            ("offices", lexicon.offices().iter().map(|office| office.expressions.len()).sum(), 250),
            ("outlets", lexicon.outlets().len(), 220),
            ("cues", lexicon.cues().len(), 550),
            ("stance words", rows(Tables::BUILT_IN.stance_words), 500),
            ("negations", rows(Tables::BUILT_IN.negations), 60),
            ("undoing", rows(Tables::BUILT_IN.undoing), 100),
        ];
        for (list, count, least) in counts {
            assert!(count >= least, "{list}: {count} < {least}");
        }
    }

    #[test]
    fn ids_are_unique() {
        let lexicon = &*LEXICON;
        let mut seen = HashSet::new();
        let paths = lexicon.states().iter().map(|state| state.path.as_str());
        let paths = paths.chain(lexicon.regions().iter().map(|region| region.path.as_str()));
        let paths = paths.chain(lexicon.bodies().iter().map(|body| body.path.as_str()));
        for path in paths.chain(lexicon.people().iter().map(|person| person.id.as_str())) {
            assert!(seen.insert(path), "{path} twice");
        }
        let ids: HashSet<&str> = lexicon.outlets().iter().map(|outlet| outlet.id.as_str()).collect();
        assert_eq!(ids.len(), lexicon.outlets().len());
        let alpha2: HashSet<&str> = lexicon.states().iter().map(|state| state.alpha2.as_str()).collect();
        let alpha3: HashSet<&str> = lexicon.states().iter().map(|state| state.alpha3.as_str()).collect();
        assert_eq!((alpha2.len(), alpha3.len()), (lexicon.states().len(), lexicon.states().len()));
    }

    fn is_known(path: &str) -> bool {
        LEXICON.state_of_path(path).is_some_and(|state| state.path == path)
            || LEXICON.body(path).is_some()
            || LEXICON.region(path).is_some()
    }

    #[test]
    fn every_body_has_a_parent() {
        for body in LEXICON.bodies() {
            if let Some((parent, _)) = body.path.rsplit_once('/') {
                assert!(is_known(parent), "{parent} of {}", body.path);
            }
            if let Some(country) = &body.country {
                assert!(LEXICON.state(country).is_some(), "{country} of {}", body.path);
            }
        }
    }

    #[test]
    fn what_states_answer_for_is_public() {
        use crate::record::ActorKind::{Company, Media, Ngo};
        for body in LEXICON.bodies().iter().filter(|body| LEXICON.state_of_path(&body.path).is_some()) {
            assert!(![Company, Media, Ngo].contains(&body.kind), "{}", body.path);
        }
    }

    #[test]
    fn every_term_points_to_known_paths() {
        for person in LEXICON.people() {
            for term in &person.terms {
                assert!(term.path.is_empty() || is_known(&term.path), "{} of {}", term.path, person.id);
                assert!(term.party.iter().all(|party| LEXICON.body(party).is_some()), "{:?}", term.party);
                assert!(term.country.iter().all(|code| LEXICON.state(code).is_some()), "{:?}", term.country);
                let order = term.from.zip(term.to).is_none_or(|(from, to)| from.earliest() <= to.latest());
                assert!(order, "{} of {}", term.office, person.id);
            }
        }
    }

    #[test]
    fn one_person_at_a_time_holds_a_single_office() {
        let single =
            ["President of", "Prime Minister of", "US Secretary of", "Chancellor of", "Governor of", "Mayor of"];
        let mut terms: Vec<_> = LEXICON.people().iter().flat_map(|p| p.terms.iter().map(move |t| (t, &p.id))).collect();
        terms.retain(|(term, _)| single.iter().any(|title| term.office.starts_with(title)));
        let until = |term: &crate::lexicon::Term| term.to.map_or(chrono::NaiveDate::MAX, PartialDate::latest);
        terms.sort_by_key(|(term, _)| (term.office.as_str(), term.from.map(PartialDate::earliest), until(term)));
        for pair in terms.windows(2) {
            let ((first, first_id), (second, second_id)) = (&pair[0], &pair[1]);
            let overlap = match (first.to, second.from) {
                (Some(to), Some(from)) => to.earliest() > from.latest(),
                (None, _) => true,
                (_, None) => false,
            };
            let same = first.office == second.office;
            assert!(!(same && overlap), "{}: {first_id} and {second_id}", first.office);
        }
    }
}
