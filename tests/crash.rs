//! Killed in the middle of indexing, the index is as it was at the last commit, and the next run completes it.

#![cfg(unix)]

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// With the fast model, since what is found does not matter here.
const INDEX: &[&str] = &["index", ".", "--model", "fast"];

fn onrecord(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.current_dir(folder).args(args).env_clear().env("HOME", folder);
    command
}

fn status(folder: &Path) -> Option<serde_json::Value> {
    let output = onrecord(folder, &["status", "--format", "json"]).output().unwrap();
    output.status.success().then(|| serde_json::from_slice(&output.stdout).unwrap())
}

fn write_many(folder: &Path, name: &str, rows: usize) {
    let words = "The council of the port put the new fees to a vote and the mayor spoke against them. ".repeat(40);
    let lines: Vec<String> = (0..rows)
        .map(|row| {
            serde_json::json!({"id": format!("r{row}"), "title": format!("Fees {row}"), "text": words}).to_string()
        })
        .collect();
    fs::write(folder.join(name), lines.join("\n")).unwrap();
}

/// Starts indexing, waits until the engine has files of uncommitted documents, and kills the run there: a process that
/// ends by itself before that fails the test.
fn killed_in_the_middle(folder: &Path, files_before: usize) {
    let mut child = onrecord(folder, INDEX).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while engine_files(folder) <= files_before {
        assert_eq!(child.try_wait().unwrap(), None, "the run ended before its documents were seen on disk");
        std::thread::yield_now();
    }
    // SIGKILL: the process has no chance to clean up.
    child.kill().unwrap();
    let end = child.wait().unwrap();
    assert_eq!(end.signal(), Some(SIGKILL), "the run ended by itself before the kill: {end}");
}

const SIGKILL: i32 = 9;

fn engine_files(folder: &Path) -> usize {
    fs::read_dir(folder.join(".onrecord/index")).map_or(0, |entries| entries.count())
}

#[test]
fn a_killed_run_leaves_the_last_commit_and_the_next_one_completes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_many(folder, "first.jsonl", 20);
    assert!(onrecord(folder, INDEX).output().unwrap().status.success());
    let before = status(folder).unwrap();
    assert_eq!(before["articles"], 20);
    write_many(folder, "first.jsonl", 10);
    write_many(folder, "second.jsonl", 2000);
    killed_in_the_middle(folder, engine_files(folder));
    assert_eq!(status(folder).unwrap()["articles"], 20, "as at the last commit");
    assert!(onrecord(folder, INDEX).output().unwrap().status.success());
    assert_eq!(status(folder).unwrap()["articles"], 2010);
}

#[test]
fn a_first_run_that_is_killed_leaves_an_empty_index_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_many(folder, "first.jsonl", 2000);
    killed_in_the_middle(folder, 0);
    if let Some(after) = status(folder) {
        assert_eq!(after["articles"], 0);
    }
    assert!(onrecord(folder, INDEX).output().unwrap().status.success());
    assert_eq!(status(folder).unwrap()["articles"], 2000);
}
