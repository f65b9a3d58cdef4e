//! The floors of the architecture: who may import whom, and what may appear where.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules by floor; a module imports only from lower floors, or from itself.
const FLOORS: &[(&str, u32)] = &[
    ("record", 1),
    ("calendar", 1),
    ("format", 1),
    ("model", 2),
    ("language", 2),
    ("lexicon", 2),
    ("corpus", 2),
    ("query", 2),
    ("extract", 3),
    ("own_actors", 3),
    ("ask", 3),
    ("search", 3),
    ("index", 4),
    ("ingest", 5),
    ("cli", 6),
    ("main", 7),
];

/// Neighbours on a floor of which the first may import the second, and not the other way round.
const SAME_FLOOR: &[(&str, &str)] = &[
    // Calendar dates found in a text are partial dates.
    ("calendar", "record"),
    // Files write dates out.
    ("format", "calendar"),
    // A parsed document carries partial dates.
    ("format", "record"),
    // Names of the user's file are read like those of the lexicon.
    ("ask", "own_actors"),
    // The tagger looks at tokens.
    ("model", "language"),
];

#[test]
fn modules_import_only_from_lower_floors() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        for imported in imports(&text) {
            let allowed = module == imported
                || SAME_FLOOR.contains(&(module.as_str(), imported.as_str()))
                || floor(&imported) < floor(&module);
            if !allowed {
                wrong.push(format!("{} imports {imported}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_search_library_is_named_only_in_the_index() {
    only("tantivy", &["index"], "tantivy");
}

/// What the index shows of the search library all the same, because `?` takes it.
const SHOWN: &[(&str, &str)] = &[("src/index/error.rs", "impl From<tantivy::TantivyError> for IndexError")];

#[test]
fn no_type_of_the_search_library_is_public_outside_the_index() {
    let files = sources();
    let exported = &files.iter().find(|(path, _)| path == Path::new("src/index/mod.rs")).unwrap().1;
    assert!(!exported.contains("pub use tantivy"));
    let exporting: Vec<String> = exported
        .lines()
        .filter_map(|line| line.strip_prefix("pub use ")?.split("::").next())
        .map(|module| format!("src/index/{module}.rs"))
        .collect();
    let mut wrong = Vec::new();
    for (path, text) in &files {
        let path = path.display().to_string();
        if !exporting.contains(&path) {
            continue;
        }
        let code = code_of(text);
        let foreign = names_from(&code, "use tantivy::");
        for signature in signatures(&code) {
            let shows = words_of(signature).any(|word| word == "tantivy" || foreign.iter().any(|name| name == word));
            if shows && !SHOWN.contains(&(path.as_str(), signature)) {
                wrong.push(format!("{path}: {signature}"));
            }
        }
    }
    assert!(exporting.len() > 3 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn signatures_are_found_with_the_types_that_they_show() {
    let code = "use tantivy::{Index, query::Query as Compiled, schema::{Field, Schema}};\npub struct A {\n    pub of: Vec<Index>,\n    own: Field,\n}\n\
        impl A {\n    pub fn of(&self,\n        schema: &Schema) -> Index {\n        Field\n    }\n    fn own(of: Index) {}\n}";
    let found: Vec<&str> = signatures(code).collect();
    assert_eq!(found, ["pub of: Vec<Index>,", "pub fn of(&self,\n        schema: &Schema) -> Index"]);
    assert_eq!(names_from(code, "use tantivy::"), ["Compiled", "Field", "Index", "Schema"]);
}

/// Files that open others: those that read the folder, the index and what the user names.
const OPENS_FILES: &[&str] = &[
    "src/cli/actors/resolve.rs",
    "src/cli/own_file.rs",
    "src/cli/place.rs",
    "src/corpus/ignore.rs",
    "src/corpus/walk.rs",
    "src/index/directory.rs",
    "src/index/storage.rs",
];

#[test]
fn files_are_opened_in_few_places() {
    let opens = |text: &str| code_of(text).contains("std::fs");
    let found: Vec<String> =
        sources().into_iter().filter(|(_, text)| opens(text)).map(|(path, _)| path.display().to_string()).collect();
    assert_eq!(found, OPENS_FILES);
}

#[test]
fn only_the_command_line_talks_to_the_terminal() {
    for word in ["clap::", "println!", "eprintln!", "anstream::", "indicatif::"] {
        only(word, &["cli", "main"], word);
    }
}

#[test]
fn unsafe_code_stays_in_the_kernels() {
    let allowing = sources().into_iter().filter(|(_, text)| text.contains("allow(unsafe_code)"));
    let files: Vec<PathBuf> = allowing.map(|(path, _)| path).collect();
    assert_eq!(files, [Path::new("src/model/encoder/kernels.rs")]);
}

#[test]
fn plain_data_touches_no_files() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let plain = ["record", "query", "search", "own_actors", "ask"].contains(&module_of(&path).as_str());
        if plain && ["std::fs", "std::io", "std::env"].iter().any(|word| without_tests(&text).contains(word)) {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_module_file_holds_no_code() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if path.file_name().is_some_and(|name| name == "mod.rs") {
            for line in text.lines() {
                let item = line.strip_prefix("pub ").unwrap_or(line);
                if ["fn ", "struct ", "enum ", "impl ", "trait ", "const ", "static "]
                    .iter()
                    .any(|w| item.starts_with(w))
                {
                    wrong.push(format!("{}: {line}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_its_purpose() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn nothing_lives_in_a_drawer() {
    for (path, _) in sources() {
        for part in path.components() {
            let name = part.as_os_str().to_string_lossy().replace(".rs", "");
            assert!(
                !["utils", "util", "helpers", "common", "types", "misc"].contains(&name.as_str()),
                "{}",
                path.display()
            );
        }
    }
}

/// Asserts that `word` stands in no file outside `modules`.
fn only(word: &str, modules: &[&str], what: &str) {
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(path, text)| !modules.contains(&module_of(path).as_str()) && code_of(text).contains(word))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(wrong.is_empty(), "{what} appears in {}", wrong.join(", "));
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    gather(&root.join("src"), &mut files);
    files.sort();
    assert!(files.len() > 20);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path.strip_prefix(root).unwrap().to_path_buf(), text)
    };
    files.into_iter().map(read).collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") && path.file_name().is_some_and(|n| n != "lib.rs") {
            files.push(path);
        }
    }
}

/// Returns what is public: signatures of functions, fields, and conversions.
fn signatures(code: &str) -> impl Iterator<Item = &str> {
    let begins = |line: &str| {
        let item = line.trim_start();
        // A function of its own is not public, as its module is not.
        (item.starts_with("pub ") && !line.starts_with("pub fn"))
            || item.starts_with("impl From<")
            || item.starts_with("impl TryFrom<")
    };
    let mut at = 0;
    let starts = code.split_inclusive('\n').filter_map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        begins(line).then_some(start)
    });
    starts.filter_map(|start| {
        let rest = &code[start..];
        let is_field = rest.starts_with("pub ") && rest[4..].find(':').is_some_and(|c| name_at(&rest[4..]).len() == c);
        let end = if is_field { rest.find('\n') } else { rest.find(['{', ';']) };
        let signature = rest[..end.unwrap_or(rest.len())].trim_end();
        // A type's fields are looked at one by one.
        (!signature.starts_with("pub struct") && !signature.starts_with("pub use")).then_some(signature)
    })
}

/// Returns the names that lines such as `use tantivy::{a, b::C};` bring in, of types.
fn names_from(code: &str, word: &str) -> Vec<String> {
    let lists = code.match_indices(word).filter_map(|(at, _)| code[at + word.len()..].split(';').next());
    let parts = lists.flat_map(|list| list.split(['{', '}', ',']));
    let renamed = |part: &str| part.rfind(" as ").map_or(0, |at| at + " as ".len());
    let mut names: Vec<String> = parts.flat_map(|part| words_of(&part[renamed(part)..])).map(str::to_string).collect();
    names.retain(|name| name.starts_with(char::is_uppercase));
    names.sort();
    names.dedup();
    names
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Returns the top module that a file of `src` belongs to.
fn module_of(path: &Path) -> String {
    let first = path.components().nth(1).unwrap().as_os_str().to_string_lossy().to_string();
    first.trim_end_matches(".rs").to_string()
}

fn floor(module: &str) -> u32 {
    let found = FLOORS.iter().find(|(name, _)| *name == module);
    found.unwrap_or_else(|| panic!("`{module}` has no floor")).1
}

/// Returns the top modules that a file imports: `use crate::a::b` and paths `crate::a::` in the code.
fn imports(text: &str) -> Vec<String> {
    let mut modules = Vec::new();
    let code = without_tests(text);
    for word in ["crate::", "onrecord::"] {
        for (at, _) in code.match_indices(word) {
            let rest = &code[at + word.len()..];
            if let Some(list) = rest.strip_prefix('{') {
                let list = &list[..list.find("};").unwrap_or(list.len())];
                // Names at the start of each part of a `use crate::{a::b, c::d}`.
                let mut depth = 0;
                for part in list.split_inclusive(['{', '}', ',']) {
                    if depth == 0 {
                        modules.push(name_at(part.trim_start()));
                    }
                    depth += part.matches('{').count() as i32 - part.matches('}').count() as i32;
                }
            } else {
                modules.push(name_at(rest));
            }
        }
    }
    modules.retain(|name| FLOORS.iter().any(|(module, _)| module == name));
    modules.sort();
    modules.dedup();
    modules
}

fn name_at(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

/// Returns the text without its comments and tests.
fn code_of(text: &str) -> String {
    let code = without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}
