//! What or whom a stance is about: the likeliest of the noun phrases in a statement and around it.
//!
//! `spoken_of` holds what is looked at; `candidates` collects phrases, one of them by `by_rule`, some by `fuller`; `features` says what speaks for each, and
//! `choose` weighs that. `undoing` tells whether a target is an end to something.

mod by_rule;
mod candidates;
mod choose;
mod features;
mod fuller;
mod spoken_of;
mod undoing;

pub(super) use spoken_of::{Asked, Targets};
