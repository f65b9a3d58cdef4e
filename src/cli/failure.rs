//! Errors as the user sees them: what is wrong, and the way out.

use std::io::{ErrorKind, Write};

use super::outside::shown;
use crate::index::IndexError;
use crate::ingest::IngestError;

/// An error with a hint of what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    pub message: String,
    pub hint: String,
}

/// Makes an error with a hint.
pub fn failure(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
    Failure { message: message.into(), hint: hint.into() }.into()
}

/// Prints the error with all its causes, and the hint.
pub fn print(error: &anyhow::Error) {
    let mut stderr = anstream::stderr().lock();
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    let red = anstyle::AnsiColor::Red.on_default().bold();
    // Nothing can be done where standard error is closed.
    let _ = writeln!(stderr, "{red}error:{red:#} {}", shown(causes.join(": ")));
    if let Some(hint) = hint(error) {
        let _ = writeln!(stderr, "hint: {}", shown(hint));
    }
}

/// Tells whether whoever read our output has gone, as in `| head`.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<csv::Error>().is_some_and(
                |error| matches!(error.kind(), csv::ErrorKind::Io(io) if io.kind() == std::io::ErrorKind::BrokenPipe),
            )
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|error| error.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe))
    })
}

fn hint(error: &anyhow::Error) -> Option<String> {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return Some(failure.hint.clone());
    }
    if let Some(IngestError::Threads(_)) = error.downcast_ref::<IngestError>() {
        return Some("read fewer articles at a time, such as `--jobs 1`".to_string());
    }
    Some(way_out(of_index(error)?)?.to_string())
}

/// Returns the error of the index that a command ended with.
pub fn of_index(error: &anyhow::Error) -> Option<&IndexError> {
    match error.downcast_ref::<IngestError>() {
        Some(IngestError::Index(error)) => Some(error),
        Some(IngestError::Threads(_)) => None,
        None => error.downcast_ref::<IndexError>(),
    }
}

fn way_out(error: &IndexError) -> Option<&'static str> {
    match error {
        IndexError::Missing(_) => Some("make one with `onrecord index FOLDER`"),
        IndexError::OtherFormat { .. } | IndexError::Damaged(_) => Some("build it anew with `onrecord index FOLDER`"),
        IndexError::Foreign { .. } | IndexError::SameFolder(_) => {
            Some("give `--index` a folder that is empty or not there yet; nothing was changed")
        }
        IndexError::OtherFolder { .. } => {
            Some("give each folder its own `--index`, or remove that index first; nothing was changed")
        }
        IndexError::Locked { .. } => Some("wait until it is done; it can be searched meanwhile"),
        IndexError::Io { source, .. } => match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Some("make room on the disk; the index is as it was before")
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Some("change the rights, or keep the index elsewhere with `--index DIR`")
            }
            _ => None,
        },
        IndexError::Engine(_) | IndexError::Record(_) => {
            Some("if it goes on, remove the index folder and build it anew with `onrecord index FOLDER`")
        }
    }
}
