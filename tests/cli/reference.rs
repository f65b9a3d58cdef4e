//! `docs/cli-reference.md` says what `--help` says.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

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
