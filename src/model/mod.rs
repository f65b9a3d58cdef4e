//! Trained weights and what they compute: numbers in, labels out; knows text and tokens, nothing of news.
//!
//! `Tagger` marks sources, cues and contents of attributions in a paragraph (a linear-chain CRF), `Linker` says which
//! belong together; `AttributionModel` holds both, read from one file of `schema/models`. `StanceModel` weighs the
//! features of a statement for and against.

mod attribution;
mod features;
mod hashing;
mod linker;
mod stance;
mod table;
mod tagger;

pub use attribution::{AttributionModel, FoundAttribution, ModelError};
pub use features::{CueClasses, TokenFeatures, WINDOW, features_of};
pub use hashing::{hash_lower, mix};
pub use linker::{Choice, LinkFeatures, Linker, SLOTS as LINK_SLOTS, candidates, slot as link_slot};
pub use stance::{CLASSES as STANCE_CLASSES, SLOTS as STANCE_SLOTS, StanceModel, slot as stance_slot};
pub use table::WeightTable;
pub use tagger::{LABELS, Label, Role, TaggedSpan, Tagger, Transitions, spans_of};
