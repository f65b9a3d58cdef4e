//! `onrecord actors merge`: writes into the user's own file that two names are one actor's.

use std::io::Write;

use clap::Args;

use super::speakers;
use crate::cli::exit::Exit;
use crate::cli::failure::failure;
use crate::cli::options::{self, PlaceOptions};
use crate::cli::outside::shown;
use crate::cli::own_file::OwnFile;
use crate::cli::style::counted;
use crate::index::Searcher;
use crate::lexicon::{Lexicon, slug};
use crate::own_actors::merged;
use crate::query::Unit;

/// Give one actor the statements of another
///
/// Writes the other name into the folder's `actors.toml`, where it can be taken out again; the articles are not read again.
/// An actor who has no statement yet is a new name for the other.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Who keeps the name
    pub actor: String,
    /// Whose statements are the actor's too
    pub other: String,
    #[command(flatten)]
    pub place: PlaceOptions,
}

/// Runs the command.
pub fn run(args: MergeArgs) -> anyhow::Result<Exit> {
    let lexicon = Lexicon::built_in();
    let place = args.place.to_read()?;
    let file = OwnFile::to_change(&place, args.place.actors.as_deref())?;
    let today = options::today(None);
    let searcher = Searcher::open(&place)?.with_own_actors(file.actors(&file.text, today, lexicon)?, lexicon)?;
    let Some(other) = speakers::name_of(&args.other, &searcher, lexicon)? else {
        let hint = speakers::like(&args.other, &searcher)?;
        return Err(failure(format!("no statement by `{}`", args.other), hint));
    };
    let known = speakers::name_of(&args.actor, &searcher, lexicon)?;
    let actor = known.clone().unwrap_or_else(|| args.actor.trim().to_string());
    if slug(&actor).is_empty() {
        return Err(failure(format!("`{}` is no name", args.actor), "give the name that the actor is to have"));
    }
    if slug(&actor) == slug(&other) {
        let message = format!("`{}` and `{}` are one actor, `{actor}`", args.actor, args.other);
        return Err(failure(message, "give two"));
    }
    let by_actor = speakers::by(&actor);
    let before = searcher.count(&by_actor, Unit::Statements)?;
    let refused = |error: String| {
        let message = format!("`{other}` cannot be merged into `{actor}`: {error}");
        failure(message, "nothing was written; change the file by hand (docs/actors.md)")
    };
    let text = merged(&file.text, &actor, &other).map_err(|error| refused(error.to_string()))?;
    let own = file.actors(&text, today, lexicon).map_err(|error| refused(error.to_string()))?;
    let after = Searcher::open(&place)?.with_own_actors(own, lexicon)?.count(&by_actor, Unit::Statements)?;
    file.write(&text)?;
    if known.is_none() {
        let note = format!("no statement was by `{actor}`; `{other}` has a new name");
        writeln!(anstream::stderr(), "note: {}", shown(note))?;
    }
    let more = counted(after.saturating_sub(before), "statement");
    let together = format!("`{other}` is `{actor}` now: {more} more, {after} in all");
    writeln!(anstream::stdout(), "{} ({})", shown(together), shown(file.path.display()))?;
    Ok(Exit::Success)
}
