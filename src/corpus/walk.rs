//! Walks a folder in the order of its paths, and tells of each file its format or why it is not read.

use std::collections::{HashSet, VecDeque};
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::ignore::{IGNORE_FILE, IgnoreList};
use crate::format::{self, Documents, Format, JsonlReader, ParseError, binary_kind};

/// Returns what stands in the folder, sorted by path; nothing is left out in silence.
///
/// Links are followed. Files that are not regular, such as pipes, are never opened.
pub fn walk(folder: &Path) -> impl Iterator<Item = Result<CorpusFile, Skipped>> {
    let mut walk = Walk {
        entries: WalkDir::new(folder).min_depth(1).follow_links(true).sort_by_file_name().into_iter(),
        folder: folder.to_path_buf(),
        ignored: Vec::new(),
        pending: VecDeque::new(),
    };
    walk.enter(folder);
    walk
}

/// A walk under way.
struct Walk {
    entries: walkdir::IntoIter,
    folder: PathBuf,
    /// The lists of the folders that lead to the current entry, with their paths.
    ignored: Vec<(PathBuf, IgnoreList)>,
    /// What is to be told before the next entry.
    pending: VecDeque<Skipped>,
}

impl Iterator for Walk {
    type Item = Result<CorpusFile, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(skipped) = self.pending.pop_front() {
                return Some(Err(skipped));
            }
            let entry = match self.entries.next()? {
                Err(error) => return Some(Err(unreadable(&self.folder, error))),
                Ok(entry) => entry,
            };
            let is_folder = entry.file_type().is_dir();
            let path = self.relative(entry.path());
            if path == ACTORS_FILE && !is_folder {
                continue;
            }
            if let Some(reason) = passed_over(&entry).or_else(|| self.left_out(&entry)) {
                if is_folder {
                    self.entries.skip_current_dir();
                }
                return Some(Err(Skipped { path, reason }));
            }
            match is_folder {
                true => self.enter(entry.path()),
                false => return Some(regular(path, entry.path())),
            }
        }
    }
}

impl Walk {
    /// Reads the list of a folder whose entries come next.
    fn enter(&mut self, folder: &Path) {
        self.ignored.retain(|(above, _)| folder.starts_with(above));
        let unread = match IgnoreList::of(folder) {
            Ok(list) => {
                let unread = list.cut.then(|| "longer than 1 MiB; what follows there is not obeyed".to_string());
                self.ignored.push((folder.to_path_buf(), list));
                unread
            }
            Err(error) => Some(plain_reason(&error)),
        };
        let path = self.relative(&folder.join(IGNORE_FILE));
        self.pending.extend(unread.map(|why| Skipped { path, reason: SkipReason::Unreadable(why) }));
    }

    fn left_out(&self, entry: &DirEntry) -> Option<SkipReason> {
        let is_folder = entry.file_type().is_dir();
        let decision = |(folder, list): &(PathBuf, IgnoreList)| {
            entry.path().strip_prefix(folder).ok().and_then(|path| list.leaves_out(&shown(path), is_folder))
        };
        // The list of the innermost folder decides first.
        self.ignored.iter().rev().find_map(decision).unwrap_or(false).then_some(SkipReason::Ignored)
    }

    fn relative(&self, path: &Path) -> String {
        shown(path.strip_prefix(&self.folder).unwrap_or(path))
    }
}

/// Returns what the user names: a folder is walked, a file stands under its name alone.
///
/// Where two would stand under one path, the second stands under the path by which it can be opened.
pub fn named(paths: &[PathBuf]) -> impl Iterator<Item = Result<CorpusFile, Skipped>> {
    let mut taken = HashSet::new();
    let found = paths.iter().flat_map(|path| -> Box<dyn Iterator<Item = Result<CorpusFile, Skipped>>> {
        if path.is_dir() {
            return Box::new(walk(path));
        }
        let name = path.file_name().map_or_else(|| shown(path), |name| shown(Path::new(name)));
        Box::new(std::iter::once(regular(name, path)))
    });
    found.map(move |item| {
        item.map(|mut file| {
            if !taken.insert(file.path.clone()) {
                file.path = shown(&file.location);
            }
            file
        })
    })
}

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFile {
    /// Relative to the folder, with `/` on every system; what is not Unicode in it stands as U+FFFD.
    pub path: String,
    /// Where it can be opened.
    pub location: PathBuf,
    pub format: Format,
    /// In bytes.
    pub size: u64,
    pub modified: Option<SystemTime>,
}

