//! The process: parses arguments, runs the command, turns its result into an exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    onrecord::cli::main()
}
