//! Bringing an index up to date: what changed, what went, where it is kept.

use std::fs;
use std::time::{Duration, SystemTime};

use insta::assert_snapshot;

use crate::folder::{ARTICLES, Folder};

/// Makes a file look as if it had last changed long ago.
fn age(folder: &Folder, name: &str) {
    let file = fs::File::options().write(true).open(folder.at(name)).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
}

fn titles(folder: &Folder) -> Vec<String> {
    let rows = folder.command(&["export", "--unit", "articles"]).output().unwrap();
    let rows = String::from_utf8(rows.stdout).unwrap();
    let title =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["title"].as_str().unwrap().to_string();
    rows.lines().map(title).collect()
}

#[test]
fn only_what_changed_is_read() {
    let folder = Folder::with(ARTICLES);
    for (name, _) in ARTICLES {
        age(&folder, name);
    }
    assert_snapshot!(folder.run(&["index", ".", "--model", "fast"]), @r"
        3 files read, 0 unchanged, 0 gone
        4 articles with 1 statement (1 undated), read with the fast model
        the index in ./.onrecord holds 4 articles with 1 statement
        --- exit 0
        ");
    assert_snapshot!(folder.run(&["index", ".", "--model", "fast"]), @r"
        0 files read, 3 unchanged, 0 gone
        0 articles with 0 statements (0 undated)
        the index in ./.onrecord holds 4 articles with 1 statement
        --- exit 0
        ");
    fs::rename(folder.at("notes/harbour.txt"), folder.at("harbour.txt")).unwrap();
    folder.write("steel.md", "---\ntitle: Steel duties fall\n---\nThe duties on steel were lowered.\n");
    fs::remove_file(folder.at("wire.jsonl")).unwrap();
    assert_snapshot!(folder.run(&["index", ".", "--model", "fast"]), @r"
        2 files read, 0 unchanged, 2 gone
        2 articles with 0 statements (2 undated), read with the fast model
        the index in ./.onrecord holds 2 articles with 0 statements
        --- exit 0
        ");
    assert_eq!(titles(&folder), ["Harbour fees", "Steel duties fall"]);
}

#[test]
fn a_change_that_keeps_size_and_time_is_seen_while_the_file_is_young() {
    let folder = Folder::with(&[("a.txt", "Title one\n\nSome words here.")]);
    folder.answer(&["index", ".", "--model", "fast"]);
    let modified = fs::metadata(folder.at("a.txt")).unwrap().modified().unwrap();
    folder.write("a.txt", "Title two\n\nSome words here.");
    fs::File::options().write(true).open(folder.at("a.txt")).unwrap().set_modified(modified).unwrap();
    folder.answer(&["index", ".", "--model", "fast"]);
    assert_eq!(titles(&folder), ["Title two"]);
}

#[test]
fn a_container_is_replaced_as_a_whole() {
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", ".", "--model", "fast"]);
    folder.write("wire.jsonl", "{\"id\": \"w9\", \"title\": \"Only this\", \"text\": \"One row is left in it.\"}\n");
    folder.answer(&["index", ".", "--model", "fast"]);
    assert_eq!(titles(&folder), ["Harbour fees", "Steel duties rise", "Only this"]);
}

#[test]
fn the_index_can_be_kept_elsewhere() {
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", ".", "--index", "elsewhere/deep"]);
    assert!(!folder.at(".onrecord").exists());
    let mut command = folder.command(&["search", "unit:articles wheat", "--no-facets"]);
    assert!(command.env("ONRECORD_INDEX", folder.at("elsewhere/deep")).output().unwrap().status.success());
}

#[test]
fn an_index_of_another_format_is_built_anew() {
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", ".", "--model", "fast"]);
    folder.write(".onrecord/format.json", "{\"format\":0,\"onrecord\":\"0.0.1\"}");
    assert_snapshot!(folder.run(&["search", "steel"]), @r"
        --- stderr
        error: the index in FOLDER/.onrecord was written by onrecord 0.0.1 in format 0, and this is format 6
        hint: build it anew with `onrecord index FOLDER`
        --- exit 2
        ");
    assert_snapshot!(folder.run(&["index", ".", "--model", "fast"]), @r"
        the index was built anew: it was written by onrecord 0.0.1 in format 0
        3 files read, 0 unchanged, 0 gone
        4 articles with 1 statement (1 undated), read with the fast model
        the index in ./.onrecord holds 4 articles with 1 statement
        --- exit 0
        ");
}

#[test]
fn the_index_knows_which_model_read_what() {
    let folder = Folder::with(ARTICLES);
    let held = || folder.json(&["status", "--format", "json"])["models"].to_string();
    let fast = folder.answer(&["index", ".", "--model", "fast"]);
    assert!(fast.contains("(1 undated), read with the fast model\n"), "{fast}");
    assert_eq!(held(), r#"{"accurate":0,"fast":4}"#);
    let status = folder.answer(&["status"]);
    assert!(status.contains("`onrecord index FOLDER --model accurate` reads again what was read fast"), "{status}");
    // Nothing is read again unless it is asked for.
    folder.answer(&["index", "."]);
    assert_eq!(held(), r#"{"accurate":0,"fast":4}"#);
    folder.write("new.txt", "Canada welcomed the agreement, its minister said.");
    folder.answer(&["index", "."]);
    assert_eq!(held(), r#"{"accurate":1,"fast":4}"#);
    let again = folder.json(&["index", ".", "--model", "accurate", "--format", "json"]);
    assert_eq!((&again["articles"], &again["read_again"]), (&0.into(), &4.into()));
    assert_eq!(held(), r#"{"accurate":5,"fast":0}"#);
    assert!(!folder.answer(&["status"]).contains("reads again"));
    let last = folder.answer(&["index", ".", "--model", "fast"]);
    assert!(last.starts_with("0 files read, 4 unchanged"), "{last}");
    assert_eq!(held(), r#"{"accurate":5,"fast":0}"#);
    let models: Vec<String> = folder
        .answer(&["export", "--unit", "articles"])
        .lines()
        .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap()["model"].to_string())
        .collect();
    assert_eq!(models, [r#""accurate""#; 5]);
}

#[test]
fn two_writers_do_not_meet() {
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", "."]);
    let lock = fs::File::options().write(true).open(folder.at(".onrecord/lock")).unwrap();
    lock.lock().unwrap();
    folder.write(".onrecord/lock", "process 1234\n");
    assert_snapshot!(folder.run(&["index", "."]), @r"
        --- stderr
        error: the index in ./.onrecord is being written by process 1234
        hint: wait until it is done; it can be searched meanwhile
        --- exit 2
        ");
    // Asking goes on meanwhile.
    folder.answer(&["search", "unit:articles wheat"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_has_its_index_in_the_cache() {
    use std::os::unix::fs::PermissionsExt;
    let home = Folder::new();
    let folder = Folder::with(ARTICLES);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.at("probe"), "").is_ok() {
        // The superuser may write anywhere.
        return;
    }
    let mut index = folder.command(&["index", "."]);
    let output = index.env("HOME", home.path()).output().unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written to; its index is in"));
    let mut search = folder.command(&["search", "unit:articles wheat"]);
    assert!(search.env("HOME", home.path()).output().unwrap().status.success());
}

#[test]
fn rows_come_in_the_order_of_the_files() {
    let folder = Folder::with(ARTICLES);
    let args = ["extract", "wire.jsonl", "steel.md", "notes", "--unit", "articles", "--format", "csv", "--jobs", "3"];
    let ids: Vec<String> =
        folder.answer(&args).lines().filter_map(|line| line.split(',').next().map(str::to_string)).collect();
    assert_eq!(ids[..4], ["id", "wire.jsonl#w1", "wire.jsonl#w2", "steel.md"]);
    assert!(ids.contains(&"harbour.txt".to_string()));
}

#[test]
fn export_prints_what_extract_prints() {
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", ".", "--model", "fast"]);
    let lines = |args: &[&str]| {
        let mut lines: Vec<String> = folder.answer(args).lines().map(str::to_string).collect();
        lines.sort();
        lines
    };
    for unit in ["articles", "statements"] {
        let extracted = lines(&["extract", ".", "--unit", unit, "--model", "fast"]);
        let output = folder.command(&["export", "--unit", unit]).output().unwrap();
        let mut exported: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_string).collect();
        exported.sort();
        assert_eq!(exported, extracted);
    }
}

#[test]
fn status_tells_what_was_read_and_by_which_run() {
    let folder = Folder::with(ARTICLES);
    folder.write("empty.txt", "");
    folder.write("broken.html", "<div>".repeat(300));
    folder.write("table.xyz", "no article");
    assert_eq!(folder.command(&["index", "."]).output().unwrap().status.code(), Some(2));
    // The first line has the size on disk.
    let status = || folder.answer(&["status"]).split_once('\n').unwrap().1.to_string();
    let before = status();
    assert!(before.contains("from 3 files"), "{before}");
    assert!(before.contains("3 files read, 0 unchanged"), "{before}");
    assert!(before.contains("`-v` names what was skipped"), "{before}");
    // Another time of change, the same content: there is nothing to read.
    age(&folder, "steel.md");
    folder.command(&["index", "."]).output().unwrap();
    assert_eq!(status(), before);
    let verbose = folder.run(&["-v", "index", "."]);
    assert!(verbose.contains("skipped path=table.xyz"), "{verbose}");
}
