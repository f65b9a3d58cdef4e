//! `onrecord completions`: lets a shell complete what is typed.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::args;
use super::exit::Exit;

/// Print a script that lets a shell complete commands and options
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Runs the command.
pub fn run(args: CompletionsArgs) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::command(), "onrecord", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Exit::Success)
}
