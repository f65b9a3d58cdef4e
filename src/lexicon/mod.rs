//! The word lists of `schema/lexicon`: states, bodies, people with their offices, outlets, cues; loaded once, immutable.
//!
//! `Lexicon::built_in()` reads the embedded files. A name leads to entries (`lookup`, `names_in`), an entry to a path
//! (`mexico/government/presidency`), and the path to everything it counts for (`ancestors`) and to its label.
//! Words lead to cues (`cue_at`), stance words and negations.

mod abbreviations;
mod bodies;
mod cues;
mod embedded;
mod entry;
mod error;
mod fold;
mod grammar;
mod hashing;
mod inflect;
mod loaded;
mod names;
mod offices;
mod outlets;
mod people;
mod phrases;
mod roll_up;
mod states;
mod table;
mod vocabulary;
mod words;

pub use abbreviations::AbbreviationClass;
pub use bodies::Body;
pub use cues::{Cue, CueKind, Frame, Negation, NegationEffect, StanceWord, Undoing};
pub use embedded::Tables;
pub use entry::{Entry, NameMatch, StateName};
pub use error::LexiconError;
pub use fold::{fold, slug};
pub use grammar::{WordClass, WordClasses};
pub use loaded::{Lexicon, ancestors};
pub use offices::{Office, OfficeKind, OfficeMatch};
pub use outlets::{OutletEntry, OutletKind};
pub use people::{Person, Term, TermsOn};
pub use roll_up::RollUp;
pub use states::{Region, RegionKind, State};
pub use vocabulary::{Gender, NameWord, SpeakerNoun};
