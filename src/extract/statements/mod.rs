//! Finds who said what: pairs each source with the cue and the words it claims.
//!
//! The model of attributions and the rules meet in `find`; every statement says which of them found it.

mod clauses;
mod cue_rule;
mod find;
mod headline_rule;
mod quote_rule;
mod signatures;
mod tagged;
mod turns;

pub(super) use clauses::{noun_phrase_after, trimmed};
pub(super) use find::{Found, Hint, find, quotation};
pub(super) use headline_rule::headline;
