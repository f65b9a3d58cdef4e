//! Committed tables that a test's figures must equal.

use std::fs;
use std::path::Path;

/// Compares a table with `tests/snapshots/NAME`, or writes it there where `ACCEPT` is set.
///
/// # Panics
/// If the two differ: figures change only on purpose.
#[track_caller]
pub fn check(name: &str, table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("ACCEPT").is_some() {
        fs::write(&path, table).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let fresh: Vec<&str> = table.lines().filter(|line| !committed.lines().any(|old| old == *line)).collect();
    let old: Vec<&str> = committed.lines().filter(|line| !table.lines().any(|fresh| fresh == *line)).collect();
    assert!(
        committed == table,
        "tests/snapshots/{name} says otherwise\n-{}\n+{}\nto accept the new figures: ACCEPT=1 cargo test",
        old.join("\n-"),
        fresh.join("\n+"),
    );
}
