//! Gives each row of a container an id of its own.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::ParsedDocument;

/// The ids given so far, as hashes: a container may hold millions.
#[derive(Default)]
pub(super) struct RowIds {
    given: HashSet<u64>,
    /// For ids that came more than once, the last number put behind them.
    repeated: HashMap<u64, usize>,
}

impl RowIds {
    /// Keeps the document's own id, or gives it its position; an id that was given before gets `-2`, `-3`, ...
    pub fn settle(&mut self, document: &mut ParsedDocument, position: usize) {
        let wanted = document.row.take().unwrap_or_else(|| position.to_string());
        let mut id = wanted.clone();
        if !self.given.insert(hash(&id)) {
            let last = self.repeated.entry(hash(&wanted)).or_insert(1);
            loop {
                *last += 1;
                id = format!("{wanted}-{last}");
                if self.given.insert(hash(&id)) {
                    break;
                }
            }
            document.warnings.push(format!("id `{wanted}` stands more than once in the file; this row is `{id}`"));
        }
        document.row = Some(id);
    }
}

fn hash(id: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        let mut ids = RowIds::default();
        let mut settle = |id: Option<&str>, position| {
            let mut document = ParsedDocument { row: id.map(str::to_string), ..ParsedDocument::default() };
            ids.settle(&mut document, position);
            (document.row.unwrap(), document.warnings.len())
        };
        assert_eq!(settle(Some("a"), 1), ("a".to_string(), 0));
        assert_eq!(settle(Some("a-2"), 2), ("a-2".to_string(), 0));
        assert_eq!(settle(Some("a"), 3), ("a-3".to_string(), 1));
        assert_eq!(settle(None, 4), ("4".to_string(), 0));
        assert_eq!(settle(Some("4"), 5), ("4-2".to_string(), 1));
    }
}
