//! `onrecord actors`: who speaks in a folder, and who is who.

mod command;
mod list;
mod merge;
mod page;
mod resolve;
mod speakers;
mod unresolved;

pub use command::{ActorsArgs, run};
