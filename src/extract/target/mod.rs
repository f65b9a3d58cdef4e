//! What or whom a stance is about: the likeliest of the noun phrases in a statement and around it.
//!
//! `candidates` collects phrases, one of them by `by_rule`; `features` says what speaks for each, and `choose` weighs that.

mod by_rule;
mod candidates;
mod choose;
mod features;

pub(super) use choose::{Asked, Targets};
