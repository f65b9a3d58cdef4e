//! Everybody whom an article names: people in full, then by surname, with the roles that titles and appositions give.
//!
//! `find` reads the text into the `people` of the cast; the other files each tell it one thing about a name.

mod appositions;
mod find;
mod known;
mod name_words;
mod people;
mod seats;
mod titles;

pub(super) use known::is_head;
pub(crate) use people::{Cast, Mention};
