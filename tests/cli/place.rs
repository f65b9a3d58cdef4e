//! Where an index is kept: whose it is, what it must not touch, and what happens when it cannot be written or read.

use std::fs;
use std::path::Path;

use crate::folder::{ARTICLES, Folder};

const QUESTION: [&str; 2] = ["search", "unit:articles wheat"];

fn in_folder(folder: &Folder, more: &[&str]) -> String {
    folder.run(&[&QUESTION, more].concat())
}

#[test]
fn a_folder_that_is_no_index_is_refused_and_left_alone() {
    let folder = Folder::with(ARTICLES);
    folder.write("project/.gitignore", "secrets\n");
    folder.write("project/index/thesis.txt", "years of work");
    let run = folder.run(&["index", "notes", "--index", "project"]);
    assert!(run.contains("error: project is no index of this program: it holds `.gitignore`"), "{run}");
    assert!(run.contains("hint: give `--index` a folder that is empty or not there yet"), "{run}");
    assert!(run.ends_with("--- exit 2\n"), "{run}");
    assert_eq!(fs::read_to_string(folder.at("project/.gitignore")).unwrap(), "secrets\n");
    assert_eq!(fs::read_to_string(folder.at("project/index/thesis.txt")).unwrap(), "years of work");
    assert_eq!(fs::read_dir(folder.at("project")).unwrap().count(), 2);
    let run = folder.run(&["index", "notes", "--index", "notes"]);
    assert!(run.contains("cannot be both the folder of articles and that of their index"), "{run}");
    assert_eq!(fs::read_dir(folder.at("notes")).unwrap().count(), 1);
}

#[test]
fn an_index_is_that_of_one_folder() {
    let folder = Folder::with(ARTICLES);
    folder.write("a/a.txt", "Wheat\n\nWheat prices fell.");
    folder.write("b/b.txt", "Barley\n\nBarley prices fell.");
    folder.answer(&["index", "a", "--index", "kept"]);
    for refused in [
        folder.run(&["index", "b", "--index", "kept"]),
        in_folder(&folder, &["--in", "b", "--index", "kept"]),
        in_folder(&folder, &["--in", "b", "--index", "kept", "--no-update"]),
    ] {
        assert!(refused.contains("error: FOLDER/kept is the index of FOLDER/a"), "{refused}");
        assert!(refused.contains("hint: give each folder its own `--index`"), "{refused}");
    }
    assert!(in_folder(&folder, &["--index", "kept"]).contains("a.txt"));
    // One that lies in its folder goes where the folder goes.
    folder.answer(&["index", "a"]);
    fs::rename(folder.at("a"), folder.at("moved")).unwrap();
    assert!(folder.answer(&["index", "moved"]).starts_with("0 files read, 1 unchanged"));
    let taken = folder.run(&["index", "b", "--index", "moved/.onrecord"]);
    assert!(taken.contains("is the index of FOLDER/moved"), "{taken}");
}

type Damage = fn(&Path);

#[test]
fn a_damaged_index_is_named_and_built_anew() {
    let cut = |path: &Path| fs::File::options().write(true).open(path).unwrap().set_len(10).unwrap();
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let content = bytes.len() / 2;
        bytes[..content].iter_mut().step_by(3).for_each(|byte| *byte ^= 0xa5);
        fs::write(path, bytes).unwrap();
    };
    let remove = |path: &Path| fs::remove_file(path).unwrap();
    let ways: [(&str, &str, Damage); 4] =
        [("store", "cut", cut), ("term", "removed", remove), ("store", "flipped", flip), ("fast", "flipped", flip)];
    for (ending, way, damage) in ways {
        let folder = Folder::with(ARTICLES);
        folder.answer(&["index", "."]);
        for file in fs::read_dir(folder.at(".onrecord/index")).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|of| of == ending) {
                damage(&path);
            }
        }
        let asked = in_folder(&folder, &[]);
        // What a question does not read may be damaged without a word.
        if !asked.ends_with("--- exit 0\n") {
            assert!(asked.contains("error: the index in FOLDER/.onrecord is damaged\n"), "{ending} {way}: {asked}");
            assert!(asked.contains("hint: build it anew with `onrecord index FOLDER`"), "{asked}");
        }
        assert!(way == "flipped" || asked.ends_with("--- exit 2\n"), "{ending} {way}: {asked}");
        let rebuilt = folder.run(&["index", "."]);
        assert!(rebuilt.starts_with("the index was built anew: it is damaged"), "{ending} {way}: {rebuilt}");
        assert!(in_folder(&folder, &[]).contains("1 article\n"));
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_named_with_the_file_and_the_index_stays() {
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", "."]);
    let text = (0..40_000).map(|n| format!("word{n} ")).collect::<String>();
    folder.write("long.txt", text);
    let program = folder.command(&[]).get_program().to_owned();
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" index . --model fast"]).arg(program);
    command.current_dir(folder.path()).env_clear().env("HOME", folder.path());
    let run = folder.shown(&command.output().unwrap());
    assert!(run.contains("error: cannot access ./.onrecord/index/"), "{run}");
    assert!(run.contains("File too large"), "{run}");
    assert!(run.contains("hint: make room on the disk; the index is as it was before"), "{run}");
    assert!(in_folder(&folder, &[]).contains("1 article\n"));
}

#[test]
fn a_question_is_answered_while_somebody_else_writes() {
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", "."]);
    folder.write("new.txt", "Wheat again\n\nMore wheat.");
    let lock = fs::File::options().read(true).write(true).open(folder.at(".onrecord/lock")).unwrap();
    lock.lock().unwrap();
    fs::write(folder.at(".onrecord/lock"), "process 4711\n").unwrap();
    let answer = in_folder(&folder, &["--in", "."]);
    assert!(answer.contains("note: the index is being updated by process 4711; the answer is from"), "{answer}");
    assert!(answer.contains("1 article\n") && answer.ends_with("--- exit 0\n"), "{answer}");
    let refused = folder.run(&["index", "."]);
    assert!(refused.contains("is being written by process 4711"), "{refused}");
    drop(lock);
    assert!(in_folder(&folder, &["--in", "."]).contains("2 articles\n"));
}

#[cfg(unix)]
#[test]
fn an_index_that_may_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", "."]);
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let readable = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o044 == 0o044;
    let engine = folder.at(".onrecord/index");
    for file in fs::read_dir(&engine).unwrap().map(|file| file.unwrap().path()) {
        let own = file.file_name().unwrap().to_string_lossy().starts_with(".tantivy");
        assert!(own || readable(&file), "others may not read {}", file.display());
    }
    set(&engine.join(".managed.json"), 0o000);
    set(&folder.at(".onrecord/lock"), 0o000);
    set(&engine, 0o555);
    set(&folder.at(".onrecord"), 0o555);
    folder.write("new.txt", "Wheat again\n\nMore wheat.");
    if fs::write(folder.at(".onrecord/probe"), "").is_err() {
        for more in [&["--no-update", "--in", "."][..], &[]] {
            assert!(in_folder(&folder, more).contains("1 article\n"), "{more:?}");
        }
        assert!(folder.answer(&["status"]).contains("it holds 4 articles"));
        let answer = in_folder(&folder, &["--in", "."]);
        assert!(answer.contains("note: the index in ./.onrecord cannot be written to"), "{answer}");
        assert!(answer.contains("1 article\n"), "{answer}");
    }
    set(&folder.at(".onrecord"), 0o755);
    set(&engine, 0o755);
}
