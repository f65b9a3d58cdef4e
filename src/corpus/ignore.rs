//! Reads `.onrecordignore`, the list of what in a folder is not read, one pattern a line.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Name of the file that holds the list.
pub const IGNORE_FILE: &str = ".onrecordignore";

/// Bytes of a list that are read.
const LIMIT: u64 = 1 << 20;

/// What one folder's `.onrecordignore` leaves out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IgnoreList {
    patterns: Vec<Pattern>,
    /// The file goes on behind what was read of it.
    pub cut: bool,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    /// One for each part of the path; `*` stands for any characters, `**` for any parts.
    parts: Vec<String>,
    /// Written with a `/` at its start or within it: matched from the list's folder, not at any depth.
    anchored: bool,
    /// Written with a `/` at its end.
    only_folders: bool,
    /// Written with a `!` before it: what an earlier line leaves out is read after all.
    read: bool,
}

impl IgnoreList {
    /// Reads the list of a folder; a folder without one leaves out nothing.
    pub fn of(folder: &Path) -> io::Result<IgnoreList> {
        let path = folder.join(IGNORE_FILE);
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Err(io::Error::other("not a regular file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(IgnoreList::default()),
            Err(error) => return Err(error),
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
        let cut = bytes.len() as u64 > LIMIT;
        if cut {
            // The last line may be the beginning of one.
            bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(0));
        }
        Ok(IgnoreList { cut, ..IgnoreList::parse(&String::from_utf8_lossy(&bytes)) })
    }

    fn parse(text: &str) -> IgnoreList {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        IgnoreList { patterns: lines.filter_map(Pattern::parse).collect(), cut: false }
    }

    /// Tells whether the list leaves out a path, given relative to the list's folder with `/` between its parts; the last
    /// line that fits decides, and `None` is none.
    pub fn leaves_out(&self, path: &str, is_folder: bool) -> Option<bool> {
        self.patterns.iter().rev().find(|pattern| pattern.matches(path, is_folder)).map(|pattern| !pattern.read)
    }
}

impl Pattern {
    fn parse(line: &str) -> Option<Pattern> {
        let (line, read) = line.strip_prefix('!').map_or((line, false), |line| (line, true));
        let only_folders = line.ends_with('/');
        let line = line.trim_end_matches('/');
        let anchored = line.contains('/');
        let parts: Vec<String> = line.split('/').filter(|part| !part.is_empty()).map(str::to_string).collect();
        (!parts.is_empty()).then_some(Pattern { parts, anchored, only_folders, read })
    }

    fn matches(&self, path: &str, is_folder: bool) -> bool {
        if self.only_folders && !is_folder {
            return false;
        }
        let names: Vec<&str> = path.split('/').collect();
        let compared = if self.anchored { &names[..] } else { &names[names.len() - 1..] };
        let parts: Vec<&str> = self.parts.iter().map(String::as_str).collect();
        fit(&parts, compared)
    }
}

/// Tells whether names are what the parts say, in which `**` stands for any names, or none where it does not end the path.
fn fit(parts: &[&str], names: &[&str]) -> bool {
    let (mut part, mut name) = (0, 0);
    let mut stars = None;
    while name < names.len() {
        match parts.get(part) {
            Some(&"**") => {
                stars = Some((part, name));
                part += 1;
            }
            Some(pattern) if fits(pattern, names[name]) => (part, name) = (part + 1, name + 1),
            // The last `**` takes one name more; those before it need not change.
            _ => match stars {
                Some((at, taken)) => {
                    stars = Some((at, taken + 1));
                    (part, name) = (at + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    part == parts.len()
}

/// Tells whether a name is what the pattern says, in which `*` stands for any characters, or none.
fn fits(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut name) = name.strip_prefix(start) else {
        return false;
    };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let end = pieces.pop().unwrap_or_default();
    for piece in pieces {
        // The earliest place leaves the most for what follows.
        match name.find(piece) {
            Some(at) => name = &name[at + piece.len()..],
            None => return false,
        }
    }
    name.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(list: &str, path: &str, left_out: bool) {
        assert_eq!(IgnoreList::parse(list).leaves_out(path, false) == Some(true), left_out, "{list:?} {path}");
    }

    #[test]
    fn a_name_is_matched_at_any_depth() {
        check("README.md", "README.md", true);
        check("README.md", "a/b/README.md", true);
        check("README.md", "README.md.txt", false);
        check("README.md", "readme.md", false);
        check("a", "a/b.txt", false);
    }

    #[test]
    fn a_path_is_matched_from_the_folder_of_the_list() {
        check("a/b.txt", "a/b.txt", true);
        check("a/b.txt", "c/a/b.txt", false);
        check("/b.txt", "b.txt", true);
        check("/b.txt", "a/b.txt", false);
    }

    #[test]
    fn a_star_stands_for_any_characters_of_a_name() {
        check("*.json", "a/b.json", true);
        check("*.json", ".json", true);
        check("a*c*.txt", "abcd.txt", true);
        check("a*c*.txt", "ab.txt", false);
        check("*aa", "aaa", true);
        check("a*a", "a", false);
        check("a/*.txt", "a/b.txt", true);
        check("a/*.txt", "a/b/c.txt", false);
        check("*", "é", true);
    }

    #[test]
    fn a_slash_at_the_end_means_folders() {
        let list = IgnoreList::parse("drafts/\na/old/");
        assert_eq!(list.leaves_out("x/drafts", true), Some(true));
        assert_eq!(list.leaves_out("x/drafts", false), None);
        assert_eq!(list.leaves_out("a/old", true), Some(true));
        assert_eq!(list.leaves_out("x/a/old", true), None);
    }

    #[test]
    fn two_stars_stand_for_any_folders() {
        check("**/old.txt", "old.txt", true);
        check("**/old.txt", "a/b/old.txt", true);
        check("a/**/b.txt", "a/b.txt", true);
        check("a/**/b.txt", "a/x/y/b.txt", true);
        check("a/**/b.txt", "c/a/b.txt", false);
        check("a/**", "a/x/y.txt", true);
        check("a/**", "a", false);
    }

    #[test]
    fn the_last_line_that_fits_decides() {
        check("*.md\n!a.md", "a.md", false);
        check("*.md\n!a.md", "b.md", true);
        check("!a.md\n*.md", "a.md", true);
    }

    #[test]
    fn a_list_that_is_too_long_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let of = |bytes: usize| {
            fs::write(folder.path().join(IGNORE_FILE), format!("a.txt\n{}", "#".repeat(bytes - 6))).unwrap();
            IgnoreList::of(folder.path()).map(|list| (list.cut, list.leaves_out("a.txt", false))).unwrap()
        };
        assert_eq!(of(LIMIT as usize), (false, Some(true)));
        assert_eq!(of(LIMIT as usize + 1), (true, Some(true)));
    }

    #[test]
    fn comments_and_blank_lines_leave_out_nothing() {
        assert_eq!(IgnoreList::parse("\u{feff}# a.txt\n\n   \n/\n"), IgnoreList::default());
        check("# why\n a.txt \r\n", "a.txt", true);
    }

    proptest! {
        #[test]
        fn stars_match_as_a_regular_expression_does(pattern in "[ab*]{0,6}", name in "[ab]{0,6}") {
            let equal = regex::Regex::new(&format!("^{}$", pattern.replace('*', ".*"))).unwrap();
            prop_assert_eq!(fits(&pattern, &name), equal.is_match(&name));
        }
    }
}
