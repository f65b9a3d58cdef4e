//! Files that nobody should be stopped by: each costs itself alone and is reported with its reason.

use std::fs;

use insta::assert_snapshot;

use crate::folder::{ARTICLES, Folder};

#[cfg(unix)]
#[test]
fn every_bad_file_is_named_and_the_rest_stands() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::with(ARTICLES);
    folder.write("bad/a-empty.txt", "");
    folder.write("bad/b-blank.md", " \n\n");
    folder.write("bad/c-binary.txt", [0u8, 159, 146, 150, 0, 0, 1, 2].repeat(64));
    folder.write("bad/d-invalid-utf8.txt", b"Caf\xe9 prices rose, the ministry\xff\xfe said on Monday.");
    folder.write("bad/e-deep.json", "[".repeat(200_000));
    folder.write("bad/f-deep.html", "<div>".repeat(200_000));
    folder.write("bad/g-rows.jsonl", "{\"text\": \"A good row with words.\"}\nnot json\n[1, 2]\n");
    let pipe = std::process::Command::new("mkfifo").arg(folder.at("bad/h-pipe.txt")).status().unwrap();
    assert!(pipe.success());
    symlink(folder.path(), folder.at("bad/i-loop")).unwrap();
    symlink("nowhere", folder.at("bad/j-dangling.txt")).unwrap();
    folder.write("bad/k-huge.txt", "");
    fs::File::options().write(true).open(folder.at("bad/k-huge.txt")).unwrap().set_len(200 << 20).unwrap();
    folder.write(
        "bad/l-line.jsonl",
        format!("{{\"text\": \"{}\"}}\n{{\"text\": \"After it.\"}}\n", "x".repeat(70 << 20)),
    );
    assert_snapshot!(folder.run(&["index", ".", "--model", "fast"]), @r"
        6 files read, 0 unchanged, 0 gone
        7 articles with 1 statement (4 undated), read with the fast model
        1 article with something odd; `onrecord show ID` tells
        failed: bad/a-empty.txt: empty; remove it, or list it in .onrecordignore
        failed: bad/b-blank.md: empty
        failed: bad/c-binary.txt: binary data (it holds NUL bytes), not text
        failed: bad/e-deep.json: JSON nested deeper than 128 levels
        failed: bad/f-deep.html: HTML nested deeper than 256 levels
        failed: bad/g-rows.jsonl#2: not valid JSON: expected ident at column 2
        failed: bad/g-rows.jsonl#3: not valid JSON: a row is not an object
        failed: bad/h-pipe.txt: a named pipe, not a regular file
        failed: bad/i-loop: a link that leads back to a folder above it
        failed: bad/j-dangling.txt: cannot be read: no such file or directory
        failed: bad/k-huge.txt: larger than 48 MiB, the limit for this format (JSONL has none)
        failed: bad/l-line.jsonl#1: the line is larger than 64 MiB
        the index in ./.onrecord holds 7 articles with 1 statement
        --- exit 2
        ");
    folder.answer(&["search", "unit:articles wheat"]);
    folder.answer(&["search", "unit:articles \"After it\""]);
    // What nobody can read, not even who may read everything.
    symlink("m-itself.txt", folder.at("bad/m-itself.txt")).unwrap();
    let again = folder.run(&["index", ".", "--model", "fast"]);
    assert!(again.contains("failed: bad/m-itself.txt: cannot be read: too many levels of symbolic links"), "{again}");
    folder.write("bad/m-unreadable.txt", "Nobody may read this.");
    fs::set_permissions(folder.at("bad/m-unreadable.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(folder.at("bad/m-unreadable.txt")).is_err() {
        let again = folder.run(&["index", ".", "--model", "fast"]);
        assert!(again.contains("failed: bad/m-unreadable.txt: cannot be read: permission denied"), "{again}");
    }
}

#[test]
fn extract_names_bad_files_and_prints_the_others() {
    let folder = Folder::with(&[("a.txt", ""), ("b.txt", "One article\n\nwith words."), ("c.jsonl", "{\n")]);
    assert_snapshot!(folder.run(&["extract", "a.txt", "b.txt", "c.jsonl", "missing.txt", "--unit", "articles"]), @r#"
        {"id":"b.txt","path":"b.txt","title":"One article","outlet":null,"authors":[],"published":null,"published_by":null,"not_before":null,"url":null,"language":null,"text":"One article\n\nwith words.","cited_sources":[],"actors":[],"model":"fast","warnings":[]}
        --- stderr
        failed: a.txt: empty; remove it, or list it in .onrecordignore
        failed: c.jsonl#1: not valid JSON: EOF while parsing an object at column 1
        failed: missing.txt: cannot be read: no such file or directory
        --- exit 2
        "#);
}
