//! Writes a merge into the file, and leaves the rest of it as the user wrote it.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

use super::error::OwnActorsError;
use crate::lexicon::slug;

/// Returns the file's text with the statements by `other` given to `actor`.
pub fn merged(text: &str, actor: &str, other: &str) -> Result<String, OwnActorsError> {
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| OwnActorsError::Form(error.to_string()))?;
    let actors = document.entry("actor").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(actors) = actors.as_array_of_tables_mut() else {
        return Err(OwnActorsError::Form("`actor` is no list of tables; write each as `[[actor]]`".to_string()));
    };
    let mut also = vec![other.to_string()];
    also.extend(taken_out(actors, other)?);
    if !actors.iter().any(|table| is_called(table, actor)) {
        let mut table = Table::new();
        table.insert("name", value(actor));
        actors.push(table);
    }
    let table = actors.iter_mut().find(|table| is_called(table, actor)).expect("it was there or was added");
    if table.contains_key("where") {
        let message =
            format!("`{actor}` has a `where`, which would part the statements of `{other}`; take it out, then merge");
        return Err(OwnActorsError::Form(message));
    }
    let names = table.entry("also").or_insert(value(Array::new()));
    let Some(names) = names.as_array_mut() else {
        return Err(OwnActorsError::Form(format!("`also` of `{actor}` is no list of names")));
    };
    for name in also {
        if !names.iter().filter_map(Value::as_str).any(|known| slug(known) == slug(&name)) {
            names.push(name);
        }
    }
    Ok(document.to_string())
}

/// Takes an actor out of the file and returns its other names; one with roles or a condition is the user's to take out.
fn taken_out(actors: &mut ArrayOfTables, name: &str) -> Result<Vec<String>, OwnActorsError> {
    let Some(place) = actors.iter().position(|table| is_called(table, name)) else { return Ok(Vec::new()) };
    let table = actors.get(place).expect("a table was found there");
    if let Some(key) = ["role", "where", "kind"].iter().find(|key| table.contains_key(key)) {
        let message = format!("`{name}` is an actor of the file with a `{key}` of its own; take it out, then merge");
        return Err(OwnActorsError::Form(message));
    }
    if table.to_string().contains('#') {
        let message =
            format!("`{name}` is an actor of the file with comments that would be lost; take it out, then merge");
        return Err(OwnActorsError::Form(message));
    }
    let names = table.get("also").and_then(Item::as_array).into_iter().flatten();
    let names = names.filter_map(|name| name.as_str().map(str::to_string)).collect();
    actors.remove(place);
    Ok(names)
}

fn is_called(table: &Table, name: &str) -> bool {
    table.get("name").and_then(Item::as_str).is_some_and(|own| slug(own) == slug(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merge_leaves_the_rest_as_it_is() {
        let text = "# Ours.\n[[actor]]\nname = \"Ana Lund\" # the elder\n";
        let first = merged(text, "Ana Lund", "A. Lund").expect("merges");
        assert_eq!(first, "# Ours.\n[[actor]]\nname = \"Ana Lund\" # the elder\nalso = [\"A. Lund\"]\n");
        let again = merged(&first, "Ana Lund", "Ana M. Lund").expect("merges");
        assert!(again.ends_with("also = [\"A. Lund\", \"Ana M. Lund\"]\n"), "{again}");
        assert_eq!(merged(&again, "Ana Lund", "A. Lund").expect("merges"), again);
    }

    #[test]
    fn what_was_merged_into_the_other_comes_along() {
        let text = merged("", "Kari Lund", "K. Lund").expect("merges");
        let text = merged(&text, "Ana Lund", "Kari Lund").expect("merges");
        assert_eq!(text.trim_start(), "[[actor]]\nname = \"Ana Lund\"\nalso = [\"Kari Lund\", \"K. Lund\"]\n");
    }

    #[test]
    fn what_the_user_decided_is_not_overwritten() {
        let text = "[[actor]]\nname = \"Kari Lund\"\n[[actor.role]]\ntitle = \"mayor\"\n";
        let refused = merged(text, "Ana Lund", "Kari Lund").expect_err("has a role");
        assert_eq!(
            refused.to_string(),
            "`Kari Lund` is an actor of the file with a `role` of its own; take it out, then merge"
        );
        let text = "[[actor]]\nname = \"Ana Lund\"\nwhere = \"steel\"\n";
        let refused = merged(text, "Ana Lund", "Kari Lund").expect_err("has a condition");
        assert!(refused.to_string().starts_with("`Ana Lund` has a `where`"), "{refused}");
        let text = "[[actor]]\nname = \"Kari Lund\" # hers\n";
        let refused = merged(text, "Ana Lund", "Kari Lund").expect_err("has a comment");
        assert!(refused.to_string().contains("comments that would be lost"), "{refused}");
        let refused = merged("actor = 3", "Ana Lund", "Kari Lund").expect_err("no list");
        assert_eq!(refused.to_string(), "`actor` is no list of tables; write each as `[[actor]]`");
    }
}
