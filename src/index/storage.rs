//! The index's files as the engine sees them: readable without the right to write, and telling what could not be written.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

/// List of the engine's files, which it asks for even where it only reads.
const MANAGED: &str = ".managed.json";

/// Ends the name of a file that is being written.
pub const NEW: &str = ".new";

/// The folder of the engine's files.
#[derive(Debug, Clone)]
pub struct Storage {
    files: MmapDirectory,
    root: PathBuf,
    failure: Arc<Mutex<Option<WriteFailure>>>,
}

/// The first file that could not be written. The engine's own error says only that a thread ended.
#[derive(Debug)]
pub struct WriteFailure {
    pub path: PathBuf,
    pub source: io::Error,
}

impl Storage {
    /// Opens the folder, which must be there.
    pub fn open(root: &Path) -> Result<Storage, OpenDirectoryError> {
        Ok(Storage { files: MmapDirectory::open(root)?, root: root.to_path_buf(), failure: Arc::default() })
    }

    /// Returns what could not be written, once.
    pub fn take_failure(&self) -> Option<WriteFailure> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn noted<T>(&self, path: &Path, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            note(&self.failure, &self.root.join(path), error);
        }
        done
    }
}

fn note(failure: &Mutex<Option<WriteFailure>>, path: &Path, error: &io::Error) {
    let source = match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    };
    let mut failure = failure.lock().unwrap_or_else(PoisonError::into_inner);
    failure.get_or_insert_with(|| WriteFailure { path: path.to_path_buf(), source });
}

/// Tells whether the engine gives its files such names.
pub fn is_engine_file(name: &str) -> bool {
    let name = name.strip_suffix(NEW).unwrap_or(name);
    let segment = name.split('.').next().unwrap_or_default();
    let of_segment = segment.len() == 32 && segment.bytes().all(|b| b.is_ascii_hexdigit());
    of_segment || name == "meta.json" || name == MANAGED || name.starts_with(".tantivy-") && name.ends_with(".lock")
}

/// Tells whether a path that the engine wants to write or remove is one of its files and lies in its folder. The list
/// of its files may come with a folder from elsewhere, and name anything.
fn is_own(path: &Path) -> bool {
    let mut parts = path.components();
    match (parts.next(), parts.next()) {
        (Some(Component::Normal(name)), None) => name.to_str().is_some_and(is_engine_file),
        _ => false,
    }
}

fn foreign(path: &Path) -> io::Error {
    io::Error::new(ErrorKind::PermissionDenied, format!("{} is no file of the index", path.display()))
}

/// Tells whether somebody may read and not write.
pub fn is_refusal(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// Puts a whole file in the place of another at once; who may read it is as for any new file.
pub fn replace(path: &Path, data: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(NEW);
    let new = path.with_file_name(name);
    // What an earlier run left goes, and so does a link that would lead elsewhere.
    let _ = fs::remove_file(&new);
    let written = File::create_new(&new).and_then(|mut file| file.write_all(data).and_then(|()| file.sync_all()));
    written.and_then(|()| fs::rename(&new, path)).inspect_err(|_| {
        // The error that matters is the one before.
        let _ = fs::remove_file(&new);
    })
}

impl Directory for Storage {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        if !is_own(path) {
            return Err(DeleteError::FileDoesNotExist(path.to_path_buf()));
        }
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        if !is_own(path) {
            return Err(OpenWriteError::wrap_io_error(foreign(path), path.to_path_buf()));
        }
        let opened = self.files.open_write(path);
        if let Err(OpenWriteError::IoError { io_error, .. }) = &opened {
            note(&self.failure, &self.root.join(path), io_error);
        }
        let file = Watched { file: opened?, path: self.root.join(path), failure: self.failure.clone() };
        Ok(WritePtr::new(Box::new(file)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match self.files.atomic_read(path) {
            // Who only reads does without the list.
            Err(OpenReadError::IoError { io_error, .. }) if path == Path::new(MANAGED) && is_refusal(&io_error) => {
                Err(OpenReadError::FileDoesNotExist(path.to_path_buf()))
            }
            read => read,
        }
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let own = if is_own(path) { Ok(()) } else { Err(foreign(path)) };
        self.noted(path, own.and_then(|()| replace(&self.root.join(path), data)))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.noted(Path::new(""), self.files.sync_directory())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            // A reader without the right to write cannot keep a writer from removing what it opens; it then fails.
            Err(LockError::IoError(error)) if lock.filepath == META_LOCK.filepath && is_refusal(&error) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            locked => locked,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// A file that is being written, which notes what fails.
struct Watched {
    file: WritePtr,
    path: PathBuf,
    failure: Arc<Mutex<Option<WriteFailure>>>,
}

impl Watched {
    fn noted<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            note(&self.failure, &self.path, error);
        }
        done
    }
}

impl Write for Watched {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let written = self.file.write(data);
        self.noted(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.noted(flushed)
    }
}

impl TerminatingWrite for Watched {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        let ended = self.file.terminate_ref(token);
        self.noted(ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_names_of_the_engine() {
        for own in [
            "meta.json",
            "meta.json.new",
            ".managed.json",
            ".tantivy-writer.lock",
            "0123456789abcdef0123456789abcdef.store",
            "0123456789abcdef0123456789abcdef.7.del",
        ] {
            assert!(is_engine_file(own), "{own}");
        }
        for foreign in ["notes.txt", "store", "0123.store", "meta.json.bak", ".tantivy-notes"] {
            assert!(!is_engine_file(foreign), "{foreign}");
        }
    }

    #[test]
    fn writes_and_removes_its_own_files_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("index");
        fs::create_dir(&root).unwrap();
        let storage = Storage::open(&root).unwrap();
        let precious = folder.path().join("precious.txt");
        fs::write(&precious, "x").unwrap();
        fs::write(root.join("notes.txt"), "x").unwrap();
        for path in [Path::new("../precious.txt"), &precious, Path::new("notes.txt"), Path::new("a/meta.json")] {
            assert!(storage.delete(path).is_err(), "{}", path.display());
            assert!(storage.open_write(path).is_err(), "{}", path.display());
            assert!(storage.atomic_write(path, b"y").is_err(), "{}", path.display());
        }
        assert_eq!(fs::read_to_string(&precious).unwrap(), "x");
        assert_eq!(fs::read_to_string(root.join("notes.txt")).unwrap(), "x");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_way_of_a_new_file_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let precious = folder.path().join("precious.txt");
        fs::write(&precious, "x").unwrap();
        std::os::unix::fs::symlink(&precious, folder.path().join("meta.json.new")).unwrap();
        replace(&folder.path().join("meta.json"), b"y").unwrap();
        assert_eq!(fs::read_to_string(&precious).unwrap(), "x");
        assert_eq!(fs::read_to_string(folder.path().join("meta.json")).unwrap(), "y");
    }

    #[test]
    fn remembers_the_first_file_that_could_not_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path()).unwrap();
        fs::create_dir(folder.path().join("meta.json")).unwrap();
        assert!(storage.atomic_write(Path::new("meta.json"), b"x").is_err());
        assert!(storage.atomic_write(Path::new("missing/file"), b"x").is_err());
        assert_eq!(storage.take_failure().unwrap().path, folder.path().join("meta.json"));
        assert!(storage.take_failure().is_none());
        storage.atomic_write(Path::new(MANAGED), b"x").unwrap();
        assert_eq!(storage.atomic_read(Path::new(MANAGED)).unwrap(), b"x");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
