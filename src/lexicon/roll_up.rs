//! What somebody counts for: paths with everything above them, and the countries and bodies that follow from them.

use super::{Lexicon, ancestors};

/// The roll-up of an actor on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollUp {
    /// Paths, each with all its ancestors.
    pub counts_for: Vec<String>,
    /// The same of what the actor no longer counts for.
    pub formerly: Vec<String>,
    /// Alpha-2 codes of states.
    pub countries: Vec<String>,
    /// Bodies by name.
    pub affiliations: Vec<String>,
}

impl RollUp {
    /// Adds a path with all that follows from it.
    pub fn add(&mut self, path: &str, lexicon: &Lexicon) {
        if path.is_empty() {
            return;
        }
        self.add_path(path);
        if let Some(state) = lexicon.state_of_path(path) {
            push_new(&mut self.countries, state.alpha2.clone());
        }
        if is_affiliation(path) {
            self.add_affiliation(lexicon.label(path));
        }
    }

    /// Adds a path with its ancestors, and nothing else.
    pub fn add_path(&mut self, path: &str) {
        for above in ancestors(path) {
            push_new(&mut self.counts_for, above);
        }
    }

    /// Adds what the actor no longer counts for.
    pub fn add_former(&mut self, path: &str) {
        for above in ancestors(path) {
            push_new(&mut self.formerly, above);
        }
    }

    /// Adds a body by its name.
    pub fn add_affiliation(&mut self, name: String) {
        push_new(&mut self.affiliations, name);
    }

    /// Leaves out of what was what still is.
    pub fn settle(&mut self) {
        self.formerly.retain(|path| !self.counts_for.contains(path));
    }
}

fn push_new(list: &mut Vec<String>, value: String) {
    if !list.contains(&value) {
        list.push(value);
    }
}

/// A state, its executive and its head are what a speaker counts for; anything else is also a body to name.
fn is_affiliation(path: &str) -> bool {
    let below = path.split_once('/').map(|(_, below)| below);
    !matches!(below, Some("government" | "government/presidency" | "government/premiership" | "government/monarchy"))
}
