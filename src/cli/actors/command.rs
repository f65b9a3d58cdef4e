//! `onrecord actors` with its subcommands.

use clap::{Args, Subcommand};

use super::{list, merge, resolve, unresolved};
use crate::cli::exit::Exit;

/// List the speakers of a folder, show one, and say who is who
///
/// Without a name, those with the most statements; with a name that one speaker or body has, its page: what it counted for
/// and when, its statements by stance and target, the outlets, and who speaks beside it; with words that several names have,
/// these.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ActorsArgs {
    #[command(subcommand)]
    pub command: Option<ActorsCommand>,
    #[command(flatten)]
    pub list: list::ListArgs,
}

/// What else can be done with actors.
#[derive(Debug, Subcommand)]
pub enum ActorsCommand {
    Merge(merge::MergeArgs),
    Unresolved(unresolved::UnresolvedArgs),
    Resolve(resolve::ResolveArgs),
}

/// Runs the command.
pub fn run(args: ActorsArgs) -> anyhow::Result<Exit> {
    match args.command {
        None => list::run(args.list),
        Some(ActorsCommand::Merge(args)) => merge::run(args),
        Some(ActorsCommand::Unresolved(args)) => unresolved::run(args),
        Some(ActorsCommand::Resolve(args)) => resolve::run(args),
    }
}
