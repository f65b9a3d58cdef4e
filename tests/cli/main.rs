//! The real program in a folder of its own: what it prints, where, and how it ends.

mod actors;
mod folder;
mod hostile;
mod indexing;
mod place;
mod reference;
mod searching;
