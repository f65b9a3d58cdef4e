//! For or against: what the lexicon says of a statement, what the model makes of it.
//!
//! `evidence` collects signs by the lexicon, `features` turns them and the words into numbers, `judge` decides.

mod evidence;
mod features;
mod judge;
mod passage;

pub(super) use evidence::{Evidence, negation_before};
pub(super) use features::features;
pub(super) use judge::{Judge, Judgement, judge, signs};
pub(super) use passage::passage;
