//! What can be wrong with a user's own file of actors.

use crate::record::DateError;

/// Why the file cannot be taken; every message names the place or the actor.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OwnActorsError {
    #[error("{0}")]
    Form(String),
    #[error("actor {number} has no name; give it one: `name = \"Jane Doe\"`")]
    NoName { number: usize },
    #[error("two actors are called `{name}`; give them different names, and put what both are called into `also`")]
    SameName { name: String },
    #[error("`{typed}`, a name of `{actor}`, has no letters; take it out")]
    NoLetters { actor: String, typed: String },
    #[error("`{name}` is the path of a state or region; call the actor something else, such as `{name} (company)`")]
    NameOfState { name: String },
    #[error("`{name}` is in two actors, `{first}` and `{second}`; keep it in one, or tell them apart with `where`")]
    Twice { name: String, first: String, second: String },
    #[error(
        "`{typed}`, which `{actor}` is to count for, is no state or body that is known; write its path, such as `mexico/government`, or add it as an actor"
    )]
    UnknownBody { actor: String, typed: String },
    #[error("{error}, in a role of `{actor}`")]
    Date { actor: String, error: DateError },
    #[error("a role of `{actor}` ends on {to}, and begins only on {from}; `to` is the first day without the role")]
    Backwards { actor: String, from: String, to: String },
    #[error("`where` of `{actor}`: {note}")]
    Where { actor: String, note: String },
}