impl CorpusFile {
    /// Opens the file and reads its articles one by one; JSONL is read as a stream.
    pub fn documents(&self) -> Result<Documents, ParseError> {
        let broken = |error: io::Error| ParseError::Broken(plain_reason(&error));
        let file = File::open(&self.location).map_err(broken)?;
        if self.format == Format::Jsonl {
            let reader = BufReader::with_capacity(1 << 18, file);
            return Ok(Box::new(JsonlReader::new(reader).map_err(broken)?));
        }
        let limit = self.format.size_limit().unwrap_or(u64::MAX);
        let mut bytes = Vec::with_capacity(self.size.min(limit) as usize);
        // The file may have grown since the walk.
        file.take(limit + 1).read_to_end(&mut bytes).map_err(broken)?;
        if bytes.len() as u64 > limit {
            return Err(ParseError::TooLarge { what: "the file", limit: limit as usize });
        }
        format::parse(self.format, bytes)
    }

    /// Returns the BLAKE3 hash of the file's bytes, in hexadecimal.
    pub fn content_hash(&self) -> io::Result<String> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(&self.location)?)?;
        Ok(hasher.finalize().to_hex().to_string())
    }
}

/// A file or folder that is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct Skipped {
    /// Relative to the folder, with `/` on every system.
    pub path: String,
    pub reason: SkipReason,
}

/// Why a file or folder is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum SkipReason {
    /// Its name starts with a dot.
    #[error("hidden (its name starts with a dot)")]
    Hidden,
    /// The folder of an index.
    #[error("the index itself")]
    Index,
    /// A `.onrecordignore` leaves it out.
    #[error("listed in {IGNORE_FILE}")]
    Ignored,
    /// A pipe, socket or device.
    #[error("{0}, not a regular file")]
    NotRegular(&'static str),
    /// A link to a folder that it lies in.
    #[error("a link that leads back to a folder above it")]
    LinkLoop,
    /// The system does not let us read it.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A format that is not read; says which, where it can be told.
    #[error("{0}")]
    UnknownFormat(String),
    /// No bytes at all.
    #[error("empty; remove it, or list it in {IGNORE_FILE}")]
    Empty,
    /// A file of a format that must be held in memory as a whole.
    #[error("larger than {} MiB, the limit for this format (JSONL has none)", limit >> 20)]
    TooLarge { limit: u64 },
}

impl Skipped {
    /// Tells whether it looks like an article, so that the user should hear of it.
    pub fn is_failure(&self) -> bool {
        match &self.reason {
            SkipReason::Hidden | SkipReason::Index | SkipReason::Ignored => false,
            SkipReason::UnknownFormat(_) => Format::of_name(Path::new(&self.path)).is_some(),
            SkipReason::Empty | SkipReason::NotRegular(_) | SkipReason::LinkLoop => true,
            SkipReason::Unreadable(_) | SkipReason::TooLarge { .. } => true,
        }
    }
}

/// The folder in which an index lies.
pub const INDEX_FOLDER: &str = ".onrecord";

/// Name of the file in a folder in which the user says who is who; no article.
pub const ACTORS_FILE: &str = "actors.toml";

/// Returns why an entry of a folder is passed over by its name or kind.
fn passed_over(entry: &DirEntry) -> Option<SkipReason> {
    let name = entry.file_name().to_string_lossy();
    if name == INDEX_FOLDER {
        return Some(SkipReason::Index);
    }
    if name.starts_with('.') {
        return Some(SkipReason::Hidden);
    }
    special(entry.file_type()).map(SkipReason::NotRegular)
}

