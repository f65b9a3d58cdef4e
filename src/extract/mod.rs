//! `ParsedDocument` + `Lexicon` -> `Article`: who says what, for or against, when and where.
//!
//! Never fails: odd input gives fewer findings and a warning. `article` runs the steps and is the only file that knows
//! their order.

pub mod actors;
mod annotated;
mod article;
mod confidence;
pub mod dates;
mod fingerprint;
mod home;
mod layout;
mod lines;
pub mod metadata;
mod own_plan;
mod sources;
mod stance;
mod statements;
mod target;
#[cfg(test)]
mod testing;
mod training;

pub use annotated::abbreviation;
pub use article::Extractor;
pub use training::{LabelledSpans, MarkedWord, TargetCandidate, stance_features, stance_passages, target_candidates};
