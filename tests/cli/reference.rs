//! `docs/cli-reference.md` says what `--help` says.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::folder::Folder;

#[test]
fn the_reference_is_current() {
    let mut command = onrecord::cli::command();
    command.build();
    let mut text = String::from(
        "# Command line reference\n\nMade from `onrecord --help` by `UPDATE_DOCS=1 cargo test --test cli reference`.\n",
    );
    section(&command, "onrecord", &mut text);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli-reference.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let current = fs::read_to_string(&path).unwrap_or_default();
    assert!(current == text, "docs/cli-reference.md is out of date; update it with UPDATE_DOCS=1");
}

fn section(command: &clap::Command, name: &str, text: &mut String) {
    let mut command = command.clone().term_width(100);
    let _ = write!(text, "\n## `{name}`\n\n```text\n{}\n```\n", command.render_long_help().to_string().trim_end());
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        section(sub, &format!("{name} {}", sub.get_name()), text);
    }
}

#[test]
fn the_readme_shows_what_its_first_command_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let blocks: Vec<&str> = readme.split("```\n").collect();
    let shown = |start: &str| *blocks.iter().find(|block| block.starts_with(start)).expect("the README shows it");
    let folder = Folder::new();
    let corpus = root.join("corpus");
    let args = ["search", "opposition statements by Mexico", "--in", corpus.to_str().unwrap(), "--index", "index"];
    let answer = folder.answer(&args);
    let beginning = shown("statements · stance: oppose · by: Mexico\n");
    assert!(answer.starts_with(beginning), "README.md is out of date; the first command prints\n{answer}");
    for line in shown("actor      ").lines() {
        assert!(answer.contains(line), "README.md is out of date in `{line}`; the first command prints\n{answer}");
    }
}
