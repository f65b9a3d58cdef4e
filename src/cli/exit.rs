//! Exit statuses and what they mean.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It did what it was asked, or found something.
    Success,
    /// Nothing was found.
    Nothing,
    /// It failed, or some file could not be read.
    Failure,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Success => ExitCode::SUCCESS,
            Exit::Nothing => ExitCode::from(1),
            Exit::Failure => ExitCode::from(2),
        }
    }
}
