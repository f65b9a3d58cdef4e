//! What can be typed: the commands and the options for all of them.

use clap::{ArgAction, CommandFactory, Parser, Subcommand};

use super::exit::Exit;
use super::{actors, completions, export, extract, facets, index, search, show, status};

/// Search policy coverage for who said what, for or against
///
/// Point it at a folder of articles; it finds the actors, sources, dates and statements in them and answers questions
/// such as "opposition statements by Mexico", with the sentence, the speaker, the date, the outlet and the place.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Tell more of what is going on; twice for everything
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Search(search::SearchArgs),
    Index(index::IndexArgs),
    Extract(extract::ExtractArgs),
    Show(show::ShowArgs),
    Facets(facets::FacetsArgs),
    Status(status::StatusArgs),
    Export(export::ExportArgs),
    #[command(subcommand)]
    Actors(actors::ActorsCommand),
    Completions(completions::CompletionsArgs),
}

impl Command {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<Exit> {
        match self {
            Command::Search(args) => search::run(args),
            Command::Index(args) => index::run(args),
            Command::Extract(args) => extract::run(args),
            Command::Show(args) => show::run(args),
            Command::Facets(args) => facets::run(args),
            Command::Status(args) => status::run(args),
            Command::Export(args) => export::run(args),
            Command::Actors(command) => actors::run(command),
            Command::Completions(args) => completions::run(args, command()),
        }
    }
}

/// Returns the whole command line, for its documentation.
pub fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }
}