/// Names what is neither a file nor a folder.
#[cfg(unix)]
fn special(kind: FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        _ if kind.is_fifo() => Some("a named pipe"),
        _ if kind.is_socket() => Some("a socket"),
        _ if kind.is_char_device() || kind.is_block_device() => Some("a device"),
        _ => None,
    }
}

/// Names what is neither a file nor a folder.
#[cfg(not(unix))]
fn special(kind: FileType) -> Option<&'static str> {
    (!kind.is_file() && !kind.is_dir()).then_some("a special file")
}

fn regular(path: String, location: &Path) -> Result<CorpusFile, Skipped> {
    match examined(location) {
        Ok((format, metadata)) => Ok(CorpusFile {
            path,
            location: location.to_path_buf(),
            format,
            size: metadata.len(),
            modified: metadata.modified().ok(),
        }),
        Err(reason) => Err(Skipped { path, reason }),
    }
}

fn examined(location: &Path) -> Result<(Format, Metadata), SkipReason> {
    let unreadable = |error: io::Error| SkipReason::Unreadable(plain_reason(&error));
    let metadata = fs::metadata(location).map_err(unreadable)?;
    if let Some(what) = special(metadata.file_type()) {
        return Err(SkipReason::NotRegular(what));
    }
    if metadata.len() == 0 {
        return Err(SkipReason::Empty);
    }
    let head = head(location).map_err(unreadable)?;
    let Some(format) = format::detect(location, &head) else {
        return Err(SkipReason::UnknownFormat(unknown(location, &head)));
    };
    match format.size_limit() {
        Some(limit) if metadata.len() > limit => Err(SkipReason::TooLarge { limit }),
        _ => Ok((format, metadata)),
    }
}

/// How many bytes are read to tell a format.
const HEAD: u64 = 2048;

fn head(location: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD as usize);
    File::open(location)?.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

fn unknown(location: &Path, head: &[u8]) -> String {
    if let Some(kind) = binary_kind(head) {
        return kind.to_string();
    }
    match location.extension() {
        Some(extension) => format!("`.{}` files are not read; see docs/formats.md", extension.to_string_lossy()),
        None => "no text in a format that is read".to_string(),
    }
}

fn unreadable(folder: &Path, error: walkdir::Error) -> Skipped {
    let path = error.path().unwrap_or(folder);
    let path = shown(path.strip_prefix(folder).unwrap_or(path));
    let reason = match (error.loop_ancestor(), error.io_error()) {
        (Some(_), _) => SkipReason::LinkLoop,
        (None, Some(cause)) => SkipReason::Unreadable(plain_reason(cause)),
        (None, None) => SkipReason::Unreadable(error.to_string()),
    };
    Skipped { path, reason }
}

/// Returns the system's reason without its number: `permission denied`.
fn plain_reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.to_lowercase()
}

