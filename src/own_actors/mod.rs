//! The user's own file of actors: who is who and who counts for what, where the user knows better than the program.
//!
//! The file is read with every question, so that a change holds for the next one: the index keeps each statement's speaker by
//! name, and what a name stands for is put in its place when a question is compiled and when a row is shown.

mod actors;
mod edit;
mod error;
mod file;

pub use actors::{OwnActor, OwnActors, OwnRole};
pub use edit::merged;
pub use error::OwnActorsError;
