//! What the user types and sees: one file per command.
//!
//! `args` holds what was typed, `start` runs it. A command gets plain values, writes its answer to standard output and
//! everything else to standard error.

mod actors;
mod answer;
mod args;
mod completions;
mod exit;
mod explain;
mod export;
mod extract;
mod facet_choice;
mod facets;
mod failure;
mod hits;
mod index;
mod model_choice;
mod nothing;
mod options;
mod outside;
mod own_file;
mod place;
mod question;
mod report;
mod rows;
mod search;
mod show;
mod start;
mod status;
mod style;
mod update;

pub use args::command;
pub use start::main;