fn shown(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    fn listing(folder: &Path) -> Vec<String> {
        let show = |item: Result<CorpusFile, Skipped>| match item {
            Ok(file) => format!("{} {:?} {}", file.path, file.format, file.size),
            Err(skipped) => skipped.to_string(),
        };
        walk(folder).map(show).collect()
    }

    #[test]
    fn every_entry_is_a_file_or_has_its_reason() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [".git", ".onrecord", "sub"] {
            fs::create_dir(at(name)).unwrap();
            fs::write(at(name).join("inside.txt"), "words").unwrap();
        }
        fs::write(at("a.txt"), "words").unwrap();
        fs::write(at("b.csv"), "a,b").unwrap();
        fs::write(at("c.pdf"), "%PDF-1.4").unwrap();
        fs::write(at("d.txt"), "").unwrap();
        fs::write(at(".hidden.txt"), "words").unwrap();
        symlink(folder.path(), at("sub/loop")).unwrap();
        symlink(at("nowhere"), at("sub/broken.txt")).unwrap();
        symlink(at("a.txt"), at("sub/linked.txt")).unwrap();
        let expected = [
            ".git: hidden (its name starts with a dot)",
            ".hidden.txt: hidden (its name starts with a dot)",
            ".onrecord: the index itself",
            "a.txt Plain 5",
            "b.csv: `.csv` files are not read; see docs/formats.md",
            "c.pdf: a PDF file; PDF is not read yet",
            "d.txt: empty; remove it, or list it in .onrecordignore",
            "sub/broken.txt: cannot be read: no such file or directory",
            "sub/inside.txt Plain 5",
            "sub/linked.txt Plain 5",
            "sub/loop: a link that leads back to a folder above it",
        ];
        assert_eq!(listing(folder.path()), expected);
    }

    #[test]
    fn what_a_list_names_is_skipped_with_its_reason() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a/notes/1.txt", "a/notes.txt", "a/x.md", "b/x.md", "b/y.md", "notes/2.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "words").unwrap();
        }
        fs::write(folder.path().join(".onrecordignore"), "# ours\nnotes/\nb/x.md\n").unwrap();
        fs::write(folder.path().join("a/.onrecordignore"), "*.md\n").unwrap();
        let expected = [
            ".onrecordignore: hidden (its name starts with a dot)",
            "a/.onrecordignore: hidden (its name starts with a dot)",
            "a/notes: listed in .onrecordignore",
            "a/notes.txt Plain 5",
            "a/x.md: listed in .onrecordignore",
            "b/x.md: listed in .onrecordignore",
            "b/y.md Markdown 5",
            "notes: listed in .onrecordignore",
        ];
        assert_eq!(listing(folder.path()), expected);
    }

    #[test]
    fn a_list_that_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".onrecordignore")).unwrap();
        fs::write(folder.path().join("a.txt"), "words").unwrap();
        let expected = [
            ".onrecordignore: cannot be read: not a regular file",
            ".onrecordignore: hidden (its name starts with a dot)",
            "a.txt Plain 5",
        ];
        assert_eq!(listing(folder.path()), expected);
    }

    #[test]
    fn pipes_are_never_opened() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.txt");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        assert_eq!(listing(folder.path()), ["pipe.txt: a named pipe, not a regular file"]);
        let skipped = named(&[pipe]).next().unwrap().unwrap_err();
        assert_eq!(skipped.reason, SkipReason::NotRegular("a named pipe"));
    }

    #[test]
    fn sockets_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let _listener = std::os::unix::net::UnixListener::bind(folder.path().join("s.txt")).unwrap();
        assert_eq!(listing(folder.path()), ["s.txt: a socket, not a regular file"]);
    }

    #[test]
    fn a_name_that_is_not_unicode_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
        fs::write(folder.path().join(name), "words").unwrap();
        assert_eq!(listing(folder.path()), ["caf\u{fffd}.txt Plain 5"]);
    }

    #[test]
    fn a_huge_file_is_skipped_unless_it_is_a_stream() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.jsonl"] {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_len(200 << 20).unwrap();
        }
        let listed = listing(folder.path());
        assert_eq!(listed[0], "a.txt: larger than 48 MiB, the limit for this format (JSONL has none)");
        assert_eq!(listed[1], "b.jsonl Jsonl 209715200");
    }

    #[test]
    fn files_named_by_the_user_stand_under_their_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.jsonl"), "{\"text\": \"One\"}\n{\"text\": \"Two\"}\n").unwrap();
        let file = named(&[folder.path().join("a.jsonl")]).next().unwrap().unwrap();
        assert_eq!(file.path, "a.jsonl");
        let texts: Vec<String> = file.documents().unwrap().map(|d| d.unwrap().text).collect();
        assert_eq!(texts, ["One", "Two"]);
        assert_eq!(file.content_hash().unwrap(), file.content_hash().unwrap());
        assert_eq!(named(&[folder.path().to_path_buf()]).count(), 1);
        let twice = folder.path().join("a.jsonl");
        let paths: Vec<String> = named(&[twice.clone(), twice.clone()]).map(|f| f.unwrap().path).collect();
        assert_eq!(paths, ["a.jsonl".to_string(), shown(&twice)]);
        assert!(named(&[folder.path().join("missing.txt")]).next().unwrap().is_err());
    }
}
