//! `onrecord completions`: lets a shell complete what is typed.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::exit::Exit;

/// Print a script that lets a shell complete commands and options
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Runs the command; `command` is the whole command line.
pub fn run(args: CompletionsArgs, mut command: clap::Command) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "onrecord", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Exit::Success)
}
