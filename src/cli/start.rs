//! Starts the process: arguments, messages, command, exit status.

use std::process::ExitCode;

use clap::Parser;
use tracing::Level;

use super::args::{self, Cli};
use super::exit::Exit;
use super::failure;
use super::outside::ShownLines;

/// Runs what was typed.
pub fn main() -> ExitCode {
    let cli = Cli::parse_from(args::with_words_apart(std::env::args_os()));
    start_messages(cli.verbose);
    keep_worker_panics_quiet();
    match cli.command.run() {
        Ok(exit) => exit.into(),
        Err(error) if failure::is_broken_pipe(&error) => Exit::Success.into(),
        Err(error) => {
            failure::print(&error);
            Exit::Failure.into()
        }
    }
}

fn start_messages(verbose: u8) {
    let level = match verbose {
        0 => Level::ERROR,
        1 => Level::INFO,
        _ => Level::DEBUG,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(|| ShownLines(std::io::stderr()))
        .with_ansi(false)
        .without_time()
        .with_target(false)
        .init();
}

/// A panic while a file is read is caught and reported as that file's failure; it needs no words of its own.
fn keep_worker_panics_quiet() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(crate::ingest::WORKER) {
            usual(panic);
        }
    }));
}
