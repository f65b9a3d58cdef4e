//! A temporary folder of articles, and the program run in it with a clean environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that is gone at the end of the test.
pub struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    pub fn new() -> Folder {
        Folder { dir: tempfile::tempdir().unwrap() }
    }

    /// Makes a folder with these files.
    pub fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder::new();
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Returns the program, to be run in the folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.current_dir(self.path()).args(args).env_clear().env("HOME", self.path()).env("TZ", "UTC");
        command
    }

    /// Runs the program; gives what it printed and how it ended in one readable block.
    pub fn run(&self, args: &[&str]) -> String {
        self.shown(&self.command(args).output().unwrap())
    }

    pub fn shown(&self, output: &Output) -> String {
        let folder = self.path().to_str().unwrap();
        let clean = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(folder, "FOLDER");
        let mut shown = clean(&output.stdout);
        if !output.stderr.is_empty() {
            shown += "--- stderr\n";
            shown += &clean(&output.stderr);
        }
        shown + &format!("--- exit {}\n", output.status.code().map_or("by signal".to_string(), |code| code.to_string()))
    }

    /// Runs the program, which must succeed; gives standard output.
    pub fn answer(&self, args: &[&str]) -> String {
        let output = self.command(args).output().unwrap();
        assert!(output.status.success(), "{}", self.shown(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the program, which must succeed; gives standard output as JSON.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.answer(args)).unwrap()
    }
}

/// Three articles in three formats.
pub const ARTICLES: &[(&str, &str)] = &[
    (
        "steel.md",
        "---\ntitle: Steel duties rise\ndate: 2025-03-04\nsource: Reuters\n---\nThe duties on steel took effect on Tuesday.\n\nImporters rejected the duties, which stay.\n",
    ),
    (
        "notes/harbour.txt",
        "Harbour fees\n\nThe port council put the fees to a vote. No date was set for the second reading.\n",
    ),
    (
        "wire.jsonl",
        "{\"id\": \"w1\", \"title\": \"Senate vote on steel\", \"date\": \"2024-05\", \"source\": \"El País\", \"text\": \"The senate voted on the steel tariff. It passed by a small margin.\"}\n{\"id\": \"w2\", \"title\": \"Wheat\", \"date\": \"2024-06-02\", \"source\": \"Reuters\", \"text\": \"Wheat prices fell again in June.\"}\n",
    ),
];
